//! A template's text: its files, their tags, and what they say held against what there is.
//!
//! A template is read here, and not run: the room `render` does that.

pub(crate) mod blocks;
mod call;
mod check;
mod condition;
mod expression;
mod known;
pub(crate) mod layout;
pub(crate) mod metered;
mod names;
mod quotes;
mod token;
mod unread;

use crate::diagnostic::{Fault, File};
use crate::language::{Language, Sources};
use crate::view::record::Reads;

pub use known::{ARGUMENTS, FilterKind, filters};
use layout::Laid;
use metered::Metered;
use names::Given;
use token::{Piece, split};
pub(crate) use unread::{Described, fault_of};

/// A file of templates, as its author wrote it.
#[derive(Debug)]
pub(crate) struct TemplateFile<'s> {
    /// What templates call it: `<language>/<client>.tera`.
    path: String,
    /// Its text, and what messages call it.
    file: File<'s>,
    pieces: Vec<Piece<'s>>,
}

/// The template `path`, what it includes or extends, and so on; where a component is called, the
/// partials of the folder and of `_shared`, one of which defines it.
pub(crate) fn gather<'s>(
    sources: &'s Sources,
    language: &str,
    path: &str,
) -> Vec<TemplateFile<'s>> {
    let mut files: Vec<TemplateFile<'_>> = Vec::new();
    let mut paths = vec![path.to_owned()];
    while let Some(path) = paths.pop() {
        let file = sources.file(&path).filter(|_| files.iter().all(|file| file.path != path));
        let Some(file) = file else { continue };
        let pieces = split(file.text);
        for piece in &pieces {
            let (Piece::Print(tokens) | Piece::Tag(tokens)) = piece else { continue };
            match tokens.as_slice() {
                [word, used, ..] if word.is("include") || word.is("extends") => {
                    paths.push(used.text.to_owned());
                }
                [sign, _, ..] if sign.is("<") => {
                    let folders = [language, "_shared"].into_iter();
                    let partials = folders.flat_map(|folder| sources.partials(folder));
                    paths.extend(partials.map(str::to_owned));
                }
                _ => {}
            }
        }
        files.push(TemplateFile { path, file, pieces });
    }
    files
}

/// Holds what a template and the files that it uses say against what there is for a client; the error
/// is all that is wrong. Gives what the template reads.
pub(crate) fn check(
    files: &[TemplateFile<'_>],
    language: &Language,
    described: &Described<'_>,
) -> Result<Reads, Vec<Fault>> {
    let needs = unread::needs_of(described.client);
    let checked = check::check(files, language, &Given::new(&needs, described.client))?;
    match unread::find(described, &needs, &checked) {
        Some(fault) => Err(vec![fault]),
        None => Ok(checked.reads),
    }
}

/// A file of templates, as its author wrote it and as it is compiled.
#[derive(Debug)]
pub(crate) struct Source {
    /// What templates call it.
    pub(crate) path: String,
    /// What messages call it.
    pub(crate) shown: String,
    /// As its author wrote it.
    pub(crate) text: String,
    /// With what limits its cost.
    metered: Metered,
    /// As it is compiled.
    laid: Laid,
}

impl Source {
    pub(crate) fn of(TemplateFile { path, file, pieces }: &TemplateFile<'_>) -> Self {
        let is_built_in = Sources::built_in().get(path).is_some_and(|known| known == file.text);
        let metered =
            if is_built_in { Metered::trusted(file.text) } else { Metered::of(file.text, pieces) };
        Self {
            path: path.clone(),
            shown: file.path.to_owned(),
            text: file.text.to_owned(),
            laid: Laid::of(&metered.text),
            metered,
        }
    }

    /// Has it compiled as its author wrote it.
    pub(crate) fn leave_as_written(&mut self) {
        self.metered = Metered::trusted(&self.text);
        self.laid = Laid::as_written(&self.text);
    }

    pub(crate) fn compiled(&self) -> &str {
        &self.laid.text
    }

    pub(crate) fn as_written(&self) -> File<'_> {
        File { path: &self.shown, text: &self.text }
    }

    /// Where the author's text has what is at `place` of the text that is compiled.
    pub(crate) fn origin(&self, place: usize) -> usize {
        self.metered.origin(self.laid.origin(place))
    }
}
