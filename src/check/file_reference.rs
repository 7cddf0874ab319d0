//! Bodies that name a file: `< ./input.json`, as request files of editors have them.

use crate::content::multipart;
use crate::diagnostic::{Diagnostic, Span, show};
use crate::request::Request;

use super::code;

/// Whether the whole body is a reference; warns of it, and of parts that are one.
pub(super) fn check_body(request: &Request<'_>, found: &mut Vec<Diagnostic>) -> bool {
    let body = &request.body;
    if let Some(reference) = read_reference(&body.bytes) {
        found.push(warn(body.span, "the body", reference));
        return true;
    }
    let Some(field) = request.header("content-type") else { return false };
    let Some(form) = multipart::parse(&field.value, &body.bytes) else { return false };
    let named = form.parts.iter().filter_map(|part| Some((part, read_reference(part.content)?)));
    for (part, reference) in named {
        found.push(warn(body.span, &format!("the part `{}`", show(part.name)), reference));
    }
    false
}

/// The reference that is all of the content: `<` or `<@`, perhaps with the name of a character
/// encoding, then white space and a path. XML has no name that begins with white space.
fn read_reference(content: &[u8]) -> Option<&str> {
    let text = std::str::from_utf8(content.get(..content.len().min(1024))?).ok()?.trim_ascii();
    let rest = text.strip_prefix('<')?;
    let (mark, path) = rest.split_once([' ', '\t'])?;
    let is_mark = mark.is_empty()
        || mark.strip_prefix('@').is_some_and(|encoding| {
            encoding.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
        });
    let is_path = !path.trim_ascii().is_empty() && !path.contains(['<', '>', '\n', '\r']);
    (is_mark && is_path && content.len() <= 1024).then_some(text)
}

fn warn(place: Option<Span>, what: &str, reference: &str) -> Diagnostic {
    let message = format!("{what} is the text `{}`, not the file that it names", show(reference));
    Diagnostic::warning(code::BODY_FILE_REFERENCE, message)
        .with_span(place)
        .with_help("put the content of the file here")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_told_from_markup() {
        for text in ["< ./input.json", "<@ ./a b.json\n", "<@latin1 x.txt", "<\tC:\\a.json\r\n"] {
            assert_eq!(read_reference(text.as_bytes()), Some(text.trim_ascii()), "{text}");
        }
        for text in ["", "<", "< ", "<a/>", "<a href='x'>", "< a\n< b", "<b x", "x < ./y", "< a >"]
        {
            assert_eq!(read_reference(text.as_bytes()), None, "{text}");
        }
    }
}
