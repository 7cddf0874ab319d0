//! `requote man`: the manual pages, from the same text as the help.

use std::fs;
use std::io::Write;

use clap::{Command, CommandFactory};
use clap_mangen::Man;
use requote::diagnostic::Diagnostic;

use crate::args::{Cli, ManArgs};
use crate::code;
use crate::output::stdout::stdout;
use crate::stop::{Status, Stop};

/// Prints one page, or writes all of them.
pub fn run(args: &ManArgs) -> Result<Status, Stop> {
    let mut command = Cli::command().disable_help_subcommand(true);
    // Gives the subcommands the names that their pages have: `requote-to`.
    command.build();
    if let Some(folder) = &args.output {
        fs::create_dir_all(folder)
            .and_then(|()| clap_mangen::generate_to(command, folder))
            .map_err(|error| Stop::output(&format!("`{}`", folder.display()), &error))?;
        return Ok(Status::Done);
    }
    let command = match &args.subcommand {
        Some(name) => find_subcommand(&command, name)?,
        None => command,
    };
    let mut page = Vec::new();
    Man::new(command).render(&mut page)?;
    stdout()?.write_all(&page)?;
    Ok(Status::Done)
}

fn find_subcommand(command: &Command, name: &str) -> Result<Command, Stop> {
    command.find_subcommand(name).cloned().ok_or_else(|| {
        let names: Vec<&str> = command.get_subcommands().map(Command::get_name).collect();
        Stop::usage(
            Diagnostic::error(code::UNKNOWN_SUBCOMMAND, format!("there is no subcommand `{name}`"))
                .with_help(format!("the subcommands are {}", names.join(", "))),
        )
    })
}
