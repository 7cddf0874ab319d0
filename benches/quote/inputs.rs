//! What is quoted.

/// A `PUT` with a small JSON body.
pub const CLASSIC: &[u8] = include_bytes!("../../examples/put.http");

/// What a long text is made of.
#[derive(Debug, Clone, Copy)]
pub enum Text {
    /// Letters, spaces and line feeds: a literal holds them as they are.
    Plain,
    /// Every eighth character needs an escape.
    Hostile,
}

impl Text {
    /// A text of about so many bytes.
    pub fn of_length(self, length: usize) -> String {
        let piece = match self {
            Self::Plain => "The quick brown fox jumps over the lazy dog, and then it sleeps.\n",
            Self::Hostile => {
                "a quote\" a slash\\\\ a tab\t a nul\0 ${x} `y` #{z} %s \u{202e} \u{1f600}\r\n"
            }
        };
        piece.repeat(length.div_ceil(piece.len()))
    }
}

/// Bytes of all values.
pub fn binary(length: usize) -> Vec<u8> {
    (0..=255).cycle().take(length).collect()
}

/// A message with so many header fields.
pub fn with_fields(count: usize) -> Vec<u8> {
    let mut message = b"GET / HTTP/1.1\r\nHost: example.org\r\n".to_vec();
    for number in 0..count {
        message.extend_from_slice(format!("X-Field-{number}: value {number}\r\n").as_bytes());
    }
    message.extend_from_slice(b"\r\n");
    message
}

/// A message with this body.
pub fn with_body(body: &str) -> Vec<u8> {
    let length = body.len();
    format!("PUT / HTTP/1.1\r\nHost: example.org\r\nContent-Length: {length}\r\n\r\n{body}")
        .into_bytes()
}

/// A message with a body of `length` bytes in chunks of `size`.
pub fn with_chunks(length: usize, size: usize) -> Vec<u8> {
    let head = "PUT / HTTP/1.1\r\nHost: example.org\r\nTransfer-Encoding: chunked\r\n\r\n";
    let chunk = format!("{size:x}\r\n{}\r\n", "x".repeat(size));
    [head, &chunk.repeat(length / size), "0\r\n\r\n"].concat().into_bytes()
}
