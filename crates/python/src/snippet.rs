//! The class `Snippet`.

use pyo3::prelude::*;
use requote::{Quoted, Target};

use crate::templates::Lent;
use crate::{errors, values};

/// A request as code for a target.
#[pyclass(frozen, module = "requote")]
pub struct Snippet {
    quoted: Quoted,
    engine: Lent,
}

impl Snippet {
    /// What was quoted by an engine.
    pub const fn new(quoted: Quoted, engine: Lent) -> Self {
        Self { quoted, engine }
    }

    fn inner(&self) -> PyResult<&requote::Snippet> {
        let missing = || pyo3::exceptions::PyRuntimeError::new_err("there is no snippet");
        self.quoted.result.as_ref().map_err(|_| missing())
    }

    fn describe(&self, py: Python<'_>) -> PyResult<Target> {
        let described = self.engine.get().target(&self.inner()?.target);
        described.map_err(|error| errors::template(py, &(&error).into()))
    }
}

#[pymethods]
impl Snippet {
    /// The target, `<language>/<client>`.
    #[getter]
    fn target(&self) -> PyResult<String> {
        Ok(self.inner()?.target.to_string())
    }

    /// Language and client for a reader.
    #[getter]
    fn title(&self, py: Python<'_>) -> PyResult<String> {
        Ok(self.describe(py)?.title)
    }

    /// A short name of the target for a reader, as on a tab.
    #[getter]
    fn label(&self) -> PyResult<&str> {
        Ok(&self.inner()?.label)
    }

    /// The language in ids.
    #[getter]
    fn language(&self) -> PyResult<&str> {
        Ok(self.inner()?.target.language())
    }

    /// The name of the language for highlighters.
    #[getter]
    fn highlight(&self) -> PyResult<&str> {
        Ok(&self.inner()?.highlight)
    }

    /// `exact`, `semantic`, `lossy` or `unsupported`.
    #[getter]
    fn outcome(&self) -> PyResult<String> {
        Ok(self.inner()?.outcome.to_string())
    }

    /// File name extension, without the dot.
    #[getter]
    fn extension(&self) -> PyResult<&str> {
        Ok(&self.inner()?.extension)
    }

    /// The code; `None` where the outcome is `unsupported`.
    #[getter]
    fn code(&self) -> PyResult<Option<&str>> {
        Ok(self.inner()?.code.as_deref())
    }

    /// The files that the code reads from the folder in which it runs.
    #[getter]
    fn attachments<'py>(&self, py: Python<'py>) -> PyResult<Vec<Bound<'py, PyAny>>> {
        self.inner()?.attachments.iter().map(|file| values::attachment(py, file)).collect()
    }

    /// The names of the variables that the code reads from its environment.
    #[getter]
    fn environment(&self) -> PyResult<Vec<&str>> {
        Ok(self.inner()?.environment.iter().map(|variable| &*variable.name).collect())
    }

    /// The fields that the client adds to this request by itself: lower-case names, sorted.
    #[getter]
    fn adds(&self) -> PyResult<Vec<&str>> {
        Ok(self.inner()?.adds.iter().map(|name| &**name).collect())
    }

    /// What was noticed about the message, then what arrives differently, and why.
    #[getter]
    fn diagnostics<'py>(&self, py: Python<'py>) -> PyResult<Vec<Bound<'py, PyAny>>> {
        let told = self.quoted.found.iter().chain(&self.inner()?.diagnostics);
        told.map(|diagnostic| values::diagnostic(py, diagnostic)).collect()
    }

    /// The line that installs the client, where it is not part of the language.
    #[getter]
    fn install(&self) -> PyResult<Option<&str>> {
        Ok(self.inner()?.install.as_deref())
    }

    /// The client's documentation.
    #[getter]
    fn docs(&self, py: Python<'_>) -> PyResult<String> {
        Ok(self.describe(py)?.docs)
    }

    /// The line that `requote to --json` prints, with `file` null and without the line feed.
    fn to_json(&self) -> PyResult<String> {
        values::to_json(&self.quoted.record())
    }

    /// What `to_json` says, as a dictionary.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        py.import("json")?.call_method1("loads", (self.to_json()?,))
    }

    /// The code; empty where there is none.
    fn __str__(&self) -> PyResult<&str> {
        Ok(self.inner()?.code.as_deref().unwrap_or_default())
    }

    fn __repr__(&self) -> PyResult<String> {
        let snippet = self.inner()?;
        Ok(format!("<Snippet {} {}>", snippet.target, snippet.outcome))
    }
}
