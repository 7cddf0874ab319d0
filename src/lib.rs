//! requote quotes an HTTP request as code: a raw HTTP message in, a runnable snippet out.

pub mod check;
pub mod content;
pub mod diagnostic;
mod engine;
pub mod grammar;
pub mod input;
pub mod language;
pub mod literal;
pub mod parse;
pub mod render;
pub mod request;
pub mod view;

pub use engine::{
    Attachment, Engine, EngineBuilder, Error, Origin, Record, Snippet, Target, TargetId,
};
pub use grammar::Scheme;
pub use view::{BodyMode, Options, Outcome};
