//! What is asked of a call, as JavaScript says it.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::str::FromStr;
use std::sync::Arc;

use requote::diagnostic::Diagnostic;
use requote::grammar::base64;
use requote::input::{self, FileError, Files, Format};
use requote::{BodyMode, Options, Reading, Scheme, Secrets};
use serde::Deserialize;

/// The code of an option that there is not, or of a value that it does not take.
const OPTIONS_INVALID: &str = "options-invalid";

/// What is asked for. Every key may be absent, and then means what it means to the program.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase", default)]
pub struct Asked {
    /// What the input is; `auto` where its content decides.
    from: Option<String>,
    /// Of several requests the one of this number, of this name, or with this text in the URL.
    request: Option<Text>,
    /// The host of a request that names none.
    host: Option<String>,
    /// Values of variables that the input refers to.
    variables: BTreeMap<String, String>,
    /// Files that the input refers to, in base64, by the name that it gives.
    files: BTreeMap<String, String>,
    /// How the body is written.
    body: Option<String>,
    /// The scheme of the URL.
    scheme: Option<String>,
    /// `keep` or `env`.
    secrets: Option<String>,
    /// Texts that the code reads from its environment, by the name of the variable.
    env: BTreeMap<String, String>,
    /// Options of the target: `{timeout: 10, fragment: true, var: ["ID:12"]}`.
    options: BTreeMap<String, Value>,
    /// Files of templates, laid over the built-in ones: `{"python/mine.tera": "…"}`.
    pub templates: BTreeMap<String, String>,
    /// Of a page: the targets of regions that name none.
    pub targets: Vec<String>,
    /// Of a page: how its documentation tool shows tabs.
    pub style: Option<String>,
    /// Of a page: `refuse` or `carry`.
    pub attachments: Option<String>,
    /// Of a page: `build`, `update` or `clean`.
    pub mode: Option<String>,
}

/// A text, or a number in its place.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Text {
    Text(String),
    Number(u64),
}

/// The value of an option of a target.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Value {
    /// `true` is an option without a value; with `false` it is not given.
    Flag(bool),
    Number(serde_json::Number),
    Text(String),
    /// An option that may be given several times.
    Texts(Vec<String>),
}

/// Files by the name that an input gives.
#[derive(Debug)]
pub struct GivenFiles(BTreeMap<String, Vec<u8>>);

impl Files for GivenFiles {
    fn read(&self, name: &str) -> Result<Vec<u8>, FileError> {
        self.0.get(name).cloned().ok_or_else(|| FileError::new("no such file was given"))
    }
}

/// What cannot be done as it is asked.
#[derive(Debug)]
pub struct Fault(Box<Diagnostic>);

impl Fault {
    pub fn of_option(name: &str, error: &impl Display) -> Self {
        Self(Box::new(Diagnostic::error(OPTIONS_INVALID, format!("`{name}`: {error}"))))
    }
}

impl From<requote::Error> for Fault {
    fn from(error: requote::Error) -> Self {
        Self(Box::new(Diagnostic::from(&error)))
    }
}

/// The diagnostic as JSON, which the package throws as an error.
impl From<Fault> for String {
    fn from(fault: Fault) -> Self {
        crate::to_json(&fault.0)
    }
}

impl Asked {
    /// Reads a JSON object.
    pub fn read(json: &str) -> Result<Self, Fault> {
        serde_json::from_str(json).map_err(|error| Fault::of_option("options", &error))
    }

    /// How the input is read.
    pub fn reading(&self) -> Result<Reading, Fault> {
        let format: Option<Format> = match self.from.as_deref() {
            None | Some("auto") => None,
            from => parse("from", from)?,
        };
        let mut options = input::Options::default();
        options.host.clone_from(&self.host);
        options.variables.extend(self.variables.clone());
        options.files = Some(Arc::new(self.files()?));
        let request = self.request.as_ref().map(|request| match request {
            Text::Text(text) => text.clone(),
            Text::Number(number) => number.to_string(),
        });
        Ok(Reading::default().with_format(format).with_request(request).with_options(options))
    }

    /// The files that were given.
    pub fn files(&self) -> Result<GivenFiles, Fault> {
        let mut files = BTreeMap::new();
        for (name, encoded) in &self.files {
            let bytes = base64::decode(encoded)
                .ok_or_else(|| Fault::of_option("files", &format!("`{name}` is not base64")))?;
            files.insert(name.clone(), bytes);
        }
        Ok(GivenFiles(files))
    }

    /// What the code is to do.
    pub fn options(&self) -> Result<Options, Fault> {
        let body: Option<BodyMode> = parse("body", self.body.as_deref())?;
        let scheme: Option<Scheme> = parse("scheme", self.scheme.as_deref())?;
        let secrets: Option<Secrets> = parse("secrets", self.secrets.as_deref())?;
        let mut options = Options::default()
            .with_body(body.unwrap_or_default())
            .with_scheme(scheme)
            .with_secrets(secrets.unwrap_or_default());
        for (name, text) in &self.env {
            if !options.add_variable(name, text) {
                let expected =
                    "the name is of capital letters, digits and `_`, and the text is not empty";
                return Err(Fault::of_option("env", &expected));
            }
        }
        for (name, value) in &self.options {
            for text in value.texts() {
                options
                    .add_option(name, &text)
                    .map_err(|error| Fault::of_option("options", &error))?;
            }
        }
        Ok(options)
    }
}

impl Value {
    /// The value, once for each time that the option is given.
    fn texts(&self) -> Vec<String> {
        match self {
            Self::Flag(false) => Vec::new(),
            Self::Flag(true) => vec![String::new()],
            Self::Number(number) => vec![number.to_string()],
            Self::Text(text) => vec![text.clone()],
            Self::Texts(texts) => texts.clone(),
        }
    }
}

/// A value that has a name.
fn parse<T>(option: &str, text: Option<&str>) -> Result<Option<T>, Fault>
where
    T: FromStr,
    T::Err: Display,
{
    text.map(str::parse).transpose().map_err(|error| Fault::of_option(option, &error))
}
