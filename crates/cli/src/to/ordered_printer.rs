//! Prints pages in the order of the work, whoever finishes first.

use std::collections::BTreeMap;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use crate::output::Sink;
use crate::page::{Page, Piece};
use crate::report::Report;
use crate::stop::{Status, Stop};

/// Where the pages of all threads come together.
pub struct OrderedPrinter<'r> {
    state: Mutex<State<'r>>,
    turned: Condvar,
    /// How many pages may wait for an earlier one; it bounds the memory that waiting takes.
    window: usize,
}

struct State<'r> {
    /// The number of the page that is printed next.
    next: usize,
    waiting: BTreeMap<usize, Page>,
    sink: Sink,
    report: &'r mut Report,
    /// Whether a snippet was printed before.
    has_code: bool,
    status: Status,
    stop: Option<Stop>,
}

/// Nothing more can be printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stopped;

impl<'r> OrderedPrinter<'r> {
    /// A printer of pages to `sink` and `report`.
    pub fn new(sink: Sink, report: &'r mut Report, window: usize) -> Self {
        let state = State {
            next: 0,
            waiting: BTreeMap::new(),
            sink,
            report,
            has_code: false,
            status: Status::Done,
            stop: None,
        };
        Self { state: Mutex::new(state), turned: Condvar::new(), window: window.max(1) }
    }

    /// Prints what is on an unfinished page, if it is that page's turn.
    pub fn print_early(&self, number: usize, page: &mut Page) {
        let mut state = self.lock();
        if state.next == number {
            state.print(page);
        }
    }

    /// Takes a finished page. It waits where too many wait already; the page whose turn it is never
    /// does.
    pub fn submit(&self, number: usize, page: Page) -> Result<(), Stopped> {
        let is_full = |state: &mut State<'_>| {
            state.stop.is_none() && number >= state.next.saturating_add(self.window)
        };
        let waited = self.turned.wait_while(self.lock(), is_full);
        let mut state = waited.unwrap_or_else(PoisonError::into_inner);
        state.waiting.insert(number, page);
        let first = state.next;
        while let Some(mut page) = {
            let next = state.next;
            state.waiting.remove(&next)
        } {
            state.print(&mut page);
            state.status = state.status.max(page.status);
            state.next += 1;
        }
        if state.next != first {
            self.turned.notify_all();
        }
        if state.stop.is_some() {
            self.turned.notify_all();
            return Err(Stopped);
        }
        Ok(())
    }

    /// What came of all pages.
    pub fn finish(self) -> Result<Status, Stop> {
        let state = self.state.into_inner().unwrap_or_else(PoisonError::into_inner);
        if let Some(stop) = state.stop {
            return Err(stop);
        }
        state.sink.finish()?;
        Ok(state.status)
    }

    fn lock(&self) -> MutexGuard<'_, State<'r>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State<'_> {
    fn print(&mut self, page: &mut Page) {
        if self.stop.is_none() {
            self.stop = self.try_print(page).err();
        }
    }

    fn try_print(&mut self, page: &mut Page) -> Result<(), Stop> {
        for piece in page.take_pieces() {
            match piece {
                // Code that stands before it must be seen before it.
                Piece::Told(text) => {
                    self.sink.flush()?;
                    self.report.write(&text);
                }
                Piece::Code(code) => {
                    if std::mem::replace(&mut self.has_code, true) {
                        self.sink.write(b"\n")?;
                    }
                    self.sink.write(code.as_bytes())?;
                }
                Piece::Lines(lines) => self.sink.write(&lines)?,
            }
        }
        self.sink.flush()
    }
}
