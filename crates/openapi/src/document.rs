//! Places in a document: JSON Pointers, references inside of it, and JSONPath.

use crate::node::Node;

/// So many references may lead to one another.
const MAX_HOPS: usize = 32;

/// A value and its place.
#[derive(Debug, Clone)]
pub struct Place<'d> {
    /// The value; a reference was followed.
    pub node: &'d Node,
    /// The names that lead to it from the root.
    pub path: Vec<String>,
}

impl<'d> Place<'d> {
    /// A member, with its references followed.
    pub fn get(&self, name: &str, root: &'d Node) -> Option<Self> {
        let node = self.node.get(name)?;
        let mut path = self.path.clone();
        path.push(name.to_owned());
        Self { node, path }.follow(root)
    }

    /// What a `$ref` leads to, inside of the document; itself where it has none.
    pub fn follow(mut self, root: &'d Node) -> Option<Self> {
        for _ in 0..MAX_HOPS {
            let Some(reference) = self.node.get("$ref").and_then(Node::text) else {
                return Some(self);
            };
            let path = read_pointer(reference.strip_prefix('#')?)?;
            let node = path.iter().try_fold(root, |node, name| step(node, name))?;
            self = Self { node, path };
        }
        None
    }
}

/// The value of a reference; itself where it is none, and nothing where it leads nowhere.
pub fn follow<'d>(node: &'d Node, root: &'d Node) -> Option<&'d Node> {
    Place { node, path: Vec::new() }.follow(root).map(|place| place.node)
}

fn step<'d>(node: &'d Node, name: &str) -> Option<&'d Node> {
    match node {
        Node::List(items) => items.get(name.parse::<usize>().ok()?),
        _ => node.get(name),
    }
}

/// The names of a JSON Pointer in a fragment (RFC 6901 §6).
fn read_pointer(fragment: &str) -> Option<Vec<String>> {
    let text = String::from_utf8(requote::grammar::percent::decode(fragment.as_bytes())).ok()?;
    if text.is_empty() {
        return Some(Vec::new());
    }
    let names = text.strip_prefix('/')?.split('/');
    Some(names.map(|name| name.replace("~1", "/").replace("~0", "~")).collect())
}

/// A path as a JSON Pointer in a fragment, without percent-encoding, for a reader.
pub fn write_pointer(path: &[String]) -> String {
    let names = path.iter().map(|name| format!("/{}", name.replace('~', "~0").replace('/', "~1")));
    format!("#{}", names.collect::<String>())
}

/// A path as a JSONPath (RFC 9535 §2).
pub fn write_json_path(path: &[String]) -> String {
    let mut out = String::from("$");
    for name in path {
        let is_short = !name.starts_with(|c: char| c.is_ascii_digit())
            && !name.is_empty()
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        if is_short {
            out.extend([".", name]);
        } else {
            out.extend(["['", &name.replace('\\', "\\\\").replace('\'', "\\'"), "']"]);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_followed_inside_of_the_document() {
        let root = crate::node::read(
            r##"{"a":{"$ref":"#/b~1c/d%20e"},"b/c":{"d e":{"$ref":"#/f/1"}},"f":[0,{"x":1}],
                "g":{"$ref":"#/g"},"h":{"$ref":"other.json#/a"},"i":{"$ref":"#/none"}}"##,
        )
        .unwrap();
        let start = Place { node: &root, path: Vec::new() };
        let place = start.get("a", &root).unwrap();
        assert_eq!(
            (place.node.to_json(None).as_str(), place.path),
            ("{\"x\":1}", vec!["f".to_owned(), "1".to_owned()])
        );
        for name in ["g", "h", "i"] {
            assert!(start.get(name, &root).is_none(), "{name}");
        }
    }

    #[test]
    fn places_are_written_for_readers_and_for_overlays() {
        let path = ["paths", "/a's/{id}", "get"].map(str::to_owned);
        assert_eq!(write_pointer(&path), "#/paths/~1a's~1{id}/get");
        assert_eq!(write_json_path(&path), r"$.paths['/a\'s/{id}'].get");
    }
}
