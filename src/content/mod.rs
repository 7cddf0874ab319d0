//! Structured readers: what a body or a field value means, where that can be said without loss.
//!
//! Every reader is a pure function over bytes. It offers structure only if a snippet that spells the
//! structure sends the same thing again; otherwise it says no, and the text stays as it is.
//!
//! | reader | reads | writes as a client would | compares |
//! |---|---|---|---|
//! | [`json`] | a JSON text | [`json::write`] | [`json::same_value`] |
//! | [`form`] | `application/x-www-form-urlencoded` | [`form::write`] | [`form::same_pairs`] |
//! | [`multipart`] | `multipart/form-data` | | [`multipart::same_parts`] |
//! | [`cookie`] | a Cookie field | | |
//! | [`auth`] | an Authorization field | | |

pub mod auth;
pub mod cookie;
pub mod form;
pub mod json;
pub mod multipart;
