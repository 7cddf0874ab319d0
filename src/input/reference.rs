//! What an input refers to beside itself: only what was allowed by name is used.

use crate::diagnostic::Span;

use super::refusal::{Refusal, refuse};
use super::text::Text;
use super::{Options, code};

/// The value of a variable.
pub(super) fn variable<'o>(
    options: &'o Options,
    name: &str,
    place: Span,
) -> Result<&'o str, Refusal> {
    options.variable(name).ok_or_else(|| {
        refuse(
            code::INPUT_VARIABLE,
            format!("the variable `{name}` has no value"),
            place,
            "expected a value",
            // A shell would expand the `$` of a name.
            if name.contains('$') {
                format!("give it by `--var '{name}=VALUE'`, or write the value in its place")
            } else {
                format!("give it by `--var {name}=VALUE`, or write the value in its place")
            },
        )
    })
}

/// The bytes of a file, which stand for the place where it is named.
pub(super) fn file(options: &Options, name: &Text, place: Span) -> Result<Text, Refusal> {
    let shown = name.lossy();
    let Some(files) = &options.files else {
        return Err(refuse(
            code::INPUT_FILE,
            format!("the file `{shown}` is not opened"),
            place,
            "this names a file",
            "allow the files of a folder by `--files DIR`, or write the data in its place",
        ));
    };
    match files.read(&shown) {
        Ok(bytes) => Ok(Text::new(bytes, place)),
        Err(error) => Err(refuse(
            code::INPUT_FILE,
            format!("the file `{shown}` cannot be read: {error}"),
            place,
            "this names a file",
            "correct the name, or the folder of `--files`",
        )),
    }
}
