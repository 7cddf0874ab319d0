//! The pages that the command line names.

use std::path::{Path, PathBuf};

use ignore::{DirEntry, WalkBuilder};
use requote::diagnostic::Diagnostic;
use requote::docs::Format;

use crate::code;
use crate::stop::Stop;

/// Folders of which no page is the project's own.
const OTHERS: [&str; 2] = ["node_modules", "target"];

/// A page.
pub struct Found {
    pub path: PathBuf,
    pub format: Format,
}

/// The pages of files and folders, each once, in order.
pub fn pages(paths: &[PathBuf]) -> Result<Vec<Found>, Stop> {
    let here = [PathBuf::from(".")];
    let mut pages: Vec<Found> = Vec::new();
    for path in if paths.is_empty() { &here } else { paths } {
        if path.is_dir() {
            walk(path, &mut pages)?;
        } else {
            pages.push(name(path)?);
        }
    }
    let mut seen = std::collections::HashSet::new();
    pages.retain(|page| seen.insert(page.path.clone()));
    Ok(pages)
}

/// A page that is named itself.
fn name(path: &Path) -> Result<Found, Stop> {
    if path.is_symlink() {
        let message = format!("`{}` is a symbolic link, which is not followed", path.display());
        return Err(Stop::usage(Diagnostic::error(code::PAGE, message)));
    }
    let Some(format) = Format::of_file_name(&path.to_string_lossy()) else {
        let message = format!("`{}` is no page of a known format", path.display());
        let known: Vec<String> =
            Format::ALL.iter().flat_map(|it| it.extensions()).map(|it| format!("*.{it}")).collect();
        let help = format!("pages are {}", known.join(", "));
        return Err(Stop::usage(Diagnostic::error(code::PAGE, message).with_help(help)));
    };
    Ok(Found { path: path.to_owned(), format })
}

/// The pages of a folder.
fn walk(folder: &Path, pages: &mut Vec<Found>) -> Result<(), Stop> {
    let is_own = |entry: &DirEntry| {
        let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
        !is_folder || entry.depth() == 0 || !OTHERS.iter().any(|other| entry.file_name() == *other)
    };
    let mut builder = WalkBuilder::new(folder);
    builder.require_git(false).filter_entry(is_own).sort_by_file_path(Path::cmp);
    for entry in builder.build() {
        let entry = entry.map_err(|error| {
            let message = format!("cannot read `{}`: {error}", folder.display());
            Stop::usage(Diagnostic::error(code::PAGE, message))
        })?;
        let is_file = entry.file_type().is_some_and(|kind| kind.is_file());
        let format = Format::of_file_name(&entry.file_name().to_string_lossy());
        if let (true, Some(format)) = (is_file, format) {
            let path = entry.path();
            let path = path.strip_prefix("./").unwrap_or(path).to_owned();
            pages.push(Found { path, format });
        }
    }
    Ok(())
}
