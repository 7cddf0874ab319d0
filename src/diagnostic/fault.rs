//! A fault of a template or of a table, with its place in the text that its author wrote.

use std::fmt;

/// A file that an author wrote.
#[derive(Debug, Clone, Copy)]
pub struct File<'t> {
    /// What messages call it, such as `python/requests.tera`.
    pub path: &'t str,
    /// Its text.
    pub text: &'t str,
}

/// What is wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The file, such as `python/requests.tera`.
    pub path: String,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in characters.
    pub column: usize,
    /// What is wrong, one sentence.
    pub message: String,
    /// The line of the file, and how many of its characters the fault is about.
    excerpt: (String, usize),
}

impl Fault {
    /// A fault of what `text[start..end]` is in a file.
    pub fn new(file: File<'_>, start: usize, end: usize, message: String) -> Self {
        let before = file.text.get(..start).unwrap_or(file.text);
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let rest = &file.text[line_start..];
        let line = rest.split('\n').next().unwrap_or_default().trim_end();
        let marked = file.text.get(start..end).unwrap_or_default();
        let width = marked.split('\n').next().unwrap_or_default().trim_end().chars().count();
        Self {
            path: file.path.to_owned(),
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
            message,
            excerpt: (line.to_owned(), width.max(1)),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { path, line, column, message, excerpt: (text, width) } = self;
        let margin = " ".repeat(line.to_string().len());
        // A tab in the line moves the mark as far.
        let indent = text.chars().take(column - 1).map(|c| if c == '\t' { c } else { ' ' });
        writeln!(f, "{message}")?;
        writeln!(f, "{margin}--> {path}:{line}:{column}")?;
        writeln!(f, "{margin} |")?;
        writeln!(f, "{line} | {text}")?;
        write!(f, "{margin} | {}{}", indent.collect::<String>(), "^".repeat(*width))
    }
}

/// `; did you mean …?` for the nearest of `known`, where one is near.
pub fn suggest<'k>(name: &str, known: impl IntoIterator<Item = &'k str>) -> String {
    let near = known
        .into_iter()
        .map(|known| (strsim::damerau_levenshtein(known, name), known))
        .filter(|(distance, known)| *distance <= 1 + known.len().min(name.len()) / 4)
        .min();
    near.map_or_else(String::new, |(_, known)| format!("; did you mean `{known}`?"))
}
