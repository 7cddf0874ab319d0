//! requote quotes an HTTP request as code: a raw HTTP message in, a runnable snippet out.

mod args;
mod check;
mod code;
mod completions;
mod input;
mod man;
mod output;
mod page;
mod report;
mod stop;
mod targets;
mod templates;
mod to;
mod verify;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    let args::Cli { command, color } = args::Cli::parse();
    report::Report::new(color).conclude(|report| command.run(report))
}
