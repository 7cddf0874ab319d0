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
    mask(&mut message.diagnostics, &variables, false);
    let mut shown = Cow::Borrowed(source);
    for variable in variables.iter().filter(|it| it.value.len() >= MIN_ANYWHERE) {
        let value = variable.value.as_bytes();
        let as_it_is = memchr::memmem::find_iter(source, value).map(|at| at..at + value.len());
        let text = str::from_utf8(source).unwrap_or_default();
        let places = as_it_is.chain(spelling::find(text, &variable.value, MIN_ANYWHERE));
        for place in places.collect::<Vec<_>>() {
            shown.to_mut()[place].fill(b'*');
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
    let is_left = |variable: &&Variable| {
        let value = &variable.value;
        value.len() >= MIN_ANYWHERE
            && variable.source != "text"
            && (is_written(value.as_bytes())
                || spelled(view, value).iter().any(|part| is_written(longest_word(part))))
    };
    view.environment.iter().find(is_left)
}

/// What the texts of the view have of a value in other spellings.
fn spelled<'v>(view: &'v View<'_, '_>, value: &str) -> Vec<Cow<'v, [u8]>> {
    let content = &view.content;
    let fields = || view.headers.iter().chain(&view.taken);
    let pairs = view.query.iter().chain(&content.pairs);
    let mut texts: Vec<&str> = vec![&view.url, &content.text];
    texts.extend(pairs.flat_map(|pair| [pair.value.as_deref().unwrap_or_default(), &*pair.text]));
    texts.extend(fields().map(|field| &*field.value));
    texts.extend(content.parts.iter().map(|part| &*part.text));
    texts.extend(view.attachments.iter().filter_map(|file| str::from_utf8(&file.bytes).ok()));
    let mut found: Vec<Cow<'_, [u8]>> = Vec::new();
    for text in texts {
        let places = spelling::find(text, value, MIN_ANYWHERE).into_iter();
        found.extend(places.map(|place| Cow::Borrowed(&text.as_bytes()[place])));
    }
    let holds = |bytes: &[u8]| memchr::memmem::find(bytes, value.as_bytes()).is_some();
    let files = content.parts.iter().filter(|part| !part.is_text).map(|part| part.bytes);
    let not_text = fields().filter(|field| !field.is_text).map(|field| &*field.bytes);
    if files.chain(not_text).chain([content.bytes]).any(holds)
        || fields().any(|field| holds(&latin_1(&field.value)))
    {
        found.push(Cow::Owned(value.as_bytes().to_vec()));
    }
    found
}

/// The longest run of letters and digits of ASCII, which every literal has as they are.
fn longest_word(text: &[u8]) -> &[u8] {
    let words = text.split(|byte| !byte.is_ascii_alphanumeric());
    words.max_by_key(|word| word.len()).unwrap_or_default()
}

/// The bytes that a client of ISO 8859-1 sends of a text; none where that has other characters.
fn latin_1(text: &str) -> Vec<u8> {
    text.chars().map(u8::try_from).collect::<Result<_, _>>().unwrap_or_default()
}

/// Why there is no code: it would hold the value of a variable.
pub(crate) fn left(client: &str, variable: &Variable, message: &Message<'_>) -> Diagnostic {
    let reason = format!("{client} would still hold the value of `{}`", variable.name);
    Diagnostic::error("secret-left", reason).with_span(message.request.method_span)
}
