//! The filters of templates: each writes a whole literal, or passes a word that is none.

use std::cell::Cell;
use std::sync::Arc;

use tera::{Filter, Kwargs, State, StringInput, Tera, TeraResult, Test, Value};

use super::budget;
use super::current;
use super::join_lines::JoinLines;
use crate::diagnostic::show;
use crate::language::Language;
use crate::literal::{Layout, LineEnds, LiteralError, Literals, Place, SOFT_BREAK, environment};

/// What the filters write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Writes {
    /// Literals of the language.
    Literals,
    /// The values as they are, so that they can be found again in what is printed.
    Values,
}

/// Begins the message of an error that a text of the request is to blame for: Tera passes on no more
/// of an error than its message.
pub(super) const UNWRITABLE: char = '\u{3}';

fn unwritable(error: &LiteralError) -> tera::Error {
    match error {
        LiteralError::NoStyle { .. } => tera::Error::message(format!("{UNWRITABLE}{error}")),
        _ => tera::Error::message(error),
    }
}

/// Registers all filters for `language`.
pub(super) fn register(tera: &mut Tera, language: &Arc<Language>, writes: Writes) {
    tera.register_filter("safe", refuse_safe);
    tera.register_test("starting_with", StartingWith);
    tera.register_filter("separated", Separated);
    tera.register_filter("outdent", Outdent { indent: language.indent.clone() });
    tera.register_filter("join_lines", JoinLines { language: language.clone() });
    if writes == Writes::Values {
        for name in ["str", "json", "comment", "key", "bytes", "word"] {
            tera.register_filter(name, AsIs);
        }
        return;
    }
    let literals: [(&str, Write); 4] = [
        ("str", |literals, out, text, style, place| literals.write_string(out, text, style, place)),
        ("json", |literals, out, text, _, place| literals.write_json(out, text, place)),
        ("comment", |literals, out, text, _, place| literals.write_comment(out, text, place)),
        ("key", |literals, out, text, _, _| literals.write_key(out, text)),
    ];
    let line_ends_vary = language.literals.take_line_ends_of_file();
    for (name, write) in literals {
        let language = language.clone();
        tera.register_filter(name, Literal { language, line_ends_vary, write });
    }
    tera.register_filter("bytes", BytesLiteral { language: language.clone() });
    tera.register_filter("word", Word);
}

/// The filter of [`Writes::Values`]: bytes that are not UTF-8 become U+FFFD.
struct AsIs;

impl Filter<&Value, TeraResult<String>> for AsIs {
    fn call(&self, value: &Value, _: Kwargs, _: &State) -> TeraResult<String> {
        let bytes = bytes_of(value).ok_or_else(|| tera::Error::message("no text"))?;
        Ok(String::from_utf8_lossy(bytes).into_owned())
    }

    fn is_safe(&self) -> bool {
        true
    }
}

fn bytes_of(value: &Value) -> Option<&[u8]> {
    value.as_bytes().or_else(|| value.as_str().map(str::as_bytes))
}

/// Appends the literal of a text, in the styles of a family, for its place.
type Write = fn(&Literals, &mut String, &str, &str, Place) -> Result<(), LiteralError>;

/// Tera's own `safe` would let a value past the literals.
fn refuse_safe(_: Value, _: Kwargs, _: &State) -> TeraResult<Value> {
    Err(tera::Error::message("`safe` is not for templates of code: write a literal filter"))
}

thread_local! {
    /// Where a filter writes: Tera copies what it is given.
    static CODE: Cell<String> = const { Cell::new(String::new()) };
}

/// The most bytes of [`CODE`] that are kept for the next filter.
const KEPT: usize = 1 << 16;

/// What `write` writes, as code.
fn code(write: impl FnOnce(&mut String) -> TeraResult<()>) -> TeraResult<Value> {
    let mut out = CODE.take();
    out.clear();
    write(&mut out)?;
    budget::spend(out.len())?;
    let code = Value::safe_string(&out);
    if out.capacity() <= KEPT {
        CODE.set(out);
    }
    Ok(code)
}

/// A filter from text to a literal. `level` and `column` say where it stands, see [`Place`];
/// `oneline = true` keeps it in its line; `style` names a family of string styles.
struct Literal {
    language: Arc<Language>,
    /// Whether a literal of the language can hold line ends that depend on the file's.
    line_ends_vary: bool,
    write: Write,
}

/// Whether a filter is called without arguments, as nearly all calls are.
pub(super) fn is_empty(kwargs: &Kwargs) -> bool {
    kwargs.iter().next().is_none()
}

/// Where the arguments of a filter put its literal: at the beginning of its line if there is no
/// `column`.
fn place_of(kwargs: &Kwargs, language: &Language) -> TeraResult<Place> {
    if is_empty(kwargs) {
        return Ok(Place::default());
    }
    let level = kwargs.get::<usize>("level")?.unwrap_or_default();
    let column = kwargs.get::<usize>("column")?.unwrap_or(level * language.indent.len());
    let is_one_line = kwargs.get::<bool>("oneline")?.unwrap_or_default();
    let layout = if is_one_line { Layout::OneLine } else { Layout::Free };
    Ok(Place { level, column, layout, ..Place::default() })
}

impl Filter<&str, TeraResult<Value>> for Literal {
    fn call(&self, text: &str, kwargs: Kwargs, _: &State) -> TeraResult<Value> {
        let mut place = place_of(&kwargs, &self.language)?;
        place.reads_environment =
            environment::is_in(text) && current::ask(|current| current.reads_environment);
        if self.line_ends_vary
            && current::ask(|current| current.free_line_ends.as_deref() == Some(text))
        {
            place.line_ends = LineEnds::Free;
        }
        let style =
            if is_empty(&kwargs) { None } else { kwargs.get::<&str>("style")? }.unwrap_or_default();
        code(|out| {
            (self.write)(&self.language.literals, out, text, style, place)
                .map_err(|error| unwritable(&error))
        })
    }
}

/// A filter from bytes, or the UTF-8 form of text, to a byte string.
struct BytesLiteral {
    language: Arc<Language>,
}

impl Filter<&Value, TeraResult<Value>> for BytesLiteral {
    fn call(&self, value: &Value, kwargs: Kwargs, _: &State) -> TeraResult<Value> {
        let place = place_of(&kwargs, &self.language)?;
        let bytes =
            bytes_of(value).ok_or_else(|| tera::Error::message("`bytes` takes bytes or text"))?;
        let has_variable = value.as_str().is_some_and(environment::is_in);
        if has_variable && current::ask(|current| current.reads_environment) {
            return Err(tera::Error::message(format!(
                "{UNWRITABLE}no byte string reads a variable"
            )));
        }
        code(|out| {
            self.language.literals.write_bytes(out, bytes, place).map_err(tera::Error::message)
        })
    }
}

/// Passes ASCII letters, digits and underscores as they are: a method that becomes part of a name.
/// `case` is `lower`, `upper` or `title`.
struct Word;

impl Filter<&str, TeraResult<Value>> for Word {
    fn call(&self, text: &str, kwargs: Kwargs, _: &State) -> TeraResult<Value> {
        let case = kwargs.get::<&str>("case")?;
        code(|out| {
            write_word(out, text, case).map_err(|error| {
                tera::Error::message(format!("{UNWRITABLE}`{}`: {error}", show(text)))
            })
        })
    }
}

/// Appends a word in the letter case that is asked for; an error says what is wrong.
fn write_word(out: &mut String, text: &str, case: Option<&str>) -> Result<(), &'static str> {
    if text.is_empty() || !text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_') {
        return Err("a name in the code is of ASCII letters, digits and underscores");
    }
    let start = out.len();
    out.push_str(text);
    match case {
        None => {}
        Some("lower") => out[start..].make_ascii_lowercase(),
        Some("upper") => out[start..].make_ascii_uppercase(),
        Some("title") => {
            out[start..].make_ascii_lowercase();
            out[start..=start].make_ascii_uppercase();
        }
        Some(_) => return Err("`case` is lower, upper or title"),
    }
    Ok(())
}

/// `{% if body.text is starting_with(pat="@") %}`: what a variable begins, may begin with any text.
struct StartingWith;

impl Test<&str, TeraResult<bool>> for StartingWith {
    fn call(&self, text: &str, kwargs: Kwargs, _: &State) -> TeraResult<bool> {
        let is_variable = || environment::begins(text) && current::ask(|it| it.reads_environment);
        Ok(text.starts_with(kwargs.must_get::<&str>("pat")?) || is_variable())
    }
}

/// `{% filter separated %}…{% endfilter %}`: what `sep` ends is separated by it, where the last one goes
/// without. `sep` is a comma by default.
struct Separated;

impl Filter<StringInput<'_>, TeraResult<Value>> for Separated {
    fn call(&self, block: StringInput<'_>, kwargs: Kwargs, _: &State) -> TeraResult<Value> {
        let sep = kwargs.get::<&str>("sep")?.unwrap_or(",");
        let text = block.as_str();
        let entries = text.trim_end();
        let Some(kept) = entries.strip_suffix(sep.trim_end()) else {
            return Ok(block.into_value());
        };
        let rest = &text[entries.len()..];
        let line_end = rest.find('\n').map_or("", |at| &rest[at..]);
        Ok(block.inherit_safety([kept, line_end].concat()))
    }
}

/// `{% filter outdent %}…{% endfilter %}`: in a fragment its lines lose one level of indentation. The
/// lines of a text within a literal stay as they are, since their breaks are marks.
struct Outdent {
    indent: String,
}

impl Filter<StringInput<'_>, TeraResult<Value>> for Outdent {
    fn call(&self, block: StringInput<'_>, _: Kwargs, _: &State) -> TeraResult<Value> {
        if !current::ask(|current| current.is_fragment) {
            return Ok(block.into_value());
        }
        let outdent = |line: &'_ str| -> String {
            line.strip_prefix(&*self.indent).unwrap_or(line).to_owned()
        };
        let layout = ['\n', SOFT_BREAK];
        let lines: Vec<String> = block.as_str().split_inclusive(layout).map(outdent).collect();
        Ok(block.inherit_safety(lines.concat()))
    }
}
