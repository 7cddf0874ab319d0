//! The command line of `requote docs`.

use std::path::PathBuf;

use clap::Args;
use requote::docs::{Attachments, Format};

use crate::args::{Body, OptionArgs, SecretsMode, TemplatesArgs, UrlScheme};
use crate::page::Verbosity;

/// Write the snippets of documentation pages, in place.
///
/// A page says where snippets are by two comments, and requote writes what is between them:
///
///   <!-- requote:begin file=put.http targets=curl,python -->
///   <!-- requote:end -->
///
/// Without file=, the request is the code block right above. The comments are {/* */} in MDX, a line
/// that begins with `..` in reStructuredText, and one that begins with // in `AsciiDoc`. Pages without
/// them are never written.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES, verbatim_doc_comment)]
pub struct DocsArgs {
    /// Pages, or folders of pages (*.md, *.mdx, *.rst, *.adoc); the current folder by default
    ///
    /// In folders, hidden files, `node_modules`, `target` and what .gitignore lists are left out, and
    /// symbolic links are not followed.
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,

    /// Write nothing; print what would change as a diff, and exit with status 1 if anything would
    #[arg(long, conflicts_with = "clean")]
    pub check: bool,

    /// Take out what is between the comments
    #[arg(long)]
    pub clean: bool,

    /// Read a page of this format from standard input, and print it with its snippets
    ///
    /// The format is markdown, mdx, rst or asciidoc. Code blocks whose first line says `requote`, such as
    /// ```http requote="curl,python", become snippets too. This is for build hooks and editors.
    #[arg(long, value_name = "FORMAT", conflicts_with_all = ["paths", "check", "json"])]
    pub stdin: Option<Format>,

    /// The targets, separated by commas, of the regions that name none
    #[arg(long, value_name = "TARGET[,TARGET...]", value_delimiter = ',')]
    pub targets: Vec<String>,

    /// How several snippets are shown: the name of a documentation tool, details or plain
    ///
    /// By default the files of the project tell which tool builds it, such as mkdocs.yml; where none
    /// does, it is details for Markdown, and plain for other formats.
    #[arg(long, value_name = "STYLE")]
    pub style: Option<String>,

    /// How the body is written: auto, exact, text or native
    #[arg(long, value_name = "MODE", value_enum)]
    pub body: Option<Body>,

    /// The scheme of the URL; https by default, http for local hosts and port 80
    #[arg(long, value_name = "SCHEME", value_enum, hide_possible_values = true)]
    pub scheme: Option<UrlScheme>,

    /// What becomes of credentials: keep them in the code, or read them from its env
    #[arg(long, value_name = "keep|env", value_enum, hide_possible_values = true)]
    pub secrets: Option<SecretsMode>,

    /// What becomes of code that reads a file: refuse it, or carry the file in the page
    ///
    /// With carry, a command behind the snippets makes the file, of at most 32 KiB.
    #[arg(long, value_name = "refuse|carry")]
    pub attachments: Option<Attachments>,

    #[command(flatten)]
    pub wishes: OptionArgs,

    /// Lay a folder of styles over the built-in ones; may be repeated
    ///
    /// <DIR>/<style>/tabs.tera takes the place of the built-in file, and the keys of
    /// <DIR>/<style>/style.toml are merged over it. `styles = [...]` under [docs] in the nearest
    /// requote.toml names folders too.
    #[arg(long = "styles", value_name = "DIR")]
    pub styles: Vec<PathBuf>,

    #[command(flatten)]
    pub templates: TemplatesArgs,

    /// Exit with status 1 if a snippet is lossy; it is still written
    #[arg(long)]
    pub strict: bool,

    /// Print one JSON object per line for each region
    ///
    /// Its keys are file, line, style, source, targets, changed and diagnostics; each of the targets has
    /// target, outcome and diagnostics.
    #[arg(long)]
    pub json: bool,

    /// Print notes too, not only errors and warnings
    #[arg(short, long)]
    pub verbose: bool,

    /// Print only errors
    #[arg(short, long, conflicts_with = "verbose")]
    pub quiet: bool,
}

const EXAMPLES: &str = "\
Examples:
  requote docs                                update the pages of this folder
  requote docs --check docs README.md         in CI: fail if a page is not up to date
  requote docs --stdin markdown < in.md       for a hook of a documentation tool

Settings for all pages are in requote.toml:
  [docs]
  targets = [\"curl\", \"python\", \"fetch\"]
  [docs.paths.\"api/**\"]
  targets = [\"go\"]";

impl DocsArgs {
    /// Which diagnostics are printed for people.
    pub const fn verbosity(&self) -> Verbosity {
        match (self.quiet, self.verbose) {
            (true, _) => Verbosity::Quiet,
            (_, true) => Verbosity::Verbose,
            _ => Verbosity::Usual,
        }
    }
}
