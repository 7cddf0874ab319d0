//! The command line → what is to be run, and with what.

use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::io;
use std::sync::Arc;
use std::thread;

use requote::{Engine, Error, Options, TargetId};

use super::args::VerifyArgs;
use super::bench::{Bench, Checks, Shop};
use super::prepare::Source;
use super::session::Session;
use super::templates::read_folder;
use super::toolchain::Toolchains;
use super::trial::{Fault, Trial, Verdict};
use super::workspace::Workspaces;

/// All that a session works with.
pub struct Setting {
    /// What all targets share.
    pub shop: Shop,
    /// A bench for each target, sorted by target.
    pub benches: Vec<Bench>,
    /// The messages that parse.
    pub sources: Vec<Arc<Source>>,
    /// The files that are no message.
    pub unread: Vec<Trial>,
    /// Targets whose toolchain must be there.
    pub required: BTreeSet<String>,
    /// How many runs go side by side.
    pub threads: usize,
}

/// Why nothing was run.
#[derive(Debug)]
pub enum Wrong {
    /// A target that there is not, or a language that does not load.
    Engine(Error),
    /// The machine does not give what is needed.
    Io(io::Error),
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Engine(error) => error.fmt(f),
            Self::Io(error) => error.fmt(f),
        }
    }
}

impl From<Error> for Wrong {
    fn from(error: Error) -> Self {
        Self::Engine(error)
    }
}

impl From<io::Error> for Wrong {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl Setting {
    /// Reads messages and languages, and starts the session.
    pub fn prepare(args: &VerifyArgs) -> Result<Self, Wrong> {
        let engine = match &args.templates {
            Some(folder) => Engine::with_templates(read_folder(folder)?),
            None => Engine::new(),
        };
        let required = find_targets(&engine, &args.require)?;
        let benches = find_targets(&engine, &args.target)?
            .into_iter()
            .map(|target| Ok(Bench::new(target.clone(), engine.run_plan(&target)?)))
            .collect::<Result<_, Error>>()?;
        let (sources, unread) = read_messages(args);
        let cores = thread::available_parallelism().map_or(1, usize::from);
        Ok(Self {
            shop: Shop {
                session: Session::start()?,
                engine,
                options: Options::default().with_body(args.body.into()),
                timeout: args.timeout,
                checks: if args.format_check { Checks::WireAndStyle } else { Checks::Wire },
                toolchains: Toolchains::default(),
                workspaces: Workspaces::default(),
            },
            benches,
            sources,
            unread,
            required: required.iter().map(ToString::to_string).collect(),
            threads: args.jobs.map_or(cores, usize::from),
        })
    }
}

/// The targets of these names, without doubles, sorted; `all` is every one.
fn find_targets(engine: &Engine, names: &[String]) -> Result<Vec<TargetId>, Error> {
    let mut targets = BTreeSet::new();
    for name in names {
        if name == "all" {
            targets.extend(engine.ids());
        } else {
            targets.insert(engine.find(name)?);
        }
    }
    Ok(targets.into_iter().collect())
}

fn read_messages(args: &VerifyArgs) -> (Vec<Arc<Source>>, Vec<Trial>) {
    let mut sources = Vec::new();
    let mut unread = Vec::new();
    for path in &args.files {
        let name = path.display().to_string();
        let read = fs::read(path).map_err(|error| Fault::Machine(error.to_string()));
        let read = read.and_then(|bytes| match requote::parse::parse(&bytes) {
            Ok(_) => Ok(bytes),
            Err(found) => Err(Fault::Message(found)),
        });
        match read {
            Ok(bytes) => sources.push(Arc::new(Source { name, bytes })),
            Err(fault) => unread.push(Trial::unrun(&name, None, Verdict::Failed(vec![fault]))),
        }
    }
    (sources, unread)
}
