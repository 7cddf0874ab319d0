//! Hosts that arrive from every client as they are written.

use std::net::Ipv4Addr;

/// Whether no step of a client has anything to do with it: an address of four decimal numbers, or a name of
/// lower-case letters, digits and inner hyphens, whose last label begins with a letter; and no port, or
/// one that is not the scheme's own.
pub(super) fn is_ordinary(authority: &str, default_port: u16) -> bool {
    let (host, port) = match memchr::memchr(b':', authority.as_bytes()) {
        Some(at) => (&authority[..at], Some(&authority[at + 1..])),
        None => (authority, None),
    };
    let is_kept = |port: &str| {
        !port.starts_with(['0', '+']) && port.parse().is_ok_and(|it: u16| it != default_port)
    };
    port.is_none_or(is_kept) && (is_ordinary_name(host) || host.parse::<Ipv4Addr>().is_ok())
}

fn is_ordinary_name(host: &str) -> bool {
    let is_label = |label: &[u8]| {
        label.iter().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || *b == b'-')
            && !label.is_empty()
            && !label.starts_with(b"-")
            && !label.ends_with(b"-")
            && !label.starts_with(b"xn--")
    };
    let labels = || host.as_bytes().split(|b| *b == b'.');
    let is_letter = |label: &[u8]| label.first().is_some_and(u8::is_ascii_lowercase);
    host.len() <= 63 && labels().all(is_label) && labels().next_back().is_some_and(is_letter)
}

#[cfg(test)]
mod tests {
    use super::is_ordinary;

    #[test]
    fn ordinary_hosts_need_no_steps() {
        for host in
            ["example.com", "a-b.c", "localhost", "a1.b2", "192.0.2.1", "a:81", "127.0.0.1:8080"]
        {
            assert!(is_ordinary(host, 80), "{host}");
        }
        for host in [
            "",
            "a.",
            "a..b",
            "A",
            "a:80",
            "a:",
            "a:081",
            "a:+81",
            "a:65536",
            "a:b",
            "1.2",
            "192.0.2.01",
            "256.1.1.1",
            "[::1]",
            "[::1]:81",
            "xn--a",
            "-a",
            "a-",
            "a_b",
            "%61",
        ] {
            assert!(!is_ordinary(host, 80), "{host}");
        }
    }
}
