//! A message that asks for a coded response: whether the snippet decodes what it prints.

use super::Plan;
use crate::diagnostic::Diagnostic;
use crate::grammar::list;
use crate::language::{Client, RESPONSE_ENCODED};
use crate::request::{Field, Request};

/// Asks the template for the switch that decodes, or says that the response is not decoded.
pub(super) fn choose<'a, 'c>(request: &Request<'a>, client: &'c Client, plan: &mut Plan<'a, 'c>) {
    // The answer to HEAD has no content (RFC 9110 §9.3.2).
    if request.method == "HEAD" {
        return;
    }
    let Some(fact) = &client.response.decoding else { return };
    let mut is_asked = false;
    for field in request.headers.iter().filter(|field| field.is("accept-encoding")) {
        for coding in accepted(&field.value) {
            if !fact.decodes(&coding) {
                tell(client, field, &coding, plan);
                return;
            }
            is_asked = true;
        }
    }
    if is_asked && let Some(need) = &fact.need {
        plan.needs.push(need);
    }
}

/// The content codings that a value of Accept-Encoding asks for, in lower case: not `identity`, which
/// is no coding, and none with the weight 0 (RFC 9110 §12.4.2, §12.5.3).
fn accepted(value: &[u8]) -> impl Iterator<Item = String> {
    list::elements(value).filter_map(|element| {
        let mut parts = element.split(|&byte| byte == b';').map(<[u8]>::trim_ascii);
        let coding = parts.next()?.to_ascii_lowercase();
        let is_refused = parts.any(|weight| match weight {
            [b'q' | b'Q', b'=', number @ ..] => number.iter().all(|byte| b"0.".contains(byte)),
            _ => false,
        });
        let is_coding = !coding.is_empty() && coding != b"identity" && !is_refused;
        is_coding.then(|| String::from_utf8_lossy(&coding).into_owned())
    })
}

#[cold]
fn tell(client: &Client, field: &Field<'_>, coding: &str, plan: &mut Plan<'_, '_>) {
    let sentence = format!("{} does not decode a response in `{coding}`", client.title);
    let mut diagnostic =
        Diagnostic::new(RESPONSE_ENCODED.severity, RESPONSE_ENCODED.code, sentence)
            .with_span(field.name_span);
    diagnostic.help = RESPONSE_ENCODED.help.map(str::to_owned);
    plan.diagnostics.push(diagnostic);
}

#[cfg(test)]
mod tests {
    use crate::language::Client;
    use crate::parse::parse;
    use crate::view::{Options, Outcome, View};

    /// The needs, and the sentences of the notes, for a client with this list of codings.
    fn decide(codings: &str, line: &str) -> (Vec<String>, Vec<String>) {
        let table = format!(
            "title = 'C'\ndocs = 'https://c.example/'\n[response.decoding]\n\
             codings = [{codings}]\nneed = 'it'\nsource = 'here'"
        );
        let client: Client = toml::from_str(&table).expect("a client");
        let bytes = format!("{line}\r\n\r\n").replace('|', "\r\n");
        let message = parse(bytes.as_bytes()).expect("a message");
        let view = View::new(&message, &client, &Options::default());
        assert_eq!(view.outcome, Outcome::Exact);
        let told = view.diagnostics.iter().map(|it| it.message.clone());
        (view.needs.iter().map(|&need| need.to_owned()).collect(), told.collect())
    }

    #[test]
    fn a_coding_is_decoded_or_told() {
        let get = "GET / HTTP/1.1|Host: h|Accept-Encoding: ";
        for (codings, value, need, told) in [
            ("'gzip'", "gzip", true, None),
            ("'gzip'", "X-GZIP;q=0.5, *", true, None),
            ("'*'", "br", true, None),
            ("'gzip'", "gzip, br", false, Some("br")),
            ("'gzip'", "gzip|Accept-Encoding: br", false, Some("br")),
            ("'gzip'", "gzip, br;q=0, zstd; q=0.000", true, None),
            ("'gzip'", "identity", false, None),
            ("'gzip'", "", false, None),
            ("", "gzip", false, Some("gzip")),
            ("", "*", false, Some("*")),
            ("", "identity, gzip;q=0", false, None),
        ] {
            let (needs, notes) = decide(codings, &format!("{get}{value}"));
            assert_eq!(needs == ["it"], need, "{value}");
            let sentence = told.map(|it| format!("C does not decode a response in `{it}`"));
            assert_eq!(notes, Vec::from_iter(sentence), "{value}");
        }
    }

    #[test]
    fn the_answer_to_head_has_nothing_to_decode() {
        for codings in ["", "'gzip'"] {
            let (needs, notes) = decide(codings, "HEAD / HTTP/1.1|Host: h|Accept-Encoding: gzip");
            assert!(needs.is_empty() && notes.is_empty(), "{codings}");
        }
    }
}
