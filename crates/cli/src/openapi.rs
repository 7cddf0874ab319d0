//! `requote openapi`: code samples of an OpenAPI document, as an Overlay.

use std::fs;
use std::path::PathBuf;

use clap::Args;
use requote::Options;
use requote::diagnostic::Diagnostic;
use requote_openapi::{Key, OpenApiError, Overlay, Settings, UnknownKey};

use crate::args::{Body, EnvironmentArgs, TemplatesArgs, WishArgs};
use crate::code;
use crate::input::Place;
use crate::output::file;
use crate::report::Report;
use crate::stop::{Status, Stop};
use crate::templates;
use crate::to::find_targets;

/// Write code samples for an OpenAPI document, as an Overlay.
///
/// Each operation that has examples gets `x-codeSamples`. No value is invented: what needs one and has no
/// example, default, const or enum of one value gets a warning, with its JSON Pointer, and no sample. The
/// document itself stays as it is; the overlay is applied to it when pages are built.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub struct OpenApiArgs {
    /// The document, in JSON or YAML; OpenAPI 3.0 and later
    #[arg(value_name = "SPEC")]
    pub document: PathBuf,

    /// The file to write: JSON where its name ends with .json, else YAML
    #[arg(long, value_name = "OUT")]
    pub overlay: PathBuf,

    /// The targets that get samples, separated by commas
    #[arg(long, value_name = "TARGET[,TARGET...]", default_value = "curl,python,fetch")]
    pub targets: String,

    /// The member that holds the samples: x-codeSamples, x-code-samples or x-readme
    #[arg(long, value_name = "NAME", default_value = "x-codeSamples", value_parser = read_key)]
    pub key: Key,

    /// The value of a security scheme: a token, a key, or the Base 64 text of Basic; may be repeated
    #[arg(long, value_name = "SCHEME=VALUE", value_parser = read_credential)]
    pub credential: Vec<(String, String)>,

    /// The URL of the server, in place of those of the document
    #[arg(long, value_name = "URL")]
    pub server: Option<String>,

    /// Write nothing; exit with status 1 if the file is not what would be written
    #[arg(long)]
    pub check: bool,

    /// Exit with status 1 if an operation has no sample or a sample is lossy
    #[arg(long)]
    pub strict: bool,

    /// How bodies are written: auto, exact, text or native
    #[arg(long, value_name = "MODE", value_enum, default_value_t)]
    pub body: Body,

    #[command(flatten)]
    pub environment: EnvironmentArgs,

    #[command(flatten)]
    pub wishes: WishArgs,

    #[command(flatten)]
    pub templates: TemplatesArgs,
}

const EXAMPLES: &str = "\
Examples:
  requote openapi api.yaml --overlay samples.yaml
  requote openapi api.yaml --overlay samples.yaml --targets curl,python,go --secrets env
  requote openapi api.json --overlay samples.json --check";

fn read_key(name: &str) -> Result<Key, UnknownKey> {
    name.parse()
}

fn read_credential(text: &str) -> Result<(String, String), &'static str> {
    let (name, value) = text.split_once('=').ok_or("expected SCHEME=VALUE")?;
    Ok((name.to_owned(), value.to_owned()))
}

/// Writes the overlay, or looks whether it is what it should be.
pub fn run(args: &OpenApiArgs, report: &mut Report) -> Result<Status, Stop> {
    let engine = templates::build_engine(&args.templates)?;
    let mut settings = Settings::new(find_targets(&engine, &args.targets)?);
    let options = Options::default().with_body(args.body.into());
    settings.options = args.wishes.add_to(args.environment.add_to(options));
    settings.key = args.key;
    settings.credentials.clone_from(&args.credential);
    settings.server.clone_from(&args.server);
    let bytes = Place::from(args.document.as_path()).read();
    let bytes = bytes.map_err(Stop::Usage)?;
    let document = String::from_utf8(bytes).map_err(|_| unreadable(args, "it is not UTF-8"))?;
    let overlay = requote_openapi::overlay(&document, &engine, &settings);
    let overlay = overlay.map_err(|error| stop(args, &error))?;
    for diagnostic in &overlay.diagnostics {
        report.tell(diagnostic);
    }
    if overlay.operations() == 0 {
        let message = format!("no operation of `{}` has samples", args.document.display());
        report.tell(&Diagnostic::error(code::OPENAPI_EMPTY, message));
        return Ok(Status::Failed);
    }
    let is_partial = !overlay.diagnostics.is_empty() || overlay.is_lossy;
    let status = if args.strict && is_partial { Status::Failed } else { Status::Done };
    finish(args, &overlay, report).map(|done| done.max(status))
}

fn finish(args: &OpenApiArgs, overlay: &Overlay, report: &mut Report) -> Result<Status, Stop> {
    let is_json = args.overlay.extension().is_some_and(|it| it.eq_ignore_ascii_case("json"));
    let text = if is_json { overlay.to_json() } else { overlay.to_yaml() };
    let shown = args.overlay.display();
    if !args.check {
        file::write(&args.overlay, text.as_bytes())
            .map_err(|error| Stop::output(&shown.to_string(), &error))?;
        let count = overlay.operations();
        let operations = if count == 1 { "operation" } else { "operations" };
        report.write(&format!("samples of {count} {operations} in {shown}\n"));
        return Ok(Status::Done);
    }
    if fs::read(&args.overlay).is_ok_and(|before| before == text.as_bytes()) {
        return Ok(Status::Done);
    }
    let message = format!("`{shown}` is not what `{}` gives now", args.document.display());
    let diagnostic = Diagnostic::error(code::OPENAPI_STALE, message);
    report.tell(&diagnostic.with_help("run the same command without `--check`"));
    Ok(Status::Failed)
}

fn stop(args: &OpenApiArgs, error: &OpenApiError) -> Stop {
    match error {
        OpenApiError::Engine(error) => Stop::usage(error),
        OpenApiError::Syntax { .. } => {
            let message = format!("{}:{error}", args.document.display());
            Stop::usage(Diagnostic::error(code::OPENAPI_UNREADABLE, message))
        }
        _ => unreadable(args, &error.to_string()),
    }
}

fn unreadable(args: &OpenApiArgs, why: &str) -> Stop {
    let message = format!("{}: {why}", args.document.display());
    Stop::usage(Diagnostic::error(code::OPENAPI_UNREADABLE, message))
}
