//! `requote to`: messages × targets → code, on all cores, printed in order.

mod line;
pub mod messages;
pub mod ordered_printer;

use std::iter::Enumerate;
use std::num::NonZero;
use std::panic::resume_unwind;
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::thread;

use requote::diagnostic::{Diagnostic, Palette};
use requote::request::Message;
use requote::{Engine, Options, Parsed, Refused, Requested, TargetId};

use crate::args::ToArgs;
use crate::input;
use crate::output::{self, Input, Receiver};
use crate::page::{Page, Verbosity};
use crate::report::Report;
use crate::stop::{Status, Stop};
use crate::templates;

use messages::{Folders, Item, Messages, Packing, read_place};
use ordered_printer::{OrderedPrinter, Stopped};

/// The number of targets of one message that make a piece of work.
const TARGETS_AT_ONCE: usize = 8;

/// How many finished pieces may wait for an earlier one, for each thread.
const WAITING_PER_THREAD: usize = 4;

/// Quotes each message for each target.
pub fn run(args: &ToArgs, report: &mut Report) -> Result<Status, Stop> {
    let engine = templates::build_engine(&args.templates)?;
    let targets = find_targets(&engine, &args.targets)?;
    let places = input::list_places(&args.files)?;
    let packing = if args.ndjson { Packing::Lines } else { Packing::File };
    let reading = args.reading.reading()?;
    input::announce(&places, report);
    // One file may hold several requests; of several files it is known that there is more than one.
    let first = match (packing, &*places) {
        (Packing::File, [place]) => Some(read_place(place, &reading)),
        _ => None,
    };
    let requests = match &first {
        Some(Ok(requests)) => requests.len(),
        _ => places.len(),
    };
    let requests = (packing == Packing::File).then_some(requests);
    // How many snippets there are, as far as it is known.
    let (receiver, sink) = output::open(args, requests.map(|count| count * targets.len()))?;
    let folders = if receiver.needs_folders() { Folders::Named } else { Folders::None };
    let division = Division::choose(threads_of(args), requests, targets.len());
    let mut messages = Messages::new(&places, packing, folders, &reading);
    messages.begin_with(first);
    let work = Work {
        engine: &engine,
        targets: &targets,
        options: args.code.options(),
        receiver: &*receiver,
        palette: report.palette(),
        verbosity: args.verbosity(),
        division,
        queue: Mutex::new(messages.enumerate()),
        printer: OrderedPrinter::new(sink, report, division.threads() * WAITING_PER_THREAD),
    };
    match division {
        Division::Messages { threads: 2.. } => thread::scope(|scope| {
            for _ in 0..division.threads() {
                scope.spawn(|| work.run());
            }
        }),
        _ => work.run(),
    }
    work.printer.finish()
}

/// As many as were asked for, or as there are cores.
fn threads_of(args: &ToArgs) -> usize {
    let cores = || thread::available_parallelism().map_or(1, NonZero::get);
    args.jobs.map_or_else(cores, usize::from)
}

/// What threads do at the same time. Each message is parsed once, whatever the division.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Division {
    /// Messages: a thread quotes one for all targets, on one page.
    Messages { threads: usize },
    /// Targets of one message: there are fewer messages than threads. Each piece has a page.
    Targets { threads: usize, pieces: usize },
}

impl Division {
    /// The division for `messages`, where their number is known, and `targets`.
    fn choose(threads: usize, messages: Option<usize>, targets: usize) -> Self {
        let pieces = targets.div_ceil(TARGETS_AT_ONCE);
        match messages {
            Some(messages) if messages < threads && pieces > messages => {
                Self::Targets { threads: threads.min(pieces), pieces }
            }
            Some(messages) => Self::Messages { threads: threads.min(messages) },
            None => Self::Messages { threads },
        }
    }

    const fn threads(self) -> usize {
        match self {
            Self::Messages { threads } | Self::Targets { threads, .. } => threads,
        }
    }

    /// The pages of a message.
    const fn pages(self) -> usize {
        match self {
            Self::Messages { .. } => 1,
            Self::Targets { pieces, .. } => pieces,
        }
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
    division: Division,
    /// The messages that are not begun, with their numbers.
    queue: Mutex<Enumerate<Messages<'a>>>,
    printer: OrderedPrinter<'r>,
}

/// A message that was read, and the number of its first page.
struct Job<'j> {
    input: Input<'j>,
    request: &'j Requested,
    message: Message<'j>,
    first_page: usize,
}

impl<'a> Work<'a, '_> {
    /// Does messages until there is none, or nobody reads what comes of them.
    fn run(&self) {
        while let Some((number, item)) = self.take_message() {
            if self.quote_item(number * self.division.pages(), &item).is_err() {
                return;
            }
        }
    }

    fn take_message(&self) -> Option<(usize, Item<'a>)> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner).next()
    }

    fn quote_item(&self, first_page: usize, item: &Item<'_>) -> Result<(), Stopped> {
        let (name, file, stem) = (item.name(), item.file(), &item.stem);
        let input = |bytes, request| Input { name, file: &file, stem, bytes, request };
        let request = match item.request() {
            Ok(request) => request,
            Err(Refused { source, diagnostic, .. }) => {
                return self.refuse(&input(source, None), diagnostic, first_page);
            }
        };
        let input = input(request.source(), Some(request));
        let Parsed { message, shown, .. } = match request.parse(&self.options) {
            Ok(parsed) => parsed,
            Err(error) => return self.refuse(&input, error.diagnostic(), first_page),
        };
        let input = Input { bytes: &shown, ..input };
        let job = Job { input, request, message, first_page };
        match self.division {
            Division::Messages { .. } => self.quote_piece(&job, 0, self.targets),
            Division::Targets { threads, .. } => self.quote_side_by_side(&job, threads),
        }
    }

    /// One page says why there is no message; the others have nothing.
    fn refuse(
        &self,
        input: &Input<'_>,
        error: &Diagnostic,
        first_page: usize,
    ) -> Result<(), Stopped> {
        let mut page = self.blank_page();
        self.receiver.refuse(input, error, &mut page);
        page.add_status(Status::Failed);
        self.printer.submit(first_page, page)?;
        let rest = first_page + 1..first_page + self.division.pages();
        rest.into_iter().try_for_each(|number| self.printer.submit(number, self.blank_page()))
    }

    /// Threads take pieces of the targets until there is none.
    fn quote_side_by_side(&self, job: &Job<'_>, threads: usize) -> Result<(), Stopped> {
        let pieces = Mutex::new(self.targets.chunks(TARGETS_AT_ONCE).enumerate());
        let take = || pieces.lock().unwrap_or_else(PoisonError::into_inner).next();
        let work = || {
            while let Some((number, targets)) = take() {
                self.quote_piece(job, number, targets)?;
            }
            Ok(())
        };
        thread::scope(|scope| {
            let others: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
            let mut done = work();
            for other in others {
                // A panic of a thread goes on as this one's.
                done = done.and(other.join().unwrap_or_else(|panic| resume_unwind(panic)));
            }
            done
        })
    }

    /// Quotes the message for some targets, on the page `number` of its pages.
    fn quote_piece(
        &self,
        job: &Job<'_>,
        number: usize,
        targets: &[TargetId],
    ) -> Result<(), Stopped> {
        let Job { input, request, message, first_page } = job;
        let mut page = self.blank_page();
        if number == 0 {
            self.receiver.begin(input, &message.diagnostics, &mut page);
        }
        for target in targets {
            match request.quote(self.engine, message, target, &self.options) {
                Ok(snippet) => self.receiver.take(input, message, snippet, &mut page),
                Err(error) => {
                    self.receiver.fail(input, message, target, &(&error).into(), &mut page);
                    page.add_status(Status::Failed);
                }
            }
            self.printer.print_early(first_page + number, &mut page);
        }
        self.printer.submit(first_page + number, page)
    }

    fn blank_page(&self) -> Page {
        Page::new(self.palette, self.verbosity)
    }
}

/// The targets of a list, each once.
pub fn find_targets(engine: &Engine, list: &str) -> Result<Vec<TargetId>, Stop> {
    let mut targets: Vec<TargetId> = Vec::new();
    for name in list.split(',').map(str::trim) {
        let found = if name == "all" {
            engine.ids()
        } else {
            vec![templates::find_target(engine, name).map_err(|stop| no_target(list, stop))?]
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
fn no_target(list: &str, stop: Stop) -> Stop {
    match stop {
        Stop::Usage(diagnostic) if Path::new(list).is_file() => {
            let help = format!("the target comes first: requote to python {list}");
            Stop::usage(diagnostic.with_help(help))
        }
        stop => stop,
    }
}
