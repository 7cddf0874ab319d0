//! A file or a stream that output is written to.

use std::io::{self, BufWriter, Write};
use std::path::Path;

use crate::stop::Stop;

use super::file::Pending;
use super::stdout::ensure_open;

/// Standard output, or a file.
pub struct Sink {
    out: Out,
    /// What it is called where it cannot be written.
    name: String,
}

enum Out {
    Stdout(BufWriter<io::Stdout>),
    File(Pending),
}

impl Sink {
    /// Standard output. Where there is none, only a write fails: not each call has something to write.
    #[expect(clippy::disallowed_methods, reason = "each write asks whether it is open")]
    pub fn to_stdout() -> Self {
        let out = Out::Stdout(BufWriter::new(io::stdout()));
        Self { out, name: "standard output".to_owned() }
    }

    /// A file; its folder is made where there is none. It is in its place after [`Self::finish`].
    pub fn to_file(path: &Path) -> Result<Self, Stop> {
        let name = format!("`{}`", path.display());
        let file = Pending::begin(path).map_err(|error| Stop::output(&name, &error))?;
        Ok(Self { out: Out::File(file), name })
    }

    /// Writes bytes; they may be kept until [`Self::flush`].
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), Stop> {
        let written = match &mut self.out {
            Out::Stdout(out) => {
                ensure_open()?;
                out.write_all(bytes)
            }
            Out::File(file) => file.write_all(bytes),
        };
        written.map_err(|error| Stop::output(&self.name, &error))
    }

    /// Passes on all that was written.
    pub fn flush(&mut self) -> Result<(), Stop> {
        let flushed = match &mut self.out {
            Out::Stdout(out) => out.flush(),
            Out::File(file) => file.flush(),
        };
        flushed.map_err(|error| Stop::output(&self.name, &error))
    }

    /// All is written: a file goes to its place.
    pub fn finish(self) -> Result<(), Stop> {
        let finished = match self.out {
            Out::Stdout(mut out) => out.flush(),
            Out::File(file) => file.finish(),
        };
        finished.map_err(|error| Stop::output(&self.name, &error))
    }
}
