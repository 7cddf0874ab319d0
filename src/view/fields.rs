//! Which fields a snippet writes, and what becomes of each.

use std::borrow::Cow;
use std::collections::HashMap;

use super::Plan;
use super::condition::Traits;
use super::content::Kind;
use super::host;
use super::target::Destination;
use crate::content::auth::{self, Credentials};
use crate::content::cookie;
use crate::diagnostic::{Affect, Diagnostic, Severity, is_hidden};
use crate::language::{Client, Encoding, HeaderEffect, Rule};
use crate::request::{Field, is_framing, is_singleton};

/// A field as the snippet is to write it.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct ViewField<'a> {
    /// The name, letter case kept.
    pub name: &'a str,
    /// The text that the client turns into the value's bytes; empty where `is_text` is not set.
    pub value: Cow<'a, str>,
    /// The value's bytes.
    pub bytes: &'a [u8],
    /// Whether `value` says it; else only `bytes` does.
    pub is_text: bool,
    /// Whether other fields that are written have the same name.
    pub is_repeated: bool,
    /// The credentials that the value is made of, where it is an Authorization field with Basic.
    pub basic: Option<Basic>,
}

/// Basic credentials (RFC 7617), printable ASCII.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Basic {
    /// The user, without `:`.
    pub user: String,
    /// The password.
    pub password: String,
}

/// What the fields of a request came to.
pub(super) struct Fields<'a> {
    pub(super) written: Vec<ViewField<'a>>,
    pub(super) basic: Option<Basic>,
    pub(super) bearer: Option<&'a str>,
    pub(super) cookies: Vec<(&'a str, &'a str)>,
    /// Whether the snippet leaves Content-Type to the client.
    pub(super) sets_no_type: bool,
}

/// Decides on every field; needs and differences go into the plan.
pub(super) fn choose<'a, 'c>(
    traits: &Traits<'_, 'a>,
    client: &'c Client,
    destination: &Destination<'_>,
    plan: &mut Plan<'a, 'c>,
) -> Fields<'a> {
    apply_request_rules(traits, client, plan);
    let mut fields = Fields {
        written: Vec::with_capacity(traits.request.headers.len()),
        basic: None,
        bearer: None,
        cookies: Vec::new(),
        sets_no_type: true,
    };
    host::choose(traits, client, destination, &mut fields, plan);
    let mut has_repeats = false;
    for (index, field) in traits.request.headers.iter().enumerate() {
        if is_framing(field.name) || field.is("host") {
            continue;
        }
        if is_implied(traits, client, index, &mut fields) {
            continue;
        }
        if !apply_field_rules(traits, client, index, plan) {
            continue;
        }
        let Some(written) = write_field(client, field, plan) else { continue };
        has_repeats |= traits.is_repeated(index);
        if field.is("content-type") {
            fields.sets_no_type = false;
        }
        fields.written.push(written);
    }
    if has_repeats {
        mark_repeats(&mut fields.written);
    }
    fields
}

/// Marks the fields whose name others that are written have too; rules may have left only one.
#[cold]
fn mark_repeats(written: &mut [ViewField<'_>]) {
    let mut counts = HashMap::<String, usize>::new();
    for field in written.iter() {
        *counts.entry(field.name.to_ascii_lowercase()).or_default() += 1;
    }
    for field in written {
        field.is_repeated = counts.get(&field.name.to_ascii_lowercase()).is_some_and(|&it| it > 1);
    }
}

/// The rules that are about the request and not about single fields.
fn apply_request_rules<'a, 'c>(
    traits: &Traits<'_, 'a>,
    client: &'c Client,
    plan: &mut Plan<'a, 'c>,
) {
    for rule in &client.rule {
        if !traits.satisfy(&rule.when) {
            continue;
        }
        if let Some(need) = &rule.need {
            plan.needs.push(need);
        }
        if let Some(reason) = &rule.unsupported {
            let message = fill(reason, traits.request.method, "");
            let mut diagnostic = Diagnostic::error(code_of(rule, "unsupported"), message)
                .with_span(traits.request.method_span);
            diagnostic.help.clone_from(&rule.help);
            plan.refuse(diagnostic);
        }
    }
}

/// Whether the client sends just this field by itself, because of how the body or the credentials
/// are written.
fn is_implied<'a>(
    traits: &Traits<'_, 'a>,
    client: &Client,
    index: usize,
    fields: &mut Fields<'a>,
) -> bool {
    let field = &traits.request.headers[index];
    if traits.is_repeated(index) {
        return false;
    }
    if field.is("content-type") {
        let own = match traits.content.kind {
            Kind::Json => client.json.as_ref().and_then(|json| json.content_type.as_deref()),
            Kind::Form => client.form.as_ref().and_then(|form| form.content_type.as_deref()),
            Kind::Multipart => return true,
            _ => None,
        };
        return own.is_some_and(|own| own.as_bytes() == &*field.value);
    }
    if field.is("authorization") {
        match auth::parse(&field.value) {
            Some(Credentials::Basic { user, password }) if client.basic => {
                fields.basic = Some(Basic { user, password });
                return true;
            }
            Some(Credentials::Bearer { token }) if client.bearer => {
                fields.bearer = Some(token);
                return true;
            }
            _ => {}
        }
    }
    if field.is("cookie")
        && client.cookies
        && let Some(pairs) = cookie::parse(&field.value)
        && is_free_of_repeats(&pairs)
    {
        fields.cookies = pairs;
        return true;
    }
    false
}

/// What a language's own helper makes the value of.
fn basic_of(field: &Field<'_>) -> Option<Basic> {
    if !field.is("authorization") && !field.is("proxy-authorization") {
        return None;
    }
    match auth::parse(&field.value)? {
        Credentials::Basic { user, password } => Some(Basic { user, password }),
        Credentials::Bearer { .. } => None,
    }
}

fn is_free_of_repeats(pairs: &[(&str, &str)]) -> bool {
    let mut names: Vec<&str> = pairs.iter().map(|(name, _)| *name).collect();
    names.sort_unstable();
    names.windows(2).all(|pair| pair[0] != pair[1])
}

/// Whether the field is to be written after the rules that name fields.
fn apply_field_rules<'a, 'c>(
    traits: &Traits<'_, 'a>,
    client: &'c Client,
    index: usize,
    plan: &mut Plan<'a, 'c>,
) -> bool {
    let field = &traits.request.headers[index];
    let mut is_written = true;
    for rule in &client.rule {
        let Some(effect) = rule.header else { continue };
        if !traits.satisfy_for(index, &rule.when) {
            continue;
        }
        if effect == HeaderEffect::LastOnly && traits.is_last_of_name(index) {
            continue;
        }
        is_written &= matches!(effect, HeaderEffect::Changed | HeaderEffect::Joined);
        if let Some(diagnostic) = difference(client, rule, effect, field, traits.request.method) {
            plan.tell_once(diagnostic);
        }
    }
    is_written
}

#[cold]
fn difference(
    client: &Client,
    rule: &Rule,
    effect: HeaderEffect,
    field: &Field<'_>,
    method: &str,
) -> Option<Diagnostic> {
    let (severity, code, sentence) = match effect {
        HeaderEffect::Implied => return None,
        HeaderEffect::Dropped => (Severity::Warning, "header-dropped", "does not send `{name}`"),
        HeaderEffect::Replaced => {
            (Severity::Warning, "header-replaced", "sends a `{name}` of its own")
        }
        HeaderEffect::Changed => {
            (Severity::Warning, "header-changed", "changes the value of `{name}`")
        }
        HeaderEffect::Joined if is_singleton(field.name) => (
            Severity::Warning,
            "header-joined",
            "sends the lines of `{name}`, which is no list, as one",
        ),
        HeaderEffect::Joined => {
            (Severity::Note, "header-joined", "sends the lines of `{name}` as one list")
        }
        HeaderEffect::LastOnly => {
            (Severity::Warning, "header-repeated", "sends only the last `{name}`")
        }
    };
    let message = match &rule.message {
        Some(own) => fill(own, method, field.name),
        None => fill(&format!("{} {sentence}", client.title), method, field.name),
    };
    let mut diagnostic = Diagnostic::new(severity, code_of(rule, code), message)
        .with_affect(Affect::Header(field.name.to_ascii_lowercase()))
        .with_span(field.name_span);
    diagnostic.help.clone_from(&rule.help);
    Some(diagnostic)
}

fn code_of(rule: &Rule, default: &'static str) -> Cow<'static, str> {
    rule.code.clone().map_or(Cow::Borrowed(default), Cow::Owned)
}

fn fill(sentence: &str, method: &str, name: &str) -> String {
    sentence.replace("{name}", name).replace("{method}", method)
}

/// The field in the client's terms; `None`, with a diagnostic, where it has none.
pub(super) fn write_field<'a>(
    client: &Client,
    field: &'a Field<'_>,
    plan: &mut Plan<'a, '_>,
) -> Option<ViewField<'a>> {
    let bytes: &'a [u8] = &field.value;
    let is_seen = |c: char| c == '\t' || !is_hidden(c);
    let text = field.text();
    let value = match (client.header.text, text) {
        (Encoding::Utf8, text) => text.map(Cow::Borrowed),
        (_, Some(text)) if text.is_ascii() => Some(Cow::Borrowed(text)),
        (Encoding::Latin1, _) => Some(Cow::Owned(bytes.iter().copied().map(char::from).collect())),
        (Encoding::Ascii, _) => None,
    };
    let value = value.filter(|text| !client.header.visible || text.chars().all(is_seen));
    if value.is_none() && !client.header.bytes {
        plan.tell_once(
            Diagnostic::warning(
                "header-encoding",
                format!("{} cannot send the bytes of `{}`", client.title, field.name),
            )
            .with_affect(Affect::Header(field.name.to_ascii_lowercase()))
            .with_span(field.value_span),
        );
        return None;
    }
    Some(ViewField {
        name: field.name,
        is_text: value.is_some(),
        value: value.unwrap_or_default(),
        bytes,
        is_repeated: false,
        basic: basic_of(field),
    })
}
