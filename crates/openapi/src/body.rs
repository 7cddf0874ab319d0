//! The body of a request: the first media type for which the document has a value, written in it.

use requote::grammar::MediaType;

use crate::document::follow;
use crate::example;
use crate::node::Node;
use crate::parameter::{In, Style};

/// A body and its `Content-Type`.
#[derive(Debug, PartialEq, Eq)]
pub struct Body {
    /// The media type.
    pub content_type: String,
    /// The bytes, which are text.
    pub text: String,
}

/// Why there is no body.
#[derive(Debug, PartialEq, Eq)]
pub enum NoBody {
    /// No media type has a value.
    NoExample,
    /// What has a value is of this kind, which no example can give.
    Refused(String),
}

/// The body of a `requestBody`.
pub fn of_request(body: &Node, root: &Node) -> Result<Body, NoBody> {
    let mut reason = NoBody::NoExample;
    for (content_type, holder) in body.get("content").map(Node::members).unwrap_or_default() {
        let Some(holder) = follow(holder, root) else { continue };
        match write(content_type, holder, root) {
            Ok(body) => return Ok(body),
            Err(NoBody::NoExample) => {}
            Err(refused) => reason = refused,
        }
    }
    Err(reason)
}

fn write(content_type: &str, holder: &Node, root: &Node) -> Result<Body, NoBody> {
    let Some(value) = example::of_holder(holder, root) else { return Err(NoBody::NoExample) };
    let essence = MediaType::essence_of(content_type.as_bytes()).to_ascii_lowercase();
    let refuse = |what: &str| Err(NoBody::Refused(format!("{what} ({content_type})")));
    if content_type.contains('*') {
        return refuse("a range of media types");
    }
    let is_json = MediaType::read(content_type.as_bytes()).is_some_and(|it| it.is_json());
    let text = match &*essence {
        _ if is_json => value.to_json(Some("  ")),
        "application/x-www-form-urlencoded" => match form(&value, holder) {
            Some(text) => text,
            None => return refuse("a form with values that its encoding cannot hold"),
        },
        "multipart/form-data" => return multipart(&value, holder, root),
        _ => match value {
            Node::Text(text) if is_text(&essence) => text,
            _ => return refuse("a body that is no text"),
        },
    };
    Ok(Body { content_type: content_type.to_owned(), text })
}

fn is_text(essence: &str) -> bool {
    essence.starts_with("text/")
        || essence.ends_with("+xml")
        || [
            "application/xml",
            "application/x-ndjson",
            "application/graphql",
            "application/yaml",
            "application/sql",
        ]
        .contains(&essence)
}

fn form(value: &Node, holder: &Node) -> Option<String> {
    let Node::Map(members) = value else { return None };
    let mut pairs = Vec::new();
    for (name, value) in members {
        let empty = Node::Map(Vec::new());
        let encoding = holder.get("encoding").and_then(|it| it.get(name)).unwrap_or(&empty);
        pairs.extend(Style::of(encoding, In::Query).write_pairs(name, value)?);
    }
    let pairs: Vec<String> =
        pairs.into_iter().map(|(name, value)| format!("{name}={value}")).collect();
    Some(pairs.join("&").replace("%20", "+"))
}

fn multipart(value: &Node, holder: &Node, root: &Node) -> Result<Body, NoBody> {
    let refuse = |what: String| Err(NoBody::Refused(what));
    let schema = holder.get("schema").and_then(|it| follow(it, root));
    let mut parts = Vec::new();
    for (name, value) in value.members() {
        let property =
            schema.and_then(|it| it.get("properties")?.get(name)).and_then(|it| follow(it, root));
        let is_binary = property.is_some_and(|it| {
            let format = it.get("format").and_then(Node::text);
            matches!(format, Some("binary" | "byte" | "base64"))
                || it.get("contentMediaType").is_some()
                || it.get("contentEncoding").is_some()
        });
        if is_binary {
            return refuse(format!("the file `{name}` of a form"));
        }
        let stated = holder.get("encoding").and_then(|it| it.get(name)?.get("contentType")?.text());
        let items = match value {
            Node::List(items) => items.iter().collect(),
            other => vec![other],
        };
        for item in items {
            let (text, own) = match item.scalar() {
                Some(text) => (text, None),
                None => (item.to_json(None), Some("application/json")),
            };
            parts.push((name.clone(), stated.or(own), text));
        }
    }
    if parts.is_empty() {
        return refuse("a multipart body that is no object".to_owned());
    }
    let is_plain = |text: &str| !text.contains(['"', '\r', '\n']);
    if let Some((name, ..)) = parts.iter().find(|(name, ..)| !is_plain(name)) {
        return refuse(format!("the part `{name}` of a form"));
    }
    let mut boundary = "boundary".to_owned();
    while parts.iter().any(|(_, _, text)| text.contains(&boundary)) {
        boundary.push('-');
    }
    let mut text = String::new();
    for (name, content_type, content) in &parts {
        text.extend([
            "--",
            &boundary,
            "\r\nContent-Disposition: form-data; name=\"",
            name,
            "\"\r\n",
        ]);
        if let Some(content_type) = content_type {
            text.extend(["Content-Type: ", content_type, "\r\n"]);
        }
        text.extend(["\r\n", content, "\r\n"]);
    }
    text.extend(["--", &boundary, "--\r\n"]);
    Ok(Body { content_type: format!("multipart/form-data; boundary={boundary}"), text })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(content: &str) -> Result<(String, String), NoBody> {
        let holder = crate::node::read(&format!("{{content: {content}}}")).unwrap();
        of_request(&holder, &holder).map(|body| (body.content_type, body.text))
    }

    #[test]
    fn a_body_is_written_in_its_media_type() {
        let text = |content: &str| body(content).unwrap().1;
        assert_eq!(text("{application/json: {example: {a: 10.00}}}"), "{\n  \"a\": 10.00\n}");
        assert_eq!(
            text(
                "{application/x-www-form-urlencoded: {example: {a: b c, d: [1, 2]}, encoding: {d: {explode: false}}}}"
            ),
            "a=b+c&d=1,2"
        );
        assert_eq!(text("{text/plain: {example: hello}}"), "hello");
        let (content_type, text) = body(
            "{multipart/form-data: {example: {a: x, b: {c: 1}}, encoding: {a: {contentType: text/plain}}}}",
        )
        .unwrap();
        assert_eq!(content_type, "multipart/form-data; boundary=boundary");
        assert_eq!(
            text,
            "--boundary\r\nContent-Disposition: form-data; name=\"a\"\r\nContent-Type: text/plain\r\n\r\nx\r\n\
             --boundary\r\nContent-Disposition: form-data; name=\"b\"\r\nContent-Type: application/json\r\n\r\n{\"c\":1}\r\n\
             --boundary--\r\n"
        );
    }

    #[test]
    fn what_no_example_can_give_is_refused() {
        assert_eq!(body("{application/json: {schema: {type: string}}}"), Err(NoBody::NoExample));
        let refused = |content: &str| matches!(body(content), Err(NoBody::Refused(_)));
        assert!(refused("{image/png: {example: iVBOR}}"));
        assert!(refused(
            "{multipart/form-data: {example: {f: x}, schema: {properties: {f: {format: binary}}}}}"
        ));
        assert_eq!(body("{image/png: {example: x}, text/plain: {example: y}}").unwrap().1, "y");
    }
}
