//! `requote.toml`: what a project says once for every call.

use std::collections::BTreeMap;
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
    /// What is said of pages of documentation.
    pub docs: DocsSettings,
    /// The folder of the file; none where there is no file.
    #[serde(skip)]
    pub folder: Option<PathBuf>,
}

/// `[docs]`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct DocsSettings {
    /// Folders of styles, the lowest first, each relative to the folder of the file.
    pub styles: Vec<PathBuf>,
    /// Whether a lossy snippet is a failure.
    pub strict: bool,
    /// `[docs.paths."api/**"]`: what is said of pages whose path from the folder of the file is like this.
    pub paths: BTreeMap<String, PageSettings>,
    /// What is said of all pages.
    #[serde(flatten)]
    pub all: PageSettings,
}

/// What is said of pages.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct PageSettings {
    /// The targets of regions that name none.
    pub targets: Option<Vec<String>>,
    /// The style.
    pub style: Option<String>,
    /// How the body is written.
    pub body: Option<String>,
    /// The scheme of the URL.
    pub scheme: Option<String>,
    /// What becomes of credentials.
    pub secrets: Option<String>,
    /// What becomes of code that reads a file.
    pub attachments: Option<String>,
    /// Options of the targets with their values.
    pub options: BTreeMap<String, String>,
}

impl PageSettings {
    /// These with `over` laid over them.
    pub fn lay_over(&mut self, over: &Self) {
        let Self { targets, style, body, scheme, secrets, attachments, options } = over;
        if targets.is_some() {
            self.targets.clone_from(targets);
        }
        let texts = [
            (&mut self.style, style),
            (&mut self.body, body),
            (&mut self.scheme, scheme),
            (&mut self.secrets, secrets),
            (&mut self.attachments, attachments),
        ];
        for (under, over) in texts {
            if over.is_some() {
                under.clone_from(over);
            }
        }
        self.options.extend(options.clone());
    }
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
        let cannot =
            |error: io::Error| invalid(&format!("cannot read `{}`: {error}", shown.display()));
        let text = fs::read_to_string(path).map_err(cannot).map_err(Stop::Usage)?;
        let read = toml::from_str::<Self>(&text);
        let mut settings = read.map_err(|error| {
            let before = &text[..error.span().map_or(0, |span| span.start)];
            let line = before.matches('\n').count() + 1;
            Stop::Usage(invalid(&format!("{}:{line}: {}", shown.display(), error.message())))
        })?;
        let folder = shown.parent().unwrap_or(Path::new(""));
        for path in settings.templates.iter_mut().chain(&mut settings.docs.styles) {
            *path = folder.join(&path);
        }
        settings.folder = path.parent().map(Path::to_owned);
        Ok(settings)
    }
}

/// Says what is wrong with the file.
pub fn invalid(message: &str) -> Box<Diagnostic> {
    let help = format!("{NAME} has the keys `templates`, a list of folders, and `docs`, a table");
    Box::new(Diagnostic::error(code::SETTINGS_INVALID, message).with_help(help))
}
