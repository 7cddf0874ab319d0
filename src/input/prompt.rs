//! Commands as a terminal shows them: behind a prompt, with `> ` before each line that goes on.

use std::ops::Range;

use crate::diagnostic::Span;

use super::curl;
use super::detect::is_request_line;
use super::layer::lines;
use super::text::Text;

/// What prompts end with.
const ENDS: [&str; 6] = ["$", "#", "%", ">", "❯", "➜"];

/// The length of the prompt, and of the white space around it, at the start of a line. What is before
/// the first of the characters that end a prompt is no text of a command: it has no quotes.
pub(super) fn length_of(line: &[u8]) -> usize {
    let is_prompt = |text: &str| {
        let text = text.trim_end_matches([' ', '\t']);
        !text.starts_with('#') && ENDS.iter().any(|end| text.ends_with(end))
    };
    let words = line.split_inclusive(|byte| matches!(byte, b' ' | b'\t' | b'>'));
    let mut end = 0;
    for word in words.take(8) {
        if word.iter().any(|byte| matches!(byte, b'\'' | b'"' | b'|' | b'=')) {
            return 0;
        }
        end += word.len();
        let head = std::str::from_utf8(&line[..end]).unwrap_or_default();
        if is_prompt(head) && (word.ends_with(b" ") || word.ends_with(b">")) {
            // PowerShell and Python ask by several: `>> `, `>>> `.
            let rest = line[end..].trim_ascii_start();
            let asks = rest.iter().take_while(|byte| **byte == b'>').count();
            return line.len() - rest[asks..].trim_ascii_start().len();
        }
    }
    0
}

/// The commands without the prompts before them, and the place of the first one taken off.
///
/// Where a shell asks for the rest of a command it prints `> ` (POSIX.1-2024 XCU §2.5.3, `PS2`). Every
/// line after the first must begin so: else it may be a redirection.
pub(super) fn take_off(bytes: &[u8]) -> Option<(Text, Span)> {
    let is_blank = |line: &Range<usize>| bytes[line.clone()].trim_ascii().is_empty();
    let first = lines(bytes).find(|line| !is_blank(line))?;
    let first = &bytes[first];
    let prompt = length_of(first);
    if !begins_curl(&first[prompt..]) {
        return None;
    }
    let commands: Vec<Range<usize>> = lines(bytes).skip_while(is_blank).collect();
    let shown = &first[..prompt];
    let is_open = |line: &[u8]| line.trim_ascii_end().ends_with(b"\\");
    let goes_on = |line: &[u8]| {
        let begins = |text: &&[u8]| line.get(2..).is_some_and(|rest| rest.starts_with(text));
        [&b"-"[..], b"'", b"\"", b"http"].iter().any(begins)
    };
    // After a line that is continued, `> name` may be a redirection.
    let may_ask = if is_open(first) {
        commands.get(1).is_some_and(|next| goes_on(&bytes[next.clone()]))
    } else {
        prompt > 0
    };
    let asks = may_ask && asks_for_more(bytes, &commands[1..]);
    // `$ ` and `% ` are words that the reader of commands knows.
    if !asks && (prompt == 0 || matches!(shown.trim_ascii(), b"$" | b"%")) {
        return None;
    }
    let mut text = Text::default();
    let mut place = None;
    for line in &commands {
        let content = &bytes[line.clone()];
        let length = if prompt > 0 && content.starts_with(shown) {
            prompt
        } else if asks {
            second_prompt(content)
        } else {
            0
        };
        if length > 0 {
            place.get_or_insert(Span::new(line.start, line.start + length));
        }
        text.push_input(bytes, line.start + length..line.end);
    }
    place.map(|place| (text, place))
}

/// Whether a command is one of curl.
pub(super) fn begins_curl(command: &[u8]) -> bool {
    command.split(u8::is_ascii_whitespace).next().is_some_and(curl::is_curl)
}

fn second_prompt(line: &[u8]) -> usize {
    if line.starts_with(b"> ") { 2 } else { usize::from(line.trim_ascii() == b">") }
}

/// Whether all lines that are there begin with the second prompt; and none of them is a request line,
/// as `curl -v` shows it.
fn asks_for_more(bytes: &[u8], rest: &[Range<usize>]) -> bool {
    let shown = || rest.iter().map(|line| &bytes[line.clone()]);
    let mut filled = shown().filter(|line| !line.trim_ascii().is_empty()).peekable();
    filled.peek().is_some()
        && filled.all(|line| second_prompt(line) > 0)
        && !shown().any(|line| line.strip_prefix(b"> ").is_some_and(is_request_line))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn without(text: &str) -> Option<String> {
        take_off(text.as_bytes()).map(|(text, _)| text.lossy())
    }

    #[test]
    fn prompts_are_found() {
        for (line, length) in [
            ("me@box:~$ curl a", 10),
            ("[root@box ~]# curl a", 14),
            ("(base) me@box ~ % curl a", 18),
            ("C:\\Users\\me>curl a", 12),
            ("$ curl a", 2),
            ("~/a ❯ curl a", "~/a ❯ ".len()),
            (">> curl a", 3),
            (">>> curl a", 4),
            ("curl a", 0),
            ("# curl a", 0),
            ("curl -d 'a $ b' c", 0),
            ("curl https://a/#b c", 0),
        ] {
            assert_eq!(length_of(line.as_bytes()), length, "{line}");
        }
    }

    #[test]
    fn prompts_are_taken_off() {
        assert_eq!(without("me@box:~$ curl a\n").as_deref(), Some("curl a\n"));
        let two = "me@box:~$ curl a\nme@box:~$ curl b\n";
        assert_eq!(without(two).as_deref(), Some("curl a\ncurl b\n"));
        assert_eq!(without(">> curl a\n>> curl b\n").as_deref(), Some("curl a\ncurl b\n"));
        let long = "$ curl a \\\n> -H 'b: c'\n";
        assert_eq!(without(long).as_deref(), Some("curl a \\\n-H 'b: c'\n"));
        let quoted = "$ curl -d '{\n>   \"a\": 1\n> }' b\n";
        assert_eq!(without(quoted).as_deref(), Some("curl -d '{\n  \"a\": 1\n}' b\n"));
    }

    #[test]
    fn what_is_no_prompt_stays() {
        for text in [
            "curl a",
            "$ curl a",
            "curl a > b",
            "curl -d '\n> a\n' b",
            "curl a \\\n  -H 'b: c' \\\n  > d",
            "$ curl a \\\n> d",
            "$ curl -v a\n> GET / HTTP/1.1\n> Host: a\n>\n",
        ] {
            assert_eq!(without(text), None, "{text}");
        }
    }
}
