//! Pages of HTTP requests: for each request a page with the message, its response, what its method means
//! and its code in every language, and a page for each of the languages, linked both ways.
//!
//! A [`Site`] makes the files of a folder, and touches none itself. The pages are Tera templates, and what they
//! say of methods, fields and status codes are tables with a source for each fact: `pages/`, over which a
//! caller may lay files of their own ([`Site::with_pages`]).
//!
//! Request data never becomes markup: what a template prints is escaped, and code is a text whose every
//! character was escaped by this crate. Nothing of a page is fetched from elsewhere.
//!
//! ```
//! use requote_site::{Example, Site};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let engine = requote::Engine::new();
//! let message = requote::parse(b"GET /a HTTP/1.1\r\nHost: example.org\r\n\r\n")?;
//! let site = Site::new(&engine, vec![engine.find("python")?])?;
//! let mut paths = Vec::new();
//! site.write(&[Example::new("get", &message)], |file| {
//!     paths.push(file.path);
//!     Ok::<(), requote_site::SiteError>(())
//! })?;
//! assert!(paths.contains(&"get/python.html".to_owned()));
//! # Ok(())
//! # }
//! ```

mod error;
mod explain;
mod facts;
mod format;
mod highlight;
mod message;
mod page;
mod pages;
mod site;
mod snippet;
mod source;
mod words;

pub use error::SiteError;
pub use format::{Format, UnknownFormat};
pub use site::{Example, File, Site};
pub use source::{Source, Sources};
