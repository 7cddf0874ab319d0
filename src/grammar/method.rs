//! The methods that the standards define (RFC 9110 §9.3, RFC 5789).

/// The names of the methods.
const STANDARD: [&str; 9] =
    ["GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH"];

/// The standard method whose name is `name` in another letter case: it is another method
/// (RFC 9110 §9.1), and nearly always the standard one is meant.
pub fn standard_of_other_case(name: &str) -> Option<&'static str> {
    STANDARD.into_iter().find(|known| known.eq_ignore_ascii_case(name) && *known != name)
}
