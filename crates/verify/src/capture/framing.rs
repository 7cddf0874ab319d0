//! Where a request ends. Lenient on purpose: whatever a client sends is kept, and judged later by
//! the real parser.

use memchr::{memchr, memmem};
use requote::grammar::space::{trim, trim_end};

use super::Broken;

/// Finds the end of a request in a growing buffer, looking at each byte once.
#[derive(Default)]
pub struct Framer {
    stage: Stage,
    expects_continue: bool,
}

#[derive(Default, Clone, Copy)]
enum Stage {
    /// Before the empty line; nothing up to this offset ends the header section.
    #[default]
    Start,
    Head {
        scanned: usize,
    },
    /// The body lies between these two offsets.
    Length {
        body: usize,
        end: usize,
    },
    /// A chunk size line starts at `at`.
    ChunkSize {
        body: usize,
        at: usize,
    },
    /// A trailer line starts at `at`.
    Trailer {
        body: usize,
        at: usize,
    },
    Whole(usize),
    Unreadable,
}

/// What is known about the buffer.
#[derive(Debug, PartialEq, Eq)]
pub enum Progress {
    /// The end has not come yet.
    More,
    /// The request is the first so many bytes.
    Whole(usize),
    /// A length cannot be read, so there is no end to find.
    Unreadable,
}

impl Framer {
    /// Looks at what was added to `bytes` since the last call.
    pub fn advance(&mut self, bytes: &[u8]) -> Progress {
        loop {
            let next = match self.stage {
                Stage::Start => Some(Stage::Head { scanned: 0 }),
                Stage::Head { scanned } => self.read_head(bytes, scanned),
                Stage::Length { end, .. } => (bytes.len() >= end).then_some(Stage::Whole(end)),
                Stage::ChunkSize { body, at } => read_chunk_size(bytes, body, at),
                Stage::Trailer { body, at } => read_trailer(bytes, body, at),
                Stage::Whole(end) => return Progress::Whole(end),
                Stage::Unreadable => return Progress::Unreadable,
            };
            match next {
                Some(stage) => self.stage = stage,
                None => return Progress::More,
            }
        }
    }

    /// Whether the client waits for `100 Continue` (RFC 9110 §10.1.1) before it sends the body.
    pub fn expects_continue(&self) -> bool {
        self.expects_continue
    }

    /// What is missing when the stream ends here.
    pub fn cut(&self, bytes: &[u8]) -> Broken {
        let since = |body: usize| bytes.len().saturating_sub(body) as u64;
        match self.stage {
            Stage::Length { body, end } => {
                Broken::BodyCut { announced: Some((end - body) as u64), arrived: since(body) }
            }
            Stage::ChunkSize { body, .. } | Stage::Trailer { body, .. } => {
                Broken::BodyCut { announced: None, arrived: since(body) }
            }
            _ => Broken::HeadCut,
        }
    }

    fn read_head(&mut self, bytes: &[u8], scanned: usize) -> Option<Stage> {
        let Some(body) = find_head_end(bytes, scanned) else {
            // The empty line may stand half in this buffer: look at its last bytes again.
            self.stage = Stage::Head { scanned: bytes.len().saturating_sub(3) };
            return None;
        };
        let head = &bytes[..body];
        self.expects_continue =
            values_of(head, b"expect").any(|value| value.eq_ignore_ascii_case(b"100-continue"));
        Some(match announced_length(head) {
            Announced::Nothing => Stage::Whole(body),
            Announced::Chunks => Stage::ChunkSize { body, at: body },
            Announced::Bytes(count) => match body.checked_add(count) {
                Some(end) => Stage::Length { body, end },
                None => Stage::Unreadable,
            },
            Announced::Unreadable => Stage::Unreadable,
        })
    }
}

enum Announced {
    Nothing,
    Chunks,
    Bytes(usize),
    Unreadable,
}

fn announced_length(head: &[u8]) -> Announced {
    // RFC 9112 §6.3: the transfer coding overrides the length.
    if values_of(head, b"transfer-encoding").next().is_some() {
        return Announced::Chunks;
    }
    let Some(value) = values_of(head, b"content-length").next() else { return Announced::Nothing };
    let digits = std::str::from_utf8(value).ok().filter(|text| is_all(text, u8::is_ascii_digit));
    digits.and_then(|text| text.parse().ok()).map_or(Announced::Unreadable, Announced::Bytes)
}

fn is_all(text: &str, is_allowed: fn(&u8) -> bool) -> bool {
    !text.is_empty() && text.as_bytes().iter().all(is_allowed)
}

/// Offset after the empty line that ends the header section; lines may end in a bare LF.
fn find_head_end(bytes: &[u8], from: usize) -> Option<usize> {
    let crlf = memmem::find(&bytes[from..], b"\r\n\r\n").map(|at| from + at + 4);
    let lf = memmem::find(&bytes[from..], b"\n\n").map(|at| from + at + 2);
    match (crlf, lf) {
        (Some(crlf), Some(lf)) => Some(crlf.min(lf)),
        (found, other) => found.or(other),
    }
}

fn values_of<'a>(head: &'a [u8], name: &'a [u8]) -> impl Iterator<Item = &'a [u8]> {
    head.split(|&byte| byte == b'\n').skip(1).filter_map(move |line| {
        let colon = memchr(b':', line)?;
        line[..colon].eq_ignore_ascii_case(name).then(|| trim(&without_cr(line)[colon + 1..]))
    })
}

/// A line without the CR of its end. White space is SP and HTAB (RFC 9110 §5.6.3) and no other byte.
fn without_cr(line: &[u8]) -> &[u8] {
    line.strip_suffix(b"\r").unwrap_or(line)
}

fn read_chunk_size(bytes: &[u8], body: usize, at: usize) -> Option<Stage> {
    let line = bytes.get(at..)?;
    let end = memchr(b'\n', line)?;
    // RFC 9112 §7.1.1: what stands after the semicolon may be ignored.
    let size = without_cr(&line[..end]).split(|&byte| byte == b';').next().unwrap_or_default();
    let size = trim_end(size);
    let size = std::str::from_utf8(size).ok().filter(|text| is_all(text, u8::is_ascii_hexdigit));
    let Some(size) = size.and_then(|text| usize::from_str_radix(text, 16).ok()) else {
        return Some(Stage::Unreadable);
    };
    let data = at + end + 1;
    if size == 0 {
        return Some(Stage::Trailer { body, at: data });
    }
    // The chunk's data is followed by a line end of its own.
    let Some(next) = data.checked_add(size).and_then(|end| end.checked_add(2)) else {
        return Some(Stage::Unreadable);
    };
    (bytes.len() >= next).then_some(Stage::ChunkSize { body, at: next })
}

fn read_trailer(bytes: &[u8], body: usize, at: usize) -> Option<Stage> {
    let line = bytes.get(at..)?;
    let end = memchr(b'\n', line)?;
    let next = at + end + 1;
    Some(if without_cr(&line[..end]).is_empty() {
        Stage::Whole(next)
    } else {
        Stage::Trailer { body, at: next }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Feeds the bytes one by one; gives the number after which the request was whole.
    fn feed(bytes: &[u8]) -> Option<usize> {
        let mut framer = Framer::default();
        (0..=bytes.len()).find_map(|end| match framer.advance(&bytes[..end]) {
            Progress::Whole(whole) => {
                assert_eq!(whole, end, "found its end late or early");
                Some(whole)
            }
            _ => None,
        })
    }

    #[test]
    fn each_framing_ends_at_its_last_byte() {
        let wholes: [&[u8]; 7] = [
            b"GET / HTTP/1.1\r\nHost: a\r\n\r\n",
            b"GET / HTTP/1.0\n\n",
            b"PUT / HTTP/1.1\r\ncontent-length:  3 \r\n\r\nabc",
            b"PUT / HTTP/1.1\r\nContent-Length: 0\r\n\r\n",
            b"PUT / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\na;x=y\r\n0123456789\r\n0\r\n\r\n",
            b"PUT / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX-Trailer: 1\r\n\r\n",
            b"PUT / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n\r\n\r\n0\r\n\r\n",
        ];
        for whole in wholes {
            assert_eq!(feed(whole), Some(whole.len()), "{}", String::from_utf8_lossy(whole));
        }
    }

    #[test]
    fn lengths_that_cannot_be_read_are_told_from_missing_bytes() {
        let unreadable: [&[u8]; 6] = [
            b"PUT / HTTP/1.1\r\nContent-Length: \x0c3\r\n\r\nabc",
            b"PUT / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r;a\r\nabc\r\n0\r\n\r\n",
            b"PUT / HTTP/1.1\r\nContent-Length: +3\r\n\r\nabc",
            b"PUT / HTTP/1.1\r\nContent-Length: 99999999999999999999999\r\n\r\nabc",
            b"PUT / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
            b"PUT / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n",
        ];
        for bytes in unreadable {
            assert_eq!(Framer::default().advance(bytes), Progress::Unreadable);
        }
    }

    #[test]
    fn the_place_of_a_cut_is_named() {
        let cut = |bytes: &[u8]| {
            let mut framer = Framer::default();
            assert_eq!(framer.advance(bytes), Progress::More);
            framer.cut(bytes)
        };
        assert_eq!(cut(b"GET / HT"), Broken::HeadCut);
        assert_eq!(
            cut(b"PUT / HTTP/1.1\r\nContent-Length: 9\r\n\r\nabcd"),
            Broken::BodyCut { announced: Some(9), arrived: 4 }
        );
        assert_eq!(
            cut(b"PUT / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nab"),
            Broken::BodyCut { announced: None, arrived: 5 }
        );
    }

    #[test]
    fn expect_is_seen_once_the_head_is_whole() {
        let mut framer = Framer::default();
        framer.advance(b"PUT / HTTP/1.1\r\nExpect: 100-Continue\r\n");
        assert!(!framer.expects_continue());
        framer.advance(b"PUT / HTTP/1.1\r\nExpect: 100-Continue\r\nContent-Length: 1\r\n\r\n");
        assert!(framer.expects_continue());
    }
}
