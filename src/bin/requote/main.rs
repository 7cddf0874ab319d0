//! The program.

mod verify;

use std::process::ExitCode;

use clap::Parser;

/// Quotes an HTTP request as code
#[derive(Debug, Parser)]
#[command(version, about)]
enum Cli {
    /// Run the snippets and compare what they send with the message
    Verify(verify::args::VerifyArgs),
}

fn main() -> ExitCode {
    match Cli::parse() {
        Cli::Verify(args) => verify::run(&args),
    }
}
