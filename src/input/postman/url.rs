//! URLs of a collection: a text, or its parts.

use crate::grammar::Scheme;

use super::super::placeholder::{Variables, expand};
use super::super::refusal::Refusal;
use super::super::text::Text;
use super::super::url::{Unencoded, Url, encode_bytes};
use super::super::value::{Kind, Value};

/// Reads a URL. Where it has parts, Postman sends them and not what `raw` says.
pub(super) fn read_url(url: &Value, variables: &Variables<'_>) -> Result<Url, Refusal> {
    let mut text = if url.get("host").is_some() {
        join_parts(url, variables)?
    } else {
        let raw = url.text().or_else(|| url.text_of("raw")).cloned().unwrap_or_default();
        expand(&raw, variables)?
    };
    for item in url.items_of("variable") {
        let Some(key) = item.text_of("key").or_else(|| item.text_of("id")) else { continue };
        let value = expand(&item.scalar_of("value").unwrap_or_default(), variables)?;
        text = set_path_variable(&text, key, &value);
    }
    Url::split(&text, Scheme::Http, Unencoded::Standard)
}

/// A URL that is given by its parts.
fn join_parts(url: &Value, variables: &Variables<'_>) -> Result<Text, Refusal> {
    let mut text = Text::default();
    if let Some(protocol) = url.text_of("protocol") {
        text.append(protocol);
        text.push(b"://", protocol.span());
    }
    for (name, mark) in [("host", "."), ("path", "/")] {
        let one = url.text_of(name).into_iter();
        let parts = url.items_of(name).iter();
        let parts = parts.filter_map(|part| part.text().or_else(|| part.text_of("value")));
        for (number, part) in one.chain(parts).enumerate() {
            let has_mark = number == 0 && part.bytes().starts_with(b"/");
            if (number > 0 || name == "path") && !has_mark {
                text.push(mark.as_bytes(), part.span());
            }
            text.append(&expand(part, variables)?);
        }
        let port = url.scalar_of("port").filter(|port| name == "host" && !port.is_empty());
        if let Some(port) = port {
            text.push(b":", port.span());
            text.append(&expand(&port, variables)?);
        }
    }
    join_query(&mut text, url.items_of("query"), variables)?;
    Ok(text)
}

/// Appends the pairs that are not disabled. What a name or value may not contain is encoded before
/// variables get their values.
fn join_query(text: &mut Text, items: &[Value], variables: &Variables<'_>) -> Result<(), Refusal> {
    let items = items.iter().filter(|item| !item.is_true("disabled"));
    for (number, item) in items.enumerate() {
        let mark: &[u8] = if number == 0 { b"?" } else { b"&" };
        text.push(mark, item.span);
        let name = item.scalar_of("key").unwrap_or_default();
        text.append(&expand(&encode_marks(&name, b"&#="), variables)?);
        // `null` is a name without `=`.
        let is_given = |value: &&Value| !matches!(value.kind, Kind::Null);
        if let Some(value) = item.get("value").filter(is_given) {
            text.push(b"=", value.span);
            let value = value.scalar().unwrap_or_default();
            text.append(&expand(&encode_marks(&value, b"&#"), variables)?);
        }
    }
    Ok(())
}

fn encode_marks(text: &Text, marks: &[u8]) -> Text {
    let mut out = Text::default();
    encode_bytes(&mut out, text, |_, byte| marks.contains(&byte));
    out
}

/// Puts a value in the place of each path segment `:key`.
fn set_path_variable(url: &Text, key: &Text, value: &Text) -> Text {
    let segment = [b"/:", key.bytes()].concat();
    let path = url.bytes().iter().position(|byte| matches!(byte, b'?' | b'#'));
    let path = &url.bytes()[..path.unwrap_or(url.len())];
    let ends = |at: usize| matches!(path.get(at + segment.len()), None | Some(b'/'));
    let mut text = Text::default();
    let mut from = 0;
    for at in memchr::memmem::find_iter(path, &segment).filter(|at| ends(*at)) {
        text.append_part(url, from..at + 1);
        text.append(value);
        from = at + segment.len();
    }
    text.append_part(url, from..url.len());
    text
}
