// The README's table names clients as they are, without the marks that clippy would ask for.
#![cfg_attr(not(clippy), doc = include_str!("../README.md"))]
#![cfg_attr(clippy, doc = "An HTTP request as code.")]

pub mod diagnostic;
#[cfg(feature = "docs")]
pub mod docs;
pub mod input;
pub mod request;

mod engine;
mod order;

// These are open to the project's own crates, tests and benches only. They are no part of what a version
// promises: use the names below.
#[doc(hidden)]
pub mod check;
#[doc(hidden)]
pub mod content;
#[doc(hidden)]
pub mod grammar;
#[doc(hidden)]
pub mod language;
#[doc(hidden)]
pub mod literal;
#[doc(hidden)]
pub mod parse;
#[doc(hidden)]
pub mod render;
#[doc(hidden)]
pub mod template;
#[doc(hidden)]
pub mod view;

pub use check::check;
pub use diagnostic::{Diagnostic, Severity};
pub use engine::{
    Assessed, Assessment, Attachment, Engine, Error, Failed, Origin, Parsed, Quoted, Reading,
    Record, Refused, Requested, Snippet, Target, TargetId,
};
#[cfg(feature = "templates")]
pub use engine::{EngineBuilder, Finding};
#[doc(hidden)]
pub use engine::{code, only_one};
pub use grammar::{Scheme, UnknownScheme};
pub use language::{OptionType, TargetOption};
pub use parse::{ParseError, parse};
pub use request::{Message, Request};
pub use view::{
    BodyMode, OptionError, Options, Outcome, Secrets, UnknownName, Variable, mask_message,
};
