//! `requote template check`: all that is wrong with templates of a user's own.

use requote::Finding;
use requote::diagnostic::{Diagnostic, Severity};

use super::args::CheckArgs;
use crate::report::Report;
use crate::stop::{Status, Stop};
use crate::templates::lay_over;

/// A number and a noun: `1 error`, `2 errors`.
pub fn count(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}

/// A finding as it is printed.
pub fn diagnostic_of(finding: &Finding) -> Diagnostic {
    let (code, text) = (finding.code, finding.message.clone());
    let diagnostic = match finding.severity {
        Severity::Error => Diagnostic::error(code, text),
        Severity::Warning => Diagnostic::warning(code, text),
        _ => Diagnostic::note(code, text),
    };
    match finding.help {
        Some(help) => diagnostic.with_help(help),
        None => diagnostic,
    }
}

/// Tells each finding, and how many there are.
pub fn run(args: &CheckArgs, report: &mut Report) -> Result<Status, Stop> {
    let findings = lay_over(&args.folders)?.findings();
    let mut counts = [0_usize; 3];
    for finding in &findings {
        let place = match finding.severity {
            Severity::Error => 0,
            Severity::Warning => 1,
            _ => 2,
        };
        counts[place] += 1;
        if place == 2 && !args.verbose {
            continue;
        }
        report.tell_framed(&diagnostic_of(finding));
    }
    let [errors, warnings, notes] = counts;
    let hidden = if notes > 0 && !args.verbose { " (--verbose prints them)" } else { "" };
    let [errors_told, warnings_told, notes_told] =
        [(errors, "error"), (warnings, "warning"), (notes, "note")].map(|(n, word)| count(n, word));
    report.write(&format!("{errors_told}, {warnings_told}, {notes_told}{hidden}\n"));
    let fails = errors > 0 || args.strict && warnings > 0;
    Ok(if fails { Status::Failed } else { Status::Done })
}
