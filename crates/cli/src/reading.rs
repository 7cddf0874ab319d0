//! How requests are read: `--from`, `--request`, `--files`, `--var`, `--env` and `--host`.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use requote::Scheme;
use requote::check;
use requote::diagnostic::Diagnostic;
use requote::input::{self, Entry, FileError, Files, Format, SpanMap};
use requote::request::Message;
use requote::{ParseError, parse};

use crate::code;
use crate::stop::Stop;

/// What the input is, and what it may refer to.
#[derive(Debug, Args)]
pub struct ReadArgs {
    /// What the input is: auto, message, curl, har, http-file, fetch, burp, cmd, powershell or postman
    ///
    /// By default its content decides. A file may hold several requests: all are read, and each is
    /// called FILE#NAME, or FILE#NUMBER where it has no name.
    #[arg(help_heading = "Input", long, value_name = "FORMAT", default_value = "auto", value_parser = read_format)]
    #[arg(hide_default_value = true)]
    from: From,

    /// Read only one request: by its number, its name, or a part of its URL
    #[arg(help_heading = "Input", long, value_name = "N|NAME|URL")]
    request: Option<String>,

    /// Read the files that a request refers to, if they are in this folder
    #[arg(help_heading = "Input", long = "files", value_name = "DIR")]
    files_dir: Option<PathBuf>,

    /// Set a variable that a request refers to
    #[arg(help_heading = "Input", long, value_name = "NAME=VALUE", value_parser = read_variable)]
    var: Vec<(String, String)>,

    /// Set the variables of this file
    ///
    /// Lines NAME=VALUE, an environment of Postman, or an http-client.env.json, of which NAME chooses
    /// one environment.
    #[arg(help_heading = "Input", long, value_name = "FILE[:NAME]")]
    env: Option<String>,

    /// The host of a request that names none
    #[arg(help_heading = "Input", long, value_name = "HOST[:PORT]")]
    host: Option<String>,
}

/// A format, or the content decides.
#[derive(Debug, Clone, Copy)]
struct From(Option<Format>);

fn read_format(name: &str) -> Result<From, input::UnknownFormat> {
    if name == "auto" { Ok(From(None)) } else { name.parse().map(|format| From(Some(format))) }
}

fn read_variable(text: &str) -> Result<(String, String), &'static str> {
    let (name, value) = text.split_once('=').ok_or("expected NAME=VALUE")?;
    Ok((name.to_owned(), value.to_owned()))
}

impl ReadArgs {
    /// What was asked for; files of variables are read.
    pub fn reading(&self) -> Result<Reading, Stop> {
        let mut options = input::Options::default();
        if let Some(env) = &self.env {
            options.variables = read_environment(env)?;
        }
        options.variables.extend(self.var.iter().cloned());
        options.host.clone_from(&self.host);
        if let Some(folder) = &self.files_dir {
            let folder = fs::canonicalize(folder).map_err(|error| {
                let message = format!("cannot open the folder `{}`: {error}", folder.display());
                Stop::usage(Diagnostic::error(code::INPUT_UNREADABLE, message))
            })?;
            options.files = Some(Arc::new(Folder(folder)));
        }
        Ok(Reading { format: self.from.0, request: self.request.clone(), options })
    }
}

fn read_environment(env: &str) -> Result<Vec<(String, String)>, Stop> {
    let whole = PathBuf::from(env);
    let (path, name) = match env.rsplit_once(':') {
        Some((path, name)) if !whole.exists() => (PathBuf::from(path), Some(name)),
        _ => (whole, None),
    };
    let bytes = fs::read(&path).map_err(|error| {
        let message = format!("cannot read `{}`: {error}", path.display());
        Stop::usage(Diagnostic::error(code::INPUT_UNREADABLE, message))
    })?;
    input::read_environment(&bytes, name).map_err(|error| {
        let mut diagnostic = error.into_diagnostic();
        diagnostic.message = format!("`{}`: {}", path.display(), diagnostic.message);
        diagnostic.span = None;
        Stop::usage(diagnostic)
    })
}

/// A folder whose files requests may refer to.
#[derive(Debug)]
struct Folder(PathBuf);

impl Files for Folder {
    fn read(&self, name: &str) -> Result<Vec<u8>, FileError> {
        let fail = |error: std::io::Error| FileError::new(error.to_string());
        // Links are followed before it is asked where the file is.
        let path = fs::canonicalize(self.0.join(name)).map_err(fail)?;
        if !path.starts_with(&self.0) {
            return Err(FileError::new("it is outside of the folder of `--files`"));
        }
        if !path.is_file() {
            return Err(FileError::new("it is no plain file"));
        }
        fs::read(path).map_err(fail)
    }
}

/// How inputs are read.
#[derive(Debug, Clone, Default)]
pub struct Reading {
    format: Option<Format>,
    request: Option<String>,
    options: input::Options,
}

impl Reading {
    /// The same for an input whose format is told beside it.
    #[must_use]
    pub fn of_format(&self, format: Option<Format>) -> Self {
        Self { format: format.or(self.format), ..self.clone() }
    }

    /// The requests of an input, all or those that were asked for.
    pub fn read(&self, bytes: Vec<u8>) -> Result<Vec<Requested>, (Vec<u8>, Box<Diagnostic>)> {
        match self.read_all(&bytes) {
            Ok((mut requests, format)) => {
                let source = Arc::new(bytes);
                for request in &mut requests {
                    request.source = Arc::clone(&source);
                    request.format = format;
                }
                Ok(requests)
            }
            Err(diagnostic) => Err((bytes, diagnostic)),
        }
    }

    fn read_all(&self, bytes: &[u8]) -> Result<(Vec<Requested>, Format), Box<Diagnostic>> {
        let read = input::read(bytes, self.format, &self.options);
        let input = read.map_err(|error| Box::new(error.into_diagnostic()))?;
        let (format, count) = (input.format, input.entries.len());
        let titles: Vec<String> = input.entries.iter().map(title_of).collect();
        let mut requests = Vec::new();
        for (index, entry) in input.entries.into_iter().enumerate() {
            let request = Requested::new(entry, index + 1, count);
            if self.request.as_ref().is_none_or(|wanted| request.is_called(wanted, index + 1)) {
                requests.push(request);
            }
        }
        match requests.first_mut() {
            Some(first) => first.notes.splice(0..0, input.diagnostics).for_each(drop),
            None => return Err(Box::new(refuse_request(self.request.as_deref(), &titles))),
        }
        Ok((requests, format))
    }
}

/// What a request is called in a list.
fn title_of(entry: &Entry<'_>) -> String {
    match &entry.name {
        Some(name) if *name != entry.title => format!("{name}: {}", entry.title),
        _ => entry.title.clone(),
    }
}

/// How many requests are listed where the one that was asked for is not among them.
const LISTED: usize = 10;

fn refuse_request(wanted: Option<&str>, titles: &[String]) -> Diagnostic {
    let message = format!("there is no request `{}`", wanted.unwrap_or_default());
    let mut lines: Vec<String> = titles
        .iter()
        .take(LISTED)
        .enumerate()
        .map(|(at, title)| format!("{} {title}", at + 1))
        .collect();
    if titles.len() > LISTED {
        lines.push(format!("and {} more", titles.len() - LISTED));
    }
    Diagnostic::error(code::UNKNOWN_REQUEST, message)
        .with_help(format!("there are: {}", lines.join("; ")))
}

/// A request of an input.
#[derive(Debug)]
pub struct Requested {
    /// Its name or number, where the input has several.
    pub label: Option<String>,
    /// Method and URL, as far as they are known.
    pub title: String,
    /// What the input was read as.
    pub format: Format,
    /// The scheme that the input says.
    scheme: Option<Scheme>,
    /// The input.
    source: Arc<Vec<u8>>,
    message: Written,
    map: SpanMap,
    notes: Vec<Diagnostic>,
    name: Option<String>,
}

/// The message of a request.
#[derive(Debug)]
enum Written {
    /// The input itself.
    Source,
    /// What a reader wrote.
    Bytes(Vec<u8>),
    /// There is none.
    Refused(ParseError),
}

impl Requested {
    fn new(entry: Entry<'_>, number: usize, count: usize) -> Self {
        let Entry { name, title, raw, .. } = entry;
        let label = (count > 1).then(|| name.clone().unwrap_or_else(|| number.to_string()));
        let (source, format) = (Arc::default(), Format::Message);
        let blank = Self {
            label,
            title,
            format,
            scheme: None,
            source,
            message: Written::Source,
            map: SpanMap::default(),
            notes: Vec::new(),
            name,
        };
        match raw {
            Ok(raw) => {
                let message = match raw.message {
                    std::borrow::Cow::Borrowed(_) => Written::Source,
                    std::borrow::Cow::Owned(bytes) => Written::Bytes(bytes),
                };
                Self { message, scheme: raw.scheme, map: raw.map, notes: raw.diagnostics, ..blank }
            }
            Err(error) => Self { message: Written::Refused(error), ..blank },
        }
    }

    fn is_called(&self, wanted: &str, number: usize) -> bool {
        let is_number = wanted.parse() == Ok(number);
        is_number || self.name.as_deref() == Some(wanted) || {
            wanted.parse::<usize>().is_err() && self.title.contains(wanted)
        }
    }

    /// The input that it is part of, into which the places of all diagnostics point.
    pub fn source(&self) -> &[u8] {
        &self.source
    }

    /// Parses and checks the message. Its diagnostics, those of the reading first, point into the input.
    /// The scheme is the one that is given, else the one that the input says, else it is guessed.
    pub fn parse(&self, scheme: Option<Scheme>) -> Result<Message<'_>, ParseError> {
        let bytes = match &self.message {
            Written::Source => self.source(),
            Written::Bytes(bytes) => bytes,
            Written::Refused(error) => return Err(error.clone()),
        };
        let mut message = parse(bytes).map_err(|error| {
            let mut diagnostic = error.into_diagnostic();
            self.relocate(std::slice::from_mut(&mut diagnostic));
            ParseError::from(diagnostic)
        })?;
        if let Some(scheme) = scheme.or(self.scheme) {
            message.request.set_scheme(scheme);
        }
        let found = check(&message);
        message.diagnostics.extend(found);
        self.relocate(&mut message.diagnostics);
        message.diagnostics.splice(0..0, self.notes.iter().cloned());
        Ok(message)
    }

    /// Moves places in the message to places in the input.
    pub fn relocate(&self, diagnostics: &mut [Diagnostic]) {
        if matches!(self.message, Written::Bytes(_)) {
            for diagnostic in diagnostics {
                self.map.relocate(diagnostic, &self.source);
            }
        }
    }
}
