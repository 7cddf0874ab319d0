//! Which hosts are this machine or a network that is not the Internet.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// The address that a host is written as; an IPv6 address has its brackets.
pub fn read_address(host: &str) -> Option<IpAddr> {
    match host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        Some(inner) => inner.parse::<Ipv6Addr>().ok().map(IpAddr::V6),
        // Only what can be an address is read as one.
        None if host.starts_with(|first: char| first.is_ascii_digit()) => {
            host.parse::<Ipv4Addr>().ok().map(IpAddr::V4)
        }
        None => None,
    }
}

/// Whether the host is this machine: a loopback address (RFC 6890), `localhost` or a name below it
/// (RFC 6761 §6.3).
pub fn is_loopback(host: &str) -> bool {
    match read_address(host) {
        Some(IpAddr::V6(address)) => {
            address.is_loopback() || address.to_ipv4_mapped().is_some_and(|it| it.is_loopback())
        }
        Some(IpAddr::V4(address)) => address.is_loopback(),
        None => is_within(host, "localhost"),
    }
}

/// Whether the host is on a local network, where `http` is usual: this machine, `0.0.0.0` and `::`, private
/// (RFC 1918, RFC 4193) and link-local addresses (RFC 3927, RFC 4291 §2.5.6), names of one label,
/// and names below `.localhost`, `.local` (RFC 6762) and `.internal`.
pub fn is_local(host: &str) -> bool {
    match read_address(host) {
        Some(IpAddr::V4(address)) => is_local_v4(address),
        Some(IpAddr::V6(address)) => {
            address.is_loopback()
                || address.is_unspecified()
                || address.is_unique_local()
                || address.is_unicast_link_local()
                || address.to_ipv4_mapped().is_some_and(is_local_v4)
        }
        None => {
            let name = host.strip_suffix('.').unwrap_or(host);
            is_single_label(name)
                || ["localhost", "local", "internal"].iter().any(|top| is_within(name, top))
        }
    }
}

const fn is_local_v4(address: Ipv4Addr) -> bool {
    address.is_loopback()
        || address.is_unspecified()
        || address.is_private()
        || address.is_link_local()
}

/// A name without a dot that is not a number: `db`, `localhost`.
fn is_single_label(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_alphabetic()) && !name.contains(['.', '['])
}

/// Whether a name is `top` or ends with `.top`, in any letter case.
fn is_within(name: &str, top: &str) -> bool {
    let name = name.strip_suffix('.').unwrap_or(name);
    let head = name.len().checked_sub(top.len());
    let split = head.and_then(|at| Some((name.get(..at)?, name.get(at..)?)));
    split.is_some_and(|(head, tail)| {
        tail.eq_ignore_ascii_case(top) && (head.is_empty() || head.ends_with('.'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_machine_is_known_by_name_and_address() {
        for host in [
            "localhost",
            "LocalHost",
            "localhost.",
            "a.localhost",
            "127.0.0.1",
            "[::1]",
            "127.1.2.3",
        ] {
            assert!(is_loopback(host) && is_local(host), "{host}");
        }
        for host in ["xlocalhost", "localhost.a", "é.local", "fe80::1", "[::2]", "10.0.0.1", ""] {
            assert!(!is_loopback(host), "{host}");
        }
    }

    #[test]
    fn local_networks_are_known() {
        for host in [
            "0.0.0.0",
            "10.1.2.3",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.0.5",
            "169.254.1.1",
            "[::]",
            "[fe80::1]",
            "[fc00::1]",
            "[fd12::1]",
            "[::ffff:192.168.0.5]",
            "db",
            "printer.local",
            "host.docker.internal",
            "api.LOCALHOST.",
            "internal",
        ] {
            assert!(is_local(host), "{host}");
        }
        for host in [
            "172.32.0.1",
            "172.15.0.1",
            "192.169.0.1",
            "8.8.8.8",
            "[2001:db8::1]",
            "example.com",
            "local.example",
            "notinternal.example",
            "xinternal.com",
            "2130706433",
            "",
            "[",
        ] {
            assert!(!is_local(host), "{host}");
        }
    }
}
