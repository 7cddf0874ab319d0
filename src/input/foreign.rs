//! Texts that are certainly no request, by what they are: each is refused by its name, with a way out.

use memchr::memmem;

use crate::diagnostic::Span;
use crate::grammar::token::is_token;

use super::code;
use super::detect::{first_line, is_request_line};
use super::layer::lines;
use super::prompt;
use super::refusal::{Refusal, refuse};

/// What a text is, and what to do about it.
type Kind = (String, &'static str);

/// Refuses a text that is known to be something else than a request.
pub(super) fn refuse_by_name(bytes: &[u8]) -> Option<Refusal> {
    let line = lines(bytes).find(|line| !bytes[line.clone()].trim_ascii().is_empty())?;
    let first = first_line(bytes);
    if is_request_line(first) && !first.contains(&b'\r') {
        return None;
    }
    let (what, help) = find_encoding(bytes)
        .or_else(|| find_line_ends(first))
        .or_else(|| find_command(first))
        .or_else(|| find_page(bytes, first))
        .or_else(|| find_tool(first))
        .or_else(|| find_code(first))?;
    let end = line.start + bytes[line.clone()].trim_ascii_end().len();
    let label = "expected a request line: method, target, version";
    Some(refuse(code::FORMAT_UNKNOWN, what, Span::new(line.start, end), label, help))
}

fn find_encoding(bytes: &[u8]) -> Option<Kind> {
    let is_utf32 = bytes.starts_with(b"\xff\xfe\0\0") || bytes.starts_with(b"\0\0\xfe\xff");
    is_utf32.then(|| ("the text is UTF-32".to_owned(), "save the file as UTF-8"))
}

/// Line ends that are CR only or spaces, or escapes before a body that has some, too: it may have them as they are.
fn find_line_ends(first: &[u8]) -> Option<Kind> {
    if has(first, br" HTTP/1.1\r\n") || has(first, br" HTTP/1.1\n") {
        let what = r"the line ends are written as the escapes `\r\n`".to_owned();
        return Some((what, r"write line ends in their place: `printf '%b' 'GET …\r\n'` does"));
    }
    if has_line_ends_as_spaces(first) {
        let what = "the message is on one line, with spaces for its line ends".to_owned();
        return Some((
            what,
            "write each field on a line; Monolog keeps lines with `allowInlineLineBreaks`",
        ));
    }
    let cr = memchr::memchr(b'\r', first)?;
    is_request_line(&first[..cr]).then(|| {
        ("the lines end with CR only".to_owned(), "save the file with LF or CR LF line ends")
    })
}

/// Whether a field is behind a request line: `GET / HTTP/1.1 Host: example.org`.
fn has_line_ends_as_spaces(line: &[u8]) -> bool {
    const VERSION: &[u8] = b" HTTP/1.1 ";
    let rest = memmem::find(line, VERSION).map(|at| &line[at + VERSION.len()..]);
    let name = rest.and_then(|rest| Some(&rest[..memmem::find(rest, b": ")?]));
    name.is_some_and(is_token)
}

/// Commands of other clients.
fn find_command(first: &[u8]) -> Option<Kind> {
    const COMMANDS: [&str; 10] =
        ["wget", "http", "https", "xh", "xhs", "curlie", "hurl", "aria2c", "grpcurl", "websocat"];
    let command = &first[prompt::length_of(first)..];
    let mut words = command.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
    let name = words.find(|word| !matches!(*word, b"sudo" | b"time"))?;
    words.next()?;
    let known = COMMANDS.into_iter().find(|known| known.as_bytes() == name)?;
    let what = format!("this is a command of {known}, which is not read");
    Some((what, "give the request as a curl command, or as a message"))
}

/// Pages in which requests stand.
fn find_page(bytes: &[u8], first: &[u8]) -> Option<Kind> {
    let begins = |text: &str| {
        first.get(..text.len()).is_some_and(|head| head.eq_ignore_ascii_case(text.as_bytes()))
    };
    if begins("<!doctype html") || begins("<html") {
        let what = "this is an HTML page".to_owned();
        return Some((what, "copy the lines of the request from the page as it is shown"));
    }
    let has_fence = || lines(bytes).any(|line| bytes[line].trim_ascii().starts_with(b"```"));
    (is_block(first) || has_fence()).then(|| {
        let what = "this is a page of documentation, in which blocks of code stand".to_owned();
        (what, "give the lines of one block; `requote docs` writes snippets into pages")
    })
}

/// Whether a text begins with a block of `AsciiDoc` or `reStructuredText`. The first looks like JSON.
pub(super) fn is_page(bytes: &[u8]) -> bool {
    is_block(first_line(bytes))
}

fn is_block(first: &[u8]) -> bool {
    [&b"[source"[..], b".. code-block::", b".. sourcecode::"].iter().any(|it| first.starts_with(it))
}

/// What tools write of requests.
fn find_tool(first: &[u8]) -> Option<Kind> {
    if first.starts_with(b"openapi:") || first.starts_with(b"swagger:") {
        let what = "this is an OpenAPI description".to_owned();
        return Some((what, "`requote openapi` writes code samples for its operations"));
    }
    if first == b"meta {" {
        let what = "this is a request of Bruno, which is not read".to_owned();
        return Some((what, "give it as a curl command, which Bruno generates"));
    }
    if first.starts_with(b"Method: ") && has(first, b", RequestUri: ") {
        let what = "this is what .NET shows of a request, which is without its body".to_owned();
        return Some((what, "write the request line, `Host: …`, the fields, and the body"));
    }
    is_logged(first).then(|| {
        let what = "this is a line of an access log, which has only a part of the request";
        (what.to_owned(), "write the request line, `Host: …`, and what else was sent")
    })
}

/// Whether a line has a request line in quotation marks, as access logs do.
fn is_logged(line: &[u8]) -> bool {
    let mut quoted = line.split(|byte| *byte == b'"').skip(1).step_by(2);
    quoted.any(is_request_line)
}

/// Programs.
fn find_code(first: &[u8]) -> Option<Kind> {
    let begins = |text: &&str| first.starts_with(text.as_bytes());
    let is_certain = ["#include", "<?php", "#!", "import ", "package "].iter().any(begins);
    let may_be = ["const ", "let ", "var ", "using ", "use ", "from ", "require"];
    let ends = first.ends_with(b";") || has(first, b" import ") || has(first, b" = ");
    let is_code = is_certain || is_call(first) || ends && may_be.iter().any(begins);
    is_code.then(|| {
        let what = "this is the code of a program, which is not read".to_owned();
        (what, "give the request that it sends, as a message or a curl command")
    })
}

/// Whether a line begins with a call: names with dots between them, and a parenthesis.
fn is_call(line: &[u8]) -> bool {
    let line = line.strip_prefix(b"await ").unwrap_or(line);
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || b"_$.:".contains(byte);
    let end = line.iter().position(|byte| !is_name(byte)).unwrap_or(line.len());
    end > 0 && line.get(end) == Some(&b'(')
}

fn has(line: &[u8], text: &[u8]) -> bool {
    memmem::find(line, text).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> Option<String> {
        refuse_by_name(text.as_bytes()).map(|refusal| refusal.message)
    }

    #[test]
    fn what_is_no_request_is_named() {
        for (text, part) in [
            ("GET / HTTP/1.1\rHost: a\r\r", "CR only"),
            ("POST / HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n\"\\n\"", "escapes"),
            ("wget https://a/", "wget"),
            ("me@box:~$ sudo http POST a b=c", "command of http,"),
            ("<!DOCTYPE html>\n", "HTML"),
            ("openapi: 3.1.0\n", "OpenAPI"),
            ("[source,http]\n----\nGET / HTTP/1.1\n----\n", "documentation"),
            (".. code-block:: http\n\n   GET / HTTP/1.1\n", "documentation"),
            ("Send it:\n\n```http\nGET / HTTP/1.1\n```\n", "documentation"),
            ("127.0.0.1 - - [1/Jan/2026] \"GET /a HTTP/1.1\" 200 5 \"-\" \"curl\"", "log"),
            ("import requests\n", "code"),
            ("const a = require('a');\n", "code"),
            ("from a import b\n", "code"),
            ("axios.post('https://a/', {b: 1})", "code"),
            ("$.ajax({url: '/a'})", "code"),
            ("await request(\n", "code"),
            ("meta {\n  name: a\n}\n", "Bruno"),
            (
                "Method: GET, RequestUri: 'https://a/', Version: 1.1, Content: <null>, Headers:",
                ".NET",
            ),
        ] {
            assert!(name(text).is_some_and(|what| what.contains(part)), "{text}: {:?}", name(text));
        }
    }

    #[test]
    fn what_may_be_a_request_is_not_named() {
        for text in [
            "GET / HTTP/1.1\nHost: a\n\n```\n",
            "GET /a\nHost: a\n",
            "Hello, send me the file.\n",
            "http: a\n",
            "let me see\n",
            "send it (soon)\n",
            "",
        ] {
            assert_eq!(name(text), None, "{text}");
        }
    }
}
