//! Bytes → [`Message`]: the grammar of RFC 9112, one file per part, spans kept.
