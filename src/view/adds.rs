//! The fields that a client sends by itself for this very request.

use super::condition::Traits;
use super::content::Kind;
use super::fields::Fields;
use crate::language::Client;

/// Lower-case names, sorted: all of them, and those that also depend on the surroundings.
pub(super) fn list(
    traits: &Traits<'_, '_>,
    client: &Client,
    fields: &Fields<'_>,
) -> (Vec<String>, Vec<String>) {
    // A field of the message is never an addition, whatever becomes of it.
    let is_free = |name: &str| traits.request.header(name).is_none();
    let mut adds: Vec<String> = Vec::new();
    let mut optional: Vec<String> = Vec::new();
    for add in &client.adds {
        if is_free(&add.name) && traits.satisfy(&add.when) {
            adds.push(add.name.clone());
            if add.optional {
                optional.push(add.name.clone());
            }
        }
    }
    // HTTP/1.0 may do without Host; clients of today do not (RFC 9112 §3.2).
    if is_free("host") {
        adds.push("host".to_owned());
    }
    let own_type = match traits.content.kind {
        Kind::Json => client.json.as_ref().and_then(|json| json.content_type.as_deref()),
        Kind::Form => client.form.as_ref().and_then(|form| form.content_type.as_deref()),
        _ => None,
    };
    if own_type.is_some() && is_free("content-type") && fields.sets_no_type {
        adds.push("content-type".to_owned());
    }
    adds.sort_unstable();
    adds.dedup();
    (adds, optional)
}
