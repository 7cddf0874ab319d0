//! Whether a request has the traits that a rule of `language.toml` names.

use super::content::{Content, Kind};
use crate::grammar::Scheme;
use crate::language::{BodyTrait, Condition, TargetTrait, ValueTrait};
use crate::request::{Field, Request, TargetForm, is_framing};

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
    is_last: bool,
}

impl<'t, 'a> Traits<'t, 'a> {
    pub(super) fn new(request: &'a Request<'a>, content: &'t Content<'a>, scheme: Scheme) -> Self {
        Self { request, content, scheme, places: find_places(&request.headers) }
    }

    /// Whether no field of the same name follows the one at `index`.
    pub(super) fn is_last_of_name(&self, index: usize) -> bool {
        self.places.as_ref().is_none_or(|places| places[index].is_last)
    }

    /// Whether the name of the field at `index` occurs more than once.
    pub(super) fn is_repeated(&self, index: usize) -> bool {
        self.places.as_ref().is_some_and(|places| places[index].is_repeated)
    }

    /// Whether all that the condition names holds.
    pub(super) fn satisfy(&self, condition: &Condition) -> bool {
        if condition.header_value == Some(ValueTrait::Repeated) && self.places.is_none() {
            return false;
        }
        self.satisfy_apart_from_fields(condition)
            && (!names_fields(condition)
                || (0..self.request.headers.len())
                    .any(|index| self.field_matches(index, condition)))
    }

    /// Whether the condition holds for the field at `index`.
    pub(super) fn satisfy_for(&self, index: usize, condition: &Condition) -> bool {
        self.satisfy_apart_from_fields(condition) && self.field_matches(index, condition)
    }

    fn satisfy_apart_from_fields(&self, condition: &Condition) -> bool {
        let request = self.request;
        let is_one_of = |list: &[String]| list.iter().any(|method| method == request.method);
        (condition.method.is_empty() || is_one_of(&condition.method))
            && !is_one_of(&condition.method_not)
            && (!condition.method_lower || request.method.bytes().any(|b| b.is_ascii_lowercase()))
            && (!condition.method_not_letters
                || !request.method.bytes().all(|b| b.is_ascii_alphabetic()))
            && (condition.target_has.is_empty()
                || request.target.contains(|c| condition.target_has.contains(c)))
            && (condition.target.is_empty() || condition.target.iter().any(|t| self.has_target(*t)))
            && condition.without_header.iter().all(|name| request.header(name).is_none())
            && (condition.body.is_empty() || condition.body.iter().any(|b| self.has_body(*b)))
            && condition.scheme.as_ref().is_none_or(|scheme| scheme == self.scheme.as_str())
    }

    fn field_matches(&self, index: usize, condition: &Condition) -> bool {
        let field = &self.request.headers[index];
        // The snippet writes no framing field, so only a rule that names one is about it.
        let is_meant = if condition.header.is_empty() {
            !is_framing(field.name)
        } else {
            condition.header.iter().any(|pattern| name_matches(field.name, pattern))
        };
        is_meant
            && condition.header_value.is_none_or(|value| self.has_value(index, value))
            && (condition.header_value_outer.is_empty()
                || has_outer(&field.value, &condition.header_value_outer))
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
            ValueTrait::NotUtf8 => std::str::from_utf8(&field.value).is_err(),
            ValueTrait::Repeated => self.is_repeated(index),
            ValueTrait::VerticalSpace => field.value.iter().any(|b| matches!(b, 0x0b | 0x0c)),
            ValueTrait::Tab => field.value.contains(&b'\t'),
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
            TargetTrait::Fragment => request.target.contains('#'),
            TargetTrait::AbsoluteForm => request.target_form == TargetForm::Absolute,
            TargetTrait::AuthorityForm => request.target_form == TargetForm::Authority,
            TargetTrait::AsteriskForm => request.target_form == TargetForm::Asterisk,
            TargetTrait::EmptyQuery => {
                request.target.split_once('?').is_some_and(|(_, query)| query.is_empty())
            }
            TargetTrait::Query => request.target.contains('?'),
            TargetTrait::NonAscii => !request.target.is_ascii(),
            TargetTrait::LeadingSlashes => path_of(request).starts_with("//"),
        }
    }

    fn has_body(&self, body: BodyTrait) -> bool {
        let content = self.content;
        match body {
            BodyTrait::None => content.kind == Kind::None,
            BodyTrait::Some => content.kind != Kind::None,
            BodyTrait::Text => content.kind == Kind::Text,
            BodyTrait::Json => content.kind == Kind::Json,
            BodyTrait::Form => content.kind == Kind::Form,
            BodyTrait::Multipart => content.kind == Kind::Multipart,
            BodyTrait::File => matches!(content.kind, Kind::File | Kind::Bytes),
            BodyTrait::NonAscii => content.kind == Kind::Text && !content.text.is_ascii(),
            BodyTrait::Nul => content.kind == Kind::Text && content.text.contains('\0'),
        }
    }
}

/// So many fields are compared each with each, which is quicker than to sort them.
const FEW: usize = 16;

/// By sorting, so that ten thousand fields cost no hundred million comparisons.
fn find_places(fields: &[Field<'_>]) -> Option<Vec<Place>> {
    let repeats = |(at, field): (usize, &Field<'_>)| fields[..at].iter().any(|f| f.is(field.name));
    if fields.len() <= FEW && !fields.iter().enumerate().any(repeats) {
        return None;
    }
    let lower = |index: usize| fields[index].name.bytes().map(|b| b.to_ascii_lowercase());
    let mut order: Vec<usize> = (0..fields.len()).collect();
    order.sort_by(|&a, &b| lower(a).cmp(lower(b)).then(a.cmp(&b)));
    let mut places = vec![Place { is_repeated: false, is_last: true }; fields.len()];
    for pair in order.windows(2) {
        if fields[pair[0]].is(fields[pair[1]].name) {
            places[pair[0]] = Place { is_repeated: true, is_last: false };
            places[pair[1]].is_repeated = true;
        }
    }
    Some(places)
}

fn names_fields(condition: &Condition) -> bool {
    !condition.header.is_empty()
        || condition.header_value.is_some()
        || !condition.header_value_outer.is_empty()
        || !condition.header_value_has.is_empty()
        || !condition.header_value_lacks.is_empty()
}

fn value_has(value: &[u8], text: &str) -> bool {
    let text = text.as_bytes();
    text.is_empty() || value.windows(text.len()).any(|part| part.eq_ignore_ascii_case(text))
}

fn has_outer(value: &[u8], list: &str) -> bool {
    let is_listed = |c: char| list.contains(c);
    std::str::from_utf8(value)
        .is_ok_and(|text| text.starts_with(is_listed) || text.ends_with(is_listed))
}

fn path_of<'a>(request: &'a Request<'_>) -> &'a str {
    request.target.split(['?', '#']).next().unwrap_or_default()
}

/// `sec-*` names every field that begins with `sec-`, in any letter case.
fn name_matches(name: &str, pattern: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(prefix) => {
            name.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
        }
        None => name.eq_ignore_ascii_case(pattern),
    }
}

#[cfg(test)]
mod tests {
    use crate::language::Client;
    use crate::parse::parse;
    use crate::view::{Options, View};

    #[test]
    fn a_value_may_have_to_hold_one_text_and_lack_another() {
        let table = "title = 'C'\ndocs = 'https://c.example/'\n[[rule]]\nneed = 'it'\n\
            when = { header = ['a'], header-value-has = ['charset'], header-value-lacks = ['charset=UTF-8'] }";
        let client: Client = toml::from_str(table).expect("a client");
        for (field, holds) in [
            ("A: charset=utf-8", true),
            ("a: x; Charset=latin1", true),
            ("A: x;charset=UTF-8", false),
            ("A: x", false),
            ("B: charset=utf-8", false),
        ] {
            let bytes = format!("GET / HTTP/1.1\r\nHost: h\r\n{field}\r\n\r\n");
            let message = parse(bytes.as_bytes()).expect("a message");
            let view = View::new(&message, &client, &Options::default());
            assert_eq!(view.needs == ["it"], holds, "{field}");
        }
    }
}
