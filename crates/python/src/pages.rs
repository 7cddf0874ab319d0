//! Pages of documentation, for `requote.expand`.

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyType;
use requote::docs::{self, Format, Mode, Settings, Styles};
use requote::input::{FileError, Files};

use crate::arguments::{self, Message, TargetArguments};
use crate::templates::Templates;
use crate::values;

/// The files that a page may name: a mapping, or a function that is called with the name.
#[derive(Debug)]
struct Given(Option<Py<PyAny>>);

impl Files for Given {
    fn read(&self, name: &str) -> Result<Vec<u8>, FileError> {
        let Some(given) = &self.0 else {
            return Err(FileError::new("no `files` are given"));
        };
        Python::attach(|py| {
            let given = given.bind(py);
            let found =
                if given.is_callable() { given.call1((name,)) } else { given.get_item(name) };
            let content = found.and_then(|found| found.extract::<Message>());
            content.map(|content| content.0).map_err(|error| FileError::new(reason(py, &error)))
        })
    }
}

/// What an exception says, as the reason why a file is not read.
fn reason(py: Python<'_>, error: &PyErr) -> String {
    let value = error.value(py);
    let system = value.getattr("strerror").and_then(|text| text.extract::<String>());
    system.unwrap_or_else(|_| match error.get_type(py).name() {
        Ok(name) if name == "KeyError" => "it is not in `files`".to_owned(),
        _ => value.to_string(),
    })
}

/// Writes the snippets of a page of documentation: where it has a fence with `requote`, and between the
/// markers `requote:begin` and `requote:end`.
///
/// >>> import requote
/// >>> fence = "```http requote=curl\nGET / HTTP/1.1\nHost: example.org\n```\n"
/// >>> print(requote.expand(fence, "markdown", "plain").text, end="")
/// **curl**
/// <BLANKLINE>
/// ```bash
/// curl 'https://example.org/'
/// ```
#[pyfunction]
#[pyo3(signature = (page, format = "markdown", style = None, *, mode = "build", targets = None, body = None,
    scheme = None, secrets = None, attachments = None, environment = None, options = None, files = None,
    templates = None))]
#[pyo3(
    text_signature = "(page, format='markdown', style=None, *, mode='build', targets=None, body='auto', \
    scheme=None, secrets='keep', attachments='refuse', environment=None, options=None, files=None, templates=None)"
)]
#[expect(clippy::too_many_arguments, reason = "they are keywords")]
pub fn expand<'py>(
    py: Python<'py>,
    page: &str,
    format: &str,
    style: Option<&str>,
    mode: &str,
    targets: Option<Vec<String>>,
    body: Option<&str>,
    scheme: Option<&str>,
    secrets: Option<&str>,
    attachments: Option<&str>,
    environment: Option<arguments::Pairs>,
    options: Option<Bound<'py, PyAny>>,
    files: Option<Bound<'py, PyAny>>,
    templates: Option<&Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyAny>> {
    static CLASS: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    let format: Format = format.parse().map_err(arguments::value_error)?;
    let options = TargetArguments { body, scheme, secrets, environment, options }.read()?;
    let styles = Styles::built_in();
    if let Some(style) = style {
        styles.get(style).map_err(arguments::value_error)?;
    }
    let mut settings = Settings::default().with_mode(read_mode(mode)?).with_styles(styles);
    settings = settings.with_options(options).with_targets(targets.unwrap_or_default());
    settings.style = style.map(str::to_owned);
    if let Some(attachments) = attachments {
        settings.attachments = attachments.parse().map_err(arguments::value_error)?;
    }
    if files
        .as_ref()
        .is_some_and(|files| !files.is_callable() && !files.hasattr("keys").unwrap_or(false))
    {
        return Err(PyTypeError::new_err("`files` is a mapping or a function"));
    }
    let engine = Templates::of(templates)?;
    let files = Given(files.map(Bound::unbind));
    let written = py.detach(|| docs::expand(page, format, engine.get(), &settings, &files));
    let told: PyResult<Vec<_>> =
        written.told().map(|(_, diagnostic)| values::diagnostic(py, diagnostic)).collect();
    CLASS.import(py, values::MODULE, "Page")?.call1((&*written.text, told?))
}

fn read_mode(name: &str) -> PyResult<Mode> {
    match name {
        "build" => Ok(Mode::Build),
        "update" => Ok(Mode::Update),
        "clean" => Ok(Mode::Clean),
        other => {
            let message = format!("`mode` is 'build', 'update' or 'clean', not {other:?}");
            Err(PyValueError::new_err(message))
        }
    }
}
