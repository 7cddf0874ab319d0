//! Files that give values to variables: `.env` lines, environments of editors
//! (`http-client.env.json`) and of Postman.

use crate::diagnostic::Span;
use crate::parse::ParseError;

use super::code;
use super::refusal::{Refusal, refuse};
use super::text::Text;
use super::value::{Kind, Value, read_json};

/// Names and values of a file. `name` chooses one environment of a file that has several.
///
/// A JSON object with `values` is an environment of Postman, any other JSON object has an
/// environment under each name, of which `$shared` always counts. Another text has lines
/// `NAME=VALUE`.
///
/// # Errors
///
/// An error with its place in the file, where it is none of these.
pub fn read_environment(
    bytes: &[u8],
    name: Option<&str>,
) -> Result<Vec<(String, String)>, ParseError> {
    read(bytes, name).map_err(|mut refusal| {
        refusal.locate(bytes);
        ParseError::from(refusal)
    })
}

fn read(bytes: &[u8], name: Option<&str>) -> Result<Vec<(String, String)>, Refusal> {
    if bytes.trim_ascii_start().first() != Some(&b'{') {
        return read_lines(bytes);
    }
    let root = read_json(bytes)?;
    if root.get("values").is_some() {
        let enabled = |item: &&Value| {
            !matches!(item.get("enabled"), Some(Value { kind: Kind::Bool(false), .. }))
        };
        let values = root.items_of("values").iter().filter(enabled);
        let pairs = values.filter_map(|item| {
            Some((item.text_of("key")?.lossy(), item.scalar_of("value")?.lossy()))
        });
        return Ok(pairs.collect());
    }
    let mut pairs = root.get("$shared").map(members_of).unwrap_or_default();
    match name.map(|name| (name, root.get(name))) {
        Some((_, Some(environment))) => pairs.append(&mut members_of(environment)),
        Some((name, None)) => {
            return Err(refuse_name(&root, &format!("there is no environment `{name}`")));
        }
        None => return Err(refuse_name(&root, "the file has several environments")),
    }
    Ok(pairs)
}

fn members_of(environment: &Value) -> Vec<(String, String)> {
    let Kind::Object(members) = &environment.kind else { return Vec::new() };
    members
        .iter()
        .filter_map(|(name, value)| Some((name.lossy(), value.scalar()?.lossy())))
        .collect()
}

#[cold]
fn refuse_name(root: &Value, message: &str) -> Refusal {
    let names: Vec<String> = match &root.kind {
        Kind::Object(members) => members.iter().map(|(name, _)| Text::lossy(name)).collect(),
        _ => Vec::new(),
    };
    let place = Span::new(root.span.start, root.span.start + 1);
    let help = format!("name one after a colon, as in `--env FILE:NAME`: {}", names.join(", "));
    refuse(code::ENVIRONMENT, message, place, "expected the name of one", help)
}

fn read_lines(bytes: &[u8]) -> Result<Vec<(String, String)>, Refusal> {
    let mut pairs = Vec::new();
    for range in super::layer::lines(bytes) {
        let line = bytes[range.clone()].trim_ascii();
        if line.is_empty() || line.starts_with(b"#") {
            continue;
        }
        let line = line.strip_prefix(b"export ").unwrap_or(line);
        let Some(at) = memchr::memchr(b'=', line) else {
            let place = Span::new(range.start, range.end);
            let message = "a line of the environment has no `=`";
            return Err(refuse(
                code::ENVIRONMENT,
                message,
                place,
                "expected NAME=VALUE",
                "correct the line",
            ));
        };
        let value = line[at + 1..].trim_ascii();
        let quoted = [b'"', b'\'']
            .into_iter()
            .find_map(|mark| value.strip_prefix(&[mark])?.strip_suffix(&[mark]));
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        pairs.push((text(line[..at].trim_ascii()), text(quoted.unwrap_or(value))));
    }
    Ok(pairs)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(text: &str, name: Option<&str>) -> Result<Vec<(String, String)>, String> {
        read_environment(text.as_bytes(), name).map_err(|error| error.diagnostic().message.clone())
    }

    fn pair(name: &str, value: &str) -> (String, String) {
        (name.to_owned(), value.to_owned())
    }

    #[test]
    fn each_kind_of_file_gives_its_values() {
        let lines = "# a\nA=1\nexport B = \"x = y\"\n\nC='z'\n";
        assert_eq!(
            values(lines, None).unwrap(),
            [pair("A", "1"), pair("B", "x = y"), pair("C", "z")]
        );
        let postman = r#"{"values": [{"key": "a", "value": "1"}, {"key": "b", "value": "2", "enabled": false}]}"#;
        assert_eq!(values(postman, None).unwrap(), [pair("a", "1")]);
        let editor = r#"{"$shared": {"a": "1"}, "dev": {"b": 2}}"#;
        assert_eq!(values(editor, Some("dev")).unwrap(), [pair("a", "1"), pair("b", "2")]);
        assert!(values(editor, None).unwrap_err().contains("several"));
        assert!(values(editor, Some("x")).unwrap_err().contains("no environment"));
        assert!(values("A", None).unwrap_err().contains("no `=`"));
    }
}
