//! `requote verify` notices every way in which a snippet can be untrue. The snippets run with `sh`
//! and `curl`, which must be there.

#![cfg(unix)]

mod batch;
mod breaks;
mod fuzz;
mod interrupt;
mod learn;
mod liars;
mod output;
mod tiny;
mod workspace;
