//! What the standards say of fields by their names.

/// Fields of the connection or of the framing (RFC 9110 §7.6.1, §7.8, §10.1.1; RFC 9112 §6): each
/// hop sets its own.
const FRAMING: [&str; 7] =
    ["connection", "content-length", "expect", "keep-alive", "te", "trailer", "transfer-encoding"];

/// Fields whose value is no list, so that several lines do not mean what one joined line means
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

/// Whether the field belongs to the connection or to the framing, in any letter case.
pub fn is_framing(name: &str) -> bool {
    FRAMING.iter().any(|known| name.eq_ignore_ascii_case(known))
}

/// Whether the field's value is no list, in any letter case.
pub fn is_singleton(name: &str) -> bool {
    SINGLETONS.iter().any(|known| name.eq_ignore_ascii_case(known))
}
