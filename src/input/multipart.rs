//! Parts → a multipart/form-data body (RFC 7578), with a boundary that occurs in none of them.

use crate::diagnostic::Span;

use super::text::Text;

/// A part of a form.
#[derive(Debug)]
pub(super) struct Part {
    /// What stands in its header section, without the last line end.
    pub(super) head: Text,
    pub(super) content: Text,
}

/// The body, and its boundary.
pub(super) fn write(parts: &[Part], place: Span) -> (Text, String) {
    let boundary = choose_boundary(parts);
    let mut body = Text::default();
    for part in parts {
        body.push(format!("--{boundary}\r\n").as_bytes(), part.head.span());
        body.append(&part.head);
        body.push(b"\r\n\r\n", part.head.span());
        body.append(&part.content);
        body.push(b"\r\n", part.content.span());
    }
    body.push(format!("--{boundary}--\r\n").as_bytes(), place);
    (body, boundary)
}

/// The same parts have the same boundary each time.
fn choose_boundary(parts: &[Part]) -> String {
    // FNV-1a, 64 bits.
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut add = |bytes: &[u8]| {
        for byte in bytes {
            hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    };
    for part in parts {
        add(part.head.bytes());
        add(part.content.bytes());
    }
    let mut boundary = format!("------------------------{hash:016x}");
    let occurs = |boundary: &str| {
        let has = |text: &Text| memchr::memmem::find(text.bytes(), boundary.as_bytes()).is_some();
        parts.iter().any(|part| has(&part.head) || has(&part.content))
    };
    while occurs(&boundary) {
        hash = hash.wrapping_add(1);
        boundary = format!("------------------------{hash:016x}");
    }
    boundary
}

/// A part with its name, and with its file name and type where it has them.
pub(super) fn write_part(
    name: &Text,
    file_name: Option<&Text>,
    kind: Option<&Text>,
    content: Text,
) -> Part {
    let mut head = Text::default();
    let place = name.span();
    head.push(b"Content-Disposition: form-data; name=\"", place);
    head.append(&quote_name(name));
    head.push(b"\"", place);
    if let Some(file_name) = file_name {
        head.push(b"; filename=\"", file_name.span());
        head.append(&quote_name(file_name));
        head.push(b"\"", file_name.span());
    }
    if let Some(kind) = kind {
        head.push(b"\r\nContent-Type: ", kind.span());
        head.append(kind);
    }
    Part { head, content }
}

/// A name or file name within quotation marks, as browsers and curl write it (HTML, "multipart form
/// data").
fn quote_name(name: &Text) -> Text {
    let mut out = Text::default();
    let mut from = 0;
    for (at, byte) in name.bytes().iter().enumerate() {
        if matches!(byte, b'"' | b'\r' | b'\n') {
            out.append_part(name, from..at);
            out.push(format!("%{byte:02X}").as_bytes(), name.span_of(at..at + 1));
            from = at + 1;
        }
    }
    out.append_part(name, from..name.len());
    out
}
