//! `requote template show`: a built-in file.

use std::io::Write;

use requote::Engine;
use requote::diagnostic::Diagnostic;
use requote::language::Sources;

use super::args::ShowArgs;
use crate::code;
use crate::output::stdout::stdout;
use crate::stop::{Status, Stop};

/// Prints the file, or the paths of all.
pub fn run(args: &ShowArgs) -> Result<Status, Stop> {
    let sources = Sources::built_in();
    let mut out = stdout()?.lock();
    let Some(name) = &args.name else {
        for path in sources.paths() {
            writeln!(out, "{path}")?;
        }
        return Ok(Status::Done);
    };
    let path = path_of(&sources, name)?;
    let text = if args.table {
        let target = path.strip_suffix(".tera").and_then(|id| id.split_once('/'));
        let (language, client) = target.ok_or_else(|| unknown(name))?;
        let table = sources.get(&format!("{language}/language.toml")).unwrap_or_default();
        sections(table, |header| is_of_client(header, client))
    } else {
        sources.get(&path).unwrap_or_default().to_owned()
    };
    out.write_all(text.as_bytes())?;
    Ok(Status::Done)
}

/// The path of the file that is meant.
fn path_of(sources: &Sources, name: &str) -> Result<String, Stop> {
    let paths = [name.to_owned(), format!("{name}.tera"), format!("{name}/language.toml")];
    if let Some(path) = paths.into_iter().find(|path| sources.get(path).is_some()) {
        return Ok(path);
    }
    match Engine::new().find(name) {
        Ok(id) => Ok(format!("{id}.tera")),
        Err(_) => Err(unknown(name)),
    }
}

fn unknown(name: &str) -> Stop {
    let message = format!("there is no built-in template or table `{name}`");
    let help = "`requote template show` lists them all";
    Stop::usage(Diagnostic::error(code::UNKNOWN_TARGET, message).with_help(help))
}

/// The sections of a table whose headers are meant; what stands before the first header has none.
pub fn sections(table: &str, is_meant: impl Fn(Option<&str>) -> bool) -> String {
    let (mut meant, mut waiting) = (is_meant(None), String::new());
    let mut text = String::new();
    for line in table.split_inclusive('\n') {
        let is_header = line.starts_with('[');
        if is_header {
            meant = is_meant(Some(line.trim().trim_matches(['[', ']'])));
        }
        // Comments belong to the section that they stand before.
        if line.starts_with('#') || line.trim().is_empty() {
            waiting.push_str(line);
            continue;
        }
        if meant {
            text.push_str(&waiting);
            text.push_str(line);
        }
        waiting.clear();
    }
    text.trim_start_matches('\n').to_owned()
}

/// Whether a header begins a table of a client.
fn is_of_client(header: Option<&str>, client: &str) -> bool {
    let rest = header.and_then(|header| header.strip_prefix("client."));
    rest.and_then(|rest| rest.strip_prefix(client))
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_have_their_comments() {
        let table = "a = 1\n\n# of b\n[client.b]\nc = 2\n[[client.b.rule]]\nd = 3\n\n# of bc\n[client.bc]\n";
        assert_eq!(
            sections(table, |header| is_of_client(header, "b")),
            "# of b\n[client.b]\nc = 2\n[[client.b.rule]]\nd = 3\n"
        );
        assert_eq!(sections(table, |header| header.is_none()), "a = 1\n");
    }
}
