//! What is odd about a message, before any target.
