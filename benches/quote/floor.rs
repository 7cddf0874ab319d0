//! The least that writing the classic request as Python can cost: no choice of a literal, no
//! outcome, no other request.

use std::fmt::Write as _;

/// Python that sends a `PUT` whose body is JSON with CRLF line ends.
pub fn write_python(message: &[u8]) -> String {
    let text = std::str::from_utf8(message).expect("text");
    let (head, body) = text.split_once("\r\n\r\n").expect("a body");
    let mut lines = head.split("\r\n");
    let line = lines.next().expect("a request line");
    let target = line.split(' ').nth(1).expect("a target");
    let mut host = "";
    let mut fields = String::new();
    for line in lines {
        let (name, value) = line.split_once(": ").expect("a field");
        match name {
            "Host" => host = value,
            "Content-Length" => {}
            _ => {
                let _ = writeln!(fields, "    {}: {},", quoted(name), quoted(value));
            }
        }
    }
    let mut code = String::with_capacity(512 + body.len());
    code.push_str("import requests\n\nurl = ");
    code.push_str(&quoted(&format!("https://{host}{target}")));
    code.push_str("\nheaders = {\n");
    code.push_str(&fields);
    code.push_str("}\ndata = \"\"\"");
    for c in body.chars() {
        match c {
            '\\' => code.push_str("\\\\"),
            '\r' => code.push_str("\\r"),
            c => code.push(c),
        }
    }
    code.push_str("\"\"\"\n\nresponse = requests.put(url, headers=headers, data=data)\n");
    code.push_str("print(response.status_code)\nprint(response.text)\n");
    code
}

fn quoted(text: &str) -> String {
    let mut literal = String::with_capacity(text.len() + 2);
    literal.push('"');
    for c in text.chars() {
        if matches!(c, '"' | '\\') {
            literal.push('\\');
        }
        literal.push(c);
    }
    literal.push('"');
    literal
}
