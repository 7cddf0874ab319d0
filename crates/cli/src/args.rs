//! The command line.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Parser, Subcommand, ValueEnum};
use requote::{BodyMode, Options, Scheme};

use crate::page::Verbosity;

/// Quote an HTTP request as code: a raw HTTP message in, a runnable snippet out.
///
/// The snippet sends the same request. Where a client cannot, requote says exactly what would
/// differ: each snippet is `exact`, `semantic` (equal in meaning), `lossy` (each difference is
/// told) or `unsupported` (no code, the reason, and targets that can).
#[derive(Debug, Parser)]
#[command(name = "requote", version, arg_required_else_help = true, after_long_help = EXAMPLES)]
pub struct Cli {
    /// What to do
    #[command(subcommand)]
    pub command: Command,

    /// When to colour what is printed for people
    #[arg(long, global = true, value_name = "WHEN", value_enum, default_value_t)]
    #[arg(hide_possible_values = true, help = "Colour: auto (on a terminal), always or never")]
    pub color: Color,
}

const EXAMPLES: &str = "\
Examples:
  requote to python put.http                 print Python that sends the request
  requote to python,curl,fetch *.http -o out write a folder of snippets
  requote targets --for put.http             what each target makes of a request
  requote check put.http                     what is odd about it

Exit status: 0 done; 1 a message or a target failed, the others are done; 2 wrong usage, nothing is
done.";

/// The subcommands.
#[derive(Debug, Subcommand)]
pub enum Command {
    To(ToArgs),
    Targets(TargetsArgs),
    Check(CheckArgs),
    Verify(VerifyArgs),
    Completions(CompletionsArgs),
    Man(ManArgs),
}

/// Write the code that sends a request, for one target or many.
///
/// Code goes to standard output and nothing else does. What there is to say about the message or
/// the snippet goes to standard error. Several snippets are parted by a blank line, and a line on
/// standard error tells which is which; use -o or --json to keep them apart.
#[derive(Debug, Args)]
#[command(after_long_help = TO_EXAMPLES)]
pub struct ToArgs {
    /// What to write: python/requests, python, curl, ...; several by commas; or all
    ///
    /// A target is <language>/<client>. A language alone means its default client; a client's name
    /// that only one language has works alone. `requote targets` lists them.
    #[arg(index = 1, value_name = "TARGET[,TARGET...]|all")]
    pub targets: String,

    /// Files with one HTTP message each; standard input where none is given, or for `-`
    #[arg(index = 2, value_name = "FILE")]
    pub files: Vec<PathBuf>,

    /// Read one message per line, as JSON objects
    ///
    /// A line is {"name": ..., "message": ...}, or {"name": ..., "base64": ...} where the message
    /// is no text. The name stands for the file's in the output; without one
    /// it is the place, as in `messages.ndjson:7`.
    #[arg(long)]
    pub ndjson: bool,

    /// Print one JSON object per line for each file and target
    ///
    /// Its keys: file ("-" for standard input), target, outcome, extension, code (null where there
    /// is none), attachments, adds, diagnostics. A message that does not parse gives one object
    /// whose target is null.
    #[arg(long)]
    pub json: bool,

    /// Write to a file (one snippet) or into a folder (several, or an existing folder)
    ///
    /// A file gets the snippet, with the files that it reads beside it. A folder gets
    /// <file's stem>/<language>-<client>.<extension>, or, for a snippet that reads files, a folder
    /// <file's stem>/<language>-<client>/ with the snippet and these files. A path that ends with
    /// a slash is a folder. With --json the file gets the lines.
    #[arg(short, long, value_name = "PATH")]
    pub output: Option<PathBuf>,

    /// How the body is written: auto, exact or native
    #[arg(long, value_name = "MODE", value_enum, default_value_t)]
    pub body: Body,

    /// The scheme of the URL; https by default, http for local hosts and port 80
    #[arg(long, value_name = "SCHEME", value_enum, hide_possible_values = true)]
    pub scheme: Option<UrlScheme>,

    #[command(flatten)]
    pub templates: TemplatesArgs,

    /// Fail where a snippet is lossy; it is written all the same
    #[arg(long)]
    pub strict: bool,

    /// Print notes too, not only errors, warnings and differences in meaning
    #[arg(short, long)]
    pub verbose: bool,

    /// Print only errors
    #[arg(short, long, conflicts_with = "verbose")]
    pub quiet: bool,

    /// How many threads work; as many as there are cores by default
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

    /// What the engine is told.
    pub fn options(&self) -> Options {
        Options::default().with_body(self.body.into()).with_scheme(self.scheme.map(Scheme::from))
    }
}

/// List the targets, or what each makes of a request.
#[derive(Debug, Args)]
pub struct TargetsArgs {
    /// Print one JSON object per line for each target
    ///
    /// Its keys: id, language, client, title, extension, default, proven, adds, docs, install,
    /// version, options; with --for also outcome and diagnostics.
    #[arg(long)]
    pub json: bool,

    /// Also tell the outcome for the request in this file (`-` for standard input)
    #[arg(long = "for", value_name = "FILE")]
    pub message: Option<PathBuf>,

    #[command(flatten)]
    pub templates: TemplatesArgs,
}

/// Tell what is odd about a message, before any target.
///
/// Fails where a message does not parse; with --strict, also where there is a warning.
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// Files with one HTTP message each; standard input where none is given, or for `-`
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,

    /// Print one JSON object per line for each file: file, diagnostics
    #[arg(long)]
    pub json: bool,

    /// Fail where there is a warning
    #[arg(long)]
    pub strict: bool,
}

/// Run the snippets and compare what they send with the message.
///
/// Each message is addressed to a capture server on this machine, quoted, run, and held against
/// what arrived and against what requote said would arrive. Nothing is sent anywhere else.
#[derive(Debug, Args)]
pub struct VerifyArgs {
    /// Files with one HTTP message each; `-` is standard input
    #[arg(value_name = "FILE", required_unless_present = "fuzz")]
    pub files: Vec<PathBuf>,

    /// The targets to verify; all whose toolchain is there by default
    #[arg(short, long, value_name = "TARGET", value_delimiter = ',', default_value = "all")]
    pub target: Vec<String>,

    /// How many runs go side by side; as many as there are cores by default
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub jobs: Option<u16>,

    /// Ask for each message's own host instead of the capture server's address, in a network
    /// namespace where every name is this machine; one run at a time
    #[arg(long, conflicts_with_all = ["fuzz", "jobs"])]
    pub own_hosts: bool,

    /// Print one JSON object per run, and one with the totals
    #[arg(long)]
    pub json: bool,

    /// Leave snippets, messages and captured requests in this folder
    #[arg(long, value_name = "DIR")]
    pub keep: Option<PathBuf>,

    /// Targets whose missing toolchain is a failure; `all` is every proven one
    #[arg(long, value_name = "TARGET", value_delimiter = ',')]
    pub require: Vec<String>,

    /// Also verify this many random hostile requests per target
    #[arg(long, value_name = "N")]
    pub fuzz: Option<u32>,

    /// Where the random requests start; the same seed gives the same requests
    #[arg(long, value_name = "S", default_value_t = 1, requires = "fuzz")]
    pub seed: u64,

    /// Also check syntax, layout and style with the language's own tools
    #[arg(long)]
    pub format_check: bool,

    #[command(flatten)]
    pub templates: TemplatesArgs,

    /// How bodies are written: auto, exact or native
    #[arg(long, value_name = "MODE", value_enum, default_value_t)]
    pub body: Body,

    /// The time limit of one snippet in seconds, instead of the language's own
    #[arg(long, value_name = "SECS", value_parser = read_seconds)]
    pub timeout: Option<Duration>,
}

fn read_seconds(text: &str) -> Result<Duration, &'static str> {
    let seconds: f64 = text.parse().map_err(|_| "not a number of seconds")?;
    match Duration::try_from_secs_f64(seconds) {
        Ok(duration) if !duration.is_zero() => Ok(duration),
        _ => Err("not a number of seconds above 0"),
    }
}

/// Print the completions for a shell.
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
#[derive(Debug, Args)]
pub struct TemplatesArgs {
    /// Lay a folder of languages and templates over the built-in ones
    ///
    /// <DIR>/<language>/language.toml and <DIR>/<language>/<client>.tera replace the built-in files
    /// of these names or add to them. A file that does not load is an error (exit status 2).
    #[arg(long = "templates", value_name = "DIR")]
    pub folder: Option<PathBuf>,
}

/// When to colour.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal, unless `NO_COLOR` is set
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

impl Color {
    /// The same for the streams.
    pub const fn choice(self) -> anstream::ColorChoice {
        match self {
            Self::Auto => anstream::ColorChoice::Auto,
            Self::Always => anstream::ColorChoice::Always,
            Self::Never => anstream::ColorChoice::Never,
        }
    }
}

/// How the body is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum Body {
    /// What is easiest to read and has the same meaning: native where the client has it, else text
    #[default]
    Auto,
    /// The bytes
    Exact,
    /// JSON as text with the same tokens, laid out with line feeds; other bodies as their bytes
    Text,
    /// The language's own JSON, form and multipart where the meaning stays the same
    Native,
}

impl From<Body> for BodyMode {
    fn from(body: Body) -> Self {
        match body {
            Body::Auto => Self::Auto,
            Body::Exact => Self::Exact,
            Body::Text => Self::Text,
            Body::Native => Self::Native,
        }
    }
}

/// The scheme of a URL.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum UrlScheme {
    Http,
    Https,
}

impl From<UrlScheme> for Scheme {
    fn from(scheme: UrlScheme) -> Self {
        match scheme {
            UrlScheme::Http => Self::Http,
            UrlScheme::Https => Self::Https,
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_holds_together() {
        super::Cli::command().debug_assert();
    }
}
