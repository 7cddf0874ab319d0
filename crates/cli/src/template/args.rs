//! The command line of `requote template`.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Subcommand};

use crate::args::{TemplatesArgs, read_seconds};

/// Write templates of your own: print the built-in ones, begin, check and test yours.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub struct TemplateArgs {
    /// What to do
    #[command(subcommand)]
    pub command: TemplateCommand,
}

const EXAMPLES: &str = "\
Examples:
  requote template new python/aiohttp        write the files of a new client into templates/
  requote template check templates           find what is wrong with them
  requote template test templates --update   write down what they make of ordinary requests
  requote template watch python/aiohttp put.http  show the snippet anew when a file is saved
  requote template learn python/aiohttp      run it, and print the facts that the wire shows
  requote to python/aiohttp put.http --templates templates
  requote verify -t python/aiohttp *.http --templates templates";

/// The subcommands.
#[derive(Debug, Subcommand)]
pub enum TemplateCommand {
    Show(ShowArgs),
    New(NewArgs),
    Diff(DiffArgs),
    Docs(DocsArgs),
    Check(CheckArgs),
    Test(TestArgs),
    Watch(WatchArgs),
    Learn(LearnArgs),
}

/// Print a built-in template or table.
#[derive(Debug, Args)]
pub struct ShowArgs {
    /// A target (python/requests), a language, whose table is printed, or the path of a file; without
    /// it, the paths of all files are listed
    #[arg(value_name = "NAME")]
    pub name: Option<String>,

    /// Print what the table of the language says of the target, not the template
    #[arg(long, requires = "name")]
    pub table: bool,
}

/// Write the files of a new client, which work at once.
///
/// The template is that of the client which the new one is like, and its table takes that client's
/// facts: change what differs.
#[derive(Debug, Args)]
pub struct NewArgs {
    /// The new client: <language>/<client>
    #[arg(value_name = "LANGUAGE/CLIENT")]
    pub id: String,

    /// The target whose template and facts it begins with; the default client of a known language
    #[arg(long, value_name = "TARGET")]
    pub like: Option<String>,

    /// The folder of templates
    #[arg(value_name = "DIR", default_value = "templates")]
    pub folder: PathBuf,
}

/// Print the guide to templates, and the reference of all that templates and tables may say.
#[derive(Debug, Args)]
pub struct DocsArgs {
    /// Print the JSON Schema of `language.toml`, with which editors complete and check it
    #[arg(long)]
    pub schema: bool,
}

/// Show how templates of your own differ from the built-in ones of this version.
#[derive(Debug, Args)]
pub struct DiffArgs {
    /// The folder of templates
    #[arg(value_name = "DIR", default_value = "templates")]
    pub folder: PathBuf,
}

/// Find what is wrong with templates of your own, all at once. Runs nothing.
///
/// It looks for what does not load; for data of a request that a template drops (it is given some 170
/// probe requests); for strings that two texts share or that a text ends (some thousand texts are written
/// and read back); and for facts that no request can show. The exit status is 1 if there is an error;
/// with --strict, also if there is a warning.
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// The folders of templates, each laid over those before it
    #[arg(value_name = "DIR", default_value = "templates")]
    pub folders: Vec<PathBuf>,

    /// Exit with status 1 if there is a warning
    #[arg(long)]
    pub strict: bool,

    /// Print notes too
    #[arg(short, long)]
    pub verbose: bool,
}

/// Compare what templates of your own make of ordinary requests with what was written down.
///
/// The requests are the core that is part of requote, and those of <DIR>/requests/*.http. What is written
/// down is in <DIR>/snapshots/<language>/<client>/<request>.snap: the outcome, the diagnostics and the
/// code. The exit status is 1 if something differs.
#[derive(Debug, Args)]
pub struct TestArgs {
    /// The folder of templates
    #[arg(value_name = "DIR", default_value = "templates")]
    pub folder: PathBuf,

    /// Targets to test, separated by commas; by default those that the folder says something of
    #[arg(short, long, value_name = "TARGET", value_delimiter = ',')]
    pub target: Vec<String>,

    /// Write down what the templates make of the requests now
    #[arg(short, long)]
    pub update: bool,

    /// Also run the snippets and compare what arrives, as `requote verify` does
    #[arg(long)]
    pub verify: bool,
}

/// Show the snippet of a request, and what is wrong with the templates, whenever a file is saved.
///
/// The first time the whole snippet is printed, then what changed of it. Ctrl-C ends it.
#[derive(Debug, Args)]
pub struct WatchArgs {
    /// The target
    #[arg(value_name = "TARGET")]
    pub target: String,

    /// A file with one request, in any format that is read
    #[arg(value_name = "FILE")]
    pub file: PathBuf,

    #[command(flatten)]
    pub templates: TemplatesArgs,
}

/// Run the snippets of a target, and print the facts that explain how what arrives differs.
///
/// Each snippet sends its request to a server on this machine. Facts are looked for with which all that
/// requote says of the requests is true: fields that the client adds, what it does to methods, targets and
/// fields. They are printed as TOML for the client's table, after a second run with them. The exit status
/// is 1 if something is left that no fact explains.
#[derive(Debug, Args)]
pub struct LearnArgs {
    /// The target
    #[arg(value_name = "TARGET")]
    pub target: String,

    /// Files with HTTP messages; by default requests that are part of requote, made to show what clients do
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,

    #[command(flatten)]
    pub templates: TemplatesArgs,

    /// Time limit of one snippet in seconds, instead of the language's own
    #[arg(long, value_name = "SECS", value_parser = read_seconds)]
    pub timeout: Option<Duration>,
}
