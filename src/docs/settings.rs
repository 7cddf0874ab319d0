//! What is asked of a page beside what the page says itself.

use super::{Attachments, Styles};
use crate::input::{FileError, Files};
use crate::view::Options;

/// What is done with the regions of a page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Mode {
    /// The snippets between markers are written anew; the page stays a page that is edited.
    #[default]
    Update,
    /// The page is on its way into the documentation: fences with `requote` become snippets too.
    Build,
    /// What is between markers is taken out.
    Clean,
}

/// What is asked of a page. A marker's own keys come before these.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Settings {
    /// What is done.
    pub mode: Mode,
    /// Names of targets, as [`Engine::find`](crate::Engine::find) takes them, in the order of the tabs.
    pub targets: Vec<String>,
    /// The name of the style; the format's own where there is none.
    pub style: Option<String>,
    /// What the engine is told.
    pub options: Options,
    /// What becomes of code that reads a file.
    pub attachments: Attachments,
    /// The styles that there are.
    pub styles: Styles,
}

impl Settings {
    /// Sets what is done.
    #[must_use]
    pub const fn with_mode(mut self, mode: Mode) -> Self {
        self.mode = mode;
        self
    }

    /// Sets the targets.
    #[must_use]
    pub fn with_targets<T: Into<String>>(mut self, targets: impl IntoIterator<Item = T>) -> Self {
        self.targets = targets.into_iter().map(Into::into).collect();
        self
    }

    /// Sets the style.
    #[must_use]
    pub fn with_style(mut self, style: impl Into<String>) -> Self {
        self.style = Some(style.into());
        self
    }

    /// Sets what the engine is told.
    #[must_use]
    pub fn with_options(mut self, options: Options) -> Self {
        self.options = options;
        self
    }

    /// Sets what becomes of code that reads a file.
    #[must_use]
    pub const fn with_attachments(mut self, attachments: Attachments) -> Self {
        self.attachments = attachments;
        self
    }

    /// Sets the styles that there are.
    #[must_use]
    pub fn with_styles(mut self, styles: Styles) -> Self {
        self.styles = styles;
        self
    }
}

/// For pages that may read no file: each `file=` is an error.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoFiles;

impl Files for NoFiles {
    fn read(&self, _: &str) -> Result<Vec<u8>, FileError> {
        Err(FileError::new("files are not allowed here"))
    }
}
