//! `requote template`: what an author of templates needs.

mod args;
mod check;
mod coverage;
mod diff;
mod docs;
mod learn;
mod new;
mod probes;
mod requests;
mod show;
mod test;
mod watch;

use crate::report::Report;
use crate::stop::{Status, Stop};

pub use args::TemplateArgs;
use args::TemplateCommand;

/// Does what the subcommand says.
pub fn run(args: &TemplateArgs, report: &mut Report) -> Result<Status, Stop> {
    match &args.command {
        TemplateCommand::Show(args) => show::run(args),
        TemplateCommand::New(args) => new::run(args, report),
        TemplateCommand::Diff(args) => diff::run(args),
        TemplateCommand::Check(args) => check::run(args, report),
        TemplateCommand::Docs(args) => docs::run(args),
        TemplateCommand::Test(args) => test::run(args, report),
        TemplateCommand::Watch(args) => watch::run(args, report),
        TemplateCommand::Learn(args) => learn::run(args, report),
    }
}
