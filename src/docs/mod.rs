//! A page's text → the same page with snippets in it, for the tools that build documentation.
//!
//! A page says where its snippets are. In a page that is kept as it is written, they are between two
//! markers, comments of the page's [`Format`]:
//!
//! ````text
//! <!-- requote:begin file=put.http targets=curl,python -->
//!
//! (what requote writes)
//!
//! <!-- requote:end -->
//! ````
//!
//! Without `file=` the request is the fence right above the marker. In a page that passes through
//! requote when the documentation is built, a fence itself becomes snippets:
//!
//! ````text
//! ```http requote="curl,python" body=native
//! PUT /a HTTP/1.1
//! Host: example.org
//! ```
//! ````
//!
//! [`expand`] does both. How a tool shows several snippets is a style ([`Styles`]), data and a template
//! of `styles/`. What is outside of the regions stays byte for byte.
//!
//! ```
//! use requote::Engine;
//! use requote::docs::{self, Format, NoFiles, Settings};
//!
//! let page = "# Get\n\n```http\nGET / HTTP/1.1\nHost: example.org\n```\n\n\
//!             <!-- requote:begin targets=curl style=plain -->\n\n<!-- requote:end -->\n";
//! let page = docs::expand(page, Format::Markdown, &Engine::new(), &Settings::default(), &NoFiles);
//! assert!(page.text.contains("```bash\ncurl 'https://example.org/'\n```"));
//! assert!(page.is_done());
//! ```

mod arguments;
mod carried;
pub mod code;
mod expand;
mod format;
mod labels;
mod needs;
mod outline;
mod page;
mod region;
mod request;
mod settings;
mod style;
mod tabs;

use crate::diagnostic::Diagnostic;

pub use carried::{Attachments, MAX_CARRIED};
pub use expand::expand;
pub use format::Format;
pub use page::{Page, Quoted, Region};
pub use settings::{Mode, NoFiles, Settings};
pub use style::{ProjectFile, Style, StyleError, Styles};

/// Why something is not done.
type Refusal = Box<Diagnostic>;
