//! `requote template new`: the files of a client, which work at once.

use std::fmt::Write as _;
use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::path::Path;

use requote::diagnostic::Diagnostic;
use requote::language::{Sources, is_name};
use requote::{Engine, TargetId};

use super::args::NewArgs;
use super::show::sections;
use crate::code;
use crate::report::Report;
use crate::stop::{Status, Stop};

/// Writes the template and the table.
pub fn run(args: &NewArgs, report: &mut Report) -> Result<Status, Stop> {
    let (language, client) = args
        .id
        .split_once('/')
        .filter(|(language, client)| is_name(language) && is_name(client))
        .ok_or_else(|| refuse(format!("`{}` is not of the form <language>/<client>", args.id)))?;
    let engine = Engine::new();
    let sources = Sources::built_in();
    let is_known = sources.get(&format!("{language}/language.toml")).is_some();
    let like = match &args.like {
        Some(name) => Some(find(&engine, name)?),
        None if is_known => Some(find(&engine, language)?),
        None => None,
    };
    let folder = args.folder.join(language);
    let table = folder.join("language.toml");
    let written = fs::read_to_string(&table).unwrap_or_default();
    let is_there = sections(&written, |header| header == Some(&format!("client.{client}")));
    if !is_there.is_empty() {
        return Err(refuse(format!("{} has a table of `{client}`", table.display())));
    }
    let head = if is_known || !written.is_empty() {
        String::new()
    } else {
        head_of(&sources, language, client, like.as_ref())
    };
    let gap = if head.is_empty() && written.is_empty() { "" } else { "\n" };
    let own = format!("{head}{gap}{}", table_of(&engine, client, like.as_ref())?);
    let template = match &like {
        Some(like) => template_of(&sources, like),
        None => TEMPLATE.to_owned(),
    };
    fs::create_dir_all(&folder).map_err(|error| cannot_write(&folder, &error))?;
    write_new(&folder.join(format!("{client}.tera")), &template)?;
    append(&table, &own)?;
    report.write(&format!(
        "{0}/{language}/{client}.tera  the program that is printed: change what differs\n\
         {0}/{language}/language.toml  what the client does to a request\n\
         next: requote template check {0}\n",
        args.folder.display()
    ));
    Ok(Status::Done)
}

fn find(engine: &Engine, name: &str) -> Result<TargetId, Stop> {
    engine.find(name).map_err(|error| Stop::usage(&error))
}

fn refuse(message: String) -> Stop {
    Stop::usage(Diagnostic::error(code::TEMPLATE_NEW, message))
}

/// The template of a target; where that is nothing but another one, the other.
fn template_of(sources: &Sources, like: &TargetId) -> String {
    let mut text = sources.get(&format!("{like}.tera")).unwrap_or_default();
    while let Some(other) = text
        .trim()
        .strip_prefix("{% include \"")
        .and_then(|rest| rest.strip_suffix("\" %}"))
        .and_then(|path| sources.get(path))
    {
        text = other;
    }
    text.to_owned()
}

/// What a language says of itself: that of the one that it is like, or a skeleton.
fn head_of(sources: &Sources, language: &str, client: &str, like: Option<&TargetId>) -> String {
    let Some(like) = like else {
        return LANGUAGE.replace("LANGUAGE", language).replace("CLIENT", client);
    };
    let table = sources.get(&format!("{}/language.toml", like.language())).unwrap_or_default();
    let is_own = |line: &&str| {
        let key = line.split('=').next().unwrap_or_default().trim();
        !matches!(key, "title" | "default" | "aliases" | "highlight")
    };
    let shared: String =
        sections(table, |header| header.is_none_or(|header| !header.starts_with("client.")))
            .split_inclusive('\n')
            .filter(is_own)
            .collect();
    format!("title = \"{language}\"\ndefault = \"{client}\"\n{shared}")
}

/// The table of the new client.
fn table_of(engine: &Engine, client: &str, like: Option<&TargetId>) -> Result<String, Stop> {
    let Some(like) = like else { return Ok(CLIENT.replace("CLIENT", client)) };
    let target = engine.target(like).map_err(|error| Stop::usage(&error))?;
    let mut text = format!(
        "[client.{client}]\n\
         # The facts of this client are those of the new one; keys below replace them, lists as a whole.\n\
         like = \"{like}\"\n\
         title = \"{client}\"\n\
         docs = \"{}\"  # change it\n",
        target.docs
    );
    let _ = write!(
        text,
        "# The fields that the client sends by itself: `requote verify` tells which.\n\
         # adds = [\"accept\", \"user-agent\"]\n"
    );
    Ok(text)
}

/// Writes a file that is not there yet.
fn write_new(path: &Path, text: &str) -> Result<(), Stop> {
    let opened = OpenOptions::new().write(true).create_new(true).open(path);
    opened
        .and_then(|mut file| file.write_all(text.as_bytes()))
        .map_err(|error| cannot_write(path, &error))
}

fn append(path: &Path, text: &str) -> Result<(), Stop> {
    let opened = OpenOptions::new().append(true).create(true).open(path);
    opened
        .and_then(|mut file| file.write_all(text.as_bytes()))
        .map_err(|error| cannot_write(path, &error))
}

fn cannot_write(path: &Path, error: &std::io::Error) -> Stop {
    Stop::output(&format!("`{}`", path.display()), error)
}

/// A template that writes all that it is given, in no language in particular.
const TEMPLATE: &str = r#"{# This file is the program that it prints. A value reaches it through a filter that writes a whole #}
{# literal: `str` for texts. A line of tags prints nothing. #}
request = new_request({{ method | str }}, {{ url | str }})
{% for h in headers %}
request.add_field({{ h.name | str }}, {{ h.value | str }})
{% endfor %}
{% if body.kind == "text" %}
request.body = {{ body.text | str }}
{% elif body.kind == "file" %}
request.body = read_file({{ body.file | str }})
{% endif %}
print(request.send())
"#;

/// The table of a language with ordinary strings.
const LANGUAGE: &str = r#"title = "LANGUAGE"
extension = "txt"
default = "CLIENT"

# How a text is written. Where several styles hold it, the one with the fewest escapes is taken.
[[string]]
open = '"'
close = '"'
escapes = { '"' = '\"', '\' = '\\', "\n" = '\n', "\r" = '\r', "\t" = '\t' }
# What must not stand raw and has no escape of its own.
other = [{ write = '\u{{:x}}' }]

# How a snippet is run, for `requote verify`; {file} is its name.
# [run]
# file = "main.txt"
# requires = [["interpreter", "--version"]]
# command = ["interpreter", "{file}"]
"#;

/// The table of a client without facts.
const CLIENT: &str = r#"[client.CLIENT]
title = "CLIENT"
docs = "https://example.org/"  # where its API is documented
# The fields that the client sends by itself: `requote verify` tells which.
# adds = ["accept", "user-agent"]
# How it turns the text of a field value into bytes: ascii, latin-1 or utf-8.
header.text = "utf-8"
# What it does to the target, step by step.
# target.plain = ["url"]
"#;
