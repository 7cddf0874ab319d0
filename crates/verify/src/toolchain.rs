//! Which toolchains are there. Nothing is installed; what is missing is named.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use requote::language::run::{Command, Run};

use super::places::Places;
use super::process::{self, NetworkAccess, Task};
use super::session::Session;

/// The time limit of one look for a tool.
const LOOK_LIMIT: Duration = Duration::from_secs(60);

/// A toolchain that is not there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// The command that was to succeed.
    pub command: String,
    /// How it failed.
    pub reason: String,
    /// Where snippets run, in words: the program or the system that they need.
    pub location: Option<String>,
    /// How a person installs it.
    pub install: Option<String>,
}

impl std::fmt::Display for Missing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "`{}`: {}", self.command, self.reason)?;
        self.location.as_ref().map_or(Ok(()), |location| write!(f, "; runs on {location}"))
    }
}

type Found = Arc<OnceLock<Result<(), String>>>;

/// What was looked for in this session.
#[derive(Default)]
pub struct Toolchains(Mutex<HashMap<Vec<String>, Found>>);

impl Toolchains {
    /// Looks for all that `run` requires; each command runs once in a session.
    pub fn look_for(&self, session: &Session, run: &Run) -> Result<(), Missing> {
        for command in run.requires() {
            self.try_command(session, run, command).map_err(|reason| Missing {
                command: command.join(" "),
                reason,
                location: run.location().map(str::to_owned),
                install: run.install().map(str::to_owned),
            })?;
        }
        Ok(())
    }

    /// Runs a command that succeeds where a toolchain is there; the error says how it failed.
    pub fn try_command(
        &self,
        session: &Session,
        run: &Run,
        command: &Command,
    ) -> Result<(), String> {
        let env = Places::default().fill_env(run);
        // The same command may find other things with other variables.
        let mut key = command.clone();
        key.extend(env.iter().map(|(name, value)| format!("{name}={value}")));
        let found = {
            let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(known.entry(key).or_default())
        };
        let look = || {
            let folder = session.temporary();
            let task = Task {
                words: command,
                folder: &folder,
                env: &env,
                limit: LOOK_LIMIT,
                network: NetworkAccess::Loopback,
            };
            let finished = process::run(session, &task);
            if finished.end.is_success() {
                return Ok(());
            }
            let stderr = String::from_utf8_lossy(&finished.stderr);
            let last = stderr.lines().rfind(|line| !line.trim().is_empty()).unwrap_or_default();
            let end = finished.end.to_string();
            Err(if last.is_empty() { end } else { format!("{end} ({})", last.trim()) })
        };
        found.get_or_init(look).clone()
    }
}
