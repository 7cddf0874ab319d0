//! The codes of the program's own diagnostics: stable names, as those of the library are.

pub use requote::code::{LANGUAGE_INVALID, TEMPLATE_INVALID, UNKNOWN_TARGET};

/// There is no such subcommand, where one is named to `requote man`.
pub const UNKNOWN_SUBCOMMAND: &str = "unknown-subcommand";
/// The folder of templates, or a file in it, cannot be read.
pub const TEMPLATES_UNREADABLE: &str = "templates-unreadable";

/// There is no such style of documentation, or it does not load.
pub const STYLE: &str = "style";
/// A page cannot be read, or is none.
pub const PAGE: &str = "page";
/// `requote.toml` cannot be read, or says something that there is not.
pub const SETTINGS_INVALID: &str = "settings-invalid";
/// `requote template new` would write what is there, or a name that is none.
pub const TEMPLATE_NEW: &str = "template-new";
/// mdBook hands over no book, or `book.toml` says something that there is not.
pub const BOOK_INVALID: &str = "book-invalid";
/// A message cannot be read from its file.
pub const INPUT_UNREADABLE: &str = "input-unreadable";
/// A line is no message in JSON.
pub const INPUT_LINE: &str = "input-line";
/// Standard input is named twice.
pub const INPUT_REPEATED: &str = "input-repeated";
/// The program waits for a message on the terminal.
pub const INPUT_AWAITED: &str = "input-awaited";
/// `verify --own-hosts` needs a network namespace, which cannot be had.
pub const OWN_NETWORK: &str = "own-network";
/// An OpenAPI document is not JSON or YAML, or of no known version.
pub const OPENAPI_UNREADABLE: &str = "openapi-unreadable";
/// No operation of an OpenAPI document has samples.
pub const OPENAPI_EMPTY: &str = "openapi-empty";
/// An overlay is not what its document gives now.
pub const OPENAPI_STALE: &str = "openapi-stale";
/// A page template or a table of pages cannot be read, or is wrong.
pub const PAGES_INVALID: &str = "pages-invalid";
/// The message of a page cannot be shown without its secrets.
pub const PAGES_SECRET: &str = "pages-secret";
/// The output cannot be written.
pub const OUTPUT_FAILED: &str = "output-failed";
/// The path of `-o` is a file where a folder is needed, or the other way round.
pub const OUTPUT_PATH: &str = "output-path";
/// A file that the snippet reads is not written.
pub const ATTACHMENT_UNWRITTEN: &str = "attachment-unwritten";
/// `verify` is asked to run lines that cannot run.
pub const FRAGMENT_UNRUN: &str = "fragment-unrun";
/// The files of `requote template watch` cannot be watched.
pub const WATCH_FAILED: &str = "watch-failed";
/// `--strict` makes this a failure.
pub const STRICT: &str = "strict";
