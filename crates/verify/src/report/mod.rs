//! Results → words for people, or data for scripts.

mod failure;
mod json;
mod side_by_side;
mod table;
pub mod visible;

pub use json::describe;

use std::io::{self, IsTerminal, Write};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use requote::Outcome;

use super::args::Format;
use super::case_result::{CaseResult, Fault, Skip, Verdict};

/// Who reads the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    /// A person at a terminal: progress, a table, then what failed.
    Terminal,
    /// A log: what failed as it comes, then tables of Markdown.
    Log,
    /// A script: one JSON object per result and one with the totals.
    Script,
}

impl Reader {
    /// The reader of standard output.
    pub fn of_stdout(format: Format) -> Self {
        match format {
            Format::Json => Self::Script,
            Format::Text if io::stdout().is_terminal() => Self::Terminal,
            Format::Text => Self::Log,
        }
    }
}

/// How many results came to what.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct Totals {
    /// Results of which all that was said is true; the sum of the four below.
    pub passed: usize,
    /// Results with a fault.
    pub failed: usize,
    /// Results that did not run.
    pub skipped: usize,
    /// Refused requests that no code tries: nothing shows whether the refusal is true.
    pub untried: usize,
    /// Passed, and said to be exact.
    pub exact: usize,
    /// Passed, and said to be equal in meaning.
    pub semantic: usize,
    /// Passed, and said to lose something.
    pub lossy: usize,
    /// Passed, and said to be impossible, which the code that tries it confirms.
    pub unsupported: usize,
}

impl Totals {
    /// Counts one result.
    pub fn count(&mut self, result: &CaseResult) {
        match &result.verdict {
            Verdict::Failed(_) => self.failed += 1,
            Verdict::Skipped(_) => self.skipped += 1,
            Verdict::Untried => self.untried += 1,
            Verdict::Passed => {
                self.passed += 1;
                match result.outcome() {
                    Some(Outcome::Exact) | None => self.exact += 1,
                    Some(Outcome::Semantic) => self.semantic += 1,
                    Some(Outcome::Lossy) => self.lossy += 1,
                    Some(Outcome::Unsupported) => self.unsupported += 1,
                }
            }
        }
    }
}

/// Writes the report while the results come.
pub struct Report<W> {
    reader: Reader,
    out: W,
    bar: ProgressBar,
    totals: Totals,
    results: Vec<CaseResult>,
}

impl<W: Write> Report<W> {
    /// A report of so many results.
    pub fn new(reader: Reader, out: W, count: usize) -> Self {
        let bar = ProgressBar::new(count as u64);
        bar.set_draw_target(match reader {
            Reader::Terminal => ProgressDrawTarget::stderr(),
            Reader::Log | Reader::Script => ProgressDrawTarget::hidden(),
        });
        let template = "{bar:40} {pos}/{len}  {msg}";
        bar.set_style(
            ProgressStyle::with_template(template).unwrap_or(ProgressStyle::default_bar()),
        );
        Self { reader, out, bar, totals: Totals::default(), results: Vec::new() }
    }

    /// Whether each result is reported as soon as it ended, in whatever order.
    pub fn is_stream(&self) -> bool {
        self.reader == Reader::Script
    }

    /// More results are to come.
    pub fn expect(&mut self, count: usize) {
        self.bar.inc_length(count as u64);
    }

    /// So many results ended; they are reported when it is their turn.
    pub fn tick(&mut self, results: &[CaseResult]) {
        self.bar.inc(results.len() as u64);
        if let Some(result) = results.last() {
            self.bar.set_message(result.target.clone().unwrap_or_default());
        }
    }

    /// Reports a result.
    pub fn add(&mut self, result: CaseResult) -> io::Result<()> {
        self.totals.count(&result);
        match self.reader {
            Reader::Script => json::write_trial(&mut self.out, &result)?,
            Reader::Log if is_telling(&result) => failure::write(&mut self.out, &result)?,
            Reader::Log | Reader::Terminal => {}
        }
        // Only what failed is shown again.
        let is_shown_again = self.reader == Reader::Terminal && is_telling(&result);
        self.results.push(if is_shown_again { result } else { slim(result) });
        Ok(())
    }

    /// Writes something between the results.
    pub fn write(&mut self, text: &str) -> io::Result<()> {
        if self.reader == Reader::Script {
            return Ok(());
        }
        self.bar.suspend(|| self.out.write_all(text.as_bytes()))
    }

    /// Writes one JSON object where a script reads.
    pub fn write_object(&mut self, object: &serde_json::Value) -> io::Result<()> {
        if self.reader == Reader::Script { writeln!(self.out, "{object}") } else { Ok(()) }
    }

    /// Writes the end of the report: the table, what failed, what did not run, and the totals.
    pub fn finish(mut self) -> io::Result<Totals> {
        self.bar.finish_and_clear();
        if self.reader == Reader::Script {
            json::write_totals(&mut self.out, self.totals)?;
            self.out.flush()?;
            return Ok(self.totals);
        }
        if self.reader == Reader::Terminal {
            table::write(&mut self.out, &self.results)?;
            for result in self.results.iter().filter(|result| is_telling(result)) {
                failure::write(&mut self.out, result)?;
            }
        }
        if self.reader == Reader::Log {
            table::write_totals(&mut self.out, &self.results)?;
            table::write_styles(&mut self.out, &self.results)?;
        }
        write_missing(&mut self.out, &self.results)?;
        let Totals { passed, failed, skipped, untried, .. } = self.totals;
        write!(self.out, "{passed} passed, {failed} failed, {skipped} skipped")?;
        match untried {
            0 => writeln!(self.out)?,
            _ => writeln!(self.out, ", {untried} refused without a try")?,
        }
        self.out.flush()?;
        Ok(self.totals)
    }
}

/// Whether the result failed in a way of its own, and not for want of a toolchain.
fn is_telling(result: &CaseResult) -> bool {
    result.faults().iter().any(|fault| !matches!(fault, Fault::NotRun(_)))
}

/// What did not run or was not checked, by target.
fn write_missing(out: &mut impl Write, results: &[CaseResult]) -> io::Result<()> {
    let mut groups: Vec<(&str, String, usize)> = Vec::new();
    for result in results {
        let target = result.target.as_deref().unwrap_or_default();
        for reason in reasons_of(result) {
            let known =
                groups.iter_mut().find(|(known, words, _)| *known == target && *words == reason);
            match known {
                Some((_, _, count)) => *count += 1,
                None => groups.push((target, reason, 1)),
            }
        }
    }
    for (target, reason, count) in groups {
        let noun = if count == 1 { "message" } else { "messages" };
        writeln!(out, "{target}: {count} {noun} {reason}")?;
    }
    Ok(())
}

fn reasons_of(result: &CaseResult) -> Vec<String> {
    let mut reasons = Vec::new();
    let skip = match (&result.verdict, result.faults()) {
        (Verdict::Skipped(skip), _) => Some(("skipped", skip)),
        (_, [Fault::NotRun(skip)]) => Some(("failed", skip)),
        _ => None,
    };
    if let Some((word, skip)) = skip {
        let install = match skip {
            Skip::Missing(missing) => missing.install.as_deref(),
            Skip::NotRunnable => None,
        };
        let install = install.map(|line| format!("; install: {line}")).unwrap_or_default();
        reasons.push(format!("{word}: {skip}{install}"));
    }
    let unchecked = result.unchecked.iter();
    reasons.extend(unchecked.map(|(check, reason)| format!("without {check} check: {reason}")));
    reasons
}

fn slim(result: CaseResult) -> CaseResult {
    CaseResult {
        code: None,
        attachments: Vec::new(),
        sent: Vec::new(),
        arrivals: Vec::new(),
        differences: Vec::new(),
        stdout: Vec::new(),
        stderr: Vec::new(),
        ..result
    }
}
