//! An input without its credentials, for a link that others may see.

use requote::grammar::secret::{CREDENTIAL_FIELDS, is_secret_field, is_secret_parameter};
use requote::request::Field;
use requote::{Diagnostic, Options, Reading, Requested, Secrets};

/// What is in the place of each byte of a credential.
const MASK: u8 = b'*';

/// The input, of the same length, with [`MASK`] in place of its credentials: values of fields such as
/// `Authorization` and `X-Api-Key`, and values of members and parameters such as `password`. `None` where a
/// request does not parse: then it is not known where they are.
pub fn mask(input: Vec<u8>, reading: &Reading) -> Option<Vec<u8>> {
    let requests = reading.read(input).ok()?;
    let options = Options::default().with_secrets(Secrets::Env);
    let mut masked = requests.first()?.source().to_vec();
    for request in &requests {
        let parsed = request.parse(&options).ok()?;
        for (byte, shown) in masked.iter_mut().zip(&*parsed.shown) {
            if *shown == MASK {
                *byte = MASK;
            }
        }
        for field in parsed.message.request.headers.iter().filter(|field| is_secret(field)) {
            mask_field(field, request, &mut masked);
        }
    }
    mask_named(&mut masked);
    Some(masked)
}

fn is_secret(field: &Field<'_>) -> bool {
    CREDENTIAL_FIELDS.iter().any(|name| field.is(name)) || is_secret_field(&field.name)
}

/// Masks the value of a field where the input has it, but for the name of an authentication scheme.
fn mask_field(field: &Field<'_>, request: &Requested, masked: &mut [u8]) {
    let Some(span) = field.value_span else { return };
    // A diagnostic knows how a place in the message becomes one in the input.
    let mut place = [Diagnostic::note("place", "").with_span(Some(span))];
    request.relocate(&mut place);
    let Some(value) = place[0].span.and_then(|span| masked.get_mut(span.start..span.end)) else {
        return;
    };
    let scheme = value.iter().position(|byte| *byte == b' ').filter(|_| field.is("authorization"));
    value[scheme.map_or(0, |space| space + 1)..].fill(MASK);
}

/// Masks what follows the name of a secret: `password=…` in a form or a query, `"password": "…"` in JSON.
fn mask_named(input: &mut [u8]) {
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    let mut at = 0;
    while at < input.len() {
        let length = input[at..].iter().take_while(|byte| is_word(**byte)).count();
        let end = at + length;
        let is_named = str::from_utf8(&input[at..end])
            .is_ok_and(|name| is_secret_parameter(name) || is_secret_field(name));
        if length > 0
            && is_named
            && let Some((start, ends)) = find_value(&input[end..])
        {
            let value = &mut input[end + start..];
            let length = value.iter().position(|byte| ends.contains(byte)).unwrap_or(value.len());
            value[..length].fill(MASK);
        }
        at = end.max(at + 1);
    }
}

/// Where the value begins behind the name of a member or a parameter, and the bytes of which one ends it.
fn find_value(rest: &[u8]) -> Option<(usize, &'static [u8])> {
    if rest.first() == Some(&b'=') {
        return Some((1, b"&;'\" \t\r\n"));
    }
    // The quotation mark that ends a name may be escaped, where the JSON is in a string.
    let colon = rest.iter().position(|byte| !b"\\\" \t".contains(byte))?;
    let is_member = rest[..colon].contains(&b'"') && rest[colon] == b':';
    let behind = &rest[colon + 1..];
    let value = behind.iter().position(|byte| !b"\\\" \t".contains(byte))?;
    (is_member && behind[..value].contains(&b'"'))
        .then_some((colon + 1 + value, b"\"\\\r\n".as_slice()))
}

#[cfg(test)]
mod tests {
    use super::mask;

    fn mask_text(input: &str) -> Option<String> {
        let masked = mask(input.as_bytes().to_vec(), &requote::Reading::default())?;
        Some(String::from_utf8(masked).unwrap())
    }

    #[test]
    fn credentials_of_fields_are_masked_and_their_scheme_is_not() {
        let head = "GET /a HTTP/1.1\nHost: example.org\n";
        for (field, masked) in [
            ("Authorization: Bearer abc.def", "Authorization: Bearer *******"),
            ("Authorization: abc", "Authorization: ***"),
            ("Cookie: a=1; b=2", "Cookie: ********"),
            ("X-Api-Key: 12", "X-Api-Key: **"),
            ("Accept: text/html", "Accept: text/html"),
        ] {
            let input = format!("{head}{field}\n\n");
            assert_eq!(mask_text(&input).unwrap(), format!("{head}{masked}\n\n"));
        }
    }

    #[test]
    fn credentials_in_targets_and_bodies_are_masked() {
        for (input, masked) in [
            ("access_token=abc&a=1", "access_token=***&a=1"),
            ("a=1&password=p%26q", "a=1&password=*****"),
            ("{\"password\": \"abc\", \"a\": \"b\"}", "{\"password\": \"***\", \"a\": \"b\"}"),
            ("{\"keys\": [1]}", "{\"keys\": [1]}"),
        ] {
            let message = |body: &str| format!("POST /a HTTP/1.1\nHost: example.org\n\n{body}");
            assert_eq!(mask_text(&message(input)).unwrap(), message(masked));
        }
        let curl = "curl -u bob:abc 'https://example.org/?api_key=xyz'";
        assert_eq!(mask_text(curl).unwrap(), "curl -u ******* 'https://example.org/?api_key=***'");
    }

    #[test]
    fn where_credentials_are_is_not_known_in_what_does_not_parse() {
        assert_eq!(mask_text("GET /a HTTP/1.1\nAuthorization: Bearer abc\n\n"), None);
    }
}
