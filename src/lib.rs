//! Quotes an HTTP request as code.

pub mod check;
pub mod diagnostic;
pub mod parse;
pub mod request;
