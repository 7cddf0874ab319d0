//! One failed trial, in full.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use super::side_by_side::{lay_out, lay_out_one};
use super::visible::{escape_controls, show_output};
use crate::verify::capture::Arrival;
use crate::verify::compare::judge::Claim;
use crate::verify::compare::{Difference, Meaning};
use crate::verify::trial::{Fault, Trial};

const BAD: Style = AnsiColor::Red.on_default().bold();
const DIM: Style = Style::new().dimmed();

/// The most lines of a program's output.
const OUTPUT_LINES: usize = 15;

/// Writes what failed, what differs, and what the snippet printed.
pub fn write(out: &mut impl Write, trial: &Trial) -> io::Result<()> {
    let target = trial.target.as_deref().unwrap_or("(no target)");
    let message = escape_controls(&trial.message);
    writeln!(out, "{BAD}FAIL{BAD:#} {target}  {message}")?;
    for fault in trial.faults() {
        write_fault(out, fault)?;
    }
    if let Some(claim) = &trial.claim {
        writeln!(out, "  {DIM}said{DIM:#} {}", describe(claim))?;
    }
    for difference in &trial.differences {
        write_difference(out, difference)?;
    }
    if trial.arrivals.len() > 1 {
        for (number, arrival) in trial.arrivals.iter().enumerate() {
            write_block(out, &format!("request {}", number + 1), &first_lines(arrival))?;
        }
    }
    if let Some(arrival) = trial.arrivals.iter().find(|arrival| !arrival.surplus.is_empty()) {
        writeln!(out, "    {}", lay_out_one("after the request", Some(&arrival.surplus)))?;
    }
    write_block(out, "stderr", &show_output(&trial.stderr, OUTPUT_LINES))?;
    if trial.stderr.is_empty() && !trial.stdout.is_empty() {
        write_block(out, "stdout", &show_output(&trial.stdout, OUTPUT_LINES))?;
    }
    writeln!(out)
}

fn write_fault(out: &mut impl Write, fault: &Fault) -> io::Result<()> {
    let words = fault.to_string();
    let findings = match fault {
        Fault::Style { finding, .. } => finding.lines().skip(1),
        _ => "".lines().skip(1),
    };
    for (number, line) in words.lines().chain(findings).enumerate() {
        let indent = if number == 0 { "  " } else { "    " };
        writeln!(out, "{indent}{}", escape_controls(line))?;
    }
    Ok(())
}

/// `lossy, header-dropped (header:cookie); adds accept`.
fn describe(claim: &Claim) -> String {
    let mut words = claim.outcome.to_string();
    for diagnostic in &claim.diagnostics {
        let parts: Vec<String> = diagnostic.affects.iter().map(ToString::to_string).collect();
        if !parts.is_empty() {
            words.extend([", ", &diagnostic.code, " (", &parts.join(", "), ")"]);
        }
    }
    if !claim.adds.is_empty() {
        words.push_str("; adds ");
        words.push_str(&claim.adds.join(", "));
    }
    words
}

fn write_difference(out: &mut impl Write, difference: &Difference) -> io::Result<()> {
    if difference.meaning == Meaning::Framing {
        return Ok(());
    }
    let same = if difference.meaning == Meaning::Same { ", same meaning" } else { "" };
    writeln!(out, "  {} {}{same}", difference.part, difference.kind.as_str())?;
    let (sent, captured) = (&difference.sent, &difference.captured);
    for index in 0..sent.len().max(captured.len()) {
        match (sent.get(index), captured.get(index)) {
            (Some(sent), Some(captured)) if sent == captured => {
                writeln!(out, "    {}", lay_out_one("both    ", Some(sent)))?;
            }
            (Some(sent), Some(captured)) => {
                for line in lay_out(sent, captured) {
                    writeln!(out, "    {line}")?;
                }
            }
            (sent, captured) => {
                writeln!(out, "    {}", lay_out_one("message ", sent.map(Vec::as_slice)))?;
                writeln!(out, "    {}", lay_out_one("captured", captured.map(Vec::as_slice)))?;
            }
        }
    }
    Ok(())
}

fn first_lines(arrival: &Arrival) -> Vec<String> {
    let head = arrival.bytes.split(|&byte| byte == b'\n').take(6);
    head.map(|line| super::visible::show(line.trim_ascii_end())).collect()
}

fn write_block(out: &mut impl Write, title: &str, lines: &[String]) -> io::Result<()> {
    if lines.is_empty() {
        return Ok(());
    }
    writeln!(out, "  {DIM}{title}{DIM:#}")?;
    lines.iter().try_for_each(|line| writeln!(out, "    {line}"))
}
