//! Packets as `tcpdump -A` shows them: a line with the direction (`IP a.1 > b.80: Flags [P.], …`), then the headers of IP
//! and TCP and the content, in which CRLF is a line end and another byte that is not printable is `.`.

use std::ops::Range;

use memchr::memmem;

use crate::grammar::line_end;

use super::super::text::Text;
use super::has_time;
use super::lines::Lines;

/// How many bytes the headers of IPv4 and TCP have at the least (RFC 791, RFC 9293).
const HEADERS: usize = 40;

/// How many packets may be between two of a body: so a body that never comes costs no look at the whole log.
const MAX_OTHERS: usize = 100;

/// What the line before a packet says of it.
#[derive(Clone, Copy, PartialEq)]
struct Head<'a> {
    /// From where to where it goes.
    direction: &'a [u8],
    /// How many bytes of content it has.
    length: usize,
}

impl<'a> Head<'a> {
    fn of(line: &'a [u8]) -> Option<Self> {
        // With `-q`, tcpdump writes the second form.
        let marks = [(&b": Flags ["[..], &b", length "[..]), (b": tcp ", b": tcp ")];
        let (end, number) = marks
            .into_iter()
            .find_map(|(mark, number)| memmem::find(line, mark).map(|end| (end, number)))?;
        let from = memmem::find(&line[..end], b" > ")?;
        let start = memchr::memrchr(b' ', &line[..from]).map_or(0, |at| at + 1);
        let length = &line[memmem::find(line, number)? + number.len()..];
        let digits = length.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let length = std::str::from_utf8(&length[..digits]).ok()?.parse().ok()?;
        Some(Self { direction: &line[start..end], length })
    }
}

/// The packet that a request begins in.
pub(super) struct Packet<'a> {
    head: Head<'a>,
    /// How many bytes its headers have.
    headers: usize,
}

impl<'a> Packet<'a> {
    /// The packet whose content begins on a line, at a column. Its headers may have LF in them.
    pub(super) fn before(lines: &Lines<'a>, at: usize, column: usize) -> Option<Self> {
        let mut headers = column;
        for before in (0..at).rev().take_while(|before| before + HEADERS > at) {
            if let Some(head) = Head::of(lines.text(before)) {
                return (headers >= HEADERS).then_some(Self { head, headers });
            }
            headers += lines.whole(before).len();
        }
        None
    }

    /// The body of `count` bytes that begins on the next line, behind `read` bytes of this packet: the rest of it, and the
    /// packets that follow in its direction. Nothing where they do not have just that.
    pub(super) fn read_body(
        &self,
        lines: &mut Lines<'_>,
        read: usize,
        count: usize,
    ) -> Option<Text> {
        let bytes = lines.bytes;
        let mut body = Text::of(bytes, take_packet(lines));
        let mut length = self.head.length.checked_sub(read)?;
        let mut others = 0;
        while length < count && others < MAX_OTHERS {
            let at = lines.skip_to(|line| Head::of(line).is_some())?;
            let head = Head::of(lines.text(at))?;
            if head.direction == self.head.direction && head.length > 0 {
                let packet = take_packet(lines);
                body.push_input(bytes, (packet.start + self.headers).min(packet.end)..packet.end);
                length += head.length;
                others = 0;
            } else {
                others += 1;
            }
        }
        // Each LF may have been CRLF.
        let shown = body.len()..=body.len() + line_end::count_bare(body.bytes());
        (length == count && shown.contains(&count)).then_some(body)
    }
}

/// The lines up to the next packet, without the line end that is behind each packet.
fn take_packet(lines: &mut Lines<'_>) -> Range<usize> {
    let start = lines.whole(lines.at).start;
    while lines.next_text().is_some_and(|line| !is_head(line)) {
        lines.at += 1;
    }
    let end = lines.whole(lines.at).start;
    start..end - usize::from(end > start)
}

/// Whether a line tells of a packet, or begins to.
fn is_head(line: &[u8]) -> bool {
    Head::of(line).is_some() || has_time(line) && memmem::find(line, b" IP").is_some()
}
