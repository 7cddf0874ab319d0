//! The names that are known at a place of a template.

use std::collections::BTreeSet;

use super::expression::{Kind, Typed};
use super::known;
use super::token::Token;
use crate::diagnostic::{Fault, File, suggest};
use crate::language::{Client, Language, OptionFact, OptionType, VARIABLE_OPTIONS, option_word};
use crate::view::View;
use crate::view::record::{Reads, Record, Shape};
use crate::view::values::Time;

/// The fields of `loop`.
const LOOP: &[&str] = &["index", "index0", "first", "last", "length"];

/// What is known while a template is read, and what was found.
pub(super) struct Names<'f> {
    /// The file that is read.
    pub(super) file: File<'f>,
    /// The language's literals tell which families of styles there are.
    pub(super) language: &'f Language,
    /// What the client has.
    given: &'f Given<'f>,
    /// The names that the template sets itself; those of loops in scopes of their own.
    scopes: Vec<Scope>,
    /// Which of the needs are read.
    pub(super) read_needs: BTreeSet<String>,
    /// Which of the options are read.
    pub(super) read_options: BTreeSet<String>,
    pub(super) reads: Reads,
    /// The components that are called.
    pub(super) called: BTreeSet<String>,
    pub(super) faults: Vec<Fault>,
}

/// What a client has that its template may read.
pub(super) struct Given<'g> {
    /// The needs that can be set.
    pub(super) needs: &'g [&'g str],
    /// The names of its options, with `_` for `-`, and what their values are.
    pub(super) options: Vec<(String, Shape)>,
}

impl<'g> Given<'g> {
    pub(super) fn new(needs: &'g [&'g str], client: &Client) -> Self {
        let options = client.options.iter().filter(|(name, _)| !is_variable_option(name));
        let shape =
            |(name, fact): (&String, &OptionFact)| (name.replace('-', "_"), shape_of(fact.kind()));
        Self { needs, options: options.map(shape).collect() }
    }
}

/// Whether languages share the file: the name of its folder begins with `_`.
fn is_shared(file: File<'_>) -> bool {
    file.path.rsplit('/').nth(1).is_some_and(|folder| folder.starts_with('_'))
}

fn is_variable_option(name: &str) -> bool {
    VARIABLE_OPTIONS.contains(&name)
}

fn shape_of(kind: OptionType) -> Shape {
    match kind {
        OptionType::Seconds => Shape::Record(Time::TABLE),
        OptionType::Choice | OptionType::Text => Shape::Text,
        OptionType::Flag => Shape::Flag,
    }
}

#[derive(Debug, Default)]
struct Scope {
    names: Vec<(String, Kind)>,
    /// Whether no name from outside is known: a component.
    is_closed: bool,
}

impl Scope {
    fn set(&mut self, name: &str, kind: Kind) {
        match self.names.iter_mut().find(|(known, _)| known == name) {
            // Which of the two it is, only a request tells.
            Some((_, known)) if *known != kind => {
                *known = if [&kind, &*known].contains(&&Kind::Literal) {
                    Kind::Literal
                } else if kind.is_text() && known.is_text() {
                    Kind::Of(Shape::Text)
                } else {
                    Kind::Unknown
                };
            }
            Some(_) => {}
            None => self.names.push((name.to_owned(), kind)),
        }
    }
}

impl<'f> Names<'f> {
    pub(super) fn new(file: File<'f>, language: &'f Language, given: &'f Given<'f>) -> Self {
        Self {
            file,
            language,
            given,
            scopes: vec![Scope::default()],
            read_needs: BTreeSet::new(),
            read_options: BTreeSet::new(),
            reads: Reads::default(),
            called: BTreeSet::new(),
            faults: Vec::new(),
        }
    }

    pub(super) fn fault(&mut self, start: usize, end: usize, message: String) {
        self.faults.push(Fault::new(self.file, start, end, message));
    }

    /// Opens a scope: what is set in it is gone with it.
    pub(super) fn open(&mut self) {
        self.scopes.push(Scope::default());
    }

    /// Opens the scope of a component, which knows its arguments and nothing from outside.
    pub(super) fn open_component(&mut self) {
        self.scopes.push(Scope { is_closed: true, ..Scope::default() });
    }

    pub(super) fn close(&mut self) {
        self.scopes.pop();
    }

    /// Sets a name in the innermost scope.
    pub(super) fn set(&mut self, name: &str, kind: Kind) {
        if let Some(scope) = self.scopes.last_mut() {
            scope.set(name, kind);
        }
    }

    /// Sets a name in the outermost scope.
    pub(super) fn set_global(&mut self, name: &str, kind: Kind) {
        if let Some(scope) = self.scopes.first_mut() {
            scope.set(name, kind);
        }
    }

    /// A name that the template is given keeps its meaning, but in a component, which knows none of them.
    pub(super) fn take_no_given_name(&mut self, name: Token<'_>) {
        let is_given = View::TABLE.names.iter().any(|(known, _)| *known == name.text);
        if is_given && !self.scopes.iter().any(|scope| scope.is_closed) {
            let message = format!(
                "`{0}` is what the request has: take another name, such as `own_{0}`",
                name.text
            );
            self.fault(name.start, name.end, message);
        }
    }

    /// A filter needs the table that says how its literals are written. A file that clients share may use
    /// what some of them have.
    pub(super) fn take_no_missing_table(&mut self, filter: Token<'_>) {
        let literals = &self.language.literals;
        let (is_there, table) = match filter.text {
            "str" | "key" => (!literals.string.is_empty(), "[[string]]"),
            "json" => (literals.json.is_some(), "[json]"),
            "bytes" => (literals.bytes.is_some(), "[bytes]"),
            "comment" => (literals.comment.is_some(), "[comment]"),
            _ => return,
        };
        if !is_there && !is_shared(self.file) {
            let message = format!(
                "`{}` needs the table `{table}` of the language, and there is none",
                filter.text
            );
            self.fault(filter.start, filter.end, message);
        }
    }

    /// What is known of a name.
    pub(super) fn look_up(&mut self, name: Token<'_>) -> Kind {
        for scope in self.scopes.iter().rev() {
            if let Some((_, kind)) = scope.names.iter().find(|(known, _)| known == name.text) {
                return kind.clone();
            }
            if scope.is_closed {
                return self.miss(name);
            }
        }
        let table = View::TABLE;
        if let Some(place) = table.names.iter().position(|(known, _)| *known == name.text) {
            self.reads.add(table, place);
            return Kind::Of(table.names[place].1);
        }
        match name.text {
            "indent" => Kind::Code,
            "loop" if self.scopes.len() > 1 => Kind::Unknown,
            _ => self.miss(name),
        }
    }

    fn miss(&mut self, name: Token<'_>) -> Kind {
        let own = self.scopes.iter().flat_map(|scope| &scope.names).map(|(name, _)| name.as_str());
        let given = View::TABLE.names.iter().map(|(name, _)| *name);
        let near = suggest(name.text, given.chain(own).chain(["indent", "loop"]));
        let message = format!("there is no name `{}`{near}", name.text);
        self.fault(name.start, name.end, message);
        Kind::Unknown
    }

    /// What is known of a field of a value.
    pub(super) fn field(&mut self, of: &Typed<'_>, field: Token<'_>) -> Kind {
        let message = match of.kind {
            Kind::Of(Shape::Record(table)) => {
                if let Some(place) = table.names.iter().position(|(name, _)| *name == field.text) {
                    self.reads.add(table, place);
                    return Kind::Of(table.names[place].1);
                }
                let near = suggest(field.text, table.names.iter().map(|(name, _)| *name));
                format!("`{}` has no field `{}`{near}", table.record, field.text)
            }
            Kind::Of(Shape::Flags) => {
                // A file that clients share reads what some of them need.
                let is_shared = is_shared(self.file);
                if is_shared || self.given.needs.contains(&field.text) {
                    self.read_needs.insert(field.text.to_owned());
                    return Kind::Of(Shape::Flag);
                }
                let near = suggest(field.text, self.given.needs.iter().copied());
                format!("nothing sets the need `{}` of this client{near}", field.text)
            }
            Kind::Of(Shape::Options) => return self.option(field),
            Kind::Unknown if self.file.text.get(of.start..of.end) == Some("loop") => {
                if LOOP.contains(&field.text) {
                    let is_flag = matches!(field.text, "first" | "last");
                    return Kind::Of(if is_flag { Shape::Flag } else { Shape::Number });
                }
                format!(
                    "`loop` has no field `{}`{}",
                    field.text,
                    suggest(field.text, LOOP.iter().copied())
                )
            }
            Kind::Unknown => {
                self.reads.add_to_all(View::TABLE, field.text);
                return Kind::Unknown;
            }
            _ => format!("this has no fields, so no `{}`", field.text),
        };
        self.fault(field.start, field.end, message);
        Kind::Unknown
    }

    /// What is known of an option of the client.
    fn option(&mut self, field: Token<'_>) -> Kind {
        let options = &self.given.options;
        if let Some((_, shape)) = options.iter().find(|(name, _)| name == field.text) {
            self.read_options.insert(field.text.to_owned());
            return Kind::Of(*shape);
        }
        // A file that clients share reads what some of them have.
        if is_shared(self.file) {
            let word = option_word(&field.text.replace('_', "-"));
            return word.map_or(Kind::Unknown, |word| Kind::Of(shape_of(word.kind)));
        }
        let near = suggest(field.text, options.iter().map(|(name, _)| name.as_str()));
        let message = format!("this client has no option `{}`{near}", field.text);
        self.fault(field.start, field.end, message);
        Kind::Unknown
    }

    /// What has passed a literal filter is for printing.
    pub(super) fn take_no_literal(&mut self, value: &Typed<'_>, taker: &str) {
        if matches!(value.kind, Kind::Literal | Kind::Code) {
            let message = format!("this is already code, and {taker} would take it for text");
            self.fault(value.start, value.end, message);
        }
    }

    /// The texts of an argument are ones that it can have.
    pub(super) fn check_argument(&mut self, filter: &str, argument: &str, texts: &[Token<'_>]) {
        let kind = known::ARGUMENTS.iter().find(|(name, ..)| *name == argument).map(|it| it.1);
        if let (Some(kind @ ("number" | "true or false")), Some(text)) = (kind, texts.first()) {
            let message =
                format!("`{argument}` of `{filter}` takes {kind}, and `{}` is a text", text.text);
            self.fault(text.start, text.end, message);
            return;
        }
        let families: Vec<&str>;
        let known = match (filter, argument) {
            ("str", "style") => {
                families = self.language.literals.families();
                &*families
            }
            _ => match known::values_of_argument(argument) {
                Some(values) => values,
                None => return,
            },
        };
        for text in texts {
            if !known.contains(&text.text) {
                let list = known.join("`, `");
                let near = if known.is_empty() {
                    "there is none".into()
                } else {
                    format!("there are `{list}`")
                };
                let message =
                    format!("`{argument}` of `{filter}` cannot be `{}`: {near}", text.text);
                self.fault(text.start, text.end, message);
            }
        }
    }
}
