//! The command line.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Parser, Subcommand, ValueEnum};
use requote::{BodyMode, Options, Scheme, Secrets};

use crate::page::Verbosity;
use crate::reading::ReadArgs;
use crate::template::TemplateArgs;

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
    #[arg(long, global = true, value_name = "WHEN", value_enum, default_value_t)]
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
#[expect(clippy::large_enum_variant, reason = "there is one for each run of the program")]
pub enum Command {
    To(ToArgs),
    Targets(TargetsArgs),
    Check(CheckArgs),
    Verify(VerifyArgs),
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

    /// How the body is written: auto, exact, text or native
    #[arg(long, value_name = "MODE", value_enum, default_value_t)]
    pub body: Body,

    /// The scheme of the URL; https by default, http for local hosts and port 80
    #[arg(long, value_name = "SCHEME", value_enum, hide_possible_values = true)]
    pub scheme: Option<UrlScheme>,

    #[command(flatten)]
    pub environment: EnvironmentArgs,

    #[command(flatten)]
    pub wishes: WishArgs,

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

    /// What the engine is told.
    pub fn options(&self) -> Options {
        let options = Options::default().with_body(self.body.into());
        let options = options.with_scheme(self.scheme.map(Scheme::from));
        self.wishes.add_to(self.environment.add_to(options))
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

    /// Record what passed in this folder: the hash of the code, and what the wire said
    #[arg(long, value_name = "DIR")]
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

fn read_seconds(text: &str) -> Result<Duration, &'static str> {
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
#[derive(Debug, Args)]
pub struct TemplatesArgs {
    /// Lay a folder of languages and templates over the built-in ones; may be repeated
    ///
    /// <DIR>/<language>/<client>.tera takes the place of the built-in file of the same name, or adds a
    /// client; the keys of <DIR>/<language>/language.toml are merged over the built-in ones, so that
    /// [client.<name>] alone is enough. Each folder is laid over those before it: those of
    /// `templates = [...]` in the nearest requote.toml, of the environment variable
    /// `REQUOTE_TEMPLATES`, and of this option. A file that does not load is an error (exit status 2).
    #[arg(long = "templates", value_name = "DIR")]
    pub folders: Vec<PathBuf>,
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

/// An option of the targets, and its value.
pub type Wish = (String, String);

/// What the code is to do beside sending the request. Nothing of it changes what is sent first.
#[derive(Debug, Clone, Args)]
pub struct WishArgs {
    #[command(flatten)]
    pub named: OptionArgs,

    /// Give up after this number of seconds
    #[arg(long, value_name = "SECS", value_parser = read_wish("timeout"))]
    pub timeout: Option<Wish>,

    /// Whether the code follows a redirection: follow or no; by default what the client does
    #[arg(long, value_name = "follow|no", value_parser = read_wish("redirects"))]
    pub redirects: Option<Wish>,

    /// Do not check the server's certificate
    #[arg(long)]
    pub insecure: bool,

    /// What the code prints of the response: text, json, status or none
    #[arg(long, value_name = "WHAT", value_parser = read_wish("response"))]
    pub response: Option<Wish>,

    /// Only the lines that send the request and use the response, without imports and the main function
    #[arg(long)]
    pub fragment: bool,

    /// Begin the URL with a variable that the code sets first: the origin, or this beginning of the URL
    #[arg(long, value_name = "URL", num_args = 0..=1, require_equals = true)]
    #[arg(default_missing_value = "", value_parser = read_wish("base-url"))]
    pub base_url: Option<Wish>,
}

impl WishArgs {
    /// The options with these beside the others.
    pub fn add_to(&self, options: Options) -> Options {
        let mut options = self.named.add_to(options);
        let flag = |is_given: bool, name: &str| is_given.then(|| (name.to_owned(), String::new()));
        let flags = [flag(self.insecure, "insecure"), flag(self.fragment, "fragment")];
        let named = [&self.timeout, &self.redirects, &self.response, &self.base_url];
        let given = named.into_iter().chain(&flags).flatten();
        add_wishes(&mut options, given);
        options
    }
}

/// Options of the targets by name.
#[derive(Debug, Clone, Args)]
pub struct OptionArgs {
    /// An option of the targets, such as timeout=10 or fragment; may be repeated
    ///
    /// `requote targets --json` lists the options of each target, with what they take. A target that
    /// lacks one says so in a warning. `-O var=NAME:TEXT` has the code set a variable, and read it
    /// wherever the request has the text.
    #[arg(short = 'O', long = "option", value_name = "NAME[=VALUE]", value_parser = read_option)]
    pub option: Vec<Wish>,
}

impl OptionArgs {
    /// The options with these beside the others.
    pub fn add_to(&self, mut options: Options) -> Options {
        add_wishes(&mut options, &self.option);
        options
    }
}

fn add_wishes<'w>(options: &mut Options, wishes: impl IntoIterator<Item = &'w Wish>) {
    for (name, value) in wishes {
        // Its form was looked at when it was read.
        let _is_added = options.add_option(name, value);
    }
}

fn read_option(text: &str) -> Result<Wish, String> {
    let (name, value) = text.split_once('=').unwrap_or((text, ""));
    read_named(name, value)
}

fn read_wish(name: &'static str) -> impl Fn(&str) -> Result<Wish, String> + Clone {
    move |value| read_named(name, value)
}

fn read_named(name: &str, value: &str) -> Result<Wish, String> {
    match Options::default().add_option(name, value) {
        Ok(()) => Ok((name.to_owned(), value.to_owned())),
        Err(error) => Err(error.to_string()),
    }
}

/// What the code reads from its environment.
#[derive(Debug, Clone, Args)]
pub struct EnvironmentArgs {
    /// What becomes of credentials: keep them in the code, or read them from its env
    ///
    /// `env` writes no value of an Authorization or Cookie field, of a field such as X-Api-Key, or of a
    /// query parameter such as `access_token`: the code reads each from a variable of its environment, and
    /// `environment` of --json names the variables. Nothing that is printed shows the values.
    #[arg(long, value_name = "keep|env", value_enum, default_value_t, hide_possible_values = true)]
    pub secrets: SecretsMode,

    /// A text of the message that the code reads from a variable of its environment
    #[arg(long = "env-var", value_name = "NAME:TEXT", value_parser = read_variable)]
    pub env_var: Vec<(String, String)>,
}

impl EnvironmentArgs {
    /// The options with these beside the others.
    pub fn add_to(&self, options: Options) -> Options {
        let mut options = options.with_secrets(self.secrets.into());
        for (name, text) in &self.env_var {
            // Its form was looked at when it was read.
            let _is_added = options.add_variable(name, text);
        }
        options
    }
}

fn read_variable(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once(':').ok_or("expected NAME:TEXT")?;
    if Options::default().add_variable(name, value) {
        Ok((name.to_owned(), value.to_owned()))
    } else {
        Err("the name is of capital letters, digits and `_`, and the text is not empty".to_owned())
    }
}

/// What becomes of credentials.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum SecretsMode {
    /// They are in the code
    #[default]
    Keep,
    /// The code reads them from its environment
    Env,
}

impl From<SecretsMode> for Secrets {
    fn from(mode: SecretsMode) -> Self {
        match mode {
            SecretsMode::Keep => Self::Keep,
            SecretsMode::Env => Self::Env,
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
