//! Syntax, layout and style of a snippet, by the language's own tools.

use std::fs;
use std::path::Path;
use std::time::Duration;

use requote::language::run::{Command, Run};

use super::places::Places;
use super::prepare::Prepared;
use super::process::{self, End, Finished, Reach, Task};
use super::session::Session;
use super::trial::Fault;

/// The most lines of a finding that are kept.
const FINDING_LINES: usize = 40;

/// Checks a copy of the snippet with each tool that the language names.
pub fn check(
    session: &Session,
    run: &Run,
    prepared: &Prepared,
    places: &Places,
    limit: Duration,
) -> Vec<Fault> {
    let Some(code) = prepared.quoted.code.as_deref() else { return Vec::new() };
    let look = |check: &'static str, command: Option<&Command>| {
        let command = command?;
        let looked = look(session, run, prepared, places, command, limit);
        let finding = match looked {
            Err(error) => Some(error.to_string()),
            Ok((finished, _)) if !finished.end.is_success() => {
                Some(describe_failure(command, &finished))
            }
            Ok((_, after)) if check == "format" && after != code => {
                Some(changed_lines(code, &after))
            }
            Ok(_) => None,
        };
        finding.map(|finding| Fault::Style { check, finding })
    };
    [("syntax", run.syntax()), ("format", run.format()), ("lint", run.lint())]
        .into_iter()
        .filter_map(|(check, command)| look(check, command))
        .collect()
}

/// Runs one tool on a fresh copy; gives how it ended and what the file then holds.
fn look(
    session: &Session,
    run: &Run,
    prepared: &Prepared,
    places: &Places,
    command: &Command,
    limit: Duration,
) -> std::io::Result<(Finished, String)> {
    let folder = session.fresh_folder("style")?;
    let places = Places::default().with_path("dir", &folder).over(places);
    let written = prepared.quoted.write(session, run, &folder);
    let file_name = written.map_err(|fault| std::io::Error::other(fault.to_string()))?;
    let words = places.fill(command);
    let env = places.fill_env(run);
    let task = Task { words: &words, folder: &folder, env: &env, limit, reach: Reach::Loopback };
    let finished = process::run(session, &task);
    let after = read(&folder.join(file_name));
    session.discard(&folder);
    Ok((finished, after))
}

fn read(path: &Path) -> String {
    fs::read(path).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default()
}

fn describe_failure(command: &Command, finished: &Finished) -> String {
    let program = command.first().map_or("", String::as_str);
    if finished.end == End::Missing {
        return format!("there is no `{program}`");
    }
    let output = [finished.stdout.as_slice(), finished.stderr.as_slice()].concat();
    let output = String::from_utf8_lossy(&output);
    let lines = output.lines().filter(|line| !line.trim().is_empty()).take(FINDING_LINES);
    let mut finding = format!("`{program}`: {}", finished.end);
    for line in lines {
        finding.push('\n');
        finding.push_str(line);
    }
    finding
}

/// The lines between the common beginning and the common end of both texts.
fn changed_lines(before: &str, after: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (lines(before), lines(after));
    let start = old.iter().zip(&new).take_while(|(left, right)| left == right).count();
    let end = old[start..].iter().rev().zip(new[start..].iter().rev());
    let end = end.take_while(|(left, right)| left == right).count();
    let mut finding = format!("the formatter changes line {}", start + 1);
    let mut mark = |sign: &str, lines: &[&str]| {
        for line in lines.iter().take(FINDING_LINES / 2) {
            finding.extend(["\n", sign]);
            finding.extend(line.trim_end_matches('\n').escape_debug());
        }
    };
    mark("-", &old[start..old.len() - end]);
    mark("+", &new[start..new.len() - end]);
    finding
}

fn lines(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_changed_lines_are_shown() {
        assert_eq!(
            changed_lines("a\nb \nc\n", "a\nb\nc\n"),
            "the formatter changes line 2\n-b \n+b"
        );
        assert_eq!(changed_lines("a", "a\n"), "the formatter changes line 1\n-a\n+a");
        assert_eq!(changed_lines("a\na\n", "a\n"), "the formatter changes line 2\n-a");
    }
}
