//! The files that a page names.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use requote::input::{FileError, Files};

/// The files of a project, named from the folder of a page.
#[derive(Debug)]
pub struct Beside {
    folder: PathBuf,
    root: PathBuf,
}

impl Beside {
    /// What the page at `path` may name: files below `root`, and below its own folder.
    pub fn new(path: &Path, root: &Path) -> Self {
        let folder = path.parent().unwrap_or(Path::new(""));
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        Self { folder: folder.to_owned(), root: root.to_owned() }
    }
}

impl Files for Beside {
    fn read(&self, name: &str) -> Result<Vec<u8>, FileError> {
        let fail = |error: io::Error| FileError::new(error.to_string());
        // Links are followed before it is asked where the file is.
        let path = fs::canonicalize(self.folder.join(name)).map_err(fail)?;
        let is_below =
            |folder: &Path| fs::canonicalize(folder).is_ok_and(|it| path.starts_with(it));
        if !is_below(&self.root) && !is_below(&self.folder) {
            return Err(FileError::new("it is outside of the project's folder"));
        }
        if !path.is_file() {
            return Err(FileError::new("it is no plain file"));
        }
        fs::read(path).map_err(fail)
    }
}
