//! Names of secrets.

/// Names of parameters that hold secrets, lower-case, without `-` and `_`.
const SECRETS: [&str; 17] = [
    "accesstoken",
    "apikey",
    "apitoken",
    "auth",
    "authtoken",
    "clientsecret",
    "idtoken",
    "key",
    "passwd",
    "password",
    "pwd",
    "refreshtoken",
    "secret",
    "sessionid",
    "sig",
    "signature",
    "token",
];

/// Fields that hold credentials (RFC 9110 §11, RFC 6265).
pub const CREDENTIAL_FIELDS: [&str; 3] = ["authorization", "proxy-authorization", "cookie"];

/// Whether a parameter of this name holds a secret: `access_token`, `API-Key`, `X-Amz-Signature`.
pub fn is_secret_parameter(name: &str) -> bool {
    let longest = 2 * SECRETS.iter().map(|known| known.len()).max().unwrap_or(0);
    if name.len() > longest {
        return false;
    }
    let plain: String =
        name.chars().filter(|c| !"-_".contains(*c)).map(|c| c.to_ascii_lowercase()).collect();
    let plain = plain.strip_prefix("xamz").unwrap_or(&plain);
    SECRETS.contains(&plain)
}

/// Names of fields that end like those of secrets, and are none.
const PUBLIC_FIELDS: [&str; 6] = [
    "cache-key",
    "idempotency-key",
    "sec-websocket-key",
    "surrogate-key",
    "x-cache-key",
    "x-idempotency-key",
];

/// Whether a field of this name holds a secret of an API: `X-Api-Key`, `PRIVATE-TOKEN`,
/// `x-amz-security-token`. Credentials are another matter: [`CREDENTIAL_FIELDS`].
pub fn is_secret_field(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let last = name.rsplit(['-', '_']).next().unwrap_or_default();
    matches!(last, "apikey" | "key" | "passwd" | "password" | "secret" | "token")
        && !PUBLIC_FIELDS.contains(&name.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_of_keys_and_tokens_hold_secrets() {
        for name in ["X-Api-Key", "PRIVATE-TOKEN", "apikey", "x-amz-security-token", "X_Secret"] {
            assert!(is_secret_field(name), "{name}");
        }
        for name in ["Idempotency-Key", "Sec-WebSocket-Key", "Accept", "X-Token-Type", ""] {
            assert!(!is_secret_field(name), "{name}");
        }
    }

    #[test]
    fn the_whole_name_counts_in_any_spelling() {
        for name in ["access_token", "API-Key", "X-Amz-Signature", "token", "Pwd"] {
            assert!(is_secret_parameter(name), "{name}");
        }
        for name in ["", "tokens", "monkey", "keys", &"key".repeat(50)] {
            assert!(!is_secret_parameter(name), "{name}");
        }
    }
}
