//! The record of what ran: for each target, case and body mode the hash of the code, and what the
//! wire said of it.
//!
//! A file per target, a line per case and mode, sorted, so that two branches merge:
//!
//! ```text
//! put-json auto 9f8e7d6c5b4a3210 semantic body
//! ```

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use requote::{BodyMode, Engine, Options, Outcome, TargetId};
use sha2::{Digest, Sha256};

use crate::case_result::{CaseResult, Verdict};
use crate::compare::Meaning;
use crate::prepare::Source;

fn is_refused(result: &CaseResult) -> bool {
    result.outcome() == Some(Outcome::Unsupported)
}

/// The hash of the code and the files that it reads, for the message as it is; of a request that the
/// target refuses, that of the code which tries it all the same.
///
/// Nothing where there is no code: what is not run proves nothing.
pub fn hash_of(
    engine: &Engine,
    options: &Options,
    target: &TargetId,
    bytes: &[u8],
) -> Option<String> {
    let message = requote::parse(bytes).ok()?;
    let mut snippet = engine.quote(&message, target, options).ok()?;
    if snippet.code.is_none() {
        snippet = engine.quote(&message, target, &options.clone().with_refused_tried()).ok()?;
    }
    let mut hash = Sha256::new();
    hash.update(snippet.code?);
    for attachment in &snippet.attachments {
        hash.update([0]);
        hash.update(&attachment.name);
        hash.update([0]);
        hash.update(&attachment.bytes);
    }
    Some(shorten(&hash.finalize()))
}

/// 64 bits tell all snippets of a project apart.
fn shorten(hash: &[u8]) -> String {
    hash.iter().take(8).fold(String::new(), |mut text, byte| {
        // Writing to a `String` cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// What is recorded of a case in a mode.
type Key = (String, String);

/// The record of a folder.
#[derive(Debug)]
pub struct Ledger {
    folder: PathBuf,
    /// The lines of each target that was asked for, without their keys.
    targets: BTreeMap<String, BTreeMap<Key, String>>,
}

impl Ledger {
    /// The record in this folder; what is not there yet is empty.
    pub fn open(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), targets: BTreeMap::new() }
    }

    /// Whether this code ran and did what was said of it.
    pub fn knows(
        &mut self,
        target: &str,
        case: &str,
        mode: BodyMode,
        hash: &str,
    ) -> io::Result<bool> {
        let lines = self.lines_of(target)?;
        let line = lines.get(&(case.to_owned(), mode.to_string()));
        Ok(line.is_some_and(|line| line.split(' ').next() == Some(hash)))
    }

    /// Records a result that passed on the wire; forgets a case that failed.
    pub fn record(&mut self, result: &CaseResult, mode: BodyMode, hash: &str) -> io::Result<()> {
        let Some(target) = result.target.clone() else { return Ok(()) };
        let key = (case_of(&result.message), mode.to_string());
        match &result.verdict {
            Verdict::Failed(_) => {
                self.lines_of(&target)?.remove(&key);
            }
            // A refusal that was tried is proven by what did not arrive as well.
            Verdict::Passed if result.arrivals.len() == 1 || is_refused(result) => {
                let line = format!("{hash} {}", summarise(result));
                self.lines_of(&target)?.insert(key, line);
            }
            Verdict::Passed | Verdict::Untried | Verdict::Skipped(_) => {}
        }
        Ok(())
    }

    /// Writes the files of the targets that were asked for.
    pub fn save(&self) -> io::Result<()> {
        fs::create_dir_all(&self.folder)?;
        for (target, lines) in &self.targets {
            let mut text = String::new();
            for ((case, mode), line) in lines {
                // Writing to a `String` cannot fail.
                let _ = writeln!(text, "{case} {mode} {line}");
            }
            let mut file = tempfile::NamedTempFile::new_in(&self.folder)?;
            file.write_all(text.as_bytes())?;
            make_readable(file.path())?;
            file.persist(self.path_of(target)).map_err(|failed| failed.error)?;
        }
        Ok(())
    }

    fn path_of(&self, target: &str) -> PathBuf {
        self.folder.join(format!("{}.txt", target.replace('/', "-")))
    }

    fn lines_of(&mut self, target: &str) -> io::Result<&mut BTreeMap<Key, String>> {
        if !self.targets.contains_key(target) {
            let lines = read(&self.path_of(target))?;
            self.targets.insert(target.to_owned(), lines);
        }
        Ok(self.targets.entry(target.to_owned()).or_default())
    }
}

/// Temporary files are private; these are part of a repository.
#[cfg(unix)]
fn make_readable(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(path, fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn make_readable(_: &Path) -> io::Result<()> {
    Ok(())
}

fn read(path: &Path) -> io::Result<BTreeMap<Key, String>> {
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(BTreeMap::new()),
        Err(error) => return Err(error),
    };
    let read_line = |line: &str| {
        let mut words = line.splitn(3, ' ').map(str::to_owned);
        let key = (words.next()?, words.next()?);
        Some((key, words.next()?))
    };
    text.lines()
        .map(|line| {
            read_line(line).ok_or_else(|| {
                let message = format!("{}: `{line}` is no line of a ledger", path.display());
                io::Error::new(io::ErrorKind::InvalidData, message)
            })
        })
        .collect()
}

/// The case of a message is the name of its file.
pub fn case_of(message: &str) -> String {
    let stem = Path::new(message).file_stem().unwrap_or_default().to_string_lossy();
    stem.replace(char::is_whitespace, "-")
}

/// `semantic body,header:content-type`.
fn summarise(result: &CaseResult) -> String {
    let mut text = result.outcome().map(|outcome| outcome.to_string()).unwrap_or_default();
    let counted = result.differences.iter().filter(|found| found.meaning != Meaning::Framing);
    let parts: Vec<String> = counted.map(|found| found.part.to_string()).collect();
    if !parts.is_empty() {
        text.push(' ');
        text.push_str(&parts.join(","));
    }
    text
}

/// Whether a case that is known is run all the same: one of ten, which ones the seed says.
pub fn is_sampled(seed: &str, target: &str, source: &Source) -> bool {
    let mut hash = Sha256::new();
    for part in [seed, target, &source.name] {
        hash.update(part);
        hash.update([0]);
    }
    hash.finalize().first().is_some_and(|byte| byte % 10 == 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn result(message: &str, verdict: Verdict) -> CaseResult {
        let mut result = CaseResult::unrun(message, Some("a/b".to_owned()), verdict);
        result.arrivals.push(crate::capture::Arrival {
            bytes: Vec::new(),
            surplus: Vec::new(),
            broken: None,
        });
        result
    }

    #[test]
    fn what_passed_is_known_until_it_changes_or_fails() {
        let folder = tempfile::tempdir().unwrap();
        let mut ledger = Ledger::open(folder.path());
        let mode = BodyMode::Auto;
        ledger.record(&result("x/put.http", Verdict::Passed), mode, "1234").unwrap();
        ledger.record(&result("get.http", Verdict::Passed), mode, "5678").unwrap();
        ledger.save().unwrap();
        let text = fs::read_to_string(folder.path().join("a-b.txt")).unwrap();
        assert_eq!(text, "get auto 5678 \nput auto 1234 \n");
        let mut ledger = Ledger::open(folder.path());
        assert!(ledger.knows("a/b", "put", mode, "1234").unwrap());
        assert!(!ledger.knows("a/b", "put", mode, "12").unwrap());
        assert!(!ledger.knows("a/b", "put", BodyMode::Exact, "1234").unwrap());
        assert!(!ledger.knows("a/c", "put", mode, "1234").unwrap());
        ledger.record(&result("put.http", Verdict::Failed(Vec::new())), mode, "1234").unwrap();
        assert!(!ledger.knows("a/b", "put", mode, "1234").unwrap());
        assert!(ledger.knows("a/b", "get", mode, "5678").unwrap());
    }

    #[test]
    fn what_did_not_run_proves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let mut ledger = Ledger::open(folder.path());
        let unrun = CaseResult::unrun("put.http", Some("a/b".to_owned()), Verdict::Passed);
        ledger.record(&unrun, BodyMode::Auto, "1234").unwrap();
        assert!(!ledger.knows("a/b", "put", BodyMode::Auto, "1234").unwrap());
    }

    #[test]
    fn a_line_that_cannot_be_read_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a-b.txt"), "put auto\n").unwrap();
        let error = Ledger::open(folder.path()).knows("a/b", "put", BodyMode::Auto, "1");
        assert!(error.unwrap_err().to_string().contains("no line of a ledger"));
    }

    #[test]
    fn about_a_tenth_is_sampled_and_seeds_differ() {
        let count = |seed: &str| {
            (0..1000)
                .map(|number| Source::new(number.to_string(), Vec::new()))
                .filter(|source| is_sampled(seed, "a/b", source))
                .map(|source| source.name)
                .collect::<Vec<_>>()
        };
        let (first, second) = (count("1"), count("2"));
        assert!((60..140).contains(&first.len()) && first != second, "{}", first.len());
    }
}
