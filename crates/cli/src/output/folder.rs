//! Snippets as files, and the files that they read beside them.

use std::collections::HashSet;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use requote::diagnostic::Diagnostic;
use requote::{Attachment, Snippet};

use crate::code;

use super::file;

/// Which file of a folder a snippet goes to:
///
/// ```text
/// <stem>/<language>-<client>.<extension>
/// <stem>/<language>-<client>/<language>-<client>.<extension>    with the files that it reads
/// ```
///
/// The language is part of the file's name: in a file `requests.py`, Python's `import requests`
/// would find the file itself.
pub struct Layout {
    root: PathBuf,
    written: Mutex<HashSet<PathBuf>>,
}

impl Layout {
    pub fn new(root: &Path) -> Self {
        Self { root: root.to_owned(), written: Mutex::default() }
    }

    /// Writes a snippet into the folder `stem`.
    pub fn write(
        &self,
        stem: &OsStr,
        snippet: &Snippet,
        code: &str,
    ) -> Result<(), Box<Diagnostic>> {
        let name = format!("{}-{}", snippet.target.language(), snippet.target.client());
        let file = format!("{name}.{}", snippet.extension);
        if file.contains(['/', '\\', ':', '\0']) {
            let message = format!("`{file}`, for {}, is no file name", snippet.target);
            return Err(Box::new(Diagnostic::error(code::OUTPUT_PATH, message)));
        }
        let mut folder = self.root.join(stem);
        refuse_link(&folder)?;
        if !snippet.attachments.is_empty() {
            folder.push(name);
            refuse_link(&folder)?;
        }
        let path = folder.join(file);
        // `a-b/c` and `a/b-c` are two targets.
        let is_new =
            self.written.lock().unwrap_or_else(PoisonError::into_inner).insert(path.clone());
        if !is_new {
            let message = format!("`{}` is already another target's", path.display());
            return Err(Box::new(Diagnostic::error(code::OUTPUT_PATH, message)));
        }
        for attachment in &snippet.attachments {
            write_file(&folder.join(&attachment.name), &attachment.bytes)?;
        }
        write_file(&path, code.as_bytes())
    }
}

/// Writes a snippet to `path` and the files that it reads beside it.
///
/// Only `path` was named by the user, so that no other file of the folder is overwritten with
/// something else.
pub fn write_beside(path: &Path, snippet: &Snippet, code: &str) -> Result<(), Box<Diagnostic>> {
    let folder = path.parent().unwrap_or(Path::new(""));
    for attachment in &snippet.attachments {
        let beside = folder.join(&attachment.name);
        let is_snippet =
            path.file_name().is_some_and(|name| name.eq_ignore_ascii_case(&attachment.name));
        if is_snippet || (beside.exists() && !holds(&beside, attachment)) {
            let message =
                format!("`{}` is in the way of a file that the snippet reads", beside.display());
            let diagnostic = Diagnostic::error(code::OUTPUT_PATH, message);
            return Err(Box::new(diagnostic.with_help("use `-o FOLDER/`, or move the file")));
        }
    }
    for attachment in &snippet.attachments {
        write_file(&folder.join(&attachment.name), &attachment.bytes)?;
    }
    write_file(path, code.as_bytes())
}

fn holds(path: &Path, attachment: &Attachment) -> bool {
    let is_as_long = fs::metadata(path).is_ok_and(|it| it.len() == attachment.bytes.len() as u64);
    is_as_long && fs::read(path).is_ok_and(|bytes| bytes == *attachment.bytes)
}

/// A link among the folders that this program makes would lead out of the one that was named.
pub fn refuse_link(folder: &Path) -> Result<(), Box<Diagnostic>> {
    if fs::symlink_metadata(folder).is_ok_and(|it| it.is_symlink()) {
        let message = format!("`{}` is a symbolic link, which is not followed", folder.display());
        let diagnostic = Diagnostic::error(code::OUTPUT_PATH, message);
        return Err(Box::new(diagnostic.with_help("remove the link, or name another folder")));
    }
    Ok(())
}

fn write_file(path: &Path, bytes: &[u8]) -> Result<(), Box<Diagnostic>> {
    file::write(path, bytes).map_err(|error| {
        let message = format!("cannot write `{}`: {error}", path.display());
        Box::new(Diagnostic::error(code::OUTPUT_FAILED, message))
    })
}
