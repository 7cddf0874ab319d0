//! The fields that a client sends by itself for this very request.

use super::condition::Traits;
use super::content::Kind;
use super::fields::Fields;
use crate::language::Client;

/// Lower-case names, sorted: all of them, and those that also depend on the surroundings.
pub(super) fn list<'c>(
    traits: &Traits<'_, '_>,
    client: &'c Client,
    fields: &Fields<'_>,
    needs: &[&str],
) -> (Vec<&'c str>, Vec<&'c str>) {
    // A field of the message is never an addition, whatever becomes of it; lines that only frame the
    // message are the client's own.
    let is_free = |name: &str| !traits.has_header(name);
    let mut adds: Vec<&str> = Vec::with_capacity(client.adds.len() + 2);
    let mut optional: Vec<&str> = Vec::new();
    // They are sorted by name; one may stand there several times, for several conditions.
    for add in &client.adds {
        let is_off = add.unless_need.as_deref().is_some_and(|need| needs.contains(&need));
        let is_on =
            add.when.as_ref().is_none_or(|when| traits.satisfy_as_sent(when, &fields.dropped));
        if is_free(&add.name) && is_on && !is_off {
            if adds.last() != Some(&&*add.name) {
                adds.push(&add.name);
            }
            if add.optional {
                optional.push(&add.name);
            }
        }
    }
    // HTTP/1.0 may do without Host; clients of today do not (RFC 9112 §3.2).
    if is_free("host") {
        insert(&mut adds, "host");
    }
    let own_type = match traits.content.kind {
        Kind::Json => client.json.as_ref().and_then(|json| json.content_type.as_deref()),
        Kind::Form => client.form.as_ref().and_then(|form| form.content_type.as_deref()),
        _ => None,
    };
    if own_type.is_some() && is_free("content-type") && fields.sets_no_type {
        insert(&mut adds, "content-type");
    }
    (adds, optional)
}

/// Inserts a name where it belongs among sorted ones.
fn insert<'c>(names: &mut Vec<&'c str>, name: &'c str) {
    if let Err(at) = names.binary_search(&name) {
        names.insert(at, name);
    }
}
