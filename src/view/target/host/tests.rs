use super::super::{Destination, split_authority};
use super::{is_plain_name, read_ipv4, sent};
use crate::grammar::Scheme;
use crate::language::{HostStep, HostSteps};

fn send(authority: &str, steps: &[HostStep]) -> Result<String, String> {
    let (host, port) = split_authority(authority);
    let path_and_query = "/".into();
    let destination = Destination { scheme: Scheme::Http, authority, host, port, path_and_query };
    sent(&destination, &HostSteps::from(steps.to_vec())).map(std::borrow::Cow::into_owned)
}

#[test]
fn each_step_does_what_it_says() {
    for (step, authority, arrives) in [
        (HostStep::Whatwg, "EXAMPLE.org:080", "example.org"),
        (HostStep::Whatwg, "0x7f.1:", "127.0.0.1"),
        (HostStep::WhatwgWithBrokenPunycode, "XN--A.b%2Dc.XN--TDA:80", "xn--a.b-c.xn--tda"),
        (HostStep::WhatwgWithBrokenPunycode, "127.1", "127.0.0.1"),
        (HostStep::Lower, "A.Example:81", "a.example:81"),
        (HostStep::Decode, "%6Cocal", "local"),
        (HostStep::Ipv4, "127.1", "127.0.0.1"),
        (HostStep::Ipv4Zeros, "127.000.0.01", "127.0.0.1"),
        (HostStep::Ipv6, "[0:0:0:0:0:0:0:A]", "[::a]"),
        (HostStep::Ipv6Shorter, "[::FFFF:127.0.0.1]", "[::FFFF:127.0.0.1]"),
        (HostStep::Ipv6Shorter, "[0:0:0:0:0:0:0:1]:81", "[::1]:81"),
        (HostStep::DropFinalDot, "example.org.:81", "example.org:81"),
        (HostStep::DropBrackets, "[::1]:8080", "::1:8080"),
        (HostStep::DropDefaultPort, "example.org:80", "example.org"),
        (HostStep::DropDefaultPort, "example.org:443", "example.org:443"),
        (HostStep::DropEmptyPort, "example.org:", "example.org"),
        (HostStep::FillEmptyPort, "example.org:", "example.org:80"),
        (HostStep::DropPortZeros, "example.org:00", "example.org:0"),
    ] {
        assert_eq!(
            send(authority, std::slice::from_ref(&step)).as_deref(),
            Ok(arrives),
            "{step:?}"
        );
    }
}

#[test]
fn each_refusal_has_its_host_and_no_other() {
    for (step, refused, taken) in [
        (HostStep::Whatwg, "foo.1", "foo.a."),
        (HostStep::WhatwgWithBrokenPunycode, "xn--a.1", "xn--a.b"),
        (HostStep::Refuse("*".to_owned()), "a*b", "a.b"),
        (HostStep::RefuseFirst("-".to_owned()), "-a", "a-"),
        (HostStep::RefuseEmptyLabel, "a..b", "a.b."),
        (HostStep::RefuseLongLabel, &*"a".repeat(64), &*"a".repeat(63)),
        (HostStep::RefuseUnusualLabels, "a..b", "a_.-b.c-."),
        (HostStep::RefuseUnusualLabels, ".a", "[::1]"),
        (HostStep::RefuseUnusualLabels, "a!b", "127.0.0.1"),
        (HostStep::RefuseUnusualLabels, "a._b", "_a.b"),
        (HostStep::RefuseUnusualLabels, &*"a.".repeat(128), &*("a.".repeat(126) + "a")),
        (HostStep::RefuseUnusualLabels, &*"a".repeat(64), &*"a".repeat(63)),
        (HostStep::RefusePunycode, "xn--a.example", "XN--tda.example"),
        (HostStep::RefuseIpv4, "256.1.1.1", "255.1.1.1"),
        (HostStep::RefuseIpv4Forms, "127.1", "127.0.0.1"),
        (HostStep::RefuseIpv4Hexadecimal, "0x7f.1", "0x7f.a"),
        (HostStep::RefuseIpv4Hexadecimal, "127.0X1", "127.1"),
        (HostStep::RefuseIpv6, "[::1]", "127.1"),
        (HostStep::RefuseIpv4Mapped, "[::ffff:1.2.3.4]", "[::1]"),
        (HostStep::RefuseEmptyPort, "a:", "a:0"),
        (HostStep::RefusePortZeros, "a:01", "a:0"),
        (HostStep::RefuseOtherNames, "a_b.com", "a.b1"),
        (HostStep::RefuseOtherLabels, "a%5fb", "%61.b1."),
        (HostStep::RefuseOtherLabels, "[::1]", "127.0.0.1"),
        (HostStep::RefuseOtherLabels, "a.-b", "a-b.1"),
        (HostStep::RefuseOtherLabels, "a..b", "127.1"),
        (HostStep::RefuseOtherLabels, ".a", "xn--a.b"),
        (HostStep::RefuseOtherLabels, &*"a".repeat(64), &*"a".repeat(63)),
        (HostStep::RefuseOtherLabels, &*"a.".repeat(128), &*"a.".repeat(127)),
    ] {
        assert!(send(refused, std::slice::from_ref(&step)).is_err(), "{step:?} {refused}");
        assert_eq!(send(taken, std::slice::from_ref(&step)).as_deref(), Ok(taken), "{step:?}");
    }
    assert!(send("[v1.x]", &[]).is_err());
}

#[test]
fn numbers_are_addresses_as_inet_aton_reads_them() {
    for (text, address) in [
        ("2130706433", Some([127, 0, 0, 1])),
        ("0x7f.1", Some([127, 0, 0, 1])),
        ("0177.0.0.01", Some([127, 0, 0, 1])),
        ("1.2.772", Some([1, 2, 3, 4])),
        ("4294967296", None),
        ("256.1", None),
        ("1.2.3.4.5", None),
        ("08.1", None),
        ("", None),
        ("1.", None),
        ("a.1", None),
    ] {
        assert_eq!(read_ipv4(text), address.map(Into::into), "{text}");
    }
}

#[test]
fn plain_names_are_addresses_or_host_names() {
    for host in [
        "example.com",
        "a-b.c",
        "192.0.2.1",
        "0177.0.0.1",
        "localhost",
        "a.",
        "xn--a.b1",
        "2130706433",
    ] {
        assert!(is_plain_name(host), "{host}");
    }
    for host in ["a_b.com", "a-.com", "-a.com", "1.2.3", "1.2.3.256", "a.1b", "a..b"] {
        assert!(!is_plain_name(host), "{host}");
    }
}
