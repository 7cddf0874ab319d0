//! The codes of the program's own diagnostics: stable names, as those of the library are.

use requote::Error;
use requote::diagnostic::Diagnostic;

/// There is no such subcommand, where one is named to `requote man`.
pub const UNKNOWN_SUBCOMMAND: &str = "unknown-subcommand";
/// There is no such target.
pub const UNKNOWN_TARGET: &str = "unknown-target";
/// A client name that several languages have.
pub const AMBIGUOUS_TARGET: &str = "ambiguous-target";
/// A `language.toml` does not hold together.
pub const LANGUAGE_INVALID: &str = "language-invalid";
/// A template does not load or render.
pub const TEMPLATE_INVALID: &str = "template-invalid";
/// A template does not write all that it is given.
pub const TEMPLATE_DROPS: &str = "template-drops";
/// The folder of templates, or a file in it, cannot be read.
pub const TEMPLATES_UNREADABLE: &str = "templates-unreadable";

/// `requote.toml` cannot be read, or says something that there is not.
pub const SETTINGS_INVALID: &str = "settings-invalid";
/// `requote template new` would write what is there, or a name that is none.
pub const TEMPLATE_NEW: &str = "template-new";
/// A message cannot be read from its file.
pub const INPUT_UNREADABLE: &str = "input-unreadable";
/// There is no such request in the input.
pub const UNKNOWN_REQUEST: &str = "unknown-request";
/// An input has several requests where one is asked for.
pub const SEVERAL_REQUESTS: &str = "several-requests";
/// A line is no message in JSON.
pub const INPUT_LINE: &str = "input-line";
/// Standard input is named twice.
pub const INPUT_REPEATED: &str = "input-repeated";
/// The program waits for a message on the terminal.
pub const INPUT_AWAITED: &str = "input-awaited";
/// `verify --own-hosts` needs a network namespace, which cannot be had.
pub const OWN_NETWORK: &str = "own-network";
/// The output cannot be written.
pub const OUTPUT_FAILED: &str = "output-failed";
/// The path of `-o` is a file where a folder is needed, or the other way round.
pub const OUTPUT_PATH: &str = "output-path";
/// A file that the snippet reads is not written.
pub const ATTACHMENT_UNWRITTEN: &str = "attachment-unwritten";
/// `--strict` makes this a failure.
pub const STRICT: &str = "strict";

/// An error of the engine as a diagnostic.
pub fn diagnose(error: &Error) -> Diagnostic {
    let text = error.to_string();
    match error {
        Error::UnknownTarget { .. } => {
            Diagnostic::error(UNKNOWN_TARGET, text).with_help("`requote targets` lists them all")
        }
        Error::AmbiguousTarget { .. } => Diagnostic::error(AMBIGUOUS_TARGET, text),
        Error::Language(_) => Diagnostic::error(LANGUAGE_INVALID, text),
        Error::Drops { .. } => Diagnostic::error(TEMPLATE_DROPS, text)
            .with_help("write it, or add a rule that says what the client does with it"),
        _ => Diagnostic::error(TEMPLATE_INVALID, text),
    }
}
