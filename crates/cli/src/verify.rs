//! `requote verify`: run the snippets and compare what arrives with what was promised.

use std::collections::BTreeSet;
use std::thread;

use requote::diagnostic::Diagnostic;
use requote::{Engine, Options, Scheme, TargetId};
use requote_verify::{
    Addressing, Args, Checks, Error, Format, Fuzz, LedgerUse, SavedWith, Source, Unread,
    own_network,
};

use crate::args::VerifyArgs;
use crate::code;
use crate::input::{announce, list_places};
use crate::output::stdout::ensure_open;
use crate::report::Report;
use crate::stop::{Status, Stop};
use crate::templates::{build_engine, find_target};

/// Runs the snippets; fails where a promise does not hold.
pub fn run(args: &VerifyArgs, report: &mut Report) -> Result<Status, Stop> {
    let engine = build_engine(&args.templates)?;
    let required = find_targets(&engine, &args.require, |id| {
        Ok(engine.target(id).map_err(|error| Stop::usage(&error))?.proven)
    })?;
    let targets = find_targets(&engine, &args.target, |_| Ok(true))?;
    let (sources, unread) = read_messages(args, report)?;
    let (addressing, scheme) = if args.own_hosts {
        (Addressing::OwnHost, Some(Scheme::Http))
    } else {
        (Addressing::CaptureServer, None)
    };
    if addressing == Addressing::OwnHost && !own_network::is_here() {
        return match own_network::run_there(&sources).map_err(stop)? {
            0 => Ok(Status::Done),
            _ => Ok(Status::Failed),
        };
    }
    let cores = || thread::available_parallelism().map_or(1, usize::from);
    let options = args.wishes.add_to(
        args.environment.add_to(Options::default().with_body(args.body.into()).with_scheme(scheme)),
    );
    if options.given().iter().any(|(name, value)| name == "fragment" && value != "no") {
        return Err(Stop::usage(
            Diagnostic::error(code::FRAGMENT_UNRUN, "lines without imports and main cannot be run")
                .with_help("leave `fragment` out: the whole snippet has the same lines"),
        ));
    }
    let asked = Args {
        engine,
        options,
        addressing,
        saved_with: if args.crlf { SavedWith::CrLf } else { SavedWith::OwnLineEnds },
        targets,
        required,
        sources,
        unread,
        fuzz: args.fuzz.map(|count| Fuzz {
            count,
            seed: args.seed,
            variables: args.fuzz_variables.map(Into::into),
        }),
        checks: if args.format_check { Checks::WireAndStyle } else { Checks::Wire },
        timeout: args.timeout,
        threads: if args.own_hosts { 1 } else { args.jobs.map_or_else(cores, usize::from) },
        ledger: args.ledger.clone().map(|folder| LedgerUse { folder, sample: args.sample.clone() }),
        keep: args.keep.clone(),
        format: if args.json { Format::Json } else { Format::Text },
    };
    ensure_open()?;
    let failed = if args.needs {
        requote_verify::list_needs(&asked).map_err(stop)?.len()
    } else {
        requote_verify::run(asked).map_err(stop)?.failed
    };
    match failed {
        0 => Ok(Status::Done),
        _ => Ok(Status::Failed),
    }
}

/// Runs the snippets of these messages for these targets, with the defaults of everything else.
pub fn verify_all(
    engine: Engine,
    targets: BTreeSet<TargetId>,
    sources: Vec<Source>,
) -> Result<Status, Stop> {
    ensure_open()?;
    let totals = requote_verify::run(usual(engine, targets, sources)).map_err(stop)?;
    Ok(if totals.failed == 0 { Status::Done } else { Status::Failed })
}

/// A session with the defaults of everything else.
pub fn usual(engine: Engine, targets: BTreeSet<TargetId>, sources: Vec<Source>) -> Args {
    Args {
        engine,
        options: Options::default(),
        addressing: Addressing::CaptureServer,
        saved_with: SavedWith::OwnLineEnds,
        targets,
        required: BTreeSet::new(),
        sources,
        unread: Vec::new(),
        fuzz: None,
        checks: Checks::Wire,
        timeout: None,
        threads: thread::available_parallelism().map_or(1, usize::from),
        ledger: None,
        keep: None,
        format: Format::Text,
    }
}

/// Why there is no report.
pub fn stop(error: Error) -> Stop {
    match error {
        Error::Engine(error) => Stop::usage(&error),
        Error::OwnNetwork(_) => {
            Stop::usage(Diagnostic::error(code::OWN_NETWORK, error.to_string()).with_help(
                "it needs Linux with `unshare`, `ip` and `mount`, and the right to make namespaces",
            ))
        }
        Error::Folder { place, error } => Stop::output(&place, &error),
        Error::Report(error) => Stop::from(error),
        error => Stop::from(std::io::Error::other(error)),
    }
}

/// The targets of these names; `all` is every one that `is_meant`.
fn find_targets(
    engine: &Engine,
    names: &[String],
    is_meant: impl Fn(&TargetId) -> Result<bool, Stop>,
) -> Result<BTreeSet<TargetId>, Stop> {
    let mut targets = BTreeSet::new();
    for name in names {
        if name == "all" {
            for id in engine.ids() {
                if is_meant(&id)? {
                    targets.insert(id);
                }
            }
        } else {
            targets.insert(find_target(engine, name)?);
        }
    }
    Ok(targets)
}

/// The messages, and the files that hold none.
fn read_messages(
    args: &VerifyArgs,
    report: &mut Report,
) -> Result<(Vec<Source>, Vec<Unread>), Stop> {
    let mut sources = Vec::new();
    let mut unread = Vec::new();
    // Random requests need no file, and so no standard input.
    let places = if args.files.is_empty() { Vec::new() } else { list_places(&args.files)? };
    announce(&places, report);
    for place in places {
        let name = place.name();
        match place.read() {
            Ok(bytes) => match requote::parse(&bytes) {
                Ok(_) => sources.push(Source::new(name, bytes)),
                Err(error) => {
                    let diagnostics = vec![error.into_diagnostic()];
                    unread.push(Unread { name, bytes, diagnostics });
                }
            },
            Err(diagnostic) => {
                unread.push(Unread { name, bytes: Vec::new(), diagnostics: vec![*diagnostic] });
            }
        }
    }
    Ok((sources, unread))
}
