//! What the toolchains of targets are, and which of them this machine lacks.

use std::collections::BTreeSet;
use std::io::{self, Write};

use requote::TargetId;
use requote::language::run::{Command, Run};
use serde_json::json;

use super::args::{Args, Error, Format};
use super::session::Session;
use super::toolchain::Toolchains;

/// The toolchain of one target on this machine.
struct Need {
    target: TargetId,
    run: Run,
    /// The commands that the target requires, and how each failed.
    looked: Vec<(Command, Option<String>)>,
}

impl Need {
    fn look(target: &TargetId, run: Run, session: &Session, toolchains: &Toolchains) -> Self {
        let look = |command: &Command| {
            (command.clone(), toolchains.try_command(session, &run, command).err())
        };
        let looked = run.requires().iter().map(look).collect();
        Self { target: target.clone(), run, looked }
    }

    fn is_here(&self) -> bool {
        self.looked.iter().all(|(_, failure)| failure.is_none())
    }

    /// A line for a toolchain that is here; for another what is missing and how it is had.
    fn write(&self, out: &mut impl Write, width: usize) -> io::Result<()> {
        let commands = |is_listed: fn(&Option<String>) -> bool| {
            let listed = self.looked.iter().filter(move |(_, failure)| is_listed(failure));
            listed.map(|(command, failure)| match failure {
                None => format!("`{}`", command.join(" ")),
                Some(failure) => format!("`{}`: {failure}", command.join(" ")),
            })
        };
        let target = self.target.to_string();
        if self.is_here() {
            let all: Vec<String> = commands(|_| true).collect();
            return writeln!(out, "{target:width$}  here     {}", all.join(", "));
        }
        let lacking: Vec<String> = commands(Option::is_some).collect();
        writeln!(out, "{target:width$}  missing  {}", lacking.join(", "))?;
        if let Some(location) = self.run.location() {
            writeln!(out, "{:width$}           runs on {location}", "")?;
        }
        match self.run.install() {
            Some(install) => writeln!(out, "{:width$}           install: {install}", ""),
            None => Ok(()),
        }
    }

    fn describe(&self) -> serde_json::Value {
        let requires = self
            .looked
            .iter()
            .map(|(command, failure)| json!({ "command": command, "error": failure }));
        json!({
            "target": self.target.to_string(),
            "here": self.is_here(),
            "requires": requires.collect::<serde_json::Value>(),
            "where": self.run.location(),
            "install": self.run.install(),
        })
    }
}

/// Prints what each target of `args` requires and whether this machine has it; gives the required
/// targets whose toolchain is missing. Nothing is run but the commands of `[run] requires`.
pub fn list_needs(args: &Args) -> Result<BTreeSet<TargetId>, Error> {
    let session = Session::start()
        .map_err(|error| Error::Folder { place: "the temporary folder".to_owned(), error })?;
    let toolchains = Toolchains::default();
    let mut needs = Vec::new();
    for target in args.targets.union(&args.required) {
        let run = args.engine.run_plan(target)?;
        needs.push(Need::look(target, run, &session, &toolchains));
    }
    write_all(&needs, args.format, &mut anstream::stdout().lock())?;
    let missing = needs.into_iter().filter(|need| !need.is_here()).map(|need| need.target);
    Ok(missing.filter(|target| args.required.contains(target)).collect())
}

fn write_all(needs: &[Need], format: Format, out: &mut impl Write) -> io::Result<()> {
    let width = needs.iter().map(|need| need.target.to_string().len()).max().unwrap_or_default();
    for need in needs {
        match format {
            Format::Json => writeln!(out, "{}", need.describe())?,
            Format::Text => need.write(out, width)?,
        }
    }
    if format == Format::Text {
        let here = needs.iter().filter(|need| need.is_here()).count();
        writeln!(out, "{here} here, {} missing", needs.len() - here)?;
    }
    out.flush()
}
