//! `requote.toml`: what a project says once for every call.

use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use requote::diagnostic::Diagnostic;
use serde::Deserialize;

use crate::code;
use crate::stop::Stop;

/// The name of the file.
const NAME: &str = "requote.toml";

/// What the file says.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Settings {
    /// Folders of templates, the lowest first, each relative to the folder of the file.
    pub templates: Vec<PathBuf>,
}

impl Settings {
    /// The settings of the nearest `requote.toml`: in the current folder, else in the one around it,
    /// and so on; the defaults where there is none.
    pub fn find() -> Result<Self, Stop> {
        let Ok(current) = env::current_dir() else { return Ok(Self::default()) };
        match current.ancestors().map(|folder| folder.join(NAME)).find(|path| path.is_file()) {
            Some(path) => Self::read(&path, &current),
            None => Ok(Self::default()),
        }
    }

    /// Reads a file; paths are given as they are from `current`.
    fn read(path: &Path, current: &Path) -> Result<Self, Stop> {
        let shown = path.strip_prefix(current).unwrap_or(path);
        let stop = |message: String| {
            let help = format!("{NAME} has the key `templates`, a list of folders");
            Stop::usage(Diagnostic::error(code::SETTINGS_INVALID, message).with_help(help))
        };
        let cannot = |error: io::Error| stop(format!("cannot read `{}`: {error}", shown.display()));
        let text = fs::read_to_string(path).map_err(cannot)?;
        let read = toml::from_str::<Self>(&text);
        let settings = read.map_err(|error| {
            let before = &text[..error.span().map_or(0, |span| span.start)];
            let line = before.matches('\n').count() + 1;
            stop(format!("{}:{line}: {}", shown.display(), error.message()))
        })?;
        let folder = shown.parent().unwrap_or(Path::new(""));
        let templates = settings.templates.iter().map(|path| folder.join(path)).collect();
        Ok(Self { templates })
    }
}
