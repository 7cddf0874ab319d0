//! A page read back by the parser of a browser.

use html5ever::tendril::TendrilSink;
use html5ever::{ParseOpts, parse_document};
use markup5ever_rcdom::{Handle, NodeData, RcDom};

/// A page.
pub struct Page(RcDom);

impl Page {
    pub fn parse(bytes: &[u8]) -> Self {
        let text = std::str::from_utf8(bytes).unwrap();
        let dom = parse_document(RcDom::default(), ParseOpts::default()).one(text);
        assert_eq!(*dom.errors.borrow(), [""; 0], "the HTML has errors");
        Self(dom)
    }

    pub fn title(&self) -> String {
        self.texts("title").remove(0)
    }

    /// The texts of all elements of this name.
    pub fn texts(&self, name: &str) -> Vec<String> {
        self.all().iter().filter(|node| element_name(node) == name).map(text_of).collect()
    }

    pub fn text(&self) -> String {
        text_of(&self.0.document)
    }

    /// The texts of the blocks of code.
    pub fn code(&self) -> Vec<String> {
        let blocks = self.all().into_iter().filter(|node| element_name(node) == "pre");
        blocks.map(|node| text_of(&node)).collect()
    }

    /// Where `a` elements lead.
    pub fn links(&self) -> Vec<String> {
        let links = self.all().into_iter().filter(|node| element_name(node) == "a");
        links.filter_map(|node| attribute(&node, "href")).collect()
    }

    /// What a browser would load.
    pub fn loaded(&self) -> Vec<String> {
        let nodes = self.all().into_iter().filter(|node| element_name(node) != "a");
        nodes
            .filter_map(|node| attribute(&node, "src").or_else(|| attribute(&node, "href")))
            .collect()
    }

    pub fn scripts(&self) -> usize {
        self.texts("script").len()
    }

    pub fn count_id(&self, id: &str) -> usize {
        self.all().iter().filter(|node| attribute(node, "id").as_deref() == Some(id)).count()
    }

    /// `<element> <attribute>` of all attributes, and the elements without any.
    pub fn names(&self) -> Vec<String> {
        let mut names = Vec::new();
        for node in self.all() {
            if let NodeData::Element { name, attrs, .. } = &node.data {
                if attrs.borrow().is_empty() {
                    names.push(format!("{} ", name.local));
                }
                for attr in attrs.borrow().iter() {
                    names.push(format!("{} {}", name.local, attr.name.local));
                }
            }
        }
        names
    }

    fn all(&self) -> Vec<Handle> {
        let mut all = Vec::new();
        let mut pending = vec![self.0.document.clone()];
        while let Some(node) = pending.pop() {
            pending.extend(node.children.borrow().iter().rev().cloned());
            all.push(node);
        }
        all
    }
}

fn element_name(node: &Handle) -> String {
    match &node.data {
        NodeData::Element { name, .. } => name.local.to_string(),
        _ => String::new(),
    }
}

fn attribute(node: &Handle, wanted: &str) -> Option<String> {
    let NodeData::Element { attrs, .. } = &node.data else { return None };
    let attrs = attrs.borrow();
    attrs.iter().find(|attr| attr.name.local == *wanted).map(|attr| attr.value.to_string())
}

fn text_of(node: &Handle) -> String {
    let mut text = String::new();
    let mut pending = vec![node.clone()];
    while let Some(node) = pending.pop() {
        if let NodeData::Text { contents } = &node.data {
            text.push_str(&contents.borrow());
        }
        pending.extend(node.children.borrow().iter().rev().cloned());
    }
    text
}
