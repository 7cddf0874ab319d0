//! What a line of a file of requests is, as far as the line itself tells.

use super::super::curl::is_curl;
use super::super::placeholder::MAX_NAME;

/// The methods whose names editors know in any letter case and send in capitals: those of RFC 9110 §9.3, RFC 5789 and
/// RFC 10008, and those of WebDAV (RFC 4918, RFC 3744, RFC 5323, RFC 4791).
const METHODS: &str = "GET HEAD POST PUT DELETE CONNECT OPTIONS TRACE PATCH QUERY LOCK UNLOCK \
    PROPFIND PROPPATCH COPY MOVE MKCOL MKCALENDAR ACL SEARCH REPORT";

/// What ends a comment of several lines.
pub(super) const COMMENT_END: &str = "*/";

/// The text of a comment line.
pub(in super::super) fn comment(line: &[u8]) -> Option<&[u8]> {
    line.strip_prefix(b"#").or_else(|| line.strip_prefix(b"//"))
}

/// The value of `@name` in a comment.
pub(super) fn setting(comment: &[u8], name: &str) -> Option<String> {
    let rest = comment.trim_ascii().strip_prefix(b"@")?.strip_prefix(name.as_bytes())?;
    let value = rest.strip_prefix(b"=").unwrap_or(rest).trim_ascii();
    let is_it = rest.first().is_some_and(|byte| matches!(byte, b' ' | b'\t' | b'='));
    (is_it && !value.is_empty()).then(|| String::from_utf8_lossy(value).into_owned())
}

/// The words of a line. White space within braces divides none: a variable is in them, or what documents write for one.
fn words(line: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = line.trim_ascii();
    std::iter::from_fn(move || {
        let mut end = 0;
        while rest.get(end).is_some_and(|byte| !byte.is_ascii_whitespace()) {
            let within = &rest[end..];
            let close = if within.starts_with(b"{{") { &b"}}"[..] } else { b"}" };
            let name = within.starts_with(b"{").then(|| &within[..within.len().min(MAX_NAME)]);
            let variable = name.and_then(|name| memchr::memmem::find(name, close));
            end += variable.map_or(1, |length| length + close.len());
        }
        let (word, behind) = rest.split_at(end);
        rest = behind.trim_ascii_start();
        (!word.is_empty()).then_some(word)
    })
}

/// Whether a line is a request line as editors read it: a method and a URL, or a URL by itself.
pub(in super::super) fn is_request_line(line: &[u8]) -> bool {
    let mut words = words(line);
    let (Some(first), second, third) = (words.next(), words.next(), words.next()) else {
        return false;
    };
    let is_version = |word: &[u8]| {
        word.strip_prefix(b"HTTP/")
            .is_some_and(|number| number.iter().all(|byte| byte.is_ascii_digit() || *byte == b'.'))
    };
    let is_method = !first.is_empty() && first.iter().all(u8::is_ascii_uppercase);
    match (second, third) {
        (None, None) => begins_url(first),
        (Some(second), None) if is_version(second) => begins_url(first),
        (Some(second), third) => {
            is_method
                && (begins_url(second) || second.starts_with(b"/") || is_console_path(second))
                && third.is_none_or(is_version)
        }
        (None, Some(_)) => false,
    }
}

/// Whether a line is a request line with a method that editors know.
pub(super) fn is_plain_request_line(line: &[u8]) -> bool {
    has_known_method(line) && is_request_line(line)
}

fn has_known_method(line: &[u8]) -> bool {
    let word = words(line).next().unwrap_or_default();
    METHODS.split(' ').any(|method| method.as_bytes() == word)
}

/// Whether a line begins another request although no `###` is before it: such a method, and a whole URL or a version.
pub(super) fn begins_request(line: &[u8]) -> bool {
    let has_version = || words(line).nth(2).is_some();
    is_plain_request_line(line) && (words(line).nth(1).is_some_and(begins_url) || has_version())
}

/// Whether a line is a request line whose URL has spaces, as people write queries; editors encode them. Behind a path
/// that has no query yet, words are prose.
pub(super) fn has_url_with_spaces(line: &[u8]) -> bool {
    let mut words = words(line).skip(1);
    let begins = words.next().is_some_and(|word| {
        begins_url(word) || word.starts_with(b"/") && memchr::memchr(b'?', word).is_some()
    });
    has_known_method(line) && begins && words.all(|word| !word.starts_with(b"HTTP"))
}

/// Whether a line begins a curl command: such a word, and more behind it.
pub(in super::super) fn begins_command(line: &[u8]) -> bool {
    let mut words = words(line);
    words.next().is_some_and(is_curl) && words.next().is_some()
}

/// The name of a method that editors know, in capitals.
pub(in super::super) fn known_method(name: &[u8]) -> Option<&'static str> {
    METHODS.split(' ').find(|method| method.as_bytes().eq_ignore_ascii_case(name))
}

/// What a URL without a scheme has before its first `/` or `?`: a host, or the name of an index.
pub(super) fn first_segment(url: &[u8]) -> &[u8] {
    url.split(|byte| b"/?".contains(byte)).next().unwrap_or_default()
}

/// Whether a word is the path of a request in the console of Elasticsearch, which may have no `/` before it: only its
/// own names begin with `_`, which no host does.
pub(super) fn is_console_path(word: &[u8]) -> bool {
    let first = first_segment(word);
    let is_host = first.iter().any(|byte| b".:{".contains(byte)) && !first.starts_with(b".");
    let is_own = |segment: &[u8]| segment.starts_with(b"_");
    let path = word.split(|byte| *byte == b'?').next().unwrap_or_default();
    !is_host && path.split(|byte| *byte == b'/').take(2).any(is_own)
}

/// Whether a line is a request line that only the console of Elasticsearch has.
pub(super) fn is_of_console(line: &[u8]) -> bool {
    may_be_of_console(line) && words(line).nth(1).is_some_and(is_console_path)
}

/// Whether a line may be a request line of the console, behind another one: the name of an index is a path.
pub(super) fn may_be_of_console(line: &[u8]) -> bool {
    has_known_method(line) && words(line).count() == 2
}

/// Whether the URL of a line has no scheme, but a host that is one beyond doubt: with a dot or a port, or `localhost`.
pub(super) fn names_host(line: &[u8]) -> bool {
    let url = words(line).nth(1).unwrap_or_default();
    let host = first_segment(url);
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || b"-.:".contains(byte);
    host == b"localhost"
        || host.first().is_some_and(u8::is_ascii_alphanumeric)
            && host.iter().any(|byte| b".:".contains(byte))
            && host.iter().all(is_part)
}

fn begins_url(word: &[u8]) -> bool {
    let has_scheme = [&b"http://"[..], b"https://"].iter().any(|scheme| {
        word.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    });
    has_scheme || word.starts_with(b"{{") && memchr::memmem::find(word, b"}}").is_some()
}

/// Whether a line is a status line (RFC 9112 §4): a response that is kept beside its request.
pub(in super::super) fn is_status_line(line: &[u8]) -> bool {
    let mut words = line.split(|byte| *byte == b' ').filter(|word| !word.is_empty());
    let version = words.next().and_then(|word| word.strip_prefix(b"HTTP/"));
    version.is_some_and(|number| number.first().is_some_and(u8::is_ascii_digit))
        && words.next().is_some_and(|code| code.len() == 3 && code.iter().all(u8::is_ascii_digit))
}

/// What ends a comment of several lines, where a line begins one.
pub(super) fn long_comment(line: &[u8]) -> Option<&'static str> {
    let is_open = line.starts_with(b"/*") && !line.ends_with(b"*/");
    line.starts_with(b"/*").then_some(if is_open { COMMENT_END } else { "" })
}

/// What ends a script that begins before the request line, where a line begins one: `{{` of httpyac, `< {%` of JetBrains.
/// Empty where the script has no more lines.
pub(super) fn script_before(line: &[u8]) -> Option<&'static str> {
    if line.starts_with(b"{{") && memchr::memmem::find(line, b"}}").is_none() {
        return Some("}}");
    }
    let is_open = line.starts_with(b"< {") && !line.ends_with(b"%}");
    line.starts_with(b"< ").then_some(if is_open { "%}" } else { "" })
}

/// Whether a line begins a script of httpyac behind the request line: `{{`, or `{{+`, or `{{@` and an event.
pub(super) fn begins_script(line: &[u8]) -> bool {
    let Some(rest) = line.strip_prefix(b"{{") else { return false };
    let event = rest.strip_prefix(b"+").unwrap_or(rest);
    event.is_empty()
        || event.strip_prefix(b"@").is_some_and(|name| name.iter().all(u8::is_ascii_alphabetic))
}

/// Whether a line before a request names another file, or requests to send first (JetBrains, Kulala).
pub(super) fn names_requests(line: &[u8]) -> bool {
    line.starts_with(b"import ") || line.starts_with(b"run ")
}
