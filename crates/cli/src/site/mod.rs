//! `requote site`: requests → a folder of pages.

mod args;

use std::fs;
use std::path::Path;

use requote::diagnostic::{Diagnostic, Severity};
use requote::{Refused, Requested};
use requote_site::{Example, File, Site, SiteError};

use crate::code;
use crate::input;
use crate::output::file;
use crate::output::folder::refuse_link;
use crate::report::Report;
use crate::stop::{Status, Stop};
use crate::templates;
use crate::to::find_targets;
use crate::to::messages::read_place;

pub use args::SiteArgs;

/// A request that was read, and what its folder is called.
struct Read {
    request: Requested,
    name: String,
    file: String,
}

/// Writes the pages.
pub fn run(args: &SiteArgs, report: &mut Report) -> Result<Status, Stop> {
    let engine = templates::build_engine(&args.templates)?;
    let targets = find_targets(&engine, &args.targets)?;
    let site = Site::new(&engine, targets).map_err(stop)?;
    let options = args.code.options();
    let site = site.with_options(options.clone()).with_format(args.format);
    let mut site = site.with_pages(read_pages(&args.pages)?);
    if args.targets == "all" {
        site = site.sorted_by_label();
    }
    if let Some(title) = &args.title {
        site = site.with_title(title.as_str());
    }
    let mut status = Status::Done;
    let read = read_requests(args, report, &mut status)?;
    let mut messages = Vec::new();
    for read in &read {
        match read.request.parse(&options) {
            Ok(parsed) => {
                let told = parsed.message.diagnostics.iter();
                for warning in told.filter(|it| it.severity != Severity::Note) {
                    report.tell_of(warning, &read.file, &parsed.shown);
                }
                messages.push((read, parsed.message));
            }
            Err(error) => {
                report.tell_of(&error.into_diagnostic(), &read.file, read.request.source());
                status = Status::Failed;
            }
        }
    }
    if messages.is_empty() {
        return Ok(Status::Failed);
    }
    let title = |read: &Read| read.request.label.clone().filter(|it| it.parse::<usize>().is_err());
    let examples: Vec<Example<'_>> = messages
        .iter()
        .map(|(read, message)| Example::new(&read.name, message).with_title(title(read)))
        .collect();
    let mut count = 0;
    site.write(&examples, |file| {
        count += 1;
        write(&args.output, &file)
    })
    .map_err(|Failure(stop)| stop)?;
    let pages = if count == 1 { "file" } else { "files" };
    report.write(&format!("{count} {pages} in {}\n", args.output.display()));
    Ok(status)
}

/// The requests of all files.
fn read_requests(
    args: &SiteArgs,
    report: &mut Report,
    status: &mut Status,
) -> Result<Vec<Read>, Stop> {
    let places = input::list_places(&args.files)?;
    let reading = args.reading.reading()?;
    input::announce(&places, report);
    let mut all = Vec::new();
    for place in &places {
        match read_place(place, &reading) {
            Ok(requests) => {
                for request in requests {
                    let stem = place.stem().to_string_lossy().into_owned();
                    let name = match &request.label {
                        Some(label) => format!("{stem}-{label}"),
                        None => stem,
                    };
                    all.push(Read { request, name, file: place.name() });
                }
            }
            Err(Refused { source, diagnostic, .. }) => {
                report.tell_of(&diagnostic, &place.name(), &source);
                *status = Status::Failed;
            }
        }
    }
    Ok(all)
}

/// Why the writing ended.
struct Failure(Stop);

impl From<SiteError> for Failure {
    fn from(error: SiteError) -> Self {
        Self(stop(error))
    }
}

fn stop(error: SiteError) -> Stop {
    match error {
        SiteError::Engine(error) => Stop::usage(&error),
        SiteError::Page { .. } => {
            let diagnostic = Diagnostic::error(code::PAGES_INVALID, error.to_string());
            Stop::usage(diagnostic.with_help("docs/site.md says what a page may read"))
        }
        _ => Stop::usage(Diagnostic::error(code::PAGES_SECRET, error.to_string())),
    }
}

/// Writes a file below the folder; a link in the folder that was named is not followed.
fn write(root: &Path, file: &File) -> Result<(), Failure> {
    let path = root.join(&file.path);
    for folder in path.ancestors().skip(1).take_while(|it| *it != root) {
        refuse_link(folder).map_err(|diagnostic| Failure(Stop::Output(diagnostic)))?;
    }
    let written = file::write(&path, &file.bytes);
    written.map_err(|error| Failure(Stop::output(&path.display().to_string(), &error)))
}

/// The files of folders of pages: name, and text.
fn read_pages(folders: &[std::path::PathBuf]) -> Result<Vec<(String, String)>, Stop> {
    let mut files = Vec::new();
    for folder in folders {
        let cannot = |error: std::io::Error| {
            let message = format!("cannot read `{}`: {error}", folder.display());
            let help =
                "a folder of pages holds files such as target.html, methods.toml and site.css";
            Stop::usage(Diagnostic::error(code::PAGES_INVALID, message).with_help(help))
        };
        let mut paths = Vec::new();
        for entry in fs::read_dir(folder).map_err(cannot)? {
            paths.push(entry.map_err(cannot)?.path());
        }
        paths.sort();
        for path in paths {
            let is_page = path.extension().is_some_and(|ending| {
                ["html", "md", "toml", "css", "js"].iter().any(|known| ending == *known)
            });
            if let (true, Some(name)) = (is_page, path.file_name().and_then(|it| it.to_str())) {
                files.push((name.to_owned(), templates::read_regular(&path).map_err(cannot)?));
            }
        }
    }
    Ok(files)
}
