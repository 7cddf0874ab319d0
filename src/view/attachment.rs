//! Files that stand next to a snippet, and names for them that are safe whatever a request says.

use std::borrow::Cow;

use crate::request::Request;

/// A file that the snippet reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment<'a> {
    /// One plain file name: ASCII letters, digits, `-`, `_` and `.`.
    pub name: String,
    /// The content.
    pub bytes: Cow<'a, [u8]>,
}

/// Extensions that no toolchain loads by itself because a file of some name stands in its folder.
const INERT: [&str; 22] = [
    "bin", "bmp", "csv", "dat", "docx", "gif", "gz", "jpeg", "jpg", "log", "mp3", "mp4", "pdf",
    "png", "svg", "tsv", "txt", "wav", "webp", "xlsx", "zip", "avif",
];

/// The longest name, in bytes.
const MAX_LENGTH: usize = 64;

/// A name for a file that was sent under `name`, unlike those in `taken`.
///
/// `../../x`, `/etc/passwd`, `C:\x`, NUL, device names of Windows and dot files all become plain
/// names. A name whose extension could make a toolchain load it (`requests.py`, `package.json`)
/// gets the prefix `part-`.
pub(super) fn safe_name(name: &str, taken: &[Attachment<'_>]) -> String {
    let plain = plain_characters(name);
    let (stem, extension) = split_extension(&plain);
    let extension = extension.trim_matches('-');
    let stem = match stem.trim_matches(['.', '-']) {
        "" => "part",
        stem => stem,
    };
    let extension = if extension.is_empty() { "bin" } else { extension };
    let is_inert = INERT.iter().any(|inert| extension.eq_ignore_ascii_case(inert));
    let prefix = if is_inert && !is_device(stem) { "" } else { "part-" };
    unlike_taken(&format!("{prefix}{stem}"), extension, taken)
}

/// A name for the folder of what is called `name`, without folders and extension.
///
/// It is of ASCII letters, digits, `-`, `_` and `.`, begins and ends with none of `-` and `.`, and no
/// system takes it for a device; `otherwise` stands where nothing is left.
pub fn plain_stem(name: &str, otherwise: &str) -> String {
    let plain = plain_characters(name);
    match split_extension(&plain).0.trim_matches(['.', '-']) {
        "" => otherwise.to_owned(),
        stem if is_device(stem) => format!("{otherwise}-{stem}"),
        stem => stem.to_owned(),
    }
}

/// What stands behind the last separator of folders, with `-` for what is not plain everywhere.
fn plain_characters(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let mut plain = String::with_capacity(last.len().min(MAX_LENGTH));
    for c in last.chars() {
        let c = if c.is_ascii_alphanumeric() || matches!(c, '.' | '_') { c } else { '-' };
        if !(c == '-' && plain.ends_with('-')) {
            plain.push(c);
        }
        if plain.len() == MAX_LENGTH {
            break;
        }
    }
    plain
}

fn split_extension(plain: &str) -> (&str, &str) {
    match plain.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() => (stem, extension),
        _ => (plain, ""),
    }
}

/// The name of a whole body, by its media type; one that is encoded (RFC 9110 §8.4) is not of that type.
pub(super) fn body_name(request: &Request<'_>, media_type: &str) -> &'static str {
    let is_coding = |value: &[u8]| !value.eq_ignore_ascii_case(b"identity");
    let is_encoded = request.headers_named("content-encoding").any(|field| is_coding(&field.value));
    match media_type {
        // RFC 1952 §2.3.1: the first two bytes.
        _ if is_encoded && request.body.bytes.starts_with(b"\x1f\x8b") => "body.gz",
        _ if is_encoded => "body.bin",
        "application/json" => "body.json",
        "application/xml" | "text/xml" => "body.xml",
        "application/pdf" => "body.pdf",
        "application/zip" => "body.zip",
        "application/gzip" => "body.gz",
        "image/png" => "body.png",
        "image/jpeg" => "body.jpg",
        "image/gif" => "body.gif",
        "image/webp" => "body.webp",
        "image/svg+xml" => "body.svg",
        "text/csv" => "body.csv",
        "text/html" => "body.html",
        _ if media_type.ends_with("+json") => "body.json",
        _ if media_type.ends_with("+xml") => "body.xml",
        _ if media_type.starts_with("text/") => "body.txt",
        _ => "body.bin",
    }
}

fn unlike_taken(stem: &str, extension: &str, taken: &[Attachment<'_>]) -> String {
    let mut name = format!("{stem}.{extension}");
    let mut number = 2;
    // File systems may fold case, so names are told apart without it.
    while taken.iter().any(|other| other.name.eq_ignore_ascii_case(&name)) {
        name = format!("{stem}-{number}.{extension}");
        number += 1;
    }
    name
}

/// Names that Windows gives to devices, whatever their extension.
fn is_device(stem: &str) -> bool {
    let first = stem.split('.').next().unwrap_or_default().to_ascii_lowercase();
    matches!(first.as_str(), "con" | "prn" | "aux" | "nul" | "clock$")
        || (first.len() == 4
            && (first.starts_with("com") || first.starts_with("lpt"))
            && first.ends_with(|c: char| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::{Attachment, plain_stem, safe_name};

    #[test]
    fn a_folder_gets_a_plain_name() {
        for (name, expected) in [
            ("put", "put"),
            ("users/put.http", "put"),
            ("a b", "a-b"),
            ("\u{1b}[31mred", "31mred"),
            ("\u{202e}evil\n", "evil"),
            ("CON", "message-CON"),
            ("nul.http", "message-nul"),
            ("a:b", "a-b"),
            ("-rf", "rf"),
            ("..", "message"),
            ("", "message"),
            ("\0", "message"),
            ("C:\\x\\y", "y"),
        ] {
            assert_eq!(plain_stem(name, "message"), expected, "{name:?}");
        }
    }

    #[test]
    fn a_plain_name_is_kept() {
        assert_eq!(safe_name("a.txt", &[]), "a.txt");
        assert_eq!(safe_name("Photo_1.PNG", &[]), "Photo_1.PNG");
    }

    #[test]
    fn no_name_leaves_the_folder_or_loads_code() {
        for (sent, expected) in [
            ("../../etc/passwd", "passwd.bin"),
            ("C:\\temp\\x.txt", "x.txt"),
            ("requests.py", "part-requests.py"),
            ("package.json", "part-package.json"),
            (".curlrc", "curlrc.bin"),
            ("nul.txt", "part-nul.txt"),
            ("", "part.bin"),
            ("a\0b.txt", "a-b.txt"),
            ("-rf.txt", "rf.txt"),
            ("$(touch x).png", "touch-x.png"),
            ("漢字.png", "part.png"),
        ] {
            assert_eq!(safe_name(sent, &[]), expected, "{sent:?}");
        }
    }

    #[test]
    fn names_differ_without_regard_to_case() {
        let taken = [Attachment { name: "A.txt".to_owned(), bytes: b"".as_slice().into() }];
        assert_eq!(safe_name("a.txt", &taken), "a-2.txt");
    }
}
