//! A file or a stream that output is written to.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;

use crate::stop::Stop;

/// Standard output, or a file.
pub struct Sink {
    out: BufWriter<Box<dyn Write + Send>>,
    /// What it is called where it cannot be written.
    name: String,
}

impl Sink {
    /// Standard output.
    pub fn to_stdout() -> Self {
        Self { out: BufWriter::new(Box::new(io::stdout())), name: "standard output".to_owned() }
    }

    /// A file; its folder is made where there is none.
    pub fn to_file(path: &Path) -> Result<Self, Stop> {
        let name = format!("`{}`", path.display());
        let folder = path.parent().unwrap_or(Path::new(""));
        let file = fs::create_dir_all(folder)
            .and_then(|()| File::create(path))
            .map_err(|error| Stop::output(&name, &error))?;
        Ok(Self { out: BufWriter::new(Box::new(file)), name })
    }

    /// Writes bytes; they may be kept until [`Self::flush`].
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), Stop> {
        self.out.write_all(bytes).map_err(|error| Stop::output(&self.name, &error))
    }

    /// Passes on all that was written.
    pub fn flush(&mut self) -> Result<(), Stop> {
        self.out.flush().map_err(|error| Stop::output(&self.name, &error))
    }
}
