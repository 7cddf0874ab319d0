//! The module `requote._requote` of the Python package `requote`: the library, as Python calls it.
//!
//! What Python sees is documented in `python/requote/_requote.pyi`.

mod arguments;
mod errors;
mod pages;
mod snippet;
mod templates;
mod values;

use pyo3::prelude::*;
use requote::Failed;

use arguments::{Message, ReadArguments, TargetArguments};
use snippet::Snippet;
use templates::Templates;

/// Quotes the request of a message, in any format that is read, as code for a target.
///
/// >>> import requote
/// >>> snippet = requote.quote("curl -X DELETE https://example.org/orders/7", "python")
/// >>> print(snippet.code, end="")
/// import requests
/// <BLANKLINE>
/// url = "https://example.org/orders/7"
/// <BLANKLINE>
/// response = requests.delete(url)
/// response.raise_for_status()
/// print(response.text)
/// >>> snippet.outcome
/// 'exact'
#[pyfunction]
#[pyo3(signature = (message, target, *, from_ = None, request = None, body = None, scheme = None,
    secrets = None, environment = None, options = None, variables = None, host = None, files = None,
    templates = None))]
#[pyo3(
    text_signature = "(message, target, *, from_='auto', request=None, body='auto', scheme=None, \
    secrets='keep', environment=None, options=None, variables=None, host=None, files=None, \
    templates=None)"
)]
#[expect(clippy::too_many_arguments, reason = "they are keywords")]
fn quote(
    py: Python<'_>,
    message: Message,
    target: &str,
    from_: Option<&str>,
    request: Option<arguments::Request>,
    body: Option<&str>,
    scheme: Option<&str>,
    secrets: Option<&str>,
    environment: Option<arguments::Pairs>,
    options: Option<Bound<'_, PyAny>>,
    variables: Option<arguments::Pairs>,
    host: Option<String>,
    files: Option<arguments::Files>,
    templates: Option<&Bound<'_, PyAny>>,
) -> PyResult<Snippet> {
    let reading = ReadArguments { from_, request, variables, host, files }.read()?;
    let options = TargetArguments { body, scheme, secrets, environment, options }.read()?;
    let engine = Templates::of(templates)?;
    let target =
        engine.get().find(target).map_err(|error| errors::unknown_target(py, &(&error).into()))?;
    let quoted = py.detach(|| engine.get().quote_input(message.0, &reading, &target, &options));
    match &quoted.result {
        Ok(_) => Ok(Snippet::new(quoted, engine)),
        Err(Failed::Message(error)) => Err(errors::message(py, &quoted, error)),
        Err(Failed::Target(_, error)) => Err(errors::template(py, error)),
    }
}

/// What is odd about the requests of a message, before any target, and why one of them cannot be read.
///
/// >>> import requote
/// >>> found = requote.check("GET /100%/a HTTP/1.1\nHost: example.org\n\n")
/// >>> [(one.code, one.line, one.column) for one in found if one.severity == "warning"]
/// [('target-percent', 1, 9)]
#[pyfunction]
#[pyo3(signature = (message, *, from_ = None, request = None, variables = None, host = None, files = None))]
#[pyo3(
    text_signature = "(message, *, from_='auto', request=None, variables=None, host=None, files=None)"
)]
fn check<'py>(
    py: Python<'py>,
    message: Message,
    from_: Option<&str>,
    request: Option<arguments::Request>,
    variables: Option<arguments::Pairs>,
    host: Option<String>,
    files: Option<arguments::Files>,
) -> PyResult<Vec<Bound<'py, PyAny>>> {
    let reading = ReadArguments { from_, request, variables, host, files }.read()?;
    let found = py.detach(|| match reading.read(message.0) {
        Ok(requests) => requests
            .iter()
            .flat_map(|request| match request.parse(&requote::Options::default()) {
                Ok(parsed) => parsed.message.diagnostics,
                Err(error) => vec![error.into_diagnostic()],
            })
            .collect(),
        Err(refused) => vec![*refused.diagnostic],
    });
    found.iter().map(|diagnostic| values::diagnostic(py, diagnostic)).collect()
}

/// The lines of `requote targets --json`, as one list.
#[pyfunction]
#[pyo3(signature = (templates = None))]
fn targets_json(py: Python<'_>, templates: Option<&Bound<'_, PyAny>>) -> PyResult<String> {
    let engine = Templates::of(templates)?;
    let targets = engine.get().targets();
    let targets = targets.map_err(|error| errors::template(py, &(&error).into()))?;
    values::to_json(&targets)
}

/// Defines the module.
#[pymodule]
mod _requote {
    #[pymodule_export]
    use super::pages::expand;
    #[pymodule_export]
    use super::{Snippet, Templates, check, quote, targets_json};
    use pyo3::prelude::*;

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}
