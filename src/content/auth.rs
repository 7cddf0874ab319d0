//! Credentials of an Authorization field, where a client's own option writes the same bytes.

use crate::grammar::base64;

/// What an Authorization field says.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Credentials<'a> {
    /// `Basic` (RFC 7617).
    Basic {
        /// The user, without `:`; may be empty.
        user: String,
        /// The password; may be empty.
        password: String,
    },
    /// `Bearer` (RFC 6750 §2.1).
    Bearer {
        /// The token.
        token: &'a str,
    },
}

/// Reads the value of an Authorization field.
///
/// The scheme must be spelled as RFC 7617 and RFC 6750 do, one space must follow, the Base 64 must be
/// canonical, and user and password must be printable ASCII: which bytes a client sends for other
/// characters differs between clients.
pub fn parse(value: &[u8]) -> Option<Credentials<'_>> {
    let value = str::from_utf8(value).ok()?;
    let (scheme, credentials) = value.split_once(' ')?;
    match scheme {
        "Basic" => {
            let decoded = String::from_utf8(base64::decode(credentials)?).ok()?;
            let (user, password) = decoded.split_once(':')?;
            let printable = decoded.bytes().all(|byte| matches!(byte, b' '..=b'~'));
            printable.then(|| Credentials::Basic { user: user.into(), password: password.into() })
        }
        "Bearer" if is_token68(credentials) => Some(Credentials::Bearer { token: credentials }),
        _ => None,
    }
}

/// `1*( ALPHA / DIGIT / "-" / "." / "_" / "~" / "+" / "/" ) *"="` (RFC 9110 §11.2).
fn is_token68(text: &str) -> bool {
    let token = text.trim_end_matches('=');
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~+/".contains(&byte);
    !token.is_empty() && token.bytes().all(is_allowed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse_basic(user_pass: &[u8]) -> Option<(String, String)> {
        match parse(format!("Basic {}", base64::encode(user_pass)).as_bytes())? {
            Credentials::Basic { user, password } => Some((user, password)),
            Credentials::Bearer { .. } => None,
        }
    }

    #[test]
    fn basic_splits_at_the_first_colon() {
        let pair = |user: &str, password: &str| Some((user.to_owned(), password.to_owned()));
        assert_eq!(parse_basic(b"Aladdin:open sesame"), pair("Aladdin", "open sesame"));
        assert_eq!(parse_basic(b"u:p:q"), pair("u", "p:q"));
        assert_eq!(parse_basic(b":"), pair("", ""));
    }

    #[test]
    fn basic_that_clients_could_write_otherwise_stays_text() {
        for user_pass in ["u", "", "é:p", "u:\u{7f}", "u:a\nb"] {
            assert_eq!(parse_basic(user_pass.as_bytes()), None, "{user_pass:?}");
        }
        assert_eq!(parse_basic(b"u:\xff"), None);
        for value in ["basic dTpw", "Basic  dTpw", "Basic dTpw ", "Basic dTo", "Basic", "Basic "] {
            assert_eq!(parse(value.as_bytes()), None, "{value:?}");
        }
    }

    #[test]
    fn bearer_holds_a_token68_only() {
        assert_eq!(
            parse(b"Bearer a.b-c_~+/9=="),
            Some(Credentials::Bearer { token: "a.b-c_~+/9==" })
        );
        for value in ["Bearer ", "Bearer =", "Bearer a b", "Bearer a=b", "bearer a", "Bearer \"a\""]
        {
            assert_eq!(parse(value.as_bytes()), None, "{value:?}");
        }
    }
}
