//! A network in which every name and every address is this machine, so that a snippet may ask for
//! the host of its message.
//!
//! Elsewhere the authority of a message is replaced by that of the capture server, which hides what
//! clients make of a host. Here the program starts itself once more in a network namespace of its
//! own: all addresses are local there, the hosts of the messages stand in `/etc/hosts`, and the
//! capture server listens on the message's own port. Nothing leaves that namespace.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::process::{Command, Stdio};
use std::time::Duration;

use requote::request::Request;

use super::args::Error;
use super::prepare::Source;

/// An address of no machine (TEST-NET-2, RFC 5737): only the own network answers for it.
const NOWHERE: Ipv4Addr = Ipv4Addr::new(198, 51, 100, 7);

/// The port of `http` where a message names none (RFC 9110 §4.2.1).
const HTTP_PORT: u16 = 80;

/// Makes the namespace's addresses local, lays `$0` over the machine's hosts, and runs the rest.
const ENTER: &str = "ip link set lo up && \
    ip route add local default dev lo && \
    { ip -6 route add local ::/0 dev lo || true; } && \
    mount --bind \"$0\" /etc/hosts && \
    exec \"$@\"";

/// The port that a message asks for.
pub fn port_of(request: &Request<'_>) -> u16 {
    match request.authority().rsplit_once(':') {
        Some((_, port)) if !port.ends_with(']') => port.parse().unwrap_or(HTTP_PORT),
        _ => HTTP_PORT,
    }
}

/// Whether this process runs in such a network: what is sent nowhere arrives here.
pub fn is_here() -> bool {
    let Ok(listener) = TcpListener::bind((Ipv4Addr::UNSPECIFIED, 0)) else { return false };
    let Ok(address) = listener.local_addr() else { return false };
    let nowhere = SocketAddr::from((NOWHERE, address.port()));
    let Ok(stream) = TcpStream::connect_timeout(&nowhere, Duration::from_secs(1)) else {
        return false;
    };
    // A proxy of the network would also answer: the connection must be this very one.
    let arrived = listener.set_nonblocking(true).and_then(|()| listener.accept());
    matches!((arrived, stream.local_addr()), (Ok((_, peer)), Ok(own)) if peer == own)
}

/// Runs this program again, with the same arguments, in such a network; gives its exit status.
pub fn run_there(sources: &[Source]) -> Result<i32, Error> {
    let hosts = write_hosts(sources).map_err(|error| {
        let place = "the temporary folder".to_owned();
        Error::Folder { place, error }
    })?;
    let ended = std::env::current_exe().and_then(|program| {
        Command::new("unshare")
            .args(["--net", "--mount", "--map-root-user", "--", "sh", "-c", ENTER])
            .arg(hosts.path())
            .arg(program)
            .args(std::env::args_os().skip(1))
            .stdin(Stdio::null())
            .status()
    });
    let status = ended.map_err(|error| Error::OwnNetwork(error.to_string()))?;
    status.code().ok_or_else(|| Error::OwnNetwork(status.to_string()))
}

/// The hosts of the messages as lines of `/etc/hosts`, each the name of this machine.
fn write_hosts(sources: &[Source]) -> io::Result<tempfile::NamedTempFile> {
    let mut names = BTreeSet::from(["localhost".to_owned()]);
    for source in sources {
        let Ok(message) = requote::parse(&source.bytes) else { continue };
        // A name is the same in any letter case (RFC 4343). In two lines it would have two addresses, and some clients
        // open a connection to each.
        let host = host_of(message.request.authority()).to_ascii_lowercase();
        names.insert(host.trim_end_matches('.').to_owned());
        names.insert(host);
    }
    let mut file = tempfile::NamedTempFile::new()?;
    for name in names.iter().filter(|name| is_name(name)) {
        writeln!(file, "127.0.0.1 {name}")?;
    }
    Ok(file)
}

fn host_of(authority: &str) -> &str {
    match authority.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => host,
        _ => authority,
    }
}

/// Whether the text can stand in a line of `/etc/hosts` as a name.
fn is_name(text: &str) -> bool {
    let is_part = |c: char| c.is_ascii_graphic() && !matches!(c, '#' | '[' | ']' | ':');
    !text.is_empty() && text.chars().all(is_part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn host_and_port_are_those_of_the_message() {
        for (message, authority, port) in [
            ("GET / HTTP/1.1\r\nHost: example.org\r\n\r\n", "example.org", 80),
            ("GET / HTTP/1.1\r\nHost: example.org:\r\n\r\n", "example.org:", 80),
            ("GET / HTTP/1.1\r\nHost: [::1]\r\n\r\n", "[::1]", 80),
            ("GET / HTTP/1.1\r\nHost: [::1]:018080\r\n\r\n", "[::1]:018080", 18080),
            ("GET http://a:81/?b HTTP/1.1\r\nHost: a:81\r\n\r\n", "a:81", 81),
            ("CONNECT a.b:443 HTTP/1.1\r\nHost: a.b:443\r\n\r\n", "a.b:443", 443),
        ] {
            let parsed = requote::parse(message.as_bytes()).expect("a message");
            assert_eq!(parsed.request.authority(), authority);
            assert_eq!(port_of(&parsed.request), port, "{message}");
        }
    }

    #[test]
    fn only_names_stand_in_the_list_of_hosts() {
        for name in ["example.org.", "a..b", "-a", "a_b", "%6C"] {
            assert!(is_name(name), "{name}");
        }
        for name in ["", "a b", "a\tb", "[::1]", "#a", "a\n"] {
            assert!(!is_name(name), "{name}");
        }
    }

    #[test]
    fn the_network_of_the_tests_is_not_taken_for_it() {
        assert!(!is_here());
    }
}
