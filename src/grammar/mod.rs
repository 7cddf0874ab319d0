//! HTTP's small grammars, each of them once: every other room reads and writes them through this one.
//!
//! | module | grammar |
//! |---|---|
//! | [`token`] | tokens: methods, field names, parameter names (RFC 9110 §5.6.2) |
//! | [`space`] | optional white space (RFC 9110 §5.6.3) |
//! | `line_end` | line ends (RFC 9112 §2.2) |
//! | [`list`] | comma-separated lists (RFC 9110 §5.6.1) |
//! | [`parameters`] | values with parameters (RFC 9110 §5.6.6) |
//! | [`media_type`] | media types (RFC 9110 §8.3.1) |
//! | [`method`] | the methods that the standards define (RFC 9110 §9.3) |
//! | [`authority`] | authorities and the parts of a URL (RFC 3986 §3) |
//! | [`percent`] | percent-encoding (RFC 3986 §2.1) |
//! | [`hex`] | hexadecimal digits |
//! | [`base64`] | Base 64 (RFC 4648 §4) |
//! | [`host`] | which hosts are this machine or a private network |
//! | [`field_name`] | what the standards say about fields, by name |
//! | [`secret`] | names of secrets |
//! | [`scheme`] | `http` and `https` |

pub mod authority;
pub mod base64;
pub mod field_name;
pub mod hex;
pub mod host;
pub(crate) mod line_end;
pub mod list;
pub mod media_type;
pub mod method;
pub mod parameters;
pub mod percent;
pub mod scheme;
pub mod secret;
pub mod space;
pub mod token;

pub use authority::{Authority, AuthorityError, UrlParts, UrlSplit};
pub use hex::HexCase;
pub use media_type::MediaType;
pub use parameters::{Parameter, Parameterized};
pub use scheme::{Scheme, UnknownScheme};
