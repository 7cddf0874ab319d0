//! The style that the files of a project tell.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use requote::docs::{Format, ProjectFile, Styles};

/// The styles of folders, as far as they were asked for.
pub struct Guess {
    root: PathBuf,
    known: Mutex<HashMap<(PathBuf, Format), Option<String>>>,
}

impl Guess {
    /// Nothing is looked for above `root`.
    pub fn new(root: PathBuf) -> Self {
        Self { root, known: Mutex::default() }
    }

    /// The style of the pages of a folder: of the nearest folder around it whose files tell one.
    pub fn style(
        &self,
        styles: &Styles,
        folder: &Path,
        format: Format,
    ) -> Result<Option<String>, String> {
        let key = (folder.to_owned(), format);
        if let Some(known) = self.known.lock().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return Ok(known.clone());
        }
        let found = styles.of_project(format, |file| has(folder, file));
        let found = found.map_err(|error| error.to_string())?;
        let style = match (found, folder.parent()) {
            (Some(style), _) => Some(style.name().to_owned()),
            (None, Some(parent)) if folder != self.root => self.style(styles, parent, format)?,
            (None, _) => None,
        };
        self.known.lock().unwrap_or_else(PoisonError::into_inner).insert(key, style.clone());
        Ok(style)
    }
}

/// Whether a folder has a file, with the text that it must have.
fn has(folder: &Path, file: &ProjectFile) -> bool {
    let (inner, last) = file.file.rsplit_once('/').unwrap_or(("", &file.file));
    let folder = folder.join(inner);
    let mut paths = Vec::new();
    match last.strip_suffix('*') {
        None => paths.push(folder.join(last)),
        Some(start) => {
            let entries = fs::read_dir(&folder).into_iter().flatten().flatten();
            let begins = |name: &Path| name.to_string_lossy().starts_with(start);
            paths.extend(
                entries.filter(|it| begins(Path::new(&it.file_name()))).map(|it| it.path()),
            );
        }
    }
    paths.iter().any(|path| match &file.contains {
        None => path.is_file(),
        Some(text) => fs::read_to_string(path).is_ok_and(|all| all.contains(text.as_str())),
    })
}
