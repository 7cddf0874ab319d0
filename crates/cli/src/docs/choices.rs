//! What is asked of each page: the command line, before `requote.toml`, before what the files of the project
//! tell.

use std::env;
use std::path::{Path, PathBuf};

use globset::{Glob, GlobMatcher};
use requote::diagnostic::Diagnostic;
use requote::docs::{Attachments, Format, Settings as Asked, Styles};
use requote::{BodyMode, Engine, Options, Scheme, Secrets};

use super::DocsArgs;
use super::style::Guess;
use crate::code;
use crate::settings::{PageSettings, Settings, invalid};
use crate::stop::Stop;
use crate::templates::read_styles;

/// The choices of all pages.
pub struct Choices {
    /// The folder from which paths of pages begin.
    here: PathBuf,
    /// The folder that holds the project, whose files pages may name.
    root: PathBuf,
    all: PageSettings,
    /// What is said of some pages, the shortest pattern first.
    paths: Vec<(GlobMatcher, PageSettings)>,
    given: PageSettings,
    options: Options,
    strict: bool,
    styles: Styles,
    guess: Guess,
}

impl Choices {
    /// Reads all of them, and finds what there is not before any page is written.
    pub fn new(args: &DocsArgs, settings: &Settings, engine: &Engine) -> Result<Self, Stop> {
        let here = env::current_dir().unwrap_or_default();
        let root = settings.folder.clone().unwrap_or_else(|| here.clone());
        let mut folders = settings.docs.styles.clone();
        folders.extend(args.styles.iter().cloned());
        let styles = read_styles(&folders)?;
        let given = PageSettings {
            targets: (!args.targets.is_empty()).then(|| args.targets.clone()),
            style: args.style.clone(),
            body: args.body.map(|body| BodyMode::from(body).to_string()),
            scheme: args.scheme.map(|scheme| Scheme::from(scheme).to_string()),
            secrets: args.secrets.map(|secrets| Secrets::from(secrets).to_string()),
            attachments: args.attachments.map(|it| it.to_string()),
            ..PageSettings::default()
        };
        let mut paths = Vec::new();
        for (pattern, page) in &settings.docs.paths {
            let glob =
                Glob::new(pattern).map_err(|error| Stop::Usage(invalid(&error.to_string())))?;
            paths.push((glob.compile_matcher(), page.clone()));
        }
        paths.sort_by_key(|(glob, _)| glob.glob().glob().len());
        let choices = Self {
            here,
            guess: Guess::new(root.clone()),
            root,
            all: settings.docs.all.clone(),
            paths,
            given,
            options: args.wishes.add_to(Options::default()),
            strict: args.strict || settings.docs.strict,
            styles,
        };
        choices.check(engine)?;
        Ok(choices)
    }

    /// The folder whose files pages may name.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Whether a lossy snippet is a failure.
    pub const fn is_strict(&self) -> bool {
        self.strict
    }

    /// Whether all targets and styles are there.
    fn check(&self, engine: &Engine) -> Result<(), Stop> {
        let others = self.paths.iter().map(|(_, page)| page);
        for page in others.chain([&self.all, &self.given]) {
            for name in page.targets.iter().flatten() {
                engine.find(name).map_err(|error| Stop::usage(&error))?;
            }
            if let Some(style) = &page.style {
                let found = self.styles.get(style);
                found.map_err(|error| Stop::Usage(no_style(&error.to_string())))?;
            }
            apply(page, Options::default()).map_err(Stop::Usage)?;
            attachments_of(page).map_err(Stop::Usage)?;
        }
        Ok(())
    }

    /// What is asked of the page at `path`.
    pub fn of_page(&self, path: &Path, format: Format) -> Result<Asked, Box<Diagnostic>> {
        let absolute = self.here.join(path);
        let below = absolute.strip_prefix(&self.root).unwrap_or(path);
        let mut page = self.all.clone();
        for (_, over) in self.paths.iter().filter(|(glob, _)| glob.is_match(below)) {
            page.lay_over(over);
        }
        page.lay_over(&self.given);
        let mut options = apply(&page, Options::default())?;
        for (name, value) in self.options.given() {
            // Its form was looked at when it was read.
            let _is_added = options.add_option(name, value);
        }
        let mut asked = Asked::default()
            .with_styles(self.styles.clone())
            .with_options(options)
            .with_attachments(attachments_of(&page)?);
        asked.targets = page.targets.unwrap_or_default();
        asked.style = page.style;
        if asked.style.is_none() {
            let folder = absolute.parent().unwrap_or(&absolute);
            let style = self.guess.style(&self.styles, folder, format);
            asked.style = style.map_err(|error| no_style(&error))?;
        }
        Ok(asked)
    }
}

/// The options with what is said of a page.
fn apply(page: &PageSettings, mut options: Options) -> Result<Options, Box<Diagnostic>> {
    let refuse = |error: String| invalid(&error);
    if let Some(body) = &page.body {
        options.body =
            body.parse().map_err(|error: requote::UnknownName| refuse(error.to_string()))?;
    }
    if let Some(scheme) = &page.scheme {
        let scheme: Result<Scheme, _> = scheme.parse();
        options.scheme = Some(scheme.map_err(|error| refuse(error.to_string()))?);
    }
    if let Some(secrets) = &page.secrets {
        options.secrets =
            secrets.parse().map_err(|error: requote::UnknownName| refuse(error.to_string()))?;
    }
    for (name, value) in &page.options {
        options.add_option(name, value).map_err(|error| refuse(error.to_string()))?;
    }
    Ok(options)
}

/// What becomes of code that reads a file.
fn attachments_of(page: &PageSettings) -> Result<Attachments, Box<Diagnostic>> {
    let name = page.attachments.as_deref();
    let read = name.map(str::parse::<Attachments>).transpose();
    read.map(Option::unwrap_or_default).map_err(|error| invalid(&error.to_string()))
}

fn no_style(message: &str) -> Box<Diagnostic> {
    Box::new(Diagnostic::error(code::STYLE, message))
}
