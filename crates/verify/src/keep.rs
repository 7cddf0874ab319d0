//! `--keep DIR`: leaves what was sent, what was run and what was captured.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::case_result::CaseResult;
use super::report::describe;

/// The folder, and the names that are taken in it.
pub struct Keep {
    folder: PathBuf,
    taken: Mutex<HashMap<PathBuf, usize>>,
}

impl Keep {
    /// Makes the folder.
    pub fn open(folder: &Path) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        Ok(Self { folder: folder.to_owned(), taken: Mutex::default() })
    }

    /// Writes a result into `<language>/<client>/<message>/`.
    pub fn write(&self, result: &CaseResult) -> io::Result<()> {
        let folder = self.choose_folder(result);
        fs::create_dir_all(&folder)?;
        // Nothing of an earlier session may be taken for this one's.
        for entry in fs::read_dir(&folder)? {
            let path = entry?.path();
            if path.is_file() {
                fs::remove_file(path)?;
            }
        }
        fs::write(folder.join("verdict.json"), format!("{:#}\n", describe(result)))?;
        if result.sent.is_empty() {
            return Ok(());
        }
        fs::write(folder.join("message.http"), &result.sent)?;
        if let Some(code) = &result.code {
            write_snippet(&folder, result, code)?;
        }
        for (number, arrival) in result.arrivals.iter().enumerate() {
            let bytes = [arrival.bytes.as_slice(), &arrival.surplus].concat();
            fs::write(folder.join(format!("captured-{}.http", number + 1)), bytes)?;
        }
        fs::write(folder.join("stdout.txt"), &result.stdout)?;
        fs::write(folder.join("stderr.txt"), &result.stderr)
    }

    fn choose_folder(&self, result: &CaseResult) -> PathBuf {
        let target = result.target.as_deref().unwrap_or("no-target");
        let stem = Path::new(&result.message).file_stem().unwrap_or_default().to_string_lossy();
        let mut folder = self.folder.join(target).join(&*stem);
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let count = taken.entry(folder.clone()).or_default();
        *count += 1;
        if *count > 1 {
            folder.set_file_name(format!("{stem}-{count}"));
        }
        folder
    }
}

fn write_snippet(folder: &Path, result: &CaseResult, code: &str) -> io::Result<()> {
    let path = folder.join(&result.file_name);
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    fs::write(path, code)?;
    for (name, bytes) in &result.attachments {
        fs::write(folder.join(name), bytes)?;
    }
    Ok(())
}
