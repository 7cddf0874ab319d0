//! The command line.

mod choice;

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Parser, Subcommand};

use crate::docs::DocsArgs;
use crate::mdbook::MdbookArgs;
use crate::openapi::OpenApiArgs;
use crate::page::Verbosity;
use crate::reading::ReadArgs;
use crate::site::SiteArgs;
use crate::template::TemplateArgs;

pub use choice::{
    Body, CodeArgs, Color, EnvironmentArgs, FuzzVariables, OptionArgs, SecretsMode, UrlScheme,
    WishArgs,
};

/// Turn an HTTP request into code that sends the same request.
///
/// Each snippet has one of four outcomes: `exact` (the same bytes arrive), `semantic` (something is
/// equal only in meaning), `lossy` (something differs, and a diagnostic says what) or `unsupported`
/// (no code, but the reason and the targets that can send the request).
#[derive(Debug, Parser)]
#[command(name = "requote", version, arg_required_else_help = true, after_long_help = EXAMPLES)]
pub struct Cli {
    /// What to do
    #[command(subcommand)]
    pub command: Command,

    /// When to use colour in text for people
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        value_enum,
        default_value_t,
        display_order = 900
    )]
    #[arg(hide_possible_values = true, help = "Use colour: auto (on a terminal), always or never")]
    pub color: Color,
}

const EXAMPLES: &str = "\
Examples:
  requote to python put.http                 print Python code that sends the request
  requote to python,curl,fetch *.http -o out write the snippets into a folder
  requote targets --for put.http             list the outcome for each target
  requote check put.http                     find mistakes in the request

Exit status: 0 on success; 1 if some messages or targets failed (the rest were processed); 2 on a
usage error (nothing was processed).";

/// The subcommands.
#[derive(Debug, Subcommand)]
pub enum Command {
    To(ToArgs),
    Targets(TargetsArgs),
    Check(CheckArgs),
    Verify(VerifyArgs),
    Docs(DocsArgs),
    Mdbook(MdbookArgs),
    Site(SiteArgs),
    Openapi(OpenApiArgs),
    Template(TemplateArgs),
    Completions(CompletionsArgs),
    Man(ManArgs),
}

/// Write code that sends a request, for one target or several.
///
/// Only code goes to standard output; diagnostics go to standard error. Multiple snippets are
/// separated by a blank line, and a header line on standard error names each one. Use -o or --json
/// to keep them apart.
#[derive(Debug, Args)]
#[command(after_long_help = TO_EXAMPLES)]
pub struct ToArgs {
    /// The targets, separated by commas (python, curl, js/xhr, ...), or all
    ///
    /// A target is <language>/<client>. A language by itself means its default client, and the name of
    /// a client by itself works if it is unique. Languages also have the usual short names, such as js,
    /// py, c++ and bash. `requote targets` lists them all.
    #[arg(index = 1, value_name = "TARGET[,TARGET...]|all")]
    pub targets: String,

    /// Files with requests; standard input where none is given, or for `-`
    ///
    /// A file is an HTTP message, or what the option --from lists.
    #[arg(index = 2, value_name = "FILE")]
    pub files: Vec<PathBuf>,

    #[command(flatten)]
    pub reading: ReadArgs,

    /// Read one message per line, as JSON objects
    ///
    /// A line is {"name": ..., "message": ...}, or {"name": ..., "base64": ...} where the message
    /// is not valid text. `name` is used in place of a file name; the default is the input position,
    /// such as `messages.ndjson:7`. `from` names the format of the line, as --from does for all lines.
    #[arg(long, conflicts_with = "request")]
    pub ndjson: bool,

    /// Print one JSON object per line for each file and target
    ///
    /// Its keys are schema, file ("-" for standard input), request, from, target, label, highlight,
    /// outcome, extension, code (null if there is none), install, attachments, adds and diagnostics. A
    /// message that does not parse gives one object whose target is null.
    #[arg(long)]
    pub json: bool,

    /// Write to a file (one snippet) or into a folder (several)
    ///
    /// A single snippet is written to the file, and the files that it reads are written next to it. In
    /// a folder, a snippet is <stem of the input file>/<language>-<client>.<extension>; one that reads
    /// files has a folder <language>-<client> of its own. A path that is a folder, or ends with a
    /// slash, is used as a folder. With --json the file contains the lines.
    #[arg(short, long, value_name = "PATH")]
    pub output: Option<PathBuf>,

    #[command(flatten)]
    pub code: CodeArgs,

    #[command(flatten)]
    pub templates: TemplatesArgs,

    /// Exit with status 1 if a snippet is lossy; it is still written
    #[arg(long)]
    pub strict: bool,

    /// Print notes too, not only errors, warnings and differences in meaning
    #[arg(short, long)]
    pub verbose: bool,

    /// Print only errors
    #[arg(short, long, conflicts_with = "verbose")]
    pub quiet: bool,

    /// Number of threads; the number of cores by default
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub jobs: Option<u16>,
}

const TO_EXAMPLES: &str = "\
Examples:
  requote to python put.http
  curl -s https://example.org/put.http | requote to rust
  requote to all put.http -o snippets
  requote to curl,fetch --json put.http | jq -r .outcome
  requote to all --ndjson --json < messages.ndjson > snippets.ndjson
  requote to python --strict put.http -o put.py && python3 put.py";

impl ToArgs {
    /// Which diagnostics are printed for people.
    pub const fn verbosity(&self) -> Verbosity {
        match (self.quiet, self.verbose) {
            (true, _) => Verbosity::Quiet,
            (_, true) => Verbosity::Verbose,
            _ => Verbosity::Usual,
        }
    }
}

/// List the targets, and the outcome of a request for each.
#[derive(Debug, Args)]
pub struct TargetsArgs {
    /// Print one JSON object per line for each target
    ///
    /// Its keys are id, language, client, aliases, title, label, highlight, extension, default, proven,
    /// adds, redirects, docs, install, version, options and limits; with --for also outcome and
    /// diagnostics.
    #[arg(long)]
    pub json: bool,

    /// Show the outcome for the request in this file (`-` for standard input)
    #[arg(long = "for", value_name = "FILE")]
    pub message: Option<PathBuf>,

    #[command(flatten)]
    pub reading: ReadArgs,

    #[command(flatten)]
    pub templates: TemplatesArgs,
}

/// Find mistakes in messages, independent of any target.
///
/// The exit status is 1 if a message does not parse; with --strict, also if there is a warning.
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// Files with requests; standard input where none is given, or for `-`
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,

    #[command(flatten)]
    pub reading: ReadArgs,

    /// Print one JSON object per line for each request: file, request, from, diagnostics
    #[arg(long)]
    pub json: bool,

    /// Exit with status 1 if there is a warning
    #[arg(long)]
    pub strict: bool,
}

/// Run the snippets and compare what they send with the message.
///
/// Each message is readdressed to a capture server on this machine and turned into a snippet, which
/// runs. What arrives is compared with the message and with what requote said would arrive. Nothing
/// is sent anywhere else.
#[derive(Debug, Args)]
pub struct VerifyArgs {
    /// Files with one HTTP message each; `-` is standard input
    #[arg(value_name = "FILE", required_unless_present_any = ["fuzz", "needs"])]
    pub files: Vec<PathBuf>,

    /// Targets to verify, separated by commas; by default all whose toolchain is installed
    #[arg(short, long, value_name = "TARGET", value_delimiter = ',', default_value = "all")]
    pub target: Vec<String>,

    /// Number of snippets that run at the same time; the number of cores by default
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub jobs: Option<u16>,

    /// Print what each target requires and what this machine lacks, and run no snippet; with
    /// --require, a toolchain that is missing is a failure
    #[arg(long, conflicts_with_all = ["files", "fuzz", "own_hosts", "ledger", "keep", "format_check"])]
    pub needs: bool,

    /// Ask for each message's own host instead of the capture server's address, in a network
    /// namespace where every name is this machine; one run at a time
    #[arg(long, conflicts_with_all = ["fuzz", "jobs"])]
    pub own_hosts: bool,

    /// Save each snippet with CR LF line ends before it runs; a body for which they mean the same,
    /// such as JSON or XML, may arrive with them
    #[arg(long, conflicts_with_all = ["format_check", "ledger"])]
    pub crlf: bool,

    /// Print one JSON object per run, and one with the totals
    #[arg(long)]
    pub json: bool,

    /// Record what passed in this folder: the hash of the code without options, and what the wire said
    #[arg(long, value_name = "DIR", conflicts_with_all = ["secrets", "env_var", "option"])]
    pub ledger: Option<PathBuf>,

    /// Run what the ledger does not know, and a tenth of the rest that this text chooses
    #[arg(long, value_name = "TEXT", requires = "ledger")]
    pub sample: Option<String>,

    /// Save the snippets, messages and captured requests in this folder
    #[arg(long, value_name = "DIR")]
    pub keep: Option<PathBuf>,

    /// Targets whose toolchain must be installed; `all` means every proven one
    #[arg(long, value_name = "TARGET", value_delimiter = ',')]
    pub require: Vec<String>,

    /// Also verify this number of random hostile requests per target
    #[arg(long, value_name = "N")]
    pub fuzz: Option<u32>,

    /// Seed of the random requests; the same seed gives the same requests
    #[arg(long, value_name = "S", default_value_t = 1, requires = "fuzz")]
    pub seed: u64,

    /// Have the code read a text of each random request from a variable: of its environment, or one that
    /// it sets first
    #[arg(long, value_name = "WHERE", value_enum, requires = "fuzz")]
    pub fuzz_variables: Option<FuzzVariables>,

    /// Also check the code with the language's compilers, formatters and linters
    #[arg(long)]
    pub format_check: bool,

    #[command(flatten)]
    pub templates: TemplatesArgs,

    /// How bodies are written: auto, exact, text or native
    #[arg(long, value_name = "MODE", value_enum, default_value_t)]
    pub body: Body,

    #[command(flatten)]
    pub environment: EnvironmentArgs,

    #[command(flatten)]
    pub wishes: OptionArgs,

    /// Time limit of one snippet in seconds, instead of the language's own
    #[arg(long, value_name = "SECS", value_parser = read_seconds)]
    pub timeout: Option<Duration>,
}

/// Reads a time limit.
pub fn read_seconds(text: &str) -> Result<Duration, &'static str> {
    let seconds: f64 = text.parse().map_err(|_| "not a number of seconds")?;
    match Duration::try_from_secs_f64(seconds) {
        Ok(duration) if !duration.is_zero() => Ok(duration),
        _ => Err("not a number of seconds above 0"),
    }
}

/// Print the completion script of a shell.
///
/// For bash, for example: requote completions bash > ~/.local/share/bash-completion/completions/requote
#[derive(Debug, Args)]
pub struct CompletionsArgs {
    /// The shell
    #[arg(value_name = "SHELL", value_enum)]
    pub shell: clap_complete::Shell,
}

/// Print the manual page, or that of a subcommand, in roff.
///
/// For example: requote man to | man -l -
#[derive(Debug, Args)]
pub struct ManArgs {
    /// The subcommand whose page is printed
    #[arg(value_name = "SUBCOMMAND")]
    pub subcommand: Option<String>,

    /// Write the pages of requote and of all subcommands into this folder
    #[arg(short, long, value_name = "DIR", conflicts_with = "subcommand")]
    pub output: Option<PathBuf>,
}

/// The user's own templates.
#[derive(Debug, Default, Args)]
pub struct TemplatesArgs {
    /// Lay a folder of languages and templates over the built-in ones; may be repeated
    ///
    /// <DIR>/<language>/<client>.tera takes the place of the built-in file of the same name, or adds a
    /// client; the keys of <DIR>/<language>/language.toml are merged over the built-in ones, so that
    /// a table [client.<name>] is enough. Each folder is laid over those before it: those of
    /// `templates = [...]` in the nearest requote.toml, of the environment variable
    /// `REQUOTE_TEMPLATES`, and of this option. A file that does not load is an error (exit status 2).
    #[arg(long = "templates", value_name = "DIR")]
    pub folders: Vec<PathBuf>,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_holds_together() {
        super::Cli::command().debug_assert();
    }
}
