//! The user's folders of templates → an engine.
//!
//! The folders are layers over the built-in templates: those that the nearest `requote.toml` names,
//! those of `REQUOTE_TEMPLATES`, and those of `--templates`, each over the ones before it.

use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use requote::diagnostic::Diagnostic;
use requote::docs::Styles;
use requote::language::{Role, role_of};
use requote::{Engine, EngineBuilder, Error, TargetId};

use crate::args::TemplatesArgs;
use crate::code;
use crate::settings::Settings;
use crate::stop::Stop;

/// The folder that `requote template new` writes into where none is named.
const USUAL: &str = "templates";

/// The environment variable with folders of templates, separated as those of `PATH` are.
const VARIABLE: &str = "REQUOTE_TEMPLATES";

/// The most folders that are read one in another.
const MAX_DEPTH: usize = 8;

/// The longest file that is read, in bytes.
const MAX_LENGTH: u64 = 1 << 20;

/// An engine of the built-in languages, with the user's laid over them.
///
/// Every language in the folders is loaded, so that a fault in it is found before any work.
pub fn build_engine(args: &TemplatesArgs) -> Result<Engine, Stop> {
    let folders = folders_of(args)?;
    if folders.is_empty() {
        return Ok(Engine::new());
    }
    let built = lay_over(&folders)?.build();
    built.map_err(|error| Stop::usage(&error))
}

/// The target that a name means. Where none does, and a folder of templates that is not laid over the
/// built-in ones has it, that is told.
pub fn find_target(engine: &Engine, name: &str) -> Result<TargetId, Stop> {
    engine.find(name).map_err(|error| {
        let diagnostic = Diagnostic::from(&error);
        let usual = Path::new(USUAL).join(name);
        let is_there = usual.is_dir() || usual.with_extension("tera").is_file();
        if is_there && matches!(error, Error::UnknownTarget { .. }) {
            let help = format!(
                "`{}` has templates: add `--templates {USUAL}`, or name the folder in requote.toml",
                usual.display()
            );
            return Stop::usage(diagnostic.with_help(help));
        }
        Stop::usage(diagnostic)
    })
}

/// The folders, the lowest first.
pub fn folders_of(args: &TemplatesArgs) -> Result<Vec<PathBuf>, Stop> {
    let mut folders = Settings::find()?.templates;
    if let Some(paths) = env::var_os(VARIABLE) {
        folders.extend(env::split_paths(&paths).filter(|path| !path.as_os_str().is_empty()));
    }
    folders.extend(args.folders.iter().cloned());
    Ok(folders)
}

/// The folders, and the usual one where there are none.
pub fn folders_or_usual(args: &TemplatesArgs) -> Result<Vec<PathBuf>, Stop> {
    let mut folders = folders_of(args)?;
    let usual = PathBuf::from(USUAL);
    if folders.is_empty() && usual.is_dir() {
        folders.push(usual);
    }
    Ok(folders)
}

/// A builder with the files of the folders.
pub fn lay_over(folders: &[PathBuf]) -> Result<EngineBuilder, Stop> {
    let mut builder = Engine::builder();
    for folder in folders {
        builder = builder.templates_of(&folder.display().to_string(), read_files(folder)?);
    }
    Ok(builder)
}

/// The files of a folder of templates: the path below it, and the text.
pub fn read_files(folder: &Path) -> Result<Vec<(String, String)>, Stop> {
    let mut files = Vec::new();
    for path in list(folder)? {
        let name = name_of(&path)?;
        if path.is_dir() {
            let mut own = Vec::new();
            read_folder(&path, &name, 1, &mut own)?;
            // A folder without templates, such as one of requests, is no language.
            if own.iter().any(|(path, _)| role_of(file_name(path)) == Role::Template) {
                files.extend(own);
            }
        } else if role_of(&name) == Role::Template {
            let message = format!("{}: a file that is in no language's folder", path.display());
            return Err(unreadable(message));
        }
    }
    Ok(files)
}

/// The styles of documentation, with those of the folders laid over the built-in ones.
pub fn read_styles(folders: &[PathBuf]) -> Result<Styles, Stop> {
    let mut files = Vec::new();
    for folder in folders {
        for path in list(folder)?.into_iter().filter(|path| path.is_dir()) {
            let name = name_of(&path)?;
            let mut own = Vec::new();
            read_folder(&path, &name, 1, &mut own)?;
            let shown = folder.display();
            files.extend(
                own.into_iter().map(|(path, text)| (format!("{shown}/{path}"), path, text)),
            );
        }
    }
    Styles::laid_over(files)
        .map_err(|error| Stop::usage(Diagnostic::error(code::STYLE, error.to_string())))
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or_default()
}

/// Adds (path below the folder of templates, text) of each file.
fn read_folder(
    folder: &Path,
    prefix: &str,
    depth: usize,
    files: &mut Vec<(String, String)>,
) -> Result<(), Stop> {
    for path in list(folder)? {
        let name = name_of(&path)?;
        let below = format!("{prefix}/{name}");
        if path.is_dir() {
            if depth == MAX_DEPTH {
                return Err(unreadable(format!("{}: too many folders deep", path.display())));
            }
            read_folder(&path, &below, depth + 1, files)?;
            continue;
        }
        match read_regular(&path) {
            Ok(text) => files.push((below, text)),
            // What is not meant to be read may be anything.
            Err(_) if role_of(&name) == Role::Other => {}
            Err(error) => return Err(cannot_read(&path, &error)),
        }
    }
    Ok(())
}

/// The text of a regular file: a pipe would be waited for, and a device has no end.
pub fn read_regular(path: &Path) -> io::Result<String> {
    let about = fs::metadata(path)?;
    let refuse = |why: &str| Err(io::Error::new(io::ErrorKind::InvalidInput, why));
    if !about.is_file() {
        return refuse("not a regular file");
    }
    if about.len() > MAX_LENGTH {
        return refuse("longer than 1 MiB");
    }
    fs::read_to_string(path)
}

/// What is in a folder, sorted; not what begins with a dot, what an editor left behind, and pages for
/// authors.
fn list(folder: &Path) -> Result<Vec<PathBuf>, Stop> {
    let cannot = |error: io::Error| cannot_read(folder, &error);
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(cannot)? {
        let entry = entry.map_err(cannot)?;
        if role_of(&entry.file_name().to_string_lossy()) != Role::Bystander {
            paths.push(entry.path());
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
    let help = "a folder of templates holds <language>/language.toml and <language>/<client>.tera";
    Stop::usage(Diagnostic::error(code::TEMPLATES_UNREADABLE, message).with_help(help))
}
