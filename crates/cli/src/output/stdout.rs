//! Standard output, and whether the program was started with one.
//!
//! Where it was closed (`requote … >&-`), Rust opens `/dev/null` in its place before `main` begins, and
//! where it is open for reading only, Rust drops the error of each write: what is written is lost in
//! silence. So this room asks before that, and everything else asks this room.

use std::io;

use requote::diagnostic::Diagnostic;

use crate::code;
use crate::stop::Stop;

#[cfg(unix)]
mod at_start {
    use std::sync::atomic::{AtomicBool, Ordering};

    use rustix::fs::{OFlags, fcntl_getfl};
    use rustix::stdio;

    static WRITABLE: AtomicBool = AtomicBool::new(false);

    ctor::declarative::ctor! {
        // Before `main`, Rust's library is not ready: this is one system call and one store.
        #[ctor(unsafe)]
        fn look() {
            let is_writable = |flags: OFlags| flags.intersection(OFlags::RWMODE) != OFlags::RDONLY;
            WRITABLE.store(fcntl_getfl(stdio::stdout()).is_ok_and(is_writable), Ordering::Relaxed);
        }
    }

    pub fn was_writable() -> bool {
        WRITABLE.load(Ordering::Relaxed)
    }
}

#[cfg(not(unix))]
mod at_start {
    pub const fn was_writable() -> bool {
        true
    }
}

/// Standard output, for all of the program: an error where it was not open for writing from the start.
#[expect(clippy::disallowed_methods, reason = "the place that all others ask")]
pub fn stdout() -> Result<io::Stdout, Stop> {
    ensure_open()?;
    Ok(io::stdout())
}

/// The same, for text with styles, which only a terminal gets.
#[expect(clippy::disallowed_methods, reason = "the place that all others ask")]
pub fn styled_stdout() -> Result<anstream::AutoStream<io::StdoutLock<'static>>, Stop> {
    ensure_open()?;
    Ok(anstream::stdout().lock())
}

/// Fails where what is written to standard output would be lost.
pub fn ensure_open() -> Result<(), Stop> {
    if at_start::was_writable() {
        return Ok(());
    }
    let message = "cannot write to standard output: it is not open for writing";
    let told = Diagnostic::error(code::OUTPUT_FAILED, message)
        .with_help("start the program with an open standard output; `>/dev/null` shows nothing");
    Err(Stop::Output(Box::new(told)))
}
