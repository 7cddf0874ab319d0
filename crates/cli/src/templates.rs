//! The user's folder of templates → an engine.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use requote::Engine;
use requote::diagnostic::Diagnostic;

use crate::code;
use crate::stop::Stop;

/// The most folders that are read one in another.
const MAX_DEPTH: usize = 8;

/// An engine of the built-in languages, with the user's laid over them.
///
/// Every language in the folder is loaded, so that a fault in it is found before any work.
pub fn build_engine(folder: Option<&Path>) -> Result<Engine, Stop> {
    let Some(folder) = folder else { return Ok(Engine::new()) };
    let mut files = Vec::new();
    for path in list(folder)? {
        if !path.is_dir() {
            let message = format!("{}: a file that is in no language's folder", path.display());
            return Err(unreadable(message));
        }
        let language = name_of(&path)?;
        read_folder(&path, &language, 1, &mut files)?;
    }
    let built = Engine::builder().templates(files).build();
    built.map_err(|error| Stop::usage(code::diagnose(&error)))
}

/// Adds (path below the folder of templates, text) of each file.
fn read_folder(
    folder: &Path,
    prefix: &str,
    depth: usize,
    files: &mut Vec<(String, String)>,
) -> Result<(), Stop> {
    for path in list(folder)? {
        let name = format!("{prefix}/{}", name_of(&path)?);
        if !path.is_dir() {
            let text = read_regular(&path).map_err(|error| cannot_read(&path, &error))?;
            files.push((name, text));
        } else if depth < MAX_DEPTH {
            read_folder(&path, &name, depth + 1, files)?;
        } else {
            return Err(unreadable(format!("{}: too many folders deep", path.display())));
        }
    }
    Ok(())
}

/// The text of a regular file: a pipe would be waited for, and a device has no end.
fn read_regular(path: &Path) -> io::Result<String> {
    if !fs::metadata(path)?.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "not a regular file"));
    }
    fs::read_to_string(path)
}

/// What is in a folder, sorted; not what begins with a dot, and no pages for authors (`.md`).
fn list(folder: &Path) -> Result<Vec<PathBuf>, Stop> {
    let cannot = |error: io::Error| cannot_read(folder, &error);
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(cannot)? {
        let entry = entry.map_err(cannot)?;
        let path = entry.path();
        let is_page = path.extension().is_some_and(|extension| extension == "md");
        if !is_page && !entry.file_name().as_encoded_bytes().starts_with(b".") {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

fn name_of(path: &Path) -> Result<String, Stop> {
    match path.file_name().and_then(|name| name.to_str()) {
        Some(name) => Ok(name.to_owned()),
        None => Err(unreadable(format!("{}: a name that is not UTF-8", path.display()))),
    }
}

fn cannot_read(path: &Path, error: &io::Error) -> Stop {
    unreadable(format!("cannot read `{}`: {error}", path.display()))
}

fn unreadable(message: String) -> Stop {
    let help =
        "the folder of --templates holds <language>/language.toml and <language>/<client>.tera";
    Stop::usage(Diagnostic::error(code::TEMPLATES_UNREADABLE, message).with_help(help))
}
