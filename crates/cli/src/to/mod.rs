//! `requote to`: messages × targets → code, on all cores, printed in order.

mod line;
mod messages;
mod press;

use std::num::NonZero;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use requote::check::check;
use requote::diagnostic::{Diagnostic, Palette};
use requote::parse;
use requote::{Engine, Options, TargetId};

use crate::args::ToArgs;
use crate::code;
use crate::input;
use crate::output::{self, Input, Receiver};
use crate::page::{Page, Verbosity};
use crate::report::Report;
use crate::stop::{Status, Stop};
use crate::templates;

use messages::{Folders, Item, Messages, Packing};
use press::Press;

/// How many targets of one message make a piece of work: enough that reading the message once more
/// for each piece costs little beside them.
const TARGETS_AT_ONCE: usize = 8;

/// How many finished pieces may wait for an earlier one, for each thread.
const WAITING_PER_THREAD: usize = 4;

/// Quotes each message for each target.
pub fn run(args: &ToArgs, report: &mut Report) -> Result<Status, Stop> {
    let engine = templates::build_engine(args.templates.folder.as_deref())?;
    let targets = find_targets(&engine, &args.targets)?;
    let places = input::list_places(&args.files)?;
    let packing = if args.ndjson { Packing::Lines } else { Packing::File };
    // How many snippets there are, as far as it is known before anything is read.
    let count = (packing == Packing::File).then_some(places.len() * targets.len());
    let (receiver, sink) = output::open(args, count)?;
    input::announce(&places, report);
    let folders = if receiver.needs_folders() { Folders::Named } else { Folders::None };
    let threads = choose_threads(args, count);
    let palette = report.palette();
    let work = Work {
        engine: &engine,
        targets: &targets,
        options: args.options(),
        receiver: &*receiver,
        palette,
        verbosity: args.verbosity(),
        queue: Mutex::new(Queue {
            messages: Messages::new(&places, packing, folders),
            begun: None,
            targets: targets.len(),
            number: 0,
        }),
        press: Press::new(sink, report, threads * WAITING_PER_THREAD),
    };
    if threads == 1 {
        work.run();
    } else {
        thread::scope(|scope| {
            for _ in 0..threads {
                scope.spawn(|| work.run());
            }
        });
    }
    work.press.finish()
}

/// As many as there are cores, and no more than there are pieces of work.
fn choose_threads(args: &ToArgs, count: Option<usize>) -> usize {
    let pieces = count.map_or(usize::MAX, |count| count.div_ceil(TARGETS_AT_ONCE));
    let cores = || thread::available_parallelism().map_or(1, NonZero::get);
    match pieces {
        0 | 1 => 1,
        _ => args.jobs.map_or_else(cores, usize::from).min(pieces),
    }
}

/// What all threads share.
struct Work<'a, 'r> {
    engine: &'a Engine,
    targets: &'a [TargetId],
    options: Options,
    receiver: &'a dyn Receiver,
    palette: Palette,
    verbosity: Verbosity,
    queue: Mutex<Queue<'a>>,
    press: Press<'r>,
}

/// What is not yet begun.
struct Queue<'a> {
    messages: Messages<'a>,
    /// The message of the last piece, and the first of its targets that is not begun.
    begun: Option<(Arc<Item<'a>>, usize)>,
    targets: usize,
    /// The number of the next piece.
    number: usize,
}

/// Some targets of one message.
struct Piece<'a> {
    /// Its place in the order of all pieces.
    number: usize,
    item: Arc<Item<'a>>,
    /// The first of its targets.
    from: usize,
}

impl<'a> Iterator for Queue<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        let (item, from) = match self.begun.take() {
            Some(begun) => begun,
            None => (Arc::new(self.messages.next()?), 0),
        };
        let rest = from + TARGETS_AT_ONCE;
        if rest < self.targets {
            self.begun = Some((Arc::clone(&item), rest));
        }
        let number = self.number;
        self.number += 1;
        Some(Piece { number, item, from })
    }
}

impl<'a> Work<'a, '_> {
    /// Does pieces until there is none, or nobody reads what comes of them.
    fn run(&self) {
        while let Some(piece) = self.take_piece() {
            let mut page = Page::new(self.palette, self.verbosity);
            self.quote_piece(&piece, &mut page);
            if self.press.hand_in(piece.number, page).is_err() {
                return;
            }
        }
    }

    fn take_piece(&self) -> Option<Piece<'a>> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner).next()
    }

    fn quote_piece(&self, piece: &Piece<'_>, page: &mut Page) {
        let item = &piece.item;
        let is_first = piece.from == 0;
        let bytes = item.bytes();
        let input = Input { name: item.name(), stem: &item.stem, bytes: bytes.unwrap_or_default() };
        let message = match bytes.map_err(|error| error.clone().into()).and_then(parse) {
            Ok(mut message) => {
                let found = check(&message);
                message.diagnostics.extend(found);
                message
            }
            Err(error) => {
                // Once, not with each piece of the message.
                if is_first {
                    self.receiver.refuse(&input, error.diagnostic(), page);
                }
                page.add_status(Status::Failed);
                return;
            }
        };
        if is_first {
            self.receiver.begin(&input, &message.diagnostics, page);
        }
        for target in self.targets.iter().skip(piece.from).take(TARGETS_AT_ONCE) {
            match self.engine.quote(&message, target, &self.options) {
                Ok(snippet) => self.receiver.take(&input, &message, snippet, page),
                Err(error) => {
                    self.receiver.fail(&input, &message, target, &code::diagnose(&error), page);
                    page.add_status(Status::Failed);
                }
            }
            self.press.print_early(piece.number, page);
        }
    }
}

/// The targets of a list of names, each once, in the order of the list.
fn find_targets(engine: &Engine, list: &str) -> Result<Vec<TargetId>, Stop> {
    let mut targets: Vec<TargetId> = Vec::new();
    for name in list.split(',').map(str::trim) {
        let found = if name == "all" {
            engine.ids()
        } else {
            vec![engine.find(name).map_err(|error| no_target(list, code::diagnose(&error)))?]
        };
        for target in found {
            if !targets.contains(&target) {
                targets.push(target);
            }
        }
    }
    Ok(targets)
}

/// Who names a file first has likely forgotten the target.
fn no_target(list: &str, diagnostic: Diagnostic) -> Stop {
    Stop::usage(if Path::new(list).is_file() {
        diagnostic.with_help(format!("the target comes first: requote to python {list}"))
    } else {
        diagnostic
    })
}
