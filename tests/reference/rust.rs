//! The tables and choices of `language.toml` as the sources declare them: their fields, with types and doc
//! comments. It reads just as much Rust as the project writes for them.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

/// A struct or an enum.
#[derive(Debug)]
pub struct Item {
    pub name: String,
    /// The folder of `src/` that it is in.
    pub file: String,
    pub meaning: String,
    pub fields: Vec<Field>,
    pub is_choice: bool,
}

impl Item {
    /// A name that no other has.
    pub fn key(&self) -> String {
        format!("{}{}", self.file, self.name)
    }
}

/// A field of a table, a value of a choice, or a name of a record.
#[derive(Debug)]
pub struct Field {
    pub name: String,
    pub type_name: String,
    pub meaning: String,
}

/// What a type is in TOML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    Text,
    Number,
    Flag,
    Any,
    List(Box<Kind>),
    Map(Box<Kind>),
    Table(String),
    Choice(String),
    TextOr(Box<Kind>),
}

impl Kind {
    pub fn words(&self) -> String {
        match self {
            Self::Text => "text".into(),
            Self::Number => "number".into(),
            Self::Flag => "true or false".into(),
            Self::Any => "any".into(),
            Self::List(inner) => match inner.as_ref() {
                Self::Text => "list of texts".into(),
                Self::Table(_) => "list of tables".into(),
                Self::TextOr(_) => "list of texts or tables".into(),
                Self::List(_) => "list of lists of texts".into(),
                other => format!("list of {}", other.words()),
            },
            Self::Map(inner) => match inner.as_ref() {
                Self::Text => "texts by name".into(),
                Self::Table(_) => "tables by name".into(),
                _ => "texts or tables by name".into(),
            },
            Self::Table(_) => "a table".into(),
            Self::Choice(name) => format!("[{name}](#{})", name.to_lowercase()),
            Self::TextOr(inner) => format!("text, or {}", inner.words()),
        }
    }

    /// The choice that it is, or that a list is of.
    pub fn choice(&self) -> Option<&str> {
        match self {
            Self::Choice(name) => Some(name),
            Self::List(inner) | Self::Map(inner) | Self::TextOr(inner) => inner.choice(),
            _ => None,
        }
    }

    /// The table or choice in it.
    pub fn innermost(&self) -> Option<&str> {
        match self {
            Self::Choice(name) | Self::Table(name) => Some(name),
            Self::List(inner) | Self::Map(inner) | Self::TextOr(inner) => inner.innermost(),
            _ => None,
        }
    }

    pub fn schema(&self, items: &Items, file: &str) -> Value {
        match self {
            Self::Text => json!({ "type": "string" }),
            Self::Number => json!({ "type": "integer" }),
            Self::Flag => json!({ "type": "boolean" }),
            Self::Any => json!({}),
            Self::List(inner) => json!({ "type": "array", "items": inner.schema(items, file) }),
            Self::Map(inner) => {
                json!({ "type": "object", "additionalProperties": inner.schema(items, file) })
            }
            Self::Table(name) | Self::Choice(name) => {
                json!({ "$ref": format!("#/$defs/{}", items.get(name, file).key()) })
            }
            Self::TextOr(inner) => {
                json!({ "anyOf": [{ "type": "string" }, inner.schema(items, file)] })
            }
        }
    }
}

/// All structs and enums that are read from TOML.
pub struct Items(Vec<Item>);

/// Types that stand for another one in TOML.
const READ_AS: [(&str, &str); 14] = [
    ("NumberModel", "TextOr<@NumberModel>"),
    ("FloatFormat", "TextOr<@FloatFormat>"),
    ("StringStyle", "StringTable"),
    ("Add", "TextOr<AddTable>"),
    ("literal::Rule", "TextOr<BeforeTable>"),
    ("WorkspaceFile", "TextOr<FromLanguage>"),
    ("Steps", "Vec<Step>"),
    ("HostSteps", "Vec<HostStep>"),
    ("NumberTemplate", "String"),
    ("Class", "String"),
    ("Command", "Vec<String>"),
    ("Table", "Any"),
    ("char", "String"),
    ("Scheme", "String"),
];

impl Items {
    pub fn read() -> Self {
        let mut items = Vec::new();
        for room in ["language", "literal", "content", "grammar"] {
            for path in sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(room)) {
                items.extend(parse(&fs::read_to_string(path).unwrap(), room));
            }
        }
        Self(items)
    }

    /// The item of this name, in the folder of `file` where several have one.
    pub fn get(&self, name: &str, file: &str) -> &Item {
        let mut named = self.0.iter().filter(|item| item.name == name);
        let own = self.0.iter().find(|item| item.name == name && item.file == file);
        own.or_else(|| named.next()).unwrap_or_else(|| panic!("no source declares `{name}`"))
    }

    /// What a type of a field in a folder is.
    pub fn kind_of(&self, type_name: &str, file: &str) -> Kind {
        let inside = |start: &str| type_name.strip_prefix(start)?.strip_suffix('>');
        if let Some(inner) = inside("Option<").or_else(|| inside("Box<")) {
            return self.kind_of(inner, file);
        }
        if let Some(inner) = inside("Vec<") {
            return Kind::List(Box::new(self.kind_of(inner, file)));
        }
        if let Some(inner) = inside("TextOr<") {
            return Kind::TextOr(Box::new(self.kind_of(inner, file)));
        }
        if let Some(inner) = inside("BTreeMap<") {
            return Kind::Map(Box::new(self.kind_of(inner.split_once(", ").unwrap().1, file)));
        }
        if let Some(table) = type_name.strip_prefix('@') {
            return Kind::Table(table.to_owned());
        }
        let last = type_name.rsplit("::").next().unwrap();
        let qualified = format!("{file}::{last}");
        if let Some((_, other)) =
            READ_AS.iter().find(|(name, _)| *name == last || *name == qualified)
        {
            return self.kind_of(other, file);
        }
        match last {
            "String" => Kind::Text,
            "bool" => Kind::Flag,
            "usize" | "NonZeroUsize" | "u64" | "u32" | "u16" | "i32" | "u8" | "i64" => Kind::Number,
            "Any" => Kind::Any,
            _ if last.starts_with('(') => Kind::List(Box::new(Kind::Text)),
            _ if self.get(last, file).is_choice => Kind::Choice(last.to_owned()),
            _ => Kind::Table(last.to_owned()),
        }
    }
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The structs and enums of a source that Serde reads.
fn parse(source: &str, room: &str) -> Vec<Item> {
    let source = source.split("\n#[cfg(test)]\nmod tests {").next().unwrap();
    let mut items = Vec::new();
    let mut lines = source.lines();
    let (mut meaning, mut marks) = (String::new(), String::new());
    while let Some(line) = lines.next() {
        if let Some(text) = line.strip_prefix("/// ") {
            add_line(&mut meaning, text);
        } else if line.starts_with("#[") {
            marks.push_str(line);
        } else {
            let declared = line.split('{').next().unwrap_or_default();
            let name = declared
                .split_whitespace()
                .skip_while(|word| !matches!(*word, "struct" | "enum"))
                .nth(1);
            if let Some(name) =
                name.filter(|_| marks.contains("Deserialize") && line.ends_with('{'))
            {
                let name = name.split('<').next().unwrap().to_owned();
                let is_choice = declared.contains("enum");
                let body: Vec<&str> = lines.by_ref().take_while(|line| *line != "}").collect();
                let fields = fields(
                    &body,
                    marks.contains("kebab-case") || marks.contains("try_from"),
                    is_choice,
                );
                items.push(Item {
                    name,
                    file: room.to_owned(),
                    meaning: meaning.clone(),
                    fields,
                    is_choice,
                });
            }
            meaning.clear();
            marks.clear();
        }
    }
    items
}

pub fn add_line(text: &mut String, line: &str) {
    if !text.is_empty() {
        text.push(' ');
    }
    text.push_str(line);
}

/// The fields of a struct, or the variants of an enum.
fn fields(body: &[&str], is_kebab: bool, is_choice: bool) -> Vec<Field> {
    let mut found = Vec::new();
    let (mut meaning, mut marks) = (String::new(), String::new());
    for line in body {
        let line = line.trim();
        if let Some(text) = line.strip_prefix("/// ") {
            add_line(&mut meaning, text);
        } else if line.starts_with("#[") {
            marks.push_str(line);
        } else if !line.is_empty() && !line.starts_with("//") {
            let (name, type_name) = declaration(line, is_choice);
            let name =
                renamed(&marks).unwrap_or_else(|| if is_kebab { kebab(&name) } else { name });
            if !marks.contains("serde(skip)") {
                assert!(is_choice || !type_name.is_empty(), "a field is not read: {line}");
                found.push(Field { name, type_name, meaning: without_links(&meaning) });
            }
            meaning.clear();
            marks.clear();
        }
    }
    found
}

/// The name and the type of a field, or a variant and what it holds.
fn declaration(line: &str, is_choice: bool) -> (String, String) {
    let line = line.trim_end_matches(',');
    if is_choice {
        return match line.split_once('(') {
            Some((name, payload)) => (name.to_owned(), payload.trim_end_matches(')').to_owned()),
            None => (line.to_owned(), String::new()),
        };
    }
    let (name, type_name) = line.split_once(": ").unwrap_or((line, ""));
    (name.rsplit(' ').next().unwrap().trim_start_matches("r#").to_owned(), type_name.to_owned())
}

fn renamed(marks: &str) -> Option<String> {
    let rest = marks.split("rename = \"").nth(1)?;
    Some(rest.split('"').next()?.to_owned())
}

/// `upToDate`, `UpToDate` or `up_to_date` as `up-to-date`.
fn kebab(name: &str) -> String {
    let mut text = String::new();
    for c in name.chars() {
        if c.is_ascii_uppercase() && !text.is_empty() {
            text.push('-');
        }
        text.push(if c == '_' { '-' } else { c.to_ascii_lowercase() });
    }
    text
}

/// The doc comment without links of rustdoc, which are none on a page.
fn without_links(text: &str) -> String {
    let mut page = String::new();
    for (at, piece) in text.split("[`Self::").enumerate() {
        // Another value of the same choice, by the name that it has in TOML.
        let (name, rest) = piece.split_once('`').filter(|_| at > 0).unwrap_or(("", piece));
        if at > 0 {
            page.extend(["`", &kebab(name), "`"]);
        }
        page.push_str(if at > 0 { rest.trim_start_matches(']') } else { rest });
    }
    page.replace("[`", "`").replace("`]", "`")
}
