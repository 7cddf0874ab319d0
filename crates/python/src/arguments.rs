//! What Python passes → what the library takes.

use std::collections::HashMap;
use std::sync::Arc;

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyByteArray, PyBytes, PyDict, PyMemoryView, PyString};
use requote::input::{self, FileError, Format};
use requote::{BodyMode, Options, Reading, Secrets};

/// Names and texts.
pub type Pairs = HashMap<String, String>;

/// A message: `bytes`, `bytearray`, `memoryview` or `str`.
pub struct Message(pub Vec<u8>);

impl<'py> FromPyObject<'_, 'py> for Message {
    type Error = PyErr;

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        if let Ok(bytes) = object.cast::<PyBytes>() {
            Ok(Self(bytes.as_bytes().to_vec()))
        } else if let Ok(text) = object.cast::<PyString>() {
            Ok(Self(text.to_cow()?.into_owned().into_bytes()))
        } else if let Ok(bytes) = object.cast::<PyByteArray>() {
            Ok(Self(bytes.to_vec()))
        } else if object.cast::<PyMemoryView>().is_ok() {
            let bytes = object.call_method0("tobytes")?;
            Ok(Self(bytes.cast::<PyBytes>()?.as_bytes().to_vec()))
        } else {
            let kind = object.get_type().name()?;
            Err(PyTypeError::new_err(format!("a message is bytes or str, not {kind}")))
        }
    }
}

/// The request that is read: its number, its name, or a part of its URL.
#[derive(FromPyObject)]
pub enum Request {
    Number(usize),
    Text(String),
}

/// The files that a request may refer to.
pub type Files = HashMap<String, Message>;

/// Files by name.
#[derive(Debug)]
struct Given(HashMap<String, Vec<u8>>);

impl input::Files for Given {
    fn read(&self, name: &str) -> Result<Vec<u8>, FileError> {
        self.0.get(name).cloned().ok_or_else(|| FileError::new("it is not in `files`"))
    }
}

/// How the message is read.
pub struct ReadArguments<'a> {
    pub from_: Option<&'a str>,
    pub request: Option<Request>,
    pub variables: Option<Pairs>,
    pub host: Option<String>,
    pub files: Option<Files>,
}

impl ReadArguments<'_> {
    pub fn read(self) -> PyResult<Reading> {
        let format = match self.from_ {
            None | Some("auto") => None,
            Some(name) => Some(name.parse::<Format>().map_err(value_error)?),
        };
        let request = self.request.map(|request| match request {
            Request::Number(number) => number.to_string(),
            Request::Text(text) => text,
        });
        let mut options = input::Options::default();
        options.host = self.host;
        options.variables = self.variables.into_iter().flatten().collect();
        options.files = self.files.map(|files| {
            let files = files.into_iter().map(|(name, content)| (name, content.0)).collect();
            Arc::new(Given(files)) as Arc<dyn input::Files>
        });
        Ok(Reading::default().with_format(format).with_request(request).with_options(options))
    }
}

/// How the code is written.
pub struct TargetArguments<'a, 'py> {
    pub body: Option<&'a str>,
    pub scheme: Option<&'a str>,
    pub secrets: Option<&'a str>,
    pub environment: Option<Pairs>,
    pub options: Option<Bound<'py, PyAny>>,
}

impl TargetArguments<'_, '_> {
    pub fn read(self) -> PyResult<Options> {
        let body = self.body.unwrap_or("auto").parse::<BodyMode>().map_err(value_error)?;
        let scheme = self.scheme.map(str::parse).transpose().map_err(value_error)?;
        let secrets = self.secrets.unwrap_or("keep").parse::<Secrets>().map_err(value_error)?;
        let mut options =
            Options::default().with_body(body).with_scheme(scheme).with_secrets(secrets);
        for (name, text) in self.environment.iter().flatten() {
            if !options.add_variable(name, text) {
                let message = "`environment` has names of capital letters, digits and `_`, and texts \
                               that are not empty";
                return Err(PyValueError::new_err(message));
            }
        }
        if let Some(given) = &self.options {
            for item in given.call_method0("items")?.try_iter()? {
                let (name, value) = item?.extract::<(String, Bound<'_, PyAny>)>()?;
                add_option(&mut options, &name, &value)?;
            }
        }
        Ok(options)
    }
}

/// Adds an option: `True` is a flag, a mapping gives each `NAME:TEXT` of `var`, numbers and texts are
/// values.
fn add_option(options: &mut Options, name: &str, value: &Bound<'_, PyAny>) -> PyResult<()> {
    if let Ok(flag) = value.cast::<PyBool>() {
        // Without a value a flag is meant, or the origin as `base-url`.
        let word = if flag.is_true() { "" } else { "no" };
        return options.add_option(name, word).map_err(value_error);
    }
    if let Ok(texts) = value.cast::<PyDict>() {
        for (variable, text) in texts {
            let pair = format!("{variable}:{text}");
            options.add_option(name, &pair).map_err(value_error)?;
        }
        return Ok(());
    }
    options.add_option(name, &value.str()?.to_cow()?).map_err(value_error)
}

/// An argument that the library does not take.
pub fn value_error(error: impl std::error::Error) -> PyErr {
    PyValueError::new_err(error.to_string())
}
