//! Values of the library as values of Python: the classes of `requote._values`.

use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyBytes, PyType};
use requote::{Attachment, Diagnostic};
use serde::Serialize;

/// Where the classes are.
pub const MODULE: &str = "requote._values";

/// A `Diagnostic`.
pub fn diagnostic<'py>(py: Python<'py>, told: &Diagnostic) -> PyResult<Bound<'py, PyAny>> {
    static CLASS: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    let affects: Vec<String> = told.affects.iter().map(ToString::to_string).collect();
    CLASS.import(py, MODULE, "Diagnostic")?.call1((
        told.severity.to_string(),
        &*told.code,
        affects,
        told.arrives.as_deref(),
        &*told.message,
        told.help.as_deref(),
        told.span.map(|span| (span.start, span.end)),
        told.location.map(|location| location.line),
        told.location.map(|location| location.column),
    ))
}

/// An `Attachment`.
pub fn attachment<'py>(py: Python<'py>, file: &Attachment) -> PyResult<Bound<'py, PyAny>> {
    static CLASS: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    let content = PyBytes::new(py, &file.bytes);
    CLASS.import(py, MODULE, "Attachment")?.call1((&*file.name, content))
}

/// A text of JSON, as the program writes it.
pub fn to_json(value: &impl Serialize) -> PyResult<String> {
    serde_json::to_string(value)
        .map_err(|error| pyo3::exceptions::PyRuntimeError::new_err(error.to_string()))
}
