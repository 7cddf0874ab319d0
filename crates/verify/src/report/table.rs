//! Targets × messages, one character each, with totals.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use requote::Outcome;

use super::Totals;
use crate::case_result::{CaseResult, Fault, Verdict};
use crate::style::CHECKS;

const GOOD: Style = AnsiColor::Green.on_default();
const BAD: Style = AnsiColor::Red.on_default().bold();
const DIM: Style = Style::new().dimmed();

/// The most messages in one line of the table.
const COLUMNS: usize = 60;

struct Row<'t> {
    target: &'t str,
    cells: Vec<&'t CaseResult>,
    totals: Totals,
}

/// Writes the table; messages that do not parse have no row.
pub fn write(out: &mut impl Write, results: &[CaseResult]) -> io::Result<()> {
    let rows = group(results);
    let Some(width) = rows.iter().map(|row| row.target.len()).max() else { return Ok(()) };
    for row in &rows {
        for (number, cells) in row.cells.chunks(COLUMNS).enumerate() {
            let target = if number == 0 { row.target } else { "" };
            write!(out, "{target:width$}  ")?;
            for result in cells {
                let (mark, style) = mark_of(result);
                write!(out, "{style}{mark}{style:#}")?;
            }
            let gap = COLUMNS.min(row.cells.len()) - cells.len();
            let is_last = (number + 1) * COLUMNS >= row.cells.len();
            let totals = if is_last { describe(row.totals) } else { String::new() };
            writeln!(out, "{:gap$}  {totals}", "")?;
        }
    }
    writeln!(
        out,
        "{DIM}. exact   ~ same meaning   < lossy as said   - unsupported as said   ! failed   \
         s skipped   ? refused without a try{DIM:#}\n"
    )
}

/// Writes the totals of each target as a table of Markdown, where there are several targets.
pub fn write_totals(out: &mut impl Write, results: &[CaseResult]) -> io::Result<()> {
    let rows = group(results);
    if rows.len() < 2 {
        return Ok(());
    }
    writeln!(out, "| target | exact | semantic | lossy | unsupported | failed | skipped |")?;
    writeln!(out, "|---|--:|--:|--:|--:|--:|--:|")?;
    for Row { target, totals, .. } in rows {
        let Totals { exact, semantic, lossy, unsupported, failed, skipped, .. } = totals;
        writeln!(
            out,
            "| `{target}` | {exact} | {semantic} | {lossy} | {unsupported} | {failed} | {skipped} |"
        )?;
    }
    writeln!(out)
}

/// Writes what the tools of each language said of its snippets as a table of Markdown, where there
/// are several targets and a tool was asked for.
pub fn write_styles(out: &mut impl Write, results: &[CaseResult]) -> io::Result<()> {
    let rows = group(results);
    let is_asked = |result: &CaseResult| !result.checked.is_empty() || !result.unchecked.is_empty();
    if rows.len() < 2 || !results.iter().any(is_asked) {
        return Ok(());
    }
    writeln!(out, "| target | {} |", CHECKS.join(" | "))?;
    writeln!(out, "|---{}|", "|--:".repeat(CHECKS.len()))?;
    for Row { target, cells, .. } in rows {
        let words = CHECKS.map(|check| describe_check(check, &cells));
        writeln!(out, "| `{target}` | {} |", words.join(" | "))?;
    }
    writeln!(out)
}

/// How many of the snippets that were checked are as the tool wants them.
fn describe_check(check: &str, results: &[&CaseResult]) -> String {
    let missing =
        results.iter().flat_map(|result| &result.unchecked).find(|(name, _)| *name == check);
    if let Some((_, reason)) = missing {
        return reason.clone();
    }
    let checked = results.iter().filter(|result| result.checked.contains(&check));
    let (mut all, mut good) = (0, 0);
    for result in checked {
        all += 1;
        let is_found =
            |fault: &Fault| matches!(fault, Fault::Style { check: name, .. } if *name == check);
        good += usize::from(!result.faults().iter().any(is_found));
    }
    if all == 0 { "no tool".to_owned() } else { format!("{good} of {all}") }
}

fn group(results: &[CaseResult]) -> Vec<Row<'_>> {
    let mut rows: Vec<Row<'_>> = Vec::new();
    for result in results {
        let Some(target) = result.target.as_deref() else { continue };
        if rows.last().is_none_or(|row| row.target != target) {
            rows.push(Row { target, cells: Vec::new(), totals: Totals::default() });
        }
        if let Some(row) = rows.last_mut() {
            row.cells.push(result);
            row.totals.count(result);
        }
    }
    rows
}

fn mark_of(result: &CaseResult) -> (char, Style) {
    match (&result.verdict, result.outcome()) {
        (Verdict::Failed(_), _) => ('!', BAD),
        (Verdict::Skipped(_), _) => ('s', DIM),
        (Verdict::Untried, _) => ('?', DIM),
        (Verdict::Passed, Some(Outcome::Semantic)) => ('~', GOOD),
        (Verdict::Passed, Some(Outcome::Lossy)) => ('<', GOOD),
        (Verdict::Passed, Some(Outcome::Unsupported)) => ('-', GOOD),
        (Verdict::Passed, _) => ('.', GOOD),
    }
}

fn describe(totals: Totals) -> String {
    let Totals { passed, failed, skipped, untried, .. } = totals;
    let mut words = vec![format!("{passed} passed")];
    if failed > 0 {
        words.push(format!("{failed} failed"));
    }
    if skipped > 0 {
        words.push(format!("{skipped} skipped"));
    }
    if untried > 0 {
        words.push(format!("{untried} refused without a try"));
    }
    words.join(", ")
}
