//! The built program as a user meets it: arguments in; streams, files and exit status out.

mod check;
mod docs;
mod examples;
mod inputs;
mod json;
mod listing;
mod many;
mod mdbook;
mod openapi;
mod output;
mod program;
#[cfg(unix)]
mod safe_output;
mod site;
mod streams;
mod template;
mod templates;
mod tutorial;
mod watch;
