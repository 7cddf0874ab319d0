//! What a client does to the host and port of a URL, step by step.

use std::ops::Deref;

use serde::Deserialize;

/// What a client makes of the host and port of a URL.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct HostRules {
    /// The Host that it sends by itself, step by step; nothing where that is what the URL says.
    pub sends: HostSteps,
    /// It takes Host from an absolute-form target in a way of its own, so that the snippet says it.
    pub written_for_absolute_form: bool,
    /// It refuses a Host field of the snippet's.
    pub forbidden: bool,
    /// The snippet connects to no host: it is text for another program.
    pub only_text: bool,
    /// Where it is written, or how it was seen.
    pub source: Option<String>,
}

/// Steps in their order.
#[derive(Debug, Default, Clone, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct HostSteps(Vec<HostStep>);

impl From<Vec<HostStep>> for HostSteps {
    fn from(list: Vec<HostStep>) -> Self {
        Self(list)
    }
}

impl Deref for HostSteps {
    type Target = [HostStep];

    fn deref(&self) -> &[HostStep] {
        &self.0
    }
}

/// One thing that a client does to a host or a port; a named strategy of `view/target`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HostStep {
    /// Parses and serializes as the URL standard's host parser, which also refuses hosts; the port is
    /// a number, and left out where it is the scheme's own.
    Whatwg,
    /// As [`Self::Whatwg`], and takes labels that begin with `xn--` and are no encoding (RFC 5890 §2.3.2.1).
    WhatwgWithBrokenPunycode,
    /// Writes the host in lower case (RFC 3986 §6.2.2.1).
    Lower,
    /// Decodes what is percent-encoded (RFC 3986 §3.2.2).
    Decode,
    /// Writes every form of an IPv4 address that `inet_aton` reads (`127.1`, `2130706433`, `0x7f.1`)
    /// with four decimal numbers.
    Ipv4,
    /// Leaves out zeros at the beginning of the numbers of an IPv4 address.
    Ipv4Zeros,
    /// Writes an IPv6 address as RFC 5952 has it.
    Ipv6,
    /// As [`Self::Ipv6`], where that is shorter.
    Ipv6Shorter,
    /// Leaves out the dot at the end of a name.
    DropFinalDot,
    /// Leaves out the brackets of an IPv6 address (against RFC 9110 §7.2).
    DropBrackets,
    /// Leaves out the port where it is the scheme's own.
    DropDefaultPort,
    /// Leaves out the colon of an empty port.
    DropEmptyPort,
    /// Writes the port for the URL's scheme where the port is empty.
    FillEmptyPort,
    /// Leaves out zeros at the beginning of a port.
    DropPortZeros,
    /// Refuses hosts with one of these characters; brackets of an IPv6 address apart.
    Refuse(String),
    /// Refuses names with one of these characters at the beginning.
    RefuseFirst(String),
    /// Refuses names with an empty label (`a..b`), a dot at the end apart.
    RefuseEmptyLabel,
    /// Refuses names with a label of more than 63 octets (RFC 1035 §2.3.4).
    RefuseLongLabel,
    /// Refuses names of more than 253 octets, names with a label that is not 1 to 63 letters, digits, `-` and `_`, and
    /// names whose last label begins with `-` or `_`; a dot at the end apart.
    RefuseUnusualLabels,
    /// Refuses names with a label that begins with `xn--` and is no encoding (RFC 5890 §2.3.2.1).
    RefusePunycode,
    /// Refuses four numbers that are no IPv4 address (`256.1.1.1`, `0177.0.0.1`).
    RefuseIpv4,
    /// Refuses an IPv4 address in another form than four decimal numbers (`127.1`, `0x7f.1`).
    RefuseIpv4Forms,
    /// Refuses an IPv4 address with a hexadecimal number (`0x7f.1`).
    RefuseIpv4Hexadecimal,
    /// Refuses an IPv6 address.
    RefuseIpv6,
    /// Refuses an IPv6 address that holds an IPv4 address (RFC 4291 §2.5.5.2).
    RefuseIpv4Mapped,
    /// Refuses an empty port.
    RefuseEmptyPort,
    /// Refuses zeros at the beginning of a port.
    RefusePortZeros,
    /// Refuses what is neither an IP address nor a name of letters, digits and hyphens whose last
    /// label begins with a letter (RFC 2396 §3.2.2); a label by itself may begin with a digit.
    RefuseOtherNames,
    /// Refuses what is, percent-decoded, no name of labels of 1 to 63 letters, digits and hyphens, with a
    /// letter or digit at both ends (RFC 1123 §2.1); a dot at the end apart.
    RefuseOtherLabels,
}
