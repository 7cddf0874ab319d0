//! Samples → an Overlay 1.0 document.

use requote::Diagnostic;

use crate::document::write_json_path;
use crate::node::Node;
use crate::operation::{Key, at};
use crate::yaml;

/// The samples of a document, and what is to be said of them.
#[derive(Debug)]
pub struct Overlay {
    title: String,
    version: String,
    key: Key,
    operations: Vec<Samples>,
    /// Operations without samples and why, and what differs; the JSON Pointer of the operation comes first.
    pub diagnostics: Vec<Diagnostic>,
    /// Whether a sample is lossy.
    pub is_lossy: bool,
}

/// The samples of an operation.
#[derive(Debug)]
pub(crate) struct Samples {
    /// Where the operation is.
    pub path: Vec<String>,
    /// One for each target; labels differ.
    pub list: Vec<Sample>,
    /// Whether the document has samples there already.
    pub has_some: bool,
}

/// A sample.
#[derive(Debug)]
pub(crate) struct Sample {
    pub lang: String,
    pub label: String,
    pub source: String,
    pub install: Option<String>,
}

impl Overlay {
    pub(crate) fn new(document: &Node, key: Key) -> Self {
        let info = |name: &str| document.get("info").and_then(|it| it.get(name)?.scalar());
        Self {
            title: format!("Code samples of {}", info("title").unwrap_or_default()),
            version: info("version").unwrap_or_default(),
            key,
            operations: Vec::new(),
            diagnostics: Vec::new(),
            is_lossy: false,
        }
    }

    pub(crate) fn add(&mut self, samples: Samples) {
        self.operations.push(samples);
    }

    pub(crate) fn tell(&mut self, path: &[String], diagnostic: Diagnostic) {
        self.diagnostics.push(at(path, diagnostic));
    }

    /// How many operations have samples. An overlay without any is no valid document.
    pub fn operations(&self) -> usize {
        self.operations.len()
    }

    /// The document as JSON.
    pub fn to_json(&self) -> String {
        format!("{}\n", self.to_node().to_json(Some("  ")))
    }

    /// The document as YAML.
    pub fn to_yaml(&self) -> String {
        yaml::write(&self.to_node())
    }

    fn to_node(&self) -> Node {
        let mut actions = Vec::new();
        for operation in &self.operations {
            let target = write_json_path(&operation.path);
            // Lists are joined when an overlay is applied: what is there goes first.
            if operation.has_some {
                let own = [operation.path.clone(), vec![self.key.name().to_owned()]].concat();
                let target = Node::Text(write_json_path(&own));
                actions.push(map([("target", target), ("remove", Node::Bool(true))]));
            }
            let samples = Node::List(operation.list.iter().map(|it| self.sample(it)).collect());
            let held = match self.key {
                Key::Readme => map([("code-samples", samples)]),
                _ => samples,
            };
            let update = map([(self.key.name(), held)]);
            actions.push(map([("target", Node::Text(target)), ("update", update)]));
        }
        let info = [("title", &self.title), ("version", &self.version)];
        map([
            ("overlay", Node::Text("1.0.0".to_owned())),
            ("info", map(info.map(|(name, text)| (name, Node::Text(text.clone()))))),
            ("actions", Node::List(actions)),
        ])
    }

    fn sample(&self, sample: &Sample) -> Node {
        let text = |text: &String| Node::Text(text.clone());
        match self.key {
            Key::Readme => {
                let mut members = vec![
                    ("language", text(&sample.lang)),
                    ("name", text(&sample.label)),
                    ("code", text(&sample.source)),
                ];
                members.extend(sample.install.as_ref().map(|install| ("install", text(install))));
                map(members)
            }
            _ => map([
                ("lang", text(&sample.lang)),
                ("label", text(&sample.label)),
                ("source", text(&sample.source)),
            ]),
        }
    }
}

fn map<'n>(members: impl IntoIterator<Item = (&'n str, Node)>) -> Node {
    Node::Map(members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}
