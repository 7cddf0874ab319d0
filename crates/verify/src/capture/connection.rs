//! One connection: reads the request, answers it, and keeps what else comes.

use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpStream};

use super::framing::{Framer, Progress};
use super::{Arrival, Broken};

/// The most bytes of one connection that are kept.
pub const LIMIT: usize = 64 << 20;

const CONTINUE: &[u8] = b"HTTP/1.1 100 Continue\r\n\r\n";

/// The path that [`Answer::Redirection`] sends clients to.
pub const REDIRECTED: &str = "/redirected";

/// What every request is answered with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// A line of text.
    Text,
    /// A line that is not UTF-8, whatever its media type says: servers send such, and a snippet that
    /// prints what it gets must not die of it.
    Bytes,
    /// JSON.
    Json,
    /// 302 to [`REDIRECTED`], which is answered with 200; both have JSON.
    Redirection,
}

impl Answer {
    /// One of three messages is answered with bytes, always the same.
    pub fn to(message: &[u8]) -> Self {
        let sum =
            message.iter().fold(0_u32, |sum, &byte| sum.wrapping_mul(31).wrapping_add(byte.into()));
        if sum % 3 == 0 { Self::Bytes } else { Self::Text }
    }

    const fn content(self) -> &'static [u8] {
        match self {
            Self::Text => b"ok\n",
            Self::Bytes => b"ok \xff\xc3\n",
            Self::Json | Self::Redirection => b"{\"ok\": true}\n",
        }
    }

    const fn media_type(self) -> &'static str {
        match self {
            Self::Text | Self::Bytes => "text/plain; charset=utf-8",
            Self::Json | Self::Redirection => "application/json",
        }
    }
}

/// What every answer has. It ends the connection (so that no client waits for a second response) and
/// lets a page of any origin read it.
const FIELDS: &str = "Access-Control-Allow-Origin: *\r\nConnection: close\r\n";

const BAD_REQUEST: &str =
    "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

/// Reads until the client is done; `None` where it sent nothing.
pub fn read_request(mut stream: TcpStream, answer: Answer) -> Option<Arrival> {
    // Small writes follow each other; no answer may wait for the client's acknowledgement.
    let _ = stream.set_nodelay(true);
    let mut bytes = Vec::new();
    let mut framer = Framer::default();
    let (end, broken) = read_framed(&mut stream, &mut bytes, &mut framer);
    if bytes.is_empty() {
        return None;
    }
    let answer = match &broken {
        None => answer_to(&bytes, answer),
        Some(_) => BAD_REQUEST.as_bytes().to_vec(),
    };
    // A client that does not wait for the answer has still sent its request.
    let _ = stream.write_all(&answer);
    let _ = stream.shutdown(Shutdown::Write);
    read_to_end(&mut stream, &mut bytes);
    let surplus = bytes.split_off(end.unwrap_or(bytes.len()));
    Some(Arrival { bytes, surplus, broken })
}

/// Reads one request; gives its length where its end was found.
fn read_framed(
    stream: &mut TcpStream,
    bytes: &mut Vec<u8>,
    framer: &mut Framer,
) -> (Option<usize>, Option<Broken>) {
    let mut continued = false;
    loop {
        match framer.advance(bytes) {
            Progress::Whole(end) => return (Some(end), None),
            Progress::Unreadable => return (None, Some(Broken::Length)),
            Progress::More if bytes.len() >= LIMIT => return (None, Some(Broken::TooLarge)),
            Progress::More => {}
        }
        if framer.expects_continue() && !continued {
            continued = true;
            let _ = stream.write_all(CONTINUE);
        }
        if read_some(stream, bytes) == 0 {
            return (None, Some(framer.cut(bytes)));
        }
    }
}

/// Reads once; 0 at the end of the stream, which a broken connection is as well.
fn read_some(stream: &mut TcpStream, bytes: &mut Vec<u8>) -> usize {
    let mut chunk = [0; 16 << 10];
    loop {
        match stream.read(&mut chunk) {
            Ok(count) => {
                bytes.extend_from_slice(&chunk[..count]);
                return count;
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(_) => return 0,
        }
    }
}

fn read_to_end(stream: &mut TcpStream, bytes: &mut Vec<u8>) {
    while bytes.len() < LIMIT && read_some(stream, bytes) > 0 {}
}

fn answer_to(request: &[u8], answer: Answer) -> Vec<u8> {
    let status = match answer {
        Answer::Redirection if !is_redirected(request) => {
            format!("302 Found\r\nLocation: {REDIRECTED}")
        }
        _ => "200 OK".to_owned(),
    };
    let (media_type, content) = (answer.media_type(), answer.content());
    let length = content.len();
    let mut bytes = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {media_type}\r\n{FIELDS}Content-Length: {length}\r\n\r\n"
    )
    .into_bytes();
    // RFC 9110 §9.3.2: the answer to HEAD has no content, whatever its length says.
    if !request.starts_with(b"HEAD ") {
        bytes.extend(content);
    }
    bytes
}

/// Whether a request is the second one, which follows a redirection.
pub fn is_redirected(request: &[u8]) -> bool {
    let target = request.split(|byte| *byte == b' ').nth(1).unwrap_or_default();
    target.ends_with(REDIRECTED.as_bytes())
}
