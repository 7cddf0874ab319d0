//! What the standards say of fields by their names.

use super::list::elements;

/// Fields of the framing and of the connection's life (RFC 9112 §6, §9.3): each hop sets its own.
const FRAMING: [&str; 3] = ["content-length", "keep-alive", "transfer-encoding"];

/// Fields whose value is not a list, so that several lines do not mean what one joined line means
/// (RFC 9110 §5.3 and the field's own definition).
const SINGLETONS: [&str; 19] = [
    "authorization",
    "content-disposition",
    "content-location",
    "content-range",
    "content-type",
    "cookie",
    "date",
    "expect",
    "from",
    "host",
    "if-modified-since",
    "if-range",
    "if-unmodified-since",
    "max-forwards",
    "origin",
    "proxy-authorization",
    "range",
    "referer",
    "user-agent",
];

/// Whether a field line only frames the message or says how long the connection lives, name and value
/// in any letter case: `Connection` with no other options than `close` and `keep-alive` (RFC 9112 §9.3),
/// `Expect: 100-continue` (RFC 9110 §10.1.1).
pub fn is_framing(name: &str, value: &[u8]) -> bool {
    if name.eq_ignore_ascii_case("connection") {
        return elements(value).all(|option| {
            option.eq_ignore_ascii_case(b"close") || option.eq_ignore_ascii_case(b"keep-alive")
        });
    }
    if name.eq_ignore_ascii_case("expect") {
        return value.eq_ignore_ascii_case(b"100-continue");
    }
    FRAMING.iter().any(|known| name.eq_ignore_ascii_case(known))
}

/// Whether the field's value is not a list, in any letter case.
pub fn is_singleton(name: &str) -> bool {
    SINGLETONS.iter().any(|known| name.eq_ignore_ascii_case(known))
}

#[cfg(test)]
mod tests {
    use super::is_framing;

    #[test]
    fn options_of_the_connection_that_ask_for_more_are_no_framing() {
        for (name, value, is) in [
            ("connection", "close", true),
            ("Connection", "Keep-Alive , close", true),
            ("Connection", "", true),
            ("Connection", "Upgrade", false),
            ("Connection", "keep-alive, Upgrade", false),
            ("TE", "trailers", false),
            ("Trailer", "X", false),
            ("Upgrade", "websocket", false),
            ("Expect", "100-Continue", true),
            ("Expect", "x", false),
            ("Content-Length", "1", true),
            ("transfer-encoding", "chunked", true),
            ("Keep-Alive", "timeout=5", true),
        ] {
            assert_eq!(is_framing(name, value.as_bytes()), is, "{name}: {value}");
        }
    }
}
