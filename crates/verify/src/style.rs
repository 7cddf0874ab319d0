//! Syntax, layout and style of a snippet, by the language's own tools.

use std::fs;
use std::path::Path;
use std::time::Duration;

use requote::language::run::{Command, Run};

use super::case_result::Fault;
use super::places::Places;
use super::prepare::Prepared;
use super::process::{self, End, Finished, NetworkAccess, Task};
use super::session::Session;

/// The checks, in their order.
pub const CHECKS: [&str; 3] = ["syntax", "format", "lint"];

/// The most lines of a finding that are kept.
const FINDING_LINES: usize = 40;

/// What the tools said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Findings {
    /// What they found.
    pub faults: Vec<Fault>,
    /// Checks that were made: `syntax`, `format`, `lint`.
    pub checked: Vec<&'static str>,
    /// Checks whose tool is not there, with its name.
    pub unchecked: Vec<(&'static str, String)>,
}

/// Checks a copy of the snippet with each tool that the language names.
pub fn check(
    session: &Session,
    run: &Run,
    prepared: &Prepared,
    places: &Places,
    limit: Duration,
) -> Findings {
    let mut checked = Findings::default();
    let Some(code) = prepared.quoted.code.as_deref() else { return checked };
    let commands = [run.syntax(), run.format(), run.lint()];
    for (check, command) in CHECKS.into_iter().zip(commands) {
        let Some(command) = command else { continue };
        let looked = look(session, run, prepared, places, command, limit);
        if let Ok((Finished { end: End::Missing, .. }, _)) = looked {
            let program = command.first().map_or("", String::as_str);
            checked.unchecked.push((check, format!("there is no `{program}`")));
            continue;
        }
        checked.checked.push(check);
        let finding = match looked {
            Err(error) => error.to_string(),
            Ok((finished, _)) if !finished.end.is_success() => describe_failure(command, &finished),
            Ok((_, after)) if check == "format" && after != code => changed_lines(code, &after),
            Ok(_) => continue,
        };
        checked.faults.push(Fault::Style { check, finding });
    }
    checked
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
    let task =
        Task { words: &words, folder: &folder, env: &env, limit, network: NetworkAccess::Loopback };
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
