//! The named steps: what clients do to a target, as `language.toml` lists them.

#[cfg(test)]
mod tests;

use super::{Destination, iri};
use crate::diagnostic::is_hidden;
use crate::grammar::HexCase;
use crate::grammar::percent::{self, decode_first, is_unreserved, stray_percents};
use crate::language::{Recoding, Step};
use crate::order::sort_by_number;

/// The target after `step`; `None` where it stays. The error names the characters refused.
pub(super) fn apply(
    step: &Step,
    target: &str,
    destination: &Destination<'_>,
) -> Result<Option<String>, String> {
    let (path, query) = split_query(target);
    Ok(match step {
        Step::Url => {
            let sent = &destination.path_and_query;
            Some(sent.split('#').next().unwrap_or_default().to_owned())
        }
        Step::PathAndQuery => Some(destination.path_and_query.clone().into_owned()),
        Step::Whatwg => Some(whatwg(target, destination)?),
        Step::DotSegments => Some(without_dot_segments(target)),
        Step::DecodeUnreserved => Some(decode_unreserved(target)),
        Step::DecodeUnreservedQuery => Some(join(path, query.map(decode_unreserved).as_deref())),
        Step::EncodeParameters(set) => encode_parameters(path, set).map(|path| join(&path, query)),
        Step::Decode(set) => Some(map_escapes(target, |byte, _| {
            set.as_bytes().contains(&byte).then(|| char::from(byte).to_string())
        })),
        Step::UpperHex => Some(upper_hex(target)),
        Step::UpperHexIri => Some(iri::upper_hex(target)),
        Step::UpperHexPath => Some(join(&upper_hex(path), query)),
        Step::ReencodePath(keep) => Some(join(&reencode(path, "/", keep), query)),
        Step::ReencodeQuery(keep) => {
            let encoded = query.map(|query| reencode_pairs(query, keep));
            Some(join(path, encoded.as_deref()))
        }
        Step::EscapeNonAscii => Some(escape(target, |c| !c.is_ascii())),
        Step::Escape(set) => Some(escape(target, |c| set.contains(c))),
        Step::EscapePath(set) => Some(join(&escape(path, |c| set.contains(c)), query)),
        Step::EscapeQuery(set) => {
            let escaped = query.map(|query| escape(query, |c| set.contains(c)));
            Some(join(path, escaped.as_deref()))
        }
        Step::EscapeStrayPercent => Some(escape_stray_percent(target)),
        Step::EscapePercentIfStray => {
            let escape = |part: &str| match stray_percents(part.as_bytes()).next() {
                Some(_) => part.replace('%', "%25"),
                None => part.to_owned(),
            };
            Some(join(&escape(path), query.map(escape).as_deref()))
        }
        Step::DropFragment => target.split_once('#').map(|(before, _)| before.to_owned()),
        Step::DropEmptyQuery => (query == Some("")).then(|| path.to_owned()),
        Step::DropEmptyParameters => split_parameters(path)
            .filter(|(_, parameters)| parameters.is_empty())
            .map(|(path, _)| join(path, query)),
        Step::BackslashToSlash => Some(join(&path.replace('\\', "/"), query)),
        Step::CollapseLeadingSlashes => Some(format!("/{}", target.trim_start_matches('/'))),
        Step::CollapseSlashes => Some(join(&collapse_slashes(path), query)),
        Step::CollapseSlashesReencoding(keep) => {
            path.contains("//").then(|| join(&reencode(&collapse_slashes(path), "/", keep), query))
        }
        Step::Refuse(set) => return refuse(target, |c| set.contains(c)),
        Step::RefusePath(set) => return refuse(path, |c| set.contains(c)),
        Step::RefuseQuery(set) => return refuse(query.unwrap_or_default(), |c| set.contains(c)),
        Step::RefuseNonAscii => return refuse(target, |c| !c.is_ascii()),
        Step::RefuseHidden => return refuse(target, is_hidden),
        Step::RefuseStrayPercent => {
            refuse_stray_percent(target)?;
            None
        }
        Step::RefuseStrayPercentPath => {
            refuse_stray_percent(path)?;
            None
        }
        Step::RefuseStrayPercentBeforeTwo => {
            for part in [Some(path), query].into_iter().flatten() {
                // The last two characters cannot begin what is refused.
                let before = part.len().saturating_sub(2);
                if stray_percents(part.as_bytes()).any(|at| at < before) {
                    return Err("%".to_owned());
                }
            }
            None
        }
        Step::RefuseLeadingSlashes if path.starts_with("//") => return Err("//".to_owned()),
        Step::RefuseLeadingSlashes => None,
        Step::RefuseInvalidAuthority => {
            refuse_invalid_authority(path)?;
            None
        }
        Step::RecodePath(recoding) => recode(path, recoding).map(|path| join(&path, query)),
    })
}

/// One slash in place of several.
fn collapse_slashes(path: &str) -> String {
    let mut collapsed = String::with_capacity(path.len());
    for c in path.chars() {
        if c != '/' || !collapsed.ends_with('/') {
            collapsed.push(c);
        }
    }
    collapsed
}

/// A spelling that all with the same meaning share (RFC 3986 §6.2.2.1, §6.2.2.2), dot segments apart.
pub(super) fn normalize(target: &str) -> String {
    let is_foreign = |c: char| !c.is_ascii_graphic() || "\"<>[\\]^`{|}".contains(c);
    upper_hex(&decode_unreserved(&escape(&escape_stray_percent(target), is_foreign)))
}

/// The target without the dot segments of its path (RFC 3986 §6.2.2.3).
pub(super) fn without_dot_segments(target: &str) -> String {
    let (path, query) = split_query(target);
    join(&remove_dot_segments(path), query)
}

fn refuse_stray_percent(text: &str) -> Result<(), String> {
    match stray_percents(text.as_bytes()).next() {
        Some(_) => Err("%".to_owned()),
        None => Ok(()),
    }
}

/// The path decoded and encoded anew; `None` where it is valid as it stands.
fn recode(path: &str, recoding: &Recoding) -> Option<String> {
    let is_valid = |c: char| c.is_ascii_alphanumeric() || c == '%' || recoding.valid.contains(c);
    if path.chars().all(is_valid) {
        return None;
    }
    let mut out = String::with_capacity(path.len());
    let mut at = 0;
    while let Some(&raw) = path.as_bytes().get(at) {
        let escaped = decode_first(&path.as_bytes()[at..]);
        at += if escaped.is_some() { 3 } else { 1 };
        let byte = escaped.unwrap_or(raw);
        if byte.is_ascii_alphanumeric() || recoding.keep.as_bytes().contains(&byte) {
            out.push(char::from(byte));
        } else {
            percent::push_escape(&mut out, byte, HexCase::Upper);
        }
    }
    Some(out)
}

fn refuse(target: &str, is_refused: impl Fn(char) -> bool) -> Result<Option<String>, String> {
    let mut refused: Vec<char> = target.chars().filter(|&c| is_refused(c)).collect();
    sort_by_number(&mut refused, |c| u64::from(*c));
    refused.dedup();
    if refused.is_empty() { Ok(None) } else { Err(refused.into_iter().collect()) }
}

fn split_query(target: &str) -> (&str, Option<&str>) {
    match target.split_once('?') {
        Some((path, query)) => (path, Some(query)),
        None => (target, None),
    }
}

/// What is before and behind the first `;` of the last path segment, as Python's `urllib.parse` divides a path.
fn split_parameters(path: &str) -> Option<(&str, &str)> {
    let segment = path.rfind('/').unwrap_or_default();
    let at = segment + path[segment..].find(';')?;
    Some((&path[..at], &path[at + 1..]))
}

/// The path with its parameters encoded; `None` where it has none.
fn encode_parameters(path: &str, set: &str) -> Option<String> {
    let (before, parameters) = split_parameters(path)?;
    let upper = upper_hex(parameters);
    let decoded = match refuse_stray_percent(path) {
        Ok(()) => decode_unreserved(&upper),
        Err(_) => upper.replace('%', "%25"),
    };
    Some(format!("{before};{}", escape(&decoded, |c| !c.is_ascii() || set.contains(c))))
}

/// An authority ends at the next slash of either kind.
fn refuse_invalid_authority(path: &str) -> Result<(), String> {
    let Some(rest) = path.strip_prefix("//") else { return Ok(()) };
    let authority = rest.split(['/', '\\']).next().unwrap_or_default();
    let host_and_port = authority.rsplit('@').next().unwrap_or_default();
    let (host, port) = host_and_port.split_once(':').unwrap_or((host_and_port, ""));
    let is_host =
        host.is_ascii() && !host.contains(['[', ']']) && refuse_stray_percent(host).is_ok();
    let is_number = port.len() <= 5 && port.bytes().all(|byte| byte.is_ascii_digit());
    if is_host && (port.is_empty() || is_number && port.parse::<u16>().is_ok()) {
        return Ok(());
    }
    Err(format!("//{authority}"))
}

fn join(path: &str, query: Option<&str>) -> String {
    match query {
        Some(query) => format!("{path}?{query}"),
        None => path.to_owned(),
    }
}

/// The URL standard's parser and serializer, from the `url` crate.
fn whatwg(target: &str, destination: &Destination<'_>) -> Result<String, String> {
    // A target that is no path is in the URL as one; the host has steps of its own.
    let path = if target.starts_with('/') { target } else { &destination.path_and_query };
    let text = format!("{}://host{path}", destination.scheme.as_str());
    let mut url = url::Url::parse(&text).map_err(|_| String::new())?;
    url.set_fragment(None);
    let mut sent = url.path().to_owned();
    if let Some(query) = url.query() {
        sent.push('?');
        sent.push_str(query);
    }
    Ok(sent)
}

/// RFC 3986 §5.2.4.
fn remove_dot_segments(path: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    let mut ends_in_slash = false;
    let Some(relative) = path.strip_prefix('/') else { return path.to_owned() };
    for segment in relative.split('/') {
        ends_in_slash = matches!(segment, "." | "..");
        match segment {
            "." => {}
            ".." => {
                kept.pop();
            }
            _ => kept.push(segment),
        }
    }
    let mut out = String::with_capacity(path.len());
    for segment in &kept {
        out.push('/');
        out.push_str(segment);
    }
    if ends_in_slash {
        out.push('/');
    }
    out
}

fn decode_unreserved(text: &str) -> String {
    map_escapes(text, |byte, _| is_unreserved(byte).then(|| char::from(byte).to_string()))
}

/// Rewrites each percent-encoded byte for which `map` gives a text.
fn map_escapes(target: &str, map: impl Fn(u8, &str) -> Option<String>) -> String {
    let mut out = String::with_capacity(target.len());
    let mut rest = target;
    while let Some(at) = rest.find('%') {
        out.push_str(&rest[..at]);
        let escape = rest.get(at..at + 3);
        let byte = decode_first(&rest.as_bytes()[at..]);
        if let (Some(escape), Some(byte)) = (escape, byte) {
            match map(byte, escape) {
                Some(text) => out.push_str(&text),
                None => out.push_str(escape),
            }
            rest = &rest[at + 3..];
        } else {
            out.push('%');
            rest = &rest[at + 1..];
        }
    }
    out.push_str(rest);
    out
}

/// The text between `separators` decoded, and encoded again but for letters, digits and `keep`.
fn reencode(text: &str, separators: &str, keep: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for piece in text.split_inclusive(|c| separators.contains(c)) {
        let end = piece.len() - usize::from(piece.ends_with(|c| separators.contains(c)));
        let decoded = percent::decode(&piece.as_bytes()[..end]);
        out.push_str(&escape(&String::from_utf8_lossy(&decoded), |c| {
            !c.is_ascii_alphanumeric() && !keep.contains(c)
        }));
        out.push_str(&piece[end..]);
    }
    out
}

/// The names and values of a query decoded and encoded again; a space becomes `+`. A decoded `=` stays in a name
/// that has no value.
fn reencode_pairs(query: &str, keep: &str) -> String {
    let encode = |text: &str, keep: &str| reencode(text, "+", keep).replace("%20", "+");
    let keep_alone = format!("{keep}=");
    let pairs = query.split('&').map(|pair| match pair.split_once('=') {
        Some((name, value)) => format!("{}={}", encode(name, keep), encode(value, keep)),
        None => encode(pair, &keep_alone),
    });
    pairs.collect::<Vec<_>>().join("&")
}

fn upper_hex(text: &str) -> String {
    map_escapes(text, |_, escape| Some(escape.to_ascii_uppercase()))
}

fn escape(text: &str, is_escaped: impl Fn(char) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if is_escaped(c) {
            for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                percent::push_escape(&mut out, byte, HexCase::Upper);
            }
        } else {
            out.push(c);
        }
    }
    out
}

fn escape_stray_percent(target: &str) -> String {
    let mut out = String::with_capacity(target.len());
    let mut from = 0;
    for at in stray_percents(target.as_bytes()) {
        out.push_str(&target[from..at]);
        out.push_str("%25");
        from = at + 1;
    }
    out.push_str(&target[from..]);
    out
}
