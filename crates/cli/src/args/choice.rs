//! What several commands let the user choose.

use clap::{Args, ValueEnum};
use requote::{BodyMode, Options, Scheme, Secrets};
use requote_verify::VariablePlace;

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

/// How a request is written as code.
#[derive(Debug, Clone, Args)]
pub struct CodeArgs {
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
}

impl CodeArgs {
    /// What the engine is told.
    pub fn options(&self) -> Options {
        let options = Options::default().with_body(self.body.into());
        let options = options.with_scheme(self.scheme.map(Scheme::from));
        self.wishes.add_to(self.environment.add_to(options))
    }
}

/// An option of the targets, and its value.
type Wish = (String, String);

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

/// Where the code reads texts of random requests from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FuzzVariables {
    /// Its environment, as with --env-var
    Env,
    /// A variable that it sets first, as with -O var
    Code,
}

impl From<FuzzVariables> for VariablePlace {
    fn from(place: FuzzVariables) -> Self {
        match place {
            FuzzVariables::Env => Self::Env,
            FuzzVariables::Code => Self::Code,
        }
    }
}
