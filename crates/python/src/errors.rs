//! The exceptions of `requote._values`, each with its diagnostics; their text is what the program prints.

use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyType;
use requote::diagnostic::{Palette, render};
use requote::{Diagnostic, Quoted};

use crate::values;

/// What the message is called in pictures, as Python calls texts that are from no file.
const NAME: &str = "<message>";

/// `MessageError`: the message holds no request that can be told apart.
pub fn message(py: Python<'_>, quoted: &Quoted, told: &Diagnostic) -> PyErr {
    let raised = || {
        let json = values::to_json(&quoted.record())?;
        raise(py, "MessageError", told, &quoted.source, Some(json))
    };
    raised().unwrap_or_else(|error| error)
}

/// `UnknownTarget`.
pub fn unknown_target(py: Python<'_>, told: &Diagnostic) -> PyErr {
    raise(py, "UnknownTarget", told, b"", None).unwrap_or_else(|error| error)
}

/// `TemplateError`: a template or a `language.toml` does not load, or does not write all that it is given.
pub fn template(py: Python<'_>, told: &Diagnostic) -> PyErr {
    raise(py, "TemplateError", told, b"", None).unwrap_or_else(|error| error)
}

fn raise(
    py: Python<'_>,
    class: &str,
    told: &Diagnostic,
    source: &[u8],
    json: Option<String>,
) -> PyResult<PyErr> {
    static MODULE: PyOnceLock<Py<PyModule>> = PyOnceLock::new();
    let module = MODULE.get_or_try_init(py, || py.import("requote._values").map(Bound::unbind))?;
    let class = module.bind(py).getattr(class)?.cast_into::<PyType>()?;
    let picture = render(told, NAME, source, &Palette::PLAIN);
    let diagnostics = vec![values::diagnostic(py, told)?];
    let error = class.call1((picture.trim_end(), diagnostics, json))?;
    Ok(PyErr::from_value(error))
}
