//! Engines: the one of the built-in templates, and those of a user's folders.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use pyo3::exceptions::PyOSError;
use pyo3::prelude::*;
use requote::Engine;
use requote::language::{Role, role_of};

use crate::errors;

/// The most folders that are read one in another.
const MAX_DEPTH: usize = 8;

/// Folders of templates, read once and laid over the built-in ones, the later over the earlier.
#[pyclass(frozen, module = "requote")]
pub struct Templates(Arc<Engine>);

/// An engine that a snippet keeps.
#[derive(Clone)]
pub enum Lent {
    /// That of the built-in templates.
    BuiltIn,
    /// One of a user's own.
    Own(Arc<Engine>),
}

impl Lent {
    /// The engine.
    pub fn get(&self) -> &Engine {
        static BUILT_IN: OnceLock<Engine> = OnceLock::new();
        match self {
            Self::BuiltIn => BUILT_IN.get_or_init(Engine::new),
            Self::Own(engine) => engine,
        }
    }
}

#[pymethods]
impl Templates {
    /// Reads the folders.
    #[new]
    #[pyo3(signature = (*folders))]
    #[expect(clippy::needless_pass_by_value, reason = "they are read from Python's arguments")]
    fn new(py: Python<'_>, folders: Vec<PathBuf>) -> PyResult<Self> {
        Self::read(py, &folders)
    }

    fn __repr__(&self) -> String {
        format!("<Templates of {} targets>", self.0.ids().len())
    }
}

impl Templates {
    fn read(py: Python<'_>, folders: &[PathBuf]) -> PyResult<Self> {
        let mut builder = Engine::builder();
        for folder in folders {
            builder = builder.templates_of(&folder.display().to_string(), read_files(folder)?);
        }
        let built = py.detach(|| builder.build());
        let engine = built.map_err(|error| errors::template(py, &(&error).into()))?;
        Ok(Self(Arc::new(engine)))
    }

    /// The engine of an argument: nothing, an object of this class, a folder, or folders.
    pub fn of(given: Option<&Bound<'_, PyAny>>) -> PyResult<Lent> {
        let Some(given) = given else { return Ok(Lent::BuiltIn) };
        if let Ok(own) = given.cast::<Self>() {
            return Ok(Lent::Own(Arc::clone(&own.get().0)));
        }
        let folders = match given.extract::<PathBuf>() {
            Ok(folder) => vec![folder],
            Err(_) => given.extract()?,
        };
        Ok(Lent::Own(Self::read(given.py(), &folders)?.0))
    }
}

/// The files of a folder of templates: the path below it, and the text.
fn read_files(folder: &Path) -> PyResult<Vec<(String, String)>> {
    let mut files = Vec::new();
    for (path, name) in list(folder)? {
        if path.is_dir() {
            let mut own = Vec::new();
            read_folder(&path, &name, 1, &mut own)?;
            // A folder without templates, such as one of requests, is no language.
            if own.iter().any(|(path, _)| is_template(path)) {
                files.extend(own);
            }
        } else if is_template(&name) {
            let message = format!("{}: a file that is in no language's folder", path.display());
            return Err(PyOSError::new_err(message));
        }
    }
    Ok(files)
}

fn read_folder(
    folder: &Path,
    prefix: &str,
    depth: usize,
    files: &mut Vec<(String, String)>,
) -> PyResult<()> {
    for (path, name) in list(folder)? {
        let below = format!("{prefix}/{name}");
        if path.is_dir() && depth < MAX_DEPTH {
            read_folder(&path, &below, depth + 1, files)?;
        } else if path.is_file() && role_of(&name) == Role::Template {
            let text = fs::read_to_string(&path).map_err(|error| unreadable(&path, &error))?;
            files.push((below, text));
        }
    }
    Ok(())
}

/// The paths in a folder with their names, sorted; not what editors leave behind.
fn list(folder: &Path) -> PyResult<Vec<(PathBuf, String)>> {
    let cannot = |error: std::io::Error| unreadable(folder, &error);
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(cannot)? {
        let entry = entry.map_err(cannot)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if role_of(&name) != Role::Bystander {
            paths.push((entry.path(), name));
        }
    }
    paths.sort();
    Ok(paths)
}

fn is_template(path: &str) -> bool {
    role_of(path.rsplit('/').next().unwrap_or_default()) == Role::Template
}

fn unreadable(path: &Path, error: &std::io::Error) -> PyErr {
    PyOSError::new_err(format!("cannot read `{}`: {error}", path.display()))
}
