//! A language of one client that runs wherever there are `sh` and `curl`, and ways to break it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

/// A small request with what the tests below break.
pub const MESSAGE: &str = "PUT /a%2Fb?c=d HTTP/1.1\r\nHost: example.com\r\n\
    Content-Type: application/json\r\nX-One: it's\r\nX-Two: 2\r\nContent-Length: 19\r\n\r\n\
    {\"a\":1,\"b\":[2,3.0]}";

const TEMPLATE: &str = r#"curl --silent --show-error --globoff --path-as-is --request {{ method | str }} {{ url | str }}
{%- for h in headers %} \
  --header {{ (h.name ~ ": " ~ h.value) | str }}
{%- endfor %}
{%- if body.kind == "text" %} \
  --data-raw {{ body.text | str }}
{%- elif body.kind == "file" %} \
  --data-binary {{ ("@" ~ body.file) | str }}
{%- endif %}
"#;

/// A command that does nothing with all that a template is given: a template must write it all.
pub const NOTHING: &str = ": {{ method | str }} {{ url | str }} {{ body.text | str }} \
    {{ body.file | str }}{% for h in headers %} {{ h.name | str }} {{ h.value | str }}{% endfor %}\n";

const LANGUAGE: &str = r#"
title = "Tiny"
extension = "sh"
default = "client"

[[string]]
lines = "any"
open = "'"
close = "'"
escapes = { "'" = "'\\''" }

[run]
file = "main.sh"
requires = [["curl", "--version"]]
install = "apt-get install curl"
command = ["sh", "{file}"]

[client.client]
title = "client"
docs = "https://curl.se/docs/manpage.html"
adds = ["accept", "user-agent"]
header = { text = "utf-8" }
"#;

/// The language and a message, in a folder of their own.
pub struct Tiny {
    pub language: String,
    pub template: String,
    pub message: String,
    pub options: Vec<&'static str>,
}

impl Tiny {
    /// Nothing is broken.
    pub fn honest() -> Self {
        Self {
            language: LANGUAGE.to_owned(),
            template: TEMPLATE.to_owned(),
            message: MESSAGE.to_owned(),
            options: vec!["--timeout", "10"],
        }
    }

    /// Replaces a piece of the template, which must be there.
    pub fn with_template(mut self, old: &str, new: &str) -> Self {
        assert!(self.template.contains(old), "the template has no {old:?}");
        self.template = self.template.replace(old, new);
        self
    }

    /// Replaces a piece of `language.toml`, which must be there.
    pub fn with_language(mut self, old: &str, new: &str) -> Self {
        assert!(self.language.contains(old), "the language has no {old:?}");
        self.language = self.language.replace(old, new);
        self
    }

    /// Adds to the end of `language.toml`.
    pub fn with_more(mut self, text: &str) -> Self {
        self.language.push_str(text);
        self
    }

    /// A first line of the template that writes all values and does nothing with them.
    pub fn with_nothing(mut self) -> Self {
        self.template.insert_str(0, NOTHING);
        self
    }

    pub fn with_message(mut self, message: &str) -> Self {
        message.clone_into(&mut self.message);
        self
    }

    pub fn with_options(mut self, options: &[&'static str]) -> Self {
        self.options.extend(options);
        self
    }

    /// Writes templates and message into `folder`.
    pub fn write(&self, folder: &Path) {
        let language = folder.join("templates/tiny");
        fs::create_dir_all(&language).expect("a folder");
        fs::write(language.join("language.toml"), &self.language).expect("a file");
        fs::write(language.join("client.tera"), &self.template).expect("a file");
        fs::write(folder.join("message.http"), &self.message).expect("a file");
    }

    /// Writes templates and message into `folder`; gives the command that verifies them.
    pub fn command(&self, folder: &Path) -> Command {
        self.write(folder);
        let temporary = folder.join("tmp");
        fs::create_dir_all(&temporary).expect("a folder");
        let mut command = Command::new(env!("CARGO_BIN_EXE_requote"));
        command
            .args(["verify", "--target", "tiny/client", "--templates"])
            .arg(folder.join("templates"))
            .args(&self.options)
            .arg(folder.join("message.http"))
            .env("TMPDIR", temporary)
            .env("XDG_CACHE_HOME", folder.join("cache"))
            // A test must not depend on what the machine has set.
            .env("http_proxy", "http://127.0.0.1:9");
        command
    }

    /// Verifies; nothing may be left in the temporary folder.
    pub fn verify(&self) -> (Output, tempfile::TempDir) {
        let folder = tempfile::tempdir().expect("a folder");
        let output = self.command(folder.path()).output().expect("the program runs");
        assert_eq!(left_in(&folder.path().join("tmp")), Vec::<PathBuf>::new(), "left behind");
        (output, folder)
    }

    /// Verifies with `--json`; gives the results, the totals apart.
    pub fn results(self) -> Vec<Value> {
        let (output, _folder) = self.with_options(&["--json"]).verify();
        let text = String::from_utf8(output.stdout).expect("UTF-8");
        let mut objects: Vec<Value> = text
            .lines()
            .map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("not JSON: {line}")))
            .collect();
        let summary = objects.pop().expect("a summary");
        let failed = summary["summary"]["failed"].as_u64().expect("a count");
        assert_eq!(output.status.code(), Some(i32::from(failed > 0)), "{summary}");
        objects
    }

    /// The one result.
    pub fn result(self) -> Value {
        let mut results = self.results();
        assert_eq!(results.len(), 1);
        results.remove(0)
    }

    /// The codes of what is wrong.
    pub fn faults(self) -> Vec<String> {
        let result = self.result();
        let faults = result["faults"].as_array().expect("a list");
        let code = |fault: &Value| fault["code"].as_str().expect("a code").to_owned();
        let codes: Vec<String> = faults.iter().map(code).collect();
        assert_eq!(result["verdict"] == "passed", codes.is_empty(), "{result}");
        codes
    }
}

/// What a folder holds.
pub fn left_in(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder");
    entries.map(|entry| entry.expect("an entry").path()).collect()
}
