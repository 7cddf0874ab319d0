//! How requests are read: `--from`, `--request`, `--files`, `--var`, `--env` and `--host`.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use requote::Reading;
use requote::diagnostic::Diagnostic;
use requote::input::{self, FileError, Files, Format};

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
        let reading = Reading::default().with_format(self.from.0).with_options(options);
        Ok(reading.with_request(self.request.clone()))
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
