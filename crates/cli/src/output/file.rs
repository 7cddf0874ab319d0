//! Files that are whole or as they were: written beside their place, then renamed.
//!
//! What stands in a folder already may not lead elsewhere: a rename replaces a symbolic link, and
//! does not follow it.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

/// A file that is not yet in its place; it never gets there unless [`Pending::finish`] is called.
pub struct Pending(Kind);

enum Kind {
    /// A file beside the place.
    Beside(BufWriter<NamedTempFile>, PathBuf),
    /// What is no regular file (a terminal, a pipe) takes what comes.
    Stream(File),
}

impl Pending {
    /// Begins a file; its folder is made where there is none.
    pub fn begin(path: &Path) -> io::Result<Self> {
        let before = fs::metadata(path).ok();
        if before.as_ref().is_some_and(|it| !it.is_file()) {
            return Ok(Self(Kind::Stream(File::options().write(true).open(path)?)));
        }
        let folder = match path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        fs::create_dir_all(folder)?;
        let file = create_in(folder)?;
        if let Some(before) = before {
            if before.permissions().readonly() {
                return Err(io::ErrorKind::PermissionDenied.into());
            }
            fs::set_permissions(file.path(), before.permissions())?;
        }
        Ok(Self(Kind::Beside(BufWriter::new(file), path.to_owned())))
    }

    /// Puts the file into its place.
    pub fn finish(self) -> io::Result<()> {
        match self.0 {
            Kind::Beside(file, path) => {
                let file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
                file.persist(path).map(drop).map_err(|failed| failed.error)
            }
            Kind::Stream(mut file) => file.flush(),
        }
    }
}

impl Write for Pending {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.0 {
            Kind::Beside(file, _) => file.write(bytes),
            Kind::Stream(file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.0 {
            Kind::Beside(file, _) => file.flush(),
            Kind::Stream(file) => file.flush(),
        }
    }
}

/// Writes a whole file.
pub fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = Pending::begin(path)?;
    file.write_all(bytes)?;
    file.finish()
}

/// A new file that others may read as far as the user's mask allows, like any other.
#[cfg(unix)]
fn create_in(folder: &Path) -> io::Result<NamedTempFile> {
    use std::os::unix::fs::PermissionsExt as _;
    let permissions = fs::Permissions::from_mode(0o666);
    tempfile::Builder::new().prefix(".requote-").permissions(permissions).tempfile_in(folder)
}

#[cfg(not(unix))]
fn create_in(folder: &Path) -> io::Result<NamedTempFile> {
    tempfile::Builder::new().prefix(".requote-").tempfile_in(folder)
}
