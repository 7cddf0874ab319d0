//! Which fields a snippet writes, and what becomes of each.

mod line;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use super::Plan;
use super::condition::Traits;
use super::content::Kind;
use super::host;
use super::target::Destination;
use crate::content::auth::{self, Credentials};
use crate::content::cookie;
use crate::diagnostic::Diagnostic;
use crate::language::Client;
use crate::order::sort_by_number;
use crate::request::Field;

/// A field as the snippet is to write it.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct ViewField<'a> {
    /// The name, letter case kept.
    pub name: &'a str,
    /// The text that the client turns into the value's bytes; empty where `is_text` is not set.
    pub value: Cow<'a, str>,
    /// The value's bytes.
    pub bytes: Cow<'a, [u8]>,
    /// Whether `value` says it; else only `bytes` does.
    pub is_text: bool,
    /// Whether other fields that are written have the same name.
    pub is_repeated: bool,
    /// Whether a field that is written before has the same name.
    pub is_repeat: bool,
    /// Whether the client's usual call would write the name in another letter case, and the template
    /// has a way that keeps it.
    pub is_recased: bool,
    /// Whether the client's usual call, which reads the values of some fields, sends this one as it is.
    pub is_usual: bool,
    /// The credentials that the value is made of, where it is an Authorization field with Basic.
    pub basic: Option<Basic>,
    /// Its place in the message.
    index: usize,
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
    /// The names of which no line is written.
    pub(super) dropped: Vec<&'a str>,
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
    refuse_method(traits, client, plan);
    apply_rules(traits, client, plan);
    let mut fields = Fields {
        written: Vec::with_capacity(traits.request.headers.len()),
        dropped: Vec::new(),
        basic: None,
        bearer: None,
        cookies: Vec::new(),
        sets_no_type: true,
    };
    host::choose(traits, client, destination, &mut fields, plan);
    let mut has_repeats = false;
    for (index, field) in traits.request.headers.iter().enumerate() {
        let is_repeated = traits.is_repeated(index);
        if field.is("host") || !is_repeated && field.is_framing() {
            continue;
        }
        if is_repeated {
            has_repeats = true;
            if traits.is_first_of_name(index) {
                let before = fields.written.len();
                line::choose_lines(traits, client, index, &mut fields.written, plan);
                if fields.written.len() == before {
                    fields.dropped.push(&field.name);
                }
            }
        } else if is_implied(traits, client, index, &mut fields) {
            tell_case(client, index, traits, plan);
        } else if let Some(line) = line::choose_line(traits, client, index, plan) {
            fields.written.push(line);
        } else {
            fields.dropped.push(&field.name);
        }
    }
    if has_repeats {
        // All lines of a name were decided with its first.
        sort_by_number(&mut fields.written, |field| field.index as u64);
    }
    fields.sets_no_type =
        !fields.written.iter().any(|it| it.name.eq_ignore_ascii_case("content-type"));
    fields
}

/// The first fact about the method that is about this request; there is no code then.
fn refuse_method<'a>(traits: &Traits<'_, 'a>, client: &Client, plan: &mut Plan<'a, '_>) {
    let request = traits.request;
    let has_body = traits.content.kind != Kind::None;
    let fact = client.method.iter().find(|fact| fact.applies(&request.method, has_body));
    let Some(effect) = fact.map(|fact| fact.effect) else { return };
    let saying = effect.saying();
    let sentence = effect.sentence(&client.title, &request.method);
    plan.refuse(
        Diagnostic::new(saying.severity, saying.code, sentence).with_span(request.method_span),
    );
}

/// What a client's rules say of the request.
fn apply_rules<'a, 'c>(traits: &Traits<'_, 'a>, client: &'c Client, plan: &mut Plan<'a, 'c>) {
    for rule in &client.rule {
        if !traits.satisfy(&rule.when) {
            continue;
        }
        if let Some(need) = &rule.need {
            plan.needs.push(need);
        }
        if let (Some(reason), Some(code)) = (&rule.unsupported, &rule.code) {
            let message = reason.replace("{method}", &traits.request.method);
            plan.refuse(
                Diagnostic::error(code.clone(), message).with_span(traits.request.method_span),
            );
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

/// The field in the client's terms; nothing, with a diagnostic, where it has none.
pub(super) fn write_field<'a>(
    client: &Client,
    field: &'a Field<'_>,
    plan: &mut Plan<'a, '_>,
) -> Option<ViewField<'a>> {
    let written = line::write(client, field, 0);
    if written.is_none() {
        line::tell_unwritable(client, field, plan);
    }
    written
}

fn is_free_of_repeats(pairs: &[(&str, &str)]) -> bool {
    let mut names: Vec<&str> = pairs.iter().map(|(name, _)| *name).collect();
    names.sort_unstable();
    names.windows(2).all(|pair| pair[0] != pair[1])
}

/// The names of the fields that the client writes by a parameter of its own, in its letter case.
const IMPLIED: [&str; 3] = ["Authorization", "Content-Type", "Cookie"];

/// A parameter of the client writes the field's name in its own letter case.
fn tell_case<'a>(client: &Client, index: usize, traits: &Traits<'_, 'a>, plan: &mut Plan<'a, '_>) {
    let field = &traits.request.headers[index];
    let sent = IMPLIED.iter().find(|known| field.is(known) && **known != field.name);
    if let Some(sent) = sent {
        line::push_case(client, field, (*sent).to_owned(), plan);
    }
}
