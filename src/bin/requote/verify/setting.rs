//! The command line → what is to be run, and with what.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::thread;

use requote::{Engine, Options, TargetId};

use crate::code;
use crate::input::{announce, list_places};
use crate::report::Report;
use crate::stop::Stop;
use crate::templates::build_engine;

use super::args::VerifyArgs;
use super::bench::{Bench, Checks, Shop};
use super::prepare::Source;
use super::session::Session;
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

impl Setting {
    /// Reads messages and languages, and starts the session.
    pub fn prepare(args: &VerifyArgs, terminal: &mut Report) -> Result<Self, Stop> {
        let engine = build_engine(args.templates.folder.as_deref())?;
        let required = find_targets(&engine, &args.require, |id| {
            Ok(engine.target(id).map_err(|error| Stop::usage(code::diagnose(&error)))?.proven)
        })?;
        let bench = |target: TargetId| match engine.run_plan(&target) {
            Ok(run) => Ok(Bench::new(target, run)),
            Err(error) => Err(Stop::usage(code::diagnose(&error))),
        };
        let targets = find_targets(&engine, &args.target, |_| Ok(true))?;
        let benches = targets.into_iter().map(bench).collect::<Result<_, _>>()?;
        let (sources, unread) = read_messages(args, terminal)?;
        let session = Session::start();
        let session = session.map_err(|error| Stop::output("the temporary folder", &error))?;
        let cores = thread::available_parallelism().map_or(1, usize::from);
        Ok(Self {
            shop: Shop {
                session,
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

/// The targets of these names, each once, sorted; `all` is every one that `is_meant`.
fn find_targets(
    engine: &Engine,
    names: &[String],
    is_meant: impl Fn(&TargetId) -> Result<bool, Stop>,
) -> Result<Vec<TargetId>, Stop> {
    let mut targets = BTreeSet::new();
    for name in names {
        if name == "all" {
            for id in engine.ids() {
                if is_meant(&id)? {
                    targets.insert(id);
                }
            }
        } else {
            let found = engine.find(name);
            targets.insert(found.map_err(|error| Stop::usage(code::diagnose(&error)))?);
        }
    }
    Ok(targets.into_iter().collect())
}

/// The messages, and a trial for each file that holds none.
fn read_messages(
    args: &VerifyArgs,
    terminal: &mut Report,
) -> Result<(Vec<Arc<Source>>, Vec<Trial>), Stop> {
    let mut sources = Vec::new();
    let mut unread = Vec::new();
    // Random requests alone need no file, and so no standard input.
    let places = if args.files.is_empty() { Vec::new() } else { list_places(&args.files)? };
    announce(&places, terminal);
    for place in places {
        let name = place.name();
        let (bytes, found) = match place.read() {
            Ok(bytes) => {
                let found = requote::parse::parse(&bytes).err();
                (bytes, found)
            }
            Err(diagnostic) => (Vec::new(), Some(vec![*diagnostic])),
        };
        match found {
            None => sources.push(Arc::new(Source { name, bytes })),
            Some(found) => {
                let trial = Trial::unrun(&name, None, Verdict::Failed(vec![Fault::Message(found)]));
                unread.push(Trial { sent: bytes, ..trial });
            }
        }
    }
    Ok((sources, unread))
}
