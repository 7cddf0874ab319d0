//! The command line of `requote site`.

use std::path::PathBuf;

use clap::Args;
use requote_site::{Format, UnknownFormat};

use crate::args::{CodeArgs, TemplatesArgs};
use crate::reading::ReadArgs;

/// Write pages of requests: message, response, method, and code in every language.
///
/// Each request gets a folder with an index, which has all languages, and a page for each target, linked both
/// ways. The pages are static, and fetch nothing from elsewhere. Nothing is deleted from the folder.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub struct SiteArgs {
    /// Files with requests; a message may be followed by the server's response
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,

    /// The folder to write to
    #[arg(short, long, value_name = "DIR")]
    pub output: PathBuf,

    #[command(flatten)]
    pub reading: ReadArgs,

    /// The targets that get pages, separated by commas
    #[arg(long, value_name = "TARGET[,TARGET...]", default_value = "all")]
    pub targets: String,

    /// The format of the pages: html or markdown
    ///
    /// Markdown has front matter with title and description, for another generator of sites.
    #[arg(long, value_name = "FORMAT", default_value = "html", value_parser = read_format)]
    pub format: Format,

    /// The title of the site
    #[arg(long, value_name = "TEXT")]
    pub title: Option<String>,

    /// Lay a folder of page templates and tables over the built-in ones; may be repeated
    #[arg(long = "pages", value_name = "DIR")]
    pub pages: Vec<PathBuf>,

    #[command(flatten)]
    pub code: CodeArgs,

    #[command(flatten)]
    pub templates: TemplatesArgs,
}

const EXAMPLES: &str = "\
Examples:
  requote site examples/put.http -o out
  requote site requests/*.http -o public --title 'Orders API' --secrets env
  requote site put.http -o docs/put --format markdown --targets python,curl,fetch";

fn read_format(name: &str) -> Result<Format, UnknownFormat> {
    name.parse()
}
