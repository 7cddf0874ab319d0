//! `requote completions`: what a shell needs to complete a command line.

use std::io::Write;

use clap::builder::PossibleValuesParser;
use clap::{Arg, CommandFactory};
use clap_complete::generate;
use requote::Engine;

use crate::args::{Cli, CompletionsArgs};
use crate::output::stdout::stdout;
use crate::stop::{Status, Stop};

/// Prints the completions; the targets are among them.
pub fn run(args: &CompletionsArgs) -> Result<Status, Stop> {
    let names = list_names(&Engine::new());
    let complete = |arg: Arg| arg.value_parser(PossibleValuesParser::new(&names));
    let mut command = Cli::command()
        .mut_subcommand("to", |to| to.mut_arg("targets", complete))
        .mut_subcommand("verify", |it| it.mut_arg("target", complete).mut_arg("require", complete));
    let mut script = Vec::new();
    generate(args.shell, &mut command, "requote", &mut script);
    stdout()?.write_all(&script)?;
    Ok(Status::Done)
}

/// Every name that means a target: languages, clients and ids.
fn list_names(engine: &Engine) -> Vec<String> {
    let ids = engine.ids();
    let mut names = vec!["all".to_owned()];
    names.extend(ids.iter().map(|id| id.language().to_owned()));
    names.extend(ids.iter().map(|id| id.client().to_owned()));
    names.retain(|name| name == "all" || engine.find(name).is_ok());
    names.extend(ids.iter().map(ToString::to_string));
    names.sort();
    names.dedup();
    names
}
