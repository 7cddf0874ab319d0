//! The named steps: what clients do to the host and port of a URL, as `language.toml` lists them.

#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::net::{Ipv4Addr, Ipv6Addr};

use super::Destination;
use super::ordinary::is_ordinary;
use crate::grammar::percent;
use crate::language::{HostStep, HostSteps};

/// Host and port on their way through a client.
struct Authority<'a> {
    host: Cow<'a, str>,
    /// Without the colon; empty where nothing follows one.
    port: Option<Cow<'a, str>>,
}

/// The Host that a client of these steps sends by itself (RFC 9110 §7.2). The error says what it
/// refuses.
pub(super) fn sent<'a>(
    destination: &Destination<'a>,
    steps: &HostSteps,
) -> Result<Cow<'a, str>, String> {
    let written = destination.authority;
    if is_ordinary(written, destination.scheme.default_port()) {
        return Ok(Cow::Borrowed(written));
    }
    let mut authority = Authority::of(written);
    if authority.host.starts_with("[v") || authority.host.starts_with("[V") {
        return Err("there is no such version of IP".to_owned());
    }
    for step in &**steps {
        apply(step, &mut authority, destination)?;
    }
    let sent = authority.to_string();
    Ok(if sent == written { Cow::Borrowed(written) } else { Cow::Owned(sent) })
}

impl<'a> Authority<'a> {
    fn of(written: &'a str) -> Self {
        match written.rsplit_once(':') {
            Some((host, port)) if !port.ends_with(']') => {
                Self { host: host.into(), port: Some(port.into()) }
            }
            _ => Self { host: written.into(), port: None },
        }
    }

    fn is_address_of_ipv6(&self) -> bool {
        self.host.starts_with('[')
    }

    /// The labels of a name; an IPv6 address has none.
    fn labels(&self) -> impl Iterator<Item = &str> {
        let name = self.host.strip_suffix('.').unwrap_or(&self.host);
        let name = if self.is_address_of_ipv6() { None } else { Some(name) };
        name.into_iter().flat_map(|name| name.split('.'))
    }

    fn ipv6(&self) -> Option<Ipv6Addr> {
        self.host.strip_prefix('[')?.strip_suffix(']')?.parse().ok()
    }
}

impl std::fmt::Display for Authority<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.host)?;
        match &self.port {
            Some(port) => write!(f, ":{port}"),
            None => Ok(()),
        }
    }
}

fn apply(
    step: &HostStep,
    authority: &mut Authority<'_>,
    destination: &Destination<'_>,
) -> Result<(), String> {
    let default_port = destination.scheme.default_port();
    match step {
        HostStep::Whatwg => return whatwg(authority, destination),
        HostStep::WhatwgWithBrokenPunycode => return with_broken_punycode(authority, destination),
        HostStep::Lower => authority.host = Cow::Owned(authority.host.to_ascii_lowercase()),
        HostStep::Decode => {
            let decoded = percent::decode(authority.host.as_bytes());
            let decoded = String::from_utf8(decoded).map_err(|_| "it is no text".to_owned())?;
            authority.host = Cow::Owned(decoded);
        }
        HostStep::Ipv4 => {
            if let Some(address) = read_ipv4(&authority.host) {
                authority.host = Cow::Owned(address.to_string());
            }
        }
        HostStep::Ipv4Zeros => {
            if let Some(numbers) = four_numbers(&authority.host) {
                authority.host = Cow::Owned(numbers.map(drop_zeros).join("."));
            }
        }
        HostStep::Ipv6 => {
            if let Some(address) = authority.ipv6() {
                authority.host = Cow::Owned(format!("[{address}]"));
            }
        }
        HostStep::Ipv6Shorter => {
            if let Some(short) = authority.ipv6().map(|address| format!("[{address}]"))
                && short.len() < authority.host.len()
            {
                authority.host = Cow::Owned(short);
            }
        }
        HostStep::DropFinalDot => {
            if let Some(name) = authority.host.strip_suffix('.') {
                authority.host = Cow::Owned(name.to_owned());
            }
        }
        HostStep::DropBrackets => {
            authority.host = Cow::Owned(authority.host.replace(['[', ']'], ""));
        }
        HostStep::DropDefaultPort => {
            authority.port.take_if(|port| port.parse() == Ok(default_port));
        }
        HostStep::DropEmptyPort => {
            authority.port.take_if(|port| port.is_empty());
        }
        HostStep::FillEmptyPort => {
            if let Some(port) = authority.port.as_mut().filter(|port| port.is_empty()) {
                *port = Cow::Owned(default_port.to_string());
            }
        }
        HostStep::DropPortZeros => {
            if let Some(port) = &mut authority.port {
                *port = Cow::Owned(drop_zeros(port).to_owned());
            }
        }
        _ => return refuse(step, authority),
    }
    Ok(())
}

/// The steps that only refuse.
fn refuse(step: &HostStep, authority: &Authority<'_>) -> Result<(), String> {
    let host = &*authority.host;
    let port = authority.port.as_deref();
    let is_name = !authority.is_address_of_ipv6();
    let reason = match step {
        HostStep::Refuse(set) => {
            let found = host.chars().find(|c| set.contains(*c)).filter(|_| is_name);
            found.map(|c| format!("it takes no `{c}` in a host"))
        }
        HostStep::RefuseFirst(set) => {
            let found = host.chars().next().filter(|c| set.contains(*c));
            found.map(|c| format!("it takes no host that begins with `{c}`"))
        }
        HostStep::RefuseEmptyLabel => authority
            .labels()
            .any(str::is_empty)
            .then(|| "it takes no name with an empty label".to_owned()),
        HostStep::RefuseLongLabel => authority
            .labels()
            .any(|label| label.len() > 63)
            .then(|| "a label of the name has more than 63 octets".to_owned()),
        HostStep::RefuseUnusualLabels => (!has_usual_labels(authority)).then(|| {
            "it takes only names whose labels have 1 to 63 letters, digits, `-` and `_`".to_owned()
        }),
        HostStep::RefusePunycode => authority
            .labels()
            .find(|label| is_broken_punycode(label))
            .map(|label| format!("`{label}` is no encoding of an international name")),
        HostStep::RefuseIpv4 => four_numbers(host)
            .is_some_and(|_| host.parse::<Ipv4Addr>().is_err())
            .then(|| "it is no IPv4 address".to_owned()),
        HostStep::RefuseIpv4Forms => read_ipv4(host)
            .is_some_and(|address| address.to_string() != host)
            .then(|| "it takes only four decimal numbers for an IPv4 address".to_owned()),
        HostStep::RefuseIpv4Hexadecimal => (read_ipv4(host).is_some() && host.contains(['x', 'X']))
            .then(|| "it takes no hexadecimal number in an IPv4 address".to_owned()),
        HostStep::RefuseIpv6 => (!is_name).then(|| "it takes no IPv6 address".to_owned()),
        HostStep::RefuseIpv4Mapped => authority
            .ipv6()
            .is_some_and(|address| address.to_ipv4_mapped().is_some())
            .then(|| "it reaches no IPv4 address that is written as an IPv6 address".to_owned()),
        HostStep::RefuseEmptyPort => {
            (port == Some("")).then(|| "it takes no colon without a port".to_owned())
        }
        HostStep::RefusePortZeros => port
            .is_some_and(|port| port.len() > 1 && port.starts_with('0'))
            .then(|| "it takes no port that begins with `0`".to_owned()),
        HostStep::RefuseOtherNames => (is_name && !is_plain_name(host))
            .then(|| "it takes only names of letters, digits and hyphens".to_owned()),
        HostStep::RefuseOtherLabels => (!has_plain_labels(host)).then(|| {
            "it takes only names of letters, digits and hyphens, and IPv4 addresses".to_owned()
        }),
        _ => None,
    };
    reason.map_or(Ok(()), Err)
}

/// The URL standard's host parser, from the `url` crate.
fn whatwg(authority: &mut Authority<'_>, destination: &Destination<'_>) -> Result<(), String> {
    let text = format!("{}://{authority}/", destination.scheme.as_str());
    let url = url::Url::parse(&text).map_err(|error| error.to_string())?;
    let host = url.host_str().unwrap_or_default().to_owned();
    authority.host = Cow::Owned(host);
    authority.port = url.port().map(|port| Cow::Owned(port.to_string()));
    Ok(())
}

/// Hides from `whatwg` that labels begin with `xn--`: to it, each is a name like others then.
fn with_broken_punycode(
    authority: &mut Authority<'_>,
    destination: &Destination<'_>,
) -> Result<(), String> {
    const HIDDEN: &str = "xn00";
    let host = authority.host.to_ascii_lowercase();
    if host.contains(HIDDEN) {
        return whatwg(authority, destination);
    }
    authority.host = Cow::Owned(host.replace("xn--", HIDDEN));
    whatwg(authority, destination)?;
    authority.host = Cow::Owned(authority.host.replace(HIDDEN, "xn--"));
    Ok(())
}

fn drop_zeros(number: &str) -> &str {
    let short = number.trim_start_matches('0');
    if short.is_empty() && !number.is_empty() { "0" } else { short }
}

/// One to four numbers, decimal, octal behind `0` or hexadecimal behind `0x`, of which the last fills
/// the octets that are left (`inet_aton` of POSIX).
fn read_ipv4(host: &str) -> Option<Ipv4Addr> {
    let numbers: Option<Vec<u64>> = host.split('.').map(read_number).collect();
    let numbers = numbers.filter(|numbers| numbers.len() <= 4)?;
    let (last, octets) = numbers.split_last()?;
    let free = 8 * (4 - u32::try_from(octets.len()).ok()?);
    if octets.iter().any(|octet| *octet > 255) || *last >> free != 0 {
        return None;
    }
    let first = octets.iter().enumerate().map(|(at, octet)| octet << (24 - 8 * at)).sum::<u64>();
    u32::try_from(first | last).ok().map(Ipv4Addr::from)
}

fn read_number(text: &str) -> Option<u64> {
    let (digits, radix) = match text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")) {
        Some(digits) => (digits, 16),
        None if text.len() > 1 && text.starts_with('0') => (text, 8),
        None => (text, 10),
    };
    let is_number = digits.bytes().all(|byte| char::from(byte).is_digit(radix));
    if is_number { u64::from_str_radix(digits, radix).ok() } else { None }
}

fn is_broken_punycode(label: &str) -> bool {
    label.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("xn--"))
        && url::Host::parse(&format!("{label}.example")).is_err()
}

/// The four numbers that a host is, written in decimal.
fn four_numbers(host: &str) -> Option<[&str; 4]> {
    let numbers: Vec<&str> = host.split('.').collect();
    let is_number = |text: &&str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let four = <[&str; 4]>::try_from(numbers).ok()?;
    four.iter().all(is_number).then_some(four)
}

/// Whether the host is four decimal numbers of an IPv4 address, or a name as RFC 2396 §3.2.2 has it; a name of one
/// label may begin with a digit.
fn is_plain_name(host: &str) -> bool {
    let name = host.strip_suffix('.').unwrap_or(host);
    let is_octet = |number: &str| number.parse::<u64>().is_ok_and(|it| it < 256);
    let begins_with_letter = |label: &str| label.starts_with(|c: char| c.is_ascii_alphabetic());
    four_numbers(name).is_some_and(|four| four.into_iter().all(is_octet))
        || name.split('.').all(|label| is_label(label.as_bytes()))
            && name.rsplit_once('.').is_none_or(|(_, last)| begins_with_letter(last))
}

/// Whether the host, percent-decoded, is a name as RFC 1123 §2.1 has it; numbers of an IPv4 address are labels.
fn has_plain_labels(host: &str) -> bool {
    has_labels(&percent::decode(host.as_bytes()), is_label)
}

/// Whether the labels have letters, digits, `-` and `_`, and the last one begins with a letter or a digit.
fn has_usual_labels(authority: &Authority<'_>) -> bool {
    let is_usual = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    let has_usual = |label: &[u8]| !label.is_empty() && label.iter().all(is_usual);
    authority.is_address_of_ipv6()
        || has_labels(authority.host.as_bytes(), has_usual)
            && authority.labels().last().is_some_and(|label| !label.starts_with(['-', '_']))
}

/// Whether a name is short enough (RFC 1035 §2.3.4), and each of its labels is one; a dot at the end apart.
fn has_labels(name: &[u8], is_label: impl Fn(&[u8]) -> bool) -> bool {
    let name = name.strip_suffix(b".").unwrap_or(name);
    name.len() <= 253
        && name.split(|byte| *byte == b'.').all(|label| label.len() <= 63 && is_label(label))
}

/// Letters, digits and hyphens, with no hyphen at either end.
fn is_label(label: &[u8]) -> bool {
    label.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-')
        && label.first().is_some_and(|byte| *byte != b'-')
        && label.last().is_some_and(|byte| *byte != b'-')
}
