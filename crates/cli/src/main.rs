//! requote quotes an HTTP request as code: a raw HTTP message in, a runnable snippet out.

mod args;
mod check;
mod code;
mod completions;
mod docs;
mod input;
mod man;
mod mdbook;
mod openapi;
mod output;
mod page;
mod reading;
mod report;
mod settings;
mod site;
mod stop;
mod targets;
mod template;
mod templates;
mod to;
mod verify;

use std::process::ExitCode;

use clap::Parser;

use args::{Cli, Color, Command};
use output::stdout::ensure_open;
use report::Report;
use stop::{Status, Stop};

fn main() -> ExitCode {
    match Cli::try_parse() {
        Ok(Cli { command, color }) => Report::new(color).conclude(|report| run(&command, report)),
        // The help or the version that was asked for.
        Err(asked) if !asked.use_stderr() => Report::new(Color::Auto).conclude(|_| {
            ensure_open()?;
            asked.print()?;
            Ok(Status::Done)
        }),
        Err(error) => error.exit(),
    }
}

fn run(command: &Command, report: &mut Report) -> Result<Status, Stop> {
    match command {
        Command::To(args) => to::run(args, report),
        Command::Targets(args) => targets::run(args, report),
        Command::Check(args) => check::run(args, report),
        Command::Verify(args) => verify::run(args, report),
        Command::Docs(args) => docs::run(args, report),
        Command::Site(args) => site::run(args, report),
        Command::Openapi(args) => openapi::run(args, report),
        Command::Template(args) => template::run(args, report),
        Command::Mdbook(args) => mdbook::run(args, report),
        Command::Completions(args) => completions::run(args),
        Command::Man(args) => man::run(args),
    }
}
