//! Whether a snippet writes Host, and what becomes of it where it cannot.

use super::Plan;
use super::condition::Traits;
use super::fields::{Fields, write_field};
use super::target::Destination;
use crate::diagnostic::{Affect, Diagnostic};
use crate::language::Client;
use crate::request::TargetForm;

/// Host is written only where the client would not send the message's own.
pub(super) fn choose<'a, 'c>(
    traits: &Traits<'_, 'a>,
    client: &'c Client,
    destination: &Destination<'_>,
    fields: &mut Fields<'a>,
    plan: &mut Plan<'a, 'c>,
) {
    let field = traits.request.header("host");
    let sent = match destination.host_field(&client.host) {
        Ok(sent) => sent,
        Err(reason) => return plan.refuse(refused(client, destination, traits, &reason)),
    };
    let Some(field) = field else { return };
    let is_origin_form = plan.diagnostics.iter().any(|it| it.code == "target-origin-form");
    let is_own = client.host.written_for_absolute_form
        && traits.request.target_form == TargetForm::Absolute
        && !is_origin_form;
    if sent.as_bytes() == &*field.value && !is_own {
        return;
    }
    if client.host.forbidden {
        plan.diagnostics.push(
            Diagnostic::warning("host-changed", format!("{} sends `Host: {sent}`", client.title))
                .with_affect(Affect::Header("host".to_owned()))
                .with_arrives(sent)
                .with_span(field.value_span),
        );
    } else if let Some(written) = write_field(client, field, plan) {
        plan.needs.push("host_header");
        fields.written.push(written);
    }
}

fn refused(
    client: &Client,
    destination: &Destination<'_>,
    traits: &Traits<'_, '_>,
    reason: &str,
) -> Diagnostic {
    let host = destination.authority;
    let message = format!("{} refuses the host `{host}`: {reason}", client.title);
    let diagnostic =
        Diagnostic::error("host-refused", message).with_affect(Affect::Header("host".to_owned()));
    match traits.request.header("host") {
        Some(field) => diagnostic.with_span(field.value_span),
        None => diagnostic.with_span(traits.request.target_span),
    }
}
