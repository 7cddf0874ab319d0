//! What filters know of the code that is being written. Tera gives a filter the names of the scope that it is
//! called in, and a component has a scope of its own, so these are no names.

use std::cell::RefCell;

/// What holds for the whole of a rendering.
#[derive(Debug, Default)]
pub(super) struct Current {
    /// Whether marks in a text are variables.
    pub(super) reads_environment: bool,
    /// Whether only a part of the program is wanted.
    pub(super) is_fragment: bool,
    /// The text of which the line ends are free ([`crate::literal::LineEnds`]).
    pub(super) free_line_ends: Option<String>,
}

thread_local! {
    static CURRENT: RefCell<Current> = RefCell::default();
}

/// Begins a rendering.
pub(super) fn begin(current: Current) {
    CURRENT.replace(current);
}

/// Asks what holds for the rendering that is under way on this thread.
pub(super) fn ask<T>(question: impl FnOnce(&Current) -> T) -> T {
    CURRENT.with_borrow(question)
}
