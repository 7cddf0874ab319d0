//! `like = "node/fetch"`: a client that is another one under another name.
//!
//! It takes the facts of the other client; its own keys are merged over them, table by table. A list
//! of its own, such as `rule`, takes the place of the other's.

use toml::{Table, Value};

use super::Sources;

/// What a client is like another: more steps than these go round in a circle.
const MAX_STEPS: usize = 8;

/// What a client does not take from another: who it is, and how it is installed and run.
const OWN: [&str; 6] = ["alone", "install", "like", "proven", "run", "version"];

/// Whether a table of a language may have a client that is like another.
pub(super) fn is_in(text: &str) -> bool {
    text.contains("like")
}

/// Gives each client of `language` that is like another the facts of the other; the error says what
/// is wrong.
pub(super) fn resolve(sources: &Sources, language: &mut Table) -> Result<bool, String> {
    let Some(Value::Table(clients)) = language.get_mut("client") else { return Ok(false) };
    let mut has_any = false;
    for (name, client) in clients.iter_mut() {
        let Value::Table(own) = client else { continue };
        for step in 0.. {
            let Some(like) = own.remove("like") else { break };
            let Some(other) = like.as_str().filter(|_| step < MAX_STEPS) else {
                return Err(format!("`like` of `[client.{name}]` does not end at a client"));
            };
            has_any = true;
            let facts = find(sources, other).ok_or_else(|| {
                format!("`like = \"{other}\"` of `[client.{name}]` names no client")
            })?;
            let next = facts.get("like").cloned();
            merge(own, facts);
            own.extend(next.map(|next| ("like".to_owned(), next)));
        }
    }
    Ok(has_any)
}

/// The table of a client, `<language>/<client>`.
fn find(sources: &Sources, id: &str) -> Option<Table> {
    let (language, client) = id.split_once('/')?;
    let mut table: Table = sources.get(&format!("{language}/language.toml"))?.parse().ok()?;
    match table.get_mut("client")?.as_table_mut()?.remove(client)? {
        Value::Table(table) => Some(table),
        _ => None,
    }
}

/// Adds to `own` what `other` has beside it.
fn merge(own: &mut Table, other: Table) {
    for (key, value) in other {
        if OWN.contains(&key.as_str()) {
            continue;
        }
        match (own.get_mut(&key), value) {
            (None, value) => {
                own.insert(key, value);
            }
            (Some(Value::Table(own)), Value::Table(other)) => merge(own, other),
            (Some(_), _) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Language, Sources};

    const HEAD: &str = "title = 'T'\nextension = 't'\ndefault = 'a'\n";

    fn load(clients: &str) -> Result<Language, String> {
        let mut sources = Sources::built_in();
        sources.lay_over("t/language.toml", format!("{HEAD}{clients}"));
        let other = "[client.b]\ntitle = 'B'\ndocs = 'b'\nproven = true\nversion = '1'\n\
                     adds = ['one', 'two']\n[client.b.header]\ntext = 'utf-8'\nbytes = true\n\
                     [[client.b.rule]]\nwhen = { method = ['GET'] }\nneed = 'x'\n";
        sources.lay_over("u/language.toml", format!("{}{other}", HEAD.replace("'a'", "'b'")));
        Language::load(&sources, "t").map_err(|error| error.to_string())
    }

    #[test]
    fn its_own_keys_are_merged_over() {
        let clients = "[client.a]\nlike = 'u/b'\ntitle = 'A'\nadds = ['three']\n\
                       [client.a.header]\nbytes = false\n[client.c]\nlike = 't/a'\n";
        let language = load(clients).unwrap();
        for (client, title) in [("a", "A"), ("c", "A")] {
            let client = &language.clients[client];
            assert_eq!((client.title.as_str(), client.docs.as_str()), (title, "b"));
            assert_eq!(client.adds.len(), 1);
            assert!(!client.header.bytes && client.header.text == super::super::Encoding::Utf8);
            assert_eq!(client.rule[0].need.as_deref(), Some("x"));
            assert!(!client.proven && client.version.is_none());
        }
    }

    #[test]
    fn what_is_like_nothing_is_an_error() {
        for (clients, message) in [
            ("[client.a]\nlike = 'u/z'\n", "`like = \"u/z\"` of `[client.a]` names no client"),
            ("[client.a]\nlike = 't/a'\n", "does not end at a client"),
            ("[client.a]\nlike = 1\n", "does not end at a client"),
            ("[client.a]\nlike = 'u/b'\nadss = []\n", "unknown field `adss`"),
        ] {
            let told = load(clients).expect_err(clients);
            assert!(told.starts_with("t/language.toml: ") && told.contains(message), "{told}");
        }
    }
}
