//! What a client does with the response: whether it follows a redirection, and which content codings
//! it decodes. Data, read from `[client.<name>.response]`.

use serde::{Deserialize, Serialize};

/// What a client does with the response.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ResponseRules {
    /// Whether the snippet sends a second request where the response is a redirection.
    pub redirects: Option<RedirectFact>,
    /// What the snippet decodes where the program sets Accept-Encoding.
    pub decoding: Option<DecodingFact>,
}

/// What a client does with a redirection (RFC 9110 §15.4), and where that is written.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RedirectFact {
    /// What it does.
    pub effect: Redirects,
    /// Where it is written, or how it was seen.
    pub source: String,
}

/// What a client does with a redirection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Redirects {
    /// It sends a second request; some clients do so only for GET and HEAD.
    Follows,
    /// It gives the redirection to the program.
    Stops,
}

/// Which content codings (RFC 9110 §8.4.1) of the response a client decodes, and where that is
/// written.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct DecodingFact {
    /// The codings, in lower case; `*` where the client asks for no other than it decodes.
    pub codings: Vec<String>,
    /// The need with which the template makes the client decode; nothing where it does so by itself.
    pub need: Option<String>,
    /// Where it is written, or how it was seen.
    pub source: String,
}

impl DecodingFact {
    /// Whether the client decodes a coding that Accept-Encoding names (RFC 9110 §12.5.3), where `*`
    /// leaves the choice to the server.
    pub fn decodes(&self, coding: &str) -> bool {
        let coding = match coding {
            "x-gzip" => "gzip",
            "x-compress" => "compress",
            other => other,
        };
        let has = |wanted: &str| self.codings.iter().any(|known| known == wanted);
        has("*") || has(coding) || coding == "*" && !self.codings.is_empty()
    }
}
