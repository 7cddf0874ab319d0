//! What is told of a message does not hold the values that the code reads from its environment.

use std::borrow::Cow;

use super::environment::{MIN_ANYWHERE, Variable, find, replace};
use super::options::Options;
use super::{View, spelling};
use crate::diagnostic::Diagnostic;
use crate::request::Message;

/// What is told names the variable and not its value, in whatever spelling; with `tells_values`, what
/// arrives is told as it is.
pub(super) fn mask(diagnostics: &mut [Diagnostic], variables: &[Variable], tells_values: bool) {
    let own: Vec<Variable> = variables.iter().filter(|it| !it.is_of_code()).cloned().collect();
    let masked = |text: &mut String| {
        let name = |variable: &Variable| format!("${}", variable.name);
        if let Cow::Owned(new) = replace(text, "", &own, name) {
            *text = new;
        }
        for variable in &own {
            for place in spelling::find(text, &variable.value, MIN_ANYWHERE).into_iter().rev() {
                text.replace_range(place, &name(variable));
            }
        }
    };
    for diagnostic in diagnostics {
        masked(&mut diagnostic.message);
        let others = [&mut diagnostic.label, &mut diagnostic.help];
        others.into_iter().flatten().for_each(masked);
        if !tells_values {
            diagnostic.arrives.iter_mut().for_each(masked);
        }
    }
}

/// Takes what the code will read from its environment out of all that is told of the message: values
/// become `$NAME` in its diagnostics, and `*` in `source`, the text whose lines are shown.
pub fn mask_message<'s>(
    message: &mut Message<'_>,
    source: &'s [u8],
    options: &Options,
) -> Cow<'s, [u8]> {
    let mut variables = find(&message.request, false, options);
    variables.extend(find(&message.request, true, options));
    let mut shown = Cow::Borrowed(source);
    if variables.is_empty() {
        return shown;
    }
    mask(&mut message.diagnostics, &variables, false);
    let text = str::from_utf8(source).unwrap_or_default();
    for variable in variables.iter().filter(|it| it.value.len() >= MIN_ANYWHERE) {
        let value = variable.value.as_bytes();
        for place in spelling::find(text, &variable.value, MIN_ANYWHERE) {
            shown.to_mut()[place].fill(b'*');
        }
        for at in memchr::memmem::find_iter(source, value) {
            shown.to_mut()[at..at + value.len()].fill(b'*');
        }
    }
    shown
}

/// The first variable whose value the code still has, or a file beside it: as it is, or as the view has it in
/// another spelling, which a literal may have escaped.
pub(crate) fn find_left<'v>(view: &'v View<'_, '_>, code: &str) -> Option<&'v Variable> {
    let holds = |text: &[u8], part: &[u8]| memchr::memmem::find(text, part).is_some();
    let is_written = |part: &[u8]| {
        holds(code.as_bytes(), part)
            || view
                .attachments
                .iter()
                .any(|file| holds(file.name.as_bytes(), part) || holds(&file.bytes, part))
    };
    view.environment.iter().find(|variable| {
        let value = &variable.value;
        value.len() >= MIN_ANYWHERE
            && variable.source != "text"
            && (is_written(value.as_bytes()) || is_spelled(view, value, &is_written))
    })
}

/// Whether a text of the view has a value in another spelling, and the code has that.
fn is_spelled(view: &View<'_, '_>, value: &str, is_written: &dyn Fn(&[u8]) -> bool) -> bool {
    let in_text = |text: &str| {
        let places = spelling::find(text, value, MIN_ANYWHERE);
        places.into_iter().any(|place| is_written(longest_word(&text.as_bytes()[place])))
    };
    let in_bytes = |bytes: &[u8]| {
        memchr::memmem::find(bytes, value.as_bytes()).is_some()
            && is_written(longest_word(value.as_bytes()))
    };
    let content = &view.content;
    for field in view.headers.iter().chain(&view.taken) {
        if in_text(&field.value)
            || in_bytes(&latin_1(&field.value))
            || (!field.is_text && in_bytes(&field.bytes))
        {
            return true;
        }
    }
    for pair in view.query.iter().chain(&content.pairs) {
        if in_text(&pair.text) || pair.value.as_deref().is_some_and(in_text) {
            return true;
        }
    }
    for part in &content.parts {
        if in_text(&part.text) || (!part.is_text && in_bytes(part.bytes)) {
            return true;
        }
    }
    for file in &view.attachments {
        if str::from_utf8(&file.bytes).is_ok_and(in_text) {
            return true;
        }
    }
    in_text(&view.url) || in_text(&content.text) || in_bytes(content.bytes)
}

/// The bytes that a client of ISO 8859-1 sends of a text, up to a character that it does not have.
fn latin_1(text: &str) -> Vec<u8> {
    text.chars().map_while(|c| u8::try_from(c).ok()).collect()
}

/// The longest run of letters and digits of ASCII, which every literal has as they are.
fn longest_word(text: &[u8]) -> &[u8] {
    let words = text.split(|byte| !byte.is_ascii_alphanumeric());
    words.max_by_key(|word| word.len()).unwrap_or_default()
}
