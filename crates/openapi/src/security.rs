//! The credentials that an operation asks for. The document has none: they are given by the caller, or are
//! variables of the environment that the code reads.

use crate::document::{Place, follow};
use crate::node::Node;
use crate::operation::Settings;

/// Where credentials go.
#[derive(Debug, Default)]
pub struct Credentials {
    /// Fields.
    pub fields: Vec<(String, String)>,
    /// Pairs of the query, escaped.
    pub query: Vec<(String, String)>,
    /// Cookies.
    pub cookies: Vec<(String, String)>,
    /// Names of variables, and the texts of the request that stand for their values.
    pub variables: Vec<(String, String)>,
    /// Names of the schemes that are asked for and that nothing is known of.
    pub missing: Vec<String>,
}

/// What the first alternative of the operation's `security` asks for.
pub fn find(operation: &Node, root: &Node, settings: &Settings) -> Credentials {
    let mut found = Credentials::default();
    let security = operation.get("security").or_else(|| root.get("security"));
    let Some(first) = security.and_then(|it| it.items().first()) else { return found };
    for (name, _) in first.members() {
        let start = Place { node: root, path: Vec::new() };
        let scheme = start.get("components", root).and_then(|it| it.get("securitySchemes", root));
        let scheme = scheme.and_then(|it| it.node.get(name)).and_then(|it| follow(it, root));
        let given = settings.credentials.iter().find(|(known, _)| known == name);
        let value = match given {
            Some((_, value)) => value.clone(),
            None if settings.reads_environment() => {
                let value = format!("value-of-{name}");
                found.variables.push((variable_name(name), value.clone()));
                value
            }
            None => {
                found.missing.push(name.clone());
                continue;
            }
        };
        if scheme.is_none_or(|scheme| !found.add(scheme, value)) {
            found.missing.push(name.clone());
        }
    }
    found
}

impl Credentials {
    /// Adds the value of a scheme; `false` where the scheme is of no kind that is known.
    fn add(&mut self, scheme: &Node, value: String) -> bool {
        let text = |name: &str| scheme.get(name).and_then(Node::text).unwrap_or_default();
        let name = text("name").to_owned();
        match (text("type"), text("in"), text("scheme").to_ascii_lowercase().as_str()) {
            ("http", _, "bearer") | ("oauth2" | "openIdConnect", ..) => {
                self.fields.push(("Authorization".to_owned(), format!("Bearer {value}")));
            }
            ("http", _, "basic") => {
                self.fields.push(("Authorization".to_owned(), format!("Basic {value}")));
            }
            ("apiKey", "header", _) => self.fields.push((name, value)),
            ("apiKey", "query", _) => self.query.push((name, value)),
            ("apiKey", "cookie", _) => self.cookies.push((name, value)),
            _ => return false,
        }
        true
    }
}

/// A name of a variable made of that of a scheme: `petAuth` becomes `PET_AUTH`.
fn variable_name(name: &str) -> String {
    let mut out = String::new();
    let mut last_is_lower = false;
    for c in name.chars() {
        if c.is_ascii_alphanumeric() {
            if c.is_ascii_uppercase() && last_is_lower {
                out.push('_');
            }
            out.push(c.to_ascii_uppercase());
        } else if !out.ends_with('_') && !out.is_empty() {
            out.push('_');
        }
        last_is_lower = c.is_ascii_lowercase();
    }
    let name = out.trim_end_matches('_');
    if name.starts_with(|c: char| c.is_ascii_uppercase()) {
        name.to_owned()
    } else {
        format!("KEY_{name}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_variables_are_made_of_those_of_schemes() {
        assert_eq!(variable_name("petAuth"), "PET_AUTH");
        assert_eq!(variable_name("api_key"), "API_KEY");
        assert_eq!(variable_name("1-x"), "KEY_1_X");
    }
}
