//! `requote template docs`: the reference.

use std::io::Write;

use requote::language::{REFERENCE, SCHEMA};

use super::args::DocsArgs;
use crate::output::stdout::stdout;
use crate::stop::{Status, Stop};

/// Prints the page, or the schema.
pub fn run(args: &DocsArgs) -> Result<Status, Stop> {
    let text = if args.schema { SCHEMA } else { REFERENCE };
    stdout()?.lock().write_all(text.as_bytes())?;
    Ok(Status::Done)
}
