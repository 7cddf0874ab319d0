//! What becomes of the lines of one field name: which are written, what arrives, and the one thing
//! that there is to say of them.

use std::borrow::Cow;

use super::{ViewField, basic_of};
use crate::diagnostic::{Affect, Diagnostic, Severity, is_hidden};
use crate::language::{
    Client, Encoding, FieldEffect, FieldFact, HEADER_CASE, HEADER_ENCODING, SINGLETON_JOINED,
    Saying,
};
use crate::request::{Field, is_singleton};
use crate::view::Plan;
use crate::view::condition::Traits;

/// What becomes of one line.
enum Line<'a, 'c> {
    /// It is written, and arrives.
    Kept(ViewField<'a>),
    /// It is written, and another value arrives.
    Changed(ViewField<'a>, Vec<u8>, &'c FieldFact),
    /// It is not written, since the client sends just this by itself.
    Implied,
    /// It is not written.
    Removed(&'c FieldFact),
    /// It is not written, since the client cannot send its bytes.
    Unwritable,
}

/// Why the lines of a name do not arrive as they are.
enum Cause<'c> {
    Fact(&'c FieldFact),
    Bytes,
    Joined(&'c FieldFact, Saying),
}

/// A field whose name occurs once: what the snippet writes, if anything.
pub(super) fn choose_line<'a, 'c>(
    traits: &Traits<'_, 'a>,
    client: &'c Client,
    index: usize,
    plan: &mut Plan<'a, 'c>,
) -> Option<ViewField<'a>> {
    let field = &traits.request.headers[index];
    let (written, arrives, cause) = match judge(traits, client, index) {
        Line::Kept(written) => {
            tell_case(client, field, plan);
            return Some(written);
        }
        Line::Changed(written, bytes, fact) => (Some(written), Some(bytes), Cause::Fact(fact)),
        Line::Implied => return None,
        Line::Removed(fact) => (None, replacement(fact), Cause::Fact(fact)),
        Line::Unwritable => (None, None, Cause::Bytes),
    };
    tell(client, field, &cause, arrives, plan);
    written
}

/// All lines of a name that occurs several times, from the first at `index`.
#[cold]
pub(super) fn choose_lines<'a, 'c>(
    traits: &Traits<'_, 'a>,
    client: &'c Client,
    index: usize,
    written: &mut Vec<ViewField<'a>>,
    plan: &mut Plan<'a, 'c>,
) {
    let field = &traits.request.headers[index];
    let start = written.len();
    let mut arrives: Vec<Vec<u8>> = Vec::new();
    let mut cause = None;
    for index in traits.lines_from(index) {
        if traits.request.headers[index].is_framing() {
            continue;
        }
        match judge(traits, client, index) {
            Line::Kept(line) => {
                arrives.push(line.bytes.to_vec());
                written.push(line);
            }
            Line::Changed(line, bytes, fact) => {
                arrives.push(bytes);
                written.push(line);
                cause.get_or_insert(Cause::Fact(fact));
            }
            // The client sends one line of its own for all of them.
            Line::Implied => {}
            Line::Removed(fact) => {
                if cause.is_none() {
                    arrives.extend(replacement(fact));
                }
                cause.get_or_insert(Cause::Fact(fact));
            }
            Line::Unwritable => {
                cause.get_or_insert(Cause::Bytes);
            }
        }
    }
    let joins =
        |fact: &&FieldFact| fact.effect == FieldEffect::Joined && traits.is_meant(index, fact);
    if written.len() - start > 1
        && let Some(fact) = client.field.iter().find(joins)
    {
        let lines: Vec<ViewField<'a>> = written.drain(start..).collect();
        written.extend(join(client, &lines));
        arrives = vec![join_bytes(&field.name, arrives.iter().map(Vec::as_slice))];
        if let Some((bytes, fact)) = append(traits, client, index, &arrives[0]) {
            arrives = vec![bytes];
            cause.get_or_insert(Cause::Fact(fact));
        }
        cause.get_or_insert(Cause::Joined(fact, saying_of_joined(&field.name)));
    }
    mark_repeats(&mut written[start..]);
    keep_or_tell_case(client, field, &mut written[start..], plan);
    if let Some(cause) = cause {
        let text = (!arrives.is_empty()).then(|| arrives.join(&b'\n'));
        tell(client, field, &cause, text, plan);
    }
}

/// Lines of one name in several letter cases have one key, so that their order is kept.
fn keep_or_tell_case(
    client: &Client,
    field: &Field<'_>,
    lines: &mut [ViewField<'_>],
    plan: &mut Plan<'_, '_>,
) {
    let Some(first) = lines.first().map(|line| line.name) else { return };
    if lines.iter().all(|line| line.name == first) {
        tell_case(client, field, plan);
        return;
    }
    for line in lines {
        line.is_recased = false;
    }
    if let Some(sent) = client.names.recase(&field.name) {
        push_case(client, field, sent, plan);
    }
}

fn judge<'a, 'c>(traits: &Traits<'_, 'a>, client: &'c Client, index: usize) -> Line<'a, 'c> {
    let field = &traits.request.headers[index];
    let (mut changes, mut removes) = (None, None);
    for fact in client.field.iter().filter(|fact| traits.is_meant(index, fact)) {
        if fact.effect.removes() {
            removes = Some(fact);
            break;
        }
        changes = changes.or_else(|| Some((change(fact, &field.value)?, fact)));
    }
    if let Some(fact) = removes {
        let is_same = replacement(fact).is_some_and(|value| value == *field.value);
        let is_alone = !traits.is_repeated(index);
        return if is_same && is_alone { Line::Implied } else { Line::Removed(fact) };
    }
    let Some(written) = write(client, field, index) else { return Line::Unwritable };
    let appended = || {
        let is_alone = !traits.is_repeated(index);
        is_alone.then(|| append(traits, client, index, &field.value)).flatten()
    };
    match changes.or_else(appended) {
        Some((bytes, fact)) => Line::Changed(written, bytes, fact),
        None => Line::Kept(written),
    }
}

/// The value as it arrives where the client changes it.
fn change(fact: &FieldFact, value: &[u8]) -> Option<Vec<u8>> {
    match fact.effect {
        FieldEffect::Trimmed => Some(fact.trim(value)?.to_vec()),
        FieldEffect::Substituted => Some(fact.substitute(value)),
        _ => None,
    }
}

/// The list as it arrives where the client appends to it, and the first fact that says so.
fn append<'c>(
    traits: &Traits<'_, '_>,
    client: &'c Client,
    index: usize,
    list: &[u8],
) -> Option<(Vec<u8>, &'c FieldFact)> {
    let mut appended: Option<(Vec<u8>, &FieldFact)> = None;
    let facts = client
        .field
        .iter()
        .filter(|fact| matches!(fact.effect, FieldEffect::Appended | FieldEffect::AppendedAgain));
    for fact in facts.filter(|fact| traits.is_meant(index, fact)) {
        let list = appended.as_ref().map_or(list, |(longer, _)| longer);
        if let Some(longer) = fact.append(list) {
            appended = Some((longer, appended.map_or(fact, |(_, first)| first)));
        }
    }
    appended
}

/// The value that the client sends instead, where it is known.
fn replacement(fact: &FieldFact) -> Option<Vec<u8>> {
    let with = fact.with.as_ref().filter(|_| fact.effect == FieldEffect::Replaced);
    with.map(|value| value.clone().into_bytes())
}

/// Lines of Cookie are joined with `; ` (RFC 6265 §5.4), of other fields with `, ` (RFC 9110 §5.3).
fn join_bytes<'l>(name: &str, lines: impl Iterator<Item = &'l [u8]>) -> Vec<u8> {
    let separator: &[u8] = if name.eq_ignore_ascii_case("cookie") { b"; " } else { b", " };
    let joined = lines.collect::<Vec<_>>().join(separator);
    joined.trim_ascii().to_vec()
}

fn join<'a>(client: &Client, lines: &[ViewField<'a>]) -> Option<ViewField<'a>> {
    let first = lines.first()?;
    let bytes = join_bytes(first.name, lines.iter().map(|line| &*line.bytes));
    let text = std::str::from_utf8(&bytes).ok();
    let value = value_of(client, &bytes, text).map(Cow::into_owned);
    Some(ViewField {
        is_text: value.is_some(),
        value: Cow::Owned(value.unwrap_or_default()),
        is_usual: is_usual(client, first.name, text),
        bytes: Cow::Owned(bytes),
        basic: None,
        ..first.clone()
    })
}

/// What lines of one name that are sent as one mean.
fn saying_of_joined(name: &str) -> Saying {
    if is_singleton(name) && !name.eq_ignore_ascii_case("cookie") {
        SINGLETON_JOINED
    } else {
        FieldEffect::Joined.saying()
    }
}

fn mark_repeats(lines: &mut [ViewField<'_>]) {
    let is_repeated = lines.len() > 1;
    for (at, line) in lines.iter_mut().enumerate() {
        line.is_repeated = is_repeated;
        line.is_repeat = at > 0;
    }
}

/// The field in the client's terms; nothing where it has none.
pub(super) fn write<'a>(
    client: &Client,
    field: &'a Field<'_>,
    index: usize,
) -> Option<ViewField<'a>> {
    let bytes: &'a [u8] = &field.value;
    let value = value_of(client, bytes, field.text());
    if value.is_none() && !client.header.bytes {
        return None;
    }
    Some(ViewField {
        name: &field.name,
        is_text: value.is_some(),
        value: value.unwrap_or_default(),
        bytes: Cow::Borrowed(bytes),
        is_repeated: false,
        is_repeat: false,
        is_recased: client.names.can_keep(&field.name)
            && client.names.recase(&field.name).is_some(),
        is_usual: is_usual(client, &field.name, field.text()),
        basic: basic_of(field),
        index,
    })
}

/// Whether the client's usual call sends the value as it is.
fn is_usual(client: &Client, name: &str, text: Option<&str>) -> bool {
    let usual = client.usual.iter().find(|usual| usual.is_about(name));
    usual.is_none_or(|usual| text.is_some_and(|text| usual.values.has(text)))
}

/// The text that the client turns into these bytes, which are `text` where they are UTF-8.
fn value_of<'v>(client: &Client, bytes: &[u8], text: Option<&'v str>) -> Option<Cow<'v, str>> {
    let is_seen = |c: char| c == '\t' || !is_hidden(c);
    let value = match (client.header.text, text) {
        (Encoding::Utf8, text) => text.map(Cow::Borrowed),
        (_, Some(text)) if text.is_ascii() => Some(Cow::Borrowed(text)),
        (Encoding::Latin1, _) => Some(Cow::Owned(bytes.iter().copied().map(char::from).collect())),
        (Encoding::Ascii, _) => None,
    };
    value.filter(|text| !client.header.visible || text.chars().all(is_seen))
}

#[cold]
pub(super) fn tell_unwritable(client: &Client, field: &Field<'_>, plan: &mut Plan<'_, '_>) {
    tell(client, field, &Cause::Bytes, None, plan);
}

#[cold]
fn tell(
    client: &Client,
    field: &Field<'_>,
    cause: &Cause<'_>,
    arrives: Option<Vec<u8>>,
    plan: &mut Plan<'_, '_>,
) {
    let (title, name) = (&*client.title, &*field.name);
    let (saying, sentence) = match cause {
        Cause::Fact(fact) => (fact.effect.saying(), fact.sentence(title, name)),
        Cause::Bytes => (HEADER_ENCODING, format!("{title} cannot send the bytes of `{name}`")),
        Cause::Joined(fact, saying) => (*saying, fact.sentence(title, name)),
    };
    let mut diagnostic = Diagnostic::new(saying.severity, saying.code, sentence)
        .with_affect(Affect::Header(name.to_ascii_lowercase()))
        .with_span(field.name_span);
    diagnostic.help = saying.help.map(str::to_owned);
    diagnostic.arrives = arrives.map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    plan.diagnostics.push(diagnostic);
}

/// A note where the letter case of a name changes; it means nothing, so no part is affected.
pub(super) fn tell_case(client: &Client, field: &Field<'_>, plan: &mut Plan<'_, '_>) {
    let is_off = client.names.unless_need.as_deref().is_some_and(|it| plan.needs.contains(&it));
    if is_off || client.names.can_keep(&field.name) {
        return;
    }
    if let Some(sent) = client.names.recase(&field.name) {
        push_case(client, field, sent, plan);
    }
}

#[cold]
pub(super) fn push_case(client: &Client, field: &Field<'_>, sent: String, plan: &mut Plan<'_, '_>) {
    let sentence = format!("{} writes the name `{}` as `{sent}`", client.title, field.name);
    debug_assert_eq!(HEADER_CASE.severity, Severity::Note);
    plan.diagnostics.push(
        Diagnostic::new(HEADER_CASE.severity, HEADER_CASE.code, sentence)
            .with_arrives(sent)
            .with_span(field.name_span),
    );
}
