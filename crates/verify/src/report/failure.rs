//! One failed result, in full.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use requote::diagnostic::{Palette, render};

use super::side_by_side::{lay_out, lay_out_one};
use super::visible::{escape_controls, show_output};
use crate::capture::Arrival;
use crate::case_result::{CaseResult, Fault};
use crate::compare::judge::Claim;
use crate::compare::{Difference, Meaning};

const BAD: Style = AnsiColor::Red.on_default().bold();
const DIM: Style = Style::new().dimmed();

/// The most lines of a program's output.
const OUTPUT_LINES: usize = 15;

/// Writes what failed, what differs, and what the snippet printed.
pub fn write(out: &mut impl Write, result: &CaseResult) -> io::Result<()> {
    let target = result.target.as_deref().unwrap_or("(no target)");
    let message = escape_controls(&result.message);
    writeln!(out, "{BAD}FAIL{BAD:#} {target}  {message}")?;
    for fault in result.faults() {
        match fault {
            Fault::Message(found) => {
                for diagnostic in found {
                    let text = render(diagnostic, &result.message, &result.sent, &Palette::ANSI);
                    out.write_all(text.as_bytes())?;
                }
            }
            fault => write_fault(out, fault)?,
        }
    }
    if let Some(claim) = &result.claim {
        writeln!(out, "  {DIM}said{DIM:#} {}", describe(claim))?;
    }
    for difference in &result.differences {
        write_difference(out, difference)?;
    }
    if result.arrivals.len() > 1 {
        for (number, arrival) in result.arrivals.iter().enumerate() {
            write_block(out, &format!("request {}", number + 1), &first_lines(arrival))?;
        }
    }
    if let Some(arrival) = result.arrivals.iter().find(|arrival| !arrival.surplus.is_empty()) {
        writeln!(out, "    {}", lay_out_one("after the request", Some(&arrival.surplus)))?;
    }
    write_block(out, "stderr", &show_output(&result.stderr, OUTPUT_LINES))?;
    if result.stderr.is_empty() && !result.stdout.is_empty() {
        write_block(out, "stdout", &show_output(&result.stdout, OUTPUT_LINES))?;
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
    if sent.len() != captured.len() {
        // Which value stands for which is anyone's guess.
        for (label, values) in [("message ", sent), ("captured", captured)] {
            write_values(out, label, values)?;
        }
        return Ok(());
    }
    for (sent, captured) in sent.iter().zip(captured) {
        if sent == captured {
            writeln!(out, "    {}", lay_out_one("both    ", Some(sent)))?;
            continue;
        }
        for line in lay_out(sent, captured) {
            write_line(out, &line)?;
        }
    }
    Ok(())
}

fn write_values(out: &mut impl Write, label: &str, values: &[Vec<u8>]) -> io::Result<()> {
    if values.is_empty() {
        return writeln!(out, "    {}", lay_out_one(label, None));
    }
    values.iter().try_for_each(|value| writeln!(out, "    {}", lay_out_one(label, Some(value))))
}

/// A line of marks is in colour.
fn write_line(out: &mut impl Write, line: &str) -> io::Result<()> {
    if line.trim().bytes().all(|byte| byte == b'^' || byte == b'|') {
        writeln!(out, "    {BAD}{line}{BAD:#}")
    } else {
        writeln!(out, "    {line}")
    }
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
