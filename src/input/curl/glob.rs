//! Sets and ranges in a URL, each of which makes several URLs (curl, `src/tool_urlglob.c`).

use crate::diagnostic::{Diagnostic, Span};

use super::super::code;
use super::super::refusal::{Refusal, refuse};
use super::super::text::Text;

/// The most URLs that are read from one.
const MOST_URLS: usize = 1000;

/// The URLs that a URL stands for, in the order in which curl asks for them: the last set or range
/// changes first. With them a warning, where a set has one member.
pub(super) fn expand(url: &Text) -> Result<(Vec<Text>, Option<Diagnostic>), Refusal> {
    let mut urls = vec![Text::default()];
    let (pieces, warning) = read(url)?;
    for choices in pieces {
        if urls.len() * choices.len() > MOST_URLS {
            return Err(refuse_glob(url, 0, "this stands for too many URLs"));
        }
        urls = urls
            .iter()
            .flat_map(|start| {
                choices.iter().map(move |choice| {
                    let mut longer = start.clone();
                    longer.append(choice);
                    longer
                })
            })
            .collect();
    }
    Ok((urls, warning))
}

/// curl sends the one member of a set without the braces: documents write variables so.
#[cold]
fn warn_of_lone_member(member: &Text, place: Span) -> Diagnostic {
    let message = format!("curl takes the braces for a set: it sends `{}`", member.lossy());
    Diagnostic::warning(code::GLOB_LONE, message)
        .with_span(place)
        .with_help("write the value in its place, or add `--globoff` to send the braces")
}

/// The pieces of a URL, each with the texts that may be there; a plain piece has one.
fn read(url: &Text) -> Result<(Vec<Vec<Text>>, Option<Diagnostic>), Refusal> {
    let bytes = url.bytes();
    let mut warning = None;
    let (mut pieces, mut plain) = (Vec::new(), Text::default());
    let (mut from, mut at) = (0, 0);
    while at < bytes.len() {
        let (choices, end) = match bytes[at] {
            b'\\' if matches!(bytes.get(at + 1), Some(b'[' | b']' | b'{' | b'}')) => {
                plain.append_part(url, from..at);
                from = at + 1;
                at += 2;
                continue;
            }
            b'[' => match address_length(&bytes[at..]) {
                Some(length) => {
                    at += length;
                    continue;
                }
                None => read_range(url, at)?,
            },
            b'{' => {
                let (members, end) = read_set(url, at)?;
                if let ([member], None) = (&members[..], &warning) {
                    warning = Some(warn_of_lone_member(member, url.span_of(at..end)));
                }
                (members, end)
            }
            b']' | b'}' => return Err(refuse_glob(url, at, "nothing is open that this closes")),
            _ => {
                at += 1;
                continue;
            }
        };
        plain.append_part(url, from..at);
        pieces.push(vec![std::mem::take(&mut plain)]);
        pieces.push(choices);
        (from, at) = (end, end);
    }
    plain.append_part(url, from..bytes.len());
    pieces.push(vec![plain]);
    Ok((pieces, warning))
}

/// The length of an IPv6 address in brackets, or of empty brackets, which curl leaves alone.
fn address_length(bytes: &[u8]) -> Option<usize> {
    let end = memchr::memchr(b']', bytes)?;
    let inner = &bytes[1..end];
    let colons = memchr::memchr_iter(b':', inner).count();
    let is_address =
        colons > 1 && inner.iter().all(|byte| byte.is_ascii_hexdigit() || b":.%".contains(byte));
    (inner.is_empty() || is_address).then_some(end + 1)
}

/// `{a,b,c}` → its members, and where it ends. A backslash takes the meaning off the byte behind it.
fn read_set(url: &Text, start: usize) -> Result<(Vec<Text>, usize), Refusal> {
    let bytes = url.bytes();
    if bytes.get(start + 1) == Some(&b'}') {
        return Err(refuse_glob(url, start, "this set has no member"));
    }
    let (mut members, mut member) = (Vec::new(), Text::default());
    let mut at = start + 1;
    loop {
        match bytes.get(at) {
            None => return Err(refuse_glob(url, start, "this set has no end")),
            Some(b'{' | b'[' | b']') => {
                return Err(refuse_glob(url, at, "a set holds no other set or range"));
            }
            Some(b',') => members.push(std::mem::take(&mut member)),
            Some(b'}') => {
                members.push(member);
                return Ok((members, at + 1));
            }
            Some(b'\\') if at + 1 < bytes.len() => {
                at += 1;
                member.append_part(url, at..at + 1);
            }
            Some(_) => member.append_part(url, at..at + 1),
        }
        at += 1;
    }
}

/// `[1-9]`, `[001-100:10]` or `[a-z:2]` → its members, and where it ends.
fn read_range(url: &Text, start: usize) -> Result<(Vec<Text>, usize), Refusal> {
    let bytes = &url.bytes()[start + 1..];
    let length = memchr::memchr(b']', bytes);
    let range = length.and_then(|length| Range::read(&bytes[..length]));
    let (Some(length), Some(range)) = (length, range) else {
        return Err(refuse_glob(url, start, "expected a range such as `[1-9]` or `[a-z:2]`"));
    };
    let end = start + length + 2;
    let place = url.span_of(start..end);
    let members =
        range.members().ok_or_else(|| refuse_glob(url, start, "this stands for too many URLs"))?;
    Ok((members.into_iter().map(|member| Text::new(member, place)).collect(), end))
}

/// What stands between the brackets of a range.
struct Range {
    first: u64,
    last: u64,
    step: u64,
    form: Form,
}

/// How the members of a range are written.
enum Form {
    Letter,
    /// A number, with zeros before it up to this width.
    Number {
        width: usize,
    },
}

impl Range {
    fn read(text: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(text).ok()?;
        let (bounds, step) = match text.split_once(':') {
            Some((bounds, step)) => (bounds, read_number(step)?),
            None => (text, 1),
        };
        let (first, last) = bounds.split_once('-')?;
        let range = match (first.as_bytes(), last.as_bytes()) {
            ([first], [last]) if first.is_ascii_alphabetic() && last.is_ascii_alphabetic() => {
                let (first, last) = (u64::from(*first), u64::from(*last));
                if last > first + u64::from(b'z' - b'a') {
                    return None;
                }
                Self { first, last, step, form: Form::Letter }
            }
            _ => {
                let width = if first.starts_with('0') { first.len() } else { 0 };
                let last = read_number(last.trim_start_matches([' ', '\t']))?;
                Self { first: read_number(first)?, last, step, form: Form::Number { width } }
            }
        };
        let length = range.last.checked_sub(range.first)?;
        let is_step = range.step > 0 && (range.step <= length || length == 0 && range.step == 1);
        is_step.then_some(range)
    }

    /// The members; `None` where there are too many.
    fn members(&self) -> Option<Vec<String>> {
        let count = (self.last - self.first) / self.step + 1;
        let count = usize::try_from(count).ok().filter(|count| *count <= MOST_URLS)?;
        let step = usize::try_from(self.step).unwrap_or(usize::MAX);
        let members = (self.first..=self.last).step_by(step).take(count);
        Some(members.map(|member| self.write(member)).collect())
    }

    fn write(&self, member: u64) -> String {
        match self.form {
            Form::Letter => u8::try_from(member).map_or('?', char::from).to_string(),
            Form::Number { width } => format!("{member:0width$}"),
        }
    }
}

fn read_number(text: &str) -> Option<u64> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

#[cold]
fn refuse_glob(url: &Text, at: usize, label: &str) -> Refusal {
    refuse(
        code::URL_GLOB,
        "curl takes braces and brackets in a URL as a list of URLs",
        url.span_of(at..at + 1),
        label,
        "add `--globoff` if they belong to the URL, else give one request for each URL",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn urls(url: &str) -> Result<Vec<String>, String> {
        let url = Text::of(url.as_bytes(), 0..url.len());
        match expand(&url) {
            Ok((urls, _)) => Ok(urls.iter().map(Text::lossy).collect()),
            Err(refusal) => Err(refusal.label.clone().unwrap_or_default()),
        }
    }

    #[test]
    fn a_plain_url_is_one() {
        for (url, plain) in [
            (r"http://a/?f\[x\]=\{1\}", "http://a/?f[x]={1}"),
            ("http://[::1]/", "http://[::1]/"),
            ("http://a/?b[]=1", "http://a/?b[]=1"),
            (r"http://a/\n", r"http://a/\n"),
        ] {
            assert_eq!(urls(url).unwrap(), [plain]);
        }
    }

    #[test]
    fn sets_and_ranges_stand_for_their_members() {
        for (url, expected) in [
            ("a/{b,c}", &["a/b", "a/c"][..]),
            ("a/{b,}", &["a/b", "a/"]),
            (r"a/{b\,c,\}}", &["a/b,c", "a/}"]),
            ("a/[1-3]", &["a/1", "a/2", "a/3"]),
            ("a/[08-10]/", &["a/08/", "a/09/", "a/10/"]),
            ("a/[1-7:3]", &["a/1", "a/4", "a/7"]),
            ("a/[5-5]", &["a/5"]),
            ("a/[a-e:2]", &["a/a", "a/c", "a/e"]),
            ("{a,b}/[1-2]", &["a/1", "a/2", "b/1", "b/2"]),
        ] {
            assert_eq!(urls(url).unwrap(), expected, "{url}");
        }
    }

    #[test]
    fn a_set_of_one_is_told() {
        let place = |url: &str| {
            let text = Text::of(url.as_bytes(), 0..url.len());
            let span = expand(&text).ok()?.1?.span?;
            Some(url[span.start..span.end].to_owned())
        };
        assert_eq!(place("a/{b,c}/{id}").as_deref(), Some("{id}"));
        assert_eq!(place(r"a/{b\,c}").as_deref(), Some(r"{b\,c}"));
        for url in ["a/{b,c}", r"a/\{id\}", "a/[1-2]", "a\\", "a/{b"] {
            assert_eq!(place(url), None, "{url}");
        }
    }

    #[test]
    fn what_curl_refuses_is_refused() {
        for url in [
            "a/]",
            "a/}",
            "a/{b",
            "a/{}",
            "a/{b{c}}",
            "a/[1-",
            "a/[3-1]",
            "a/[z-a]",
            "a/[1-3:0]",
            "a/[1-3:9]",
            "a/[1-x]",
            "a/[é-z]",
            "a/[1-99999999999999999999]",
            "a/[A-z]",
        ] {
            urls(url).expect_err(url);
        }
    }

    #[test]
    fn a_million_urls_are_too_many() {
        for url in ["a/[1-1001]", "a/[1-18446744073709551615]", "a/[1-1000]/{b,c}"] {
            assert_eq!(urls(url).unwrap_err(), "this stands for too many URLs", "{url}");
        }
        assert_eq!(urls("a/[1-1000]").unwrap().len(), 1000);
    }
}
