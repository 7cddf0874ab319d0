//! Whether a request has the traits that a rule of `language.toml` names.

use super::content::{Content, Kind};
use crate::grammar::{MediaType, Scheme, host};
use crate::language::{
    BodyTrait, Client, Condition, FieldEffect, FieldFact, TargetTrait, ValueTrait, name_matches,
};
use crate::order::sort_by_text;
use crate::request::{Field, Request};

/// A request as the rules see it.
pub(super) struct Traits<'t, 'a> {
    pub(super) request: &'a Request<'a>,
    pub(super) content: &'t Content<'a>,
    pub(super) scheme: Scheme,
    /// For each field its place among those of its name; nothing where each name occurs once.
    places: Option<Vec<Place>>,
}

/// A field's place among the fields of its name.
#[derive(Clone, Copy)]
struct Place {
    is_repeated: bool,
    is_first: bool,
    /// Where the next one is.
    next: Option<usize>,
}

impl<'t, 'a> Traits<'t, 'a> {
    pub(super) fn new(request: &'a Request<'a>, content: &'t Content<'a>, scheme: Scheme) -> Self {
        Self { request, content, scheme, places: find_places(&request.headers) }
    }

    /// Whether no field of the same name stands before the one at `index`.
    pub(super) fn is_first_of_name(&self, index: usize) -> bool {
        self.places.as_ref().is_none_or(|places| places[index].is_first)
    }

    /// The places of the fields that have the name of the one at `index`, from it on.
    pub(super) fn lines_from(&self, index: usize) -> impl Iterator<Item = usize> {
        let next = |index: &usize| self.places.as_ref().and_then(|places| places[*index].next);
        std::iter::successors(Some(index), next)
    }

    /// Whether the name of the field at `index` occurs more than once.
    pub(super) fn is_repeated(&self, index: usize) -> bool {
        self.places.as_ref().is_some_and(|places| places[index].is_repeated)
    }

    /// Whether all that the condition names holds.
    pub(super) fn satisfy(&self, condition: &Condition) -> bool {
        self.satisfy_as_sent(condition, &[])
    }

    /// As [`Self::satisfy`] where no line of these names is sent.
    pub(super) fn satisfy_as_sent(&self, condition: &Condition, dropped: &[&str]) -> bool {
        let is_dropped = |name: &str| dropped.iter().any(|other| other.eq_ignore_ascii_case(name));
        if condition.header_value == Some(ValueTrait::Repeated) && self.places.is_none() {
            return false;
        }
        let is_without = |name: &String| !self.has_header(name) || is_dropped(name);
        let matches = |(index, field): (usize, &Field<'_>)| {
            self.field_matches(index, condition) && !is_dropped(&field.name)
        };
        self.satisfy_apart_from_fields(condition)
            && condition.without_header.iter().all(is_without)
            && (!names_fields(condition) || self.request.headers.iter().enumerate().any(matches))
    }

    /// Whether the client's API has something of its own for the method.
    pub(super) fn method_has_helper(&self, client: &Client) -> bool {
        let method = &*self.request.method;
        client.helper.iter().any(|helper| {
            helper.methods.iter().any(|known| known == method) && self.satisfy(&helper.when)
        })
    }

    /// Whether a fact is about the field at `index`.
    pub(super) fn is_meant(&self, index: usize, fact: &FieldFact) -> bool {
        let field = &self.request.headers[index];
        fact.is_about(&field.name)
            && fact.value.is_none_or(|value| self.has_value(index, value))
            && (fact.has.is_empty() || fact.has.iter().any(|text| value_has(&field.value, text)))
            && self.satisfy(&fact.when)
            && (fact.effect != FieldEffect::Overwritten || self.is_overwritten(index, fact))
    }

    /// Whether a later field has a name that is the same to the client, and is another.
    fn is_overwritten(&self, index: usize, fact: &FieldFact) -> bool {
        let fields = &self.request.headers;
        let name = &fields[index].name;
        let is_same = |other: &str| other.eq_ignore_ascii_case(name) || fact.confuses(name, other);
        let last = fields[index..].iter().rev().find(|field| is_same(&field.name));
        last.is_some_and(|last| fact.confuses(name, &last.name))
    }

    fn satisfy_apart_from_fields(&self, condition: &Condition) -> bool {
        let request = self.request;
        let is_one_of = |list: &[String]| list.iter().any(|method| *method == request.method);
        (condition.method.is_empty() || is_one_of(&condition.method))
            && !is_one_of(&condition.method_not)
            && (!condition.method_lower || request.method.bytes().any(|b| b.is_ascii_lowercase()))
            && (condition.target_has.is_empty()
                || request.target.contains(|c| condition.target_has.contains(c)))
            && (condition.target.is_empty() || condition.target.iter().any(|t| self.has_target(*t)))
            && (condition.body.is_empty() || condition.body.iter().any(|b| self.has_body(*b)))
            && (condition.body_has.is_empty()
                || condition.body_has.iter().any(|text| self.content.text.contains(&**text)))
            && condition.scheme.as_ref().is_none_or(|scheme| scheme == self.scheme.as_str())
            && (!condition.trustworthy || self.is_trustworthy())
    }

    /// Secure Contexts §3.1, of a URL of `http` or `https`.
    fn is_trustworthy(&self) -> bool {
        let url = || url::Url::parse(&format!("http://{}/", self.request.authority())).ok();
        // To Chromium, an IPv4 address within one of IPv6 is none of the loopback.
        let is_loopback = |host: &str| !host.starts_with("[::ffff:") && host::is_loopback(host);
        self.scheme == Scheme::Https
            || url().is_some_and(|url| url.host_str().is_some_and(is_loopback))
    }

    /// Whether there is a field of this name, lines that only frame the message apart.
    pub(super) fn has_header(&self, name: &str) -> bool {
        self.request.headers_named(name).any(|field| !field.is_framing())
    }

    fn field_matches(&self, index: usize, condition: &Condition) -> bool {
        let field = &self.request.headers[index];
        let is_named = condition.header.is_empty()
            || condition.header.iter().any(|pattern| name_matches(&field.name, pattern));
        // The snippet writes no line of the framing.
        is_named
            && !field.is_framing()
            && condition.header_value.is_none_or(|value| self.has_value(index, value))
            && (condition.header_value_has.is_empty()
                || condition.header_value_has.iter().any(|text| value_has(&field.value, text)))
            && !condition
                .header_value_lacks
                .iter()
                .any(|text| memchr::memmem::find(&field.value, text.as_bytes()).is_some())
    }

    fn has_value(&self, index: usize, value: ValueTrait) -> bool {
        let field = &self.request.headers[index];
        match value {
            ValueTrait::Empty => field.value.is_empty(),
            ValueTrait::NonAscii => !field.value.is_ascii(),
            ValueTrait::Repeated => self.is_repeated(index),
            ValueTrait::VerticalSpace => field.value.iter().any(|b| matches!(b, 0x0b | 0x0c)),
            ValueTrait::Tab => field.value.contains(&b'\t'),
            ValueTrait::NoMediaType => MediaType::read(&field.value).is_none(),
            ValueTrait::Control => {
                field.value.iter().any(|byte| byte.is_ascii_control() && *byte != b'\t')
            }
        }
    }

    fn has_target(&self, target: TargetTrait) -> bool {
        let request = self.request;
        match target {
            TargetTrait::DotSegments => {
                path_of(request).split('/').any(|segment| matches!(segment, "." | ".."))
            }
            TargetTrait::NonAscii => !request.target.is_ascii(),
        }
    }

    fn has_body(&self, body: BodyTrait) -> bool {
        let content = self.content;
        match body {
            BodyTrait::None => content.kind == Kind::None,
            BodyTrait::Some => content.kind != Kind::None,
            BodyTrait::Text => content.kind == Kind::Text,
            BodyTrait::Json => content.kind == Kind::Json,
            BodyTrait::JsonWithEmpty => content.kind == Kind::Json && has_empty(&content.text),
            BodyTrait::Form => content.kind == Kind::Form,
            BodyTrait::File => matches!(content.kind, Kind::File | Kind::Bytes),
        }
    }
}

/// So many fields are compared each with each, which is quicker than to sort them.
const FEW: usize = 16;

/// By sorting, so that ten thousand fields cost no hundred million comparisons.
fn find_places(fields: &[Field<'_>]) -> Option<Vec<Place>> {
    let repeats = |(at, field): (usize, &Field<'_>)| fields[..at].iter().any(|f| f.is(&field.name));
    if fields.len() <= FEW && !fields.iter().enumerate().any(repeats) {
        return None;
    }
    let lower = fields.iter().map(|field| field.name.to_ascii_lowercase());
    let mut order: Vec<(String, usize)> = lower.zip(0..).collect();
    sort_by_text(&mut order, |(name, _)| name);
    let alone = Place { is_repeated: false, is_first: true, next: None };
    let mut places = vec![alone; fields.len()];
    for pair in order.windows(2) {
        let [(name, at), (other, next)] = pair else { continue };
        if name == other {
            places[*at].is_repeated = true;
            places[*at].next = Some(*next);
            places[*next].is_repeated = true;
            places[*next].is_first = false;
        }
    }
    Some(places)
}

fn names_fields(condition: &Condition) -> bool {
    !condition.header.is_empty()
        || condition.header_value.is_some()
        || !condition.header_value_has.is_empty()
        || !condition.header_value_lacks.is_empty()
}

fn value_has(value: &[u8], text: &str) -> bool {
    let text = text.as_bytes();
    text.is_empty() || value.windows(text.len()).any(|part| part.eq_ignore_ascii_case(text))
}

fn path_of<'a>(request: &'a Request<'_>) -> &'a str {
    request.target.split(['?', '#']).next().unwrap_or_default()
}

/// Whether a JSON text has `[` and `]`, or `{` and `}`, with nothing but white space between; in a string
/// too, since only an extra line comes of it.
fn has_empty(json: &str) -> bool {
    let closes = |open: char, close: char| {
        json.split(open).skip(1).any(|rest| rest.trim_start().starts_with(close))
    };
    closes('[', ']') || closes('{', '}')
}

#[cfg(test)]
mod tests {
    use crate::grammar::Scheme;
    use crate::language::Client;
    use crate::parse::parse;
    use crate::view::{Options, View};

    /// Whether a message has the traits of a rule.
    fn holds(when: &str, scheme: Scheme, message: &str) -> bool {
        let table = "title = 'C'\ndocs = 'https://c.example/'\n[[rule]]\nneed = 'it'\nwhen = ";
        let client: Client = toml::from_str(&format!("{table}{when}")).expect("a client");
        let message = parse(message.as_bytes()).expect("a message");
        let options = Options::default().with_scheme(Some(scheme));
        View::new(&message, &client, &options).needs == ["it"]
    }

    #[test]
    fn a_value_may_have_to_hold_one_text_and_lack_another() {
        let when = "{ header = ['a'], header-value-has = ['charset'], header-value-lacks = ['charset=UTF-8'] }";
        for (field, is_so) in [
            ("A: charset=utf-8", true),
            ("a: x; Charset=latin1", true),
            ("A: x;charset=UTF-8", false),
            ("A: x", false),
            ("B: charset=utf-8", false),
        ] {
            let message = format!("GET / HTTP/1.1\r\nHost: h\r\n{field}\r\n\r\n");
            assert_eq!(holds(when, Scheme::Https, &message), is_so, "{field}");
        }
    }

    #[test]
    fn a_url_may_have_to_be_potentially_trustworthy() {
        let when = "{ trustworthy = true }";
        for (host, is_so) in [
            ("localhost", true),
            ("a.LOCALHOST.:8080", true),
            ("127.9.9.9", true),
            ("2130706433", true),
            ("[::1]:81", true),
            ("notlocalhost", false),
            ("localhost.example", false),
            ("192.168.0.5", false),
            ("0.0.0.0", false),
            ("[::ffff:127.0.0.1]", false),
        ] {
            let message = format!("GET / HTTP/1.1\r\nHost: {host}\r\n\r\n");
            assert_eq!(holds(when, Scheme::Http, &message), is_so, "{host}");
            assert!(holds(when, Scheme::Https, &message), "{host}");
        }
    }

    #[test]
    fn a_body_may_have_to_hold_one_of_some_texts() {
        for (body, is_so) in [("a two", true), ("One", false), ("", false)] {
            let message = format!("POST / HTTP/1.1\r\nHost: h\r\n\r\n{body}");
            let when = "{ body-has = ['one', 'two'] }";
            assert_eq!(holds(when, Scheme::Https, &message), is_so, "{body}");
        }
    }

    #[test]
    fn what_is_empty_may_hold_white_space() {
        for json in ["[]", "{\n}", "{\"a\": [ ]}", "[{\"a\": 1}, {}]"] {
            assert!(super::has_empty(json), "{json}");
        }
        for json in ["[1]", "{\"a\": [1]}", "[[1], {\"a\": 2}]"] {
            assert!(!super::has_empty(json), "{json}");
        }
    }
}
