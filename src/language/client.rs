//! A client: what it adds, cannot do, and does to a request. Data, read from `[client.<name>]`.

use serde::Deserialize;

use super::rule::{Condition, Rule};
use crate::content::form::FormStyle;
use crate::content::json::JsonStyle;

/// One client of a language.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Client {
    /// The client's name for a reader.
    pub title: String,
    /// Where its API is documented.
    pub docs: String,
    /// The line that installs it, where it is not part of the language.
    pub install: Option<String>,
    /// The lowest version that the snippets are written for.
    pub version: Option<String>,
    /// Whether the project's CI runs the snippets against a server.
    #[serde(default)]
    pub proven: bool,
    /// File name extension, where it is not the language's.
    pub extension: Option<String>,
    /// Fields that the client sends by itself, framing apart.
    #[serde(default)]
    pub adds: Vec<Add>,
    /// What it does to the target.
    #[serde(default)]
    pub target: TargetRules,
    /// What it makes of the host.
    #[serde(default)]
    pub host: HostRules,
    /// How it takes field values.
    #[serde(default)]
    pub header: HeaderRules,
    /// Its own JSON parameter.
    pub json: Option<NativeJson>,
    /// Its own form parameter.
    pub form: Option<NativeForm>,
    /// Its own multipart API.
    pub multipart: Option<MultipartRules>,
    /// Whether it has a parameter for basic credentials (RFC 7617).
    #[serde(default)]
    pub basic: bool,
    /// Whether it has a parameter for a bearer token (RFC 6750).
    #[serde(default)]
    pub bearer: bool,
    /// Whether it has a parameter for cookies (RFC 6265).
    #[serde(default)]
    pub cookies: bool,
    /// Whether it cannot read files, so that bytes stand in the code.
    #[serde(default)]
    pub no_files: bool,
    /// Whether it sends trailer fields.
    #[serde(default)]
    pub trailers: bool,
    /// What follows from traits of the request, in order.
    #[serde(default)]
    pub rule: Vec<Rule>,
    /// Names of the options that its template knows.
    #[serde(default)]
    pub options: Vec<String>,
    /// Laid over the language's `[run]`.
    #[serde(default)]
    pub run: toml::Table,
}

/// A field that the client sends by itself.
#[derive(Debug, Clone, Deserialize)]
#[serde(from = "AddTable")]
pub struct Add {
    /// Its name, in lower case.
    pub name: String,
    /// When it does.
    pub when: Condition,
    /// Whether it also depends on what surrounds the snippet (the page, the machine).
    pub optional: bool,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum AddTable {
    Always(String),
    #[serde(rename_all = "kebab-case")]
    Sometimes {
        name: String,
        #[serde(default)]
        when: Condition,
        #[serde(default)]
        optional: bool,
    },
}

impl From<AddTable> for Add {
    fn from(table: AddTable) -> Self {
        match table {
            AddTable::Always(name) => Self { name, when: Condition::default(), optional: false },
            AddTable::Sometimes { name, when, optional } => Self { name, when, optional },
        }
    }
}

/// What a client does to the request target.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct TargetRules {
    /// What the usual way does, step by step; nothing where the target goes out as it is given.
    pub plain: Vec<Step>,
    /// What the client's other way does, where it has one: the template writes it when
    /// `needs.raw_target` is set.
    pub raw: Option<Vec<Step>>,
}

/// One thing that a client does to a target; a named strategy of `view/target`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Step {
    /// Takes a URL: origin-form goes out, without a fragment (RFC 9112 §3.2.1).
    Url,
    /// Takes a URL: what follows its authority goes out, a fragment included.
    UrlVerbatim,
    /// Parses and serializes as the WHATWG URL standard says.
    Whatwg,
    /// Removes dot segments from the path (RFC 3986 §5.2.4).
    DotSegments,
    /// Decodes percent-encoded unreserved characters (RFC 3986 §6.2.2.2).
    DecodeUnreserved,
    /// Decodes these characters where they are percent-encoded.
    Decode(String),
    /// Writes the hexadecimal digits of percent-encodings in upper case (RFC 3986 §6.2.2.1).
    UpperHex,
    /// As [`Self::UpperHex`], in the path alone.
    UpperHexPath,
    /// Decodes each path segment as UTF-8, a fault becoming U+FFFD, and encodes all of it anew but
    /// ASCII letters, digits and these characters.
    ReencodePath(String),
    /// As [`Self::ReencodePath`] with the names and values of a query; a space becomes `+`.
    ReencodeQuery(String),
    /// Percent-encodes what is outside ASCII.
    EscapeNonAscii,
    /// Percent-encodes these characters wherever they stand.
    Escape(String),
    /// Percent-encodes these characters in the path.
    EscapePath(String),
    /// Percent-encodes these characters in the query.
    EscapeQuery(String),
    /// Percent-encodes a `%` that no two hexadecimal digits follow.
    EscapeStrayPercent,
    /// Percent-encodes every `%` of a path or query in which no two hexadecimal digits follow one.
    EscapePercentIfStray,
    /// Drops a `#` and what follows.
    DropFragment,
    /// Drops a `?` with nothing behind it.
    DropEmptyQuery,
    /// Makes one slash of those at the beginning of the path.
    CollapseLeadingSlashes,
    /// Makes one slash of several anywhere in the path.
    CollapseSlashes,
    /// Refuses these characters: the request cannot be made.
    Refuse(String),
    /// Refuses these characters in the path.
    RefusePath(String),
    /// Refuses a `%` that no two hexadecimal digits follow.
    RefuseStrayPercent,
    /// Refuses what is outside ASCII.
    RefuseNonAscii,
}

/// What a client makes of the host of a URL.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct HostRules {
    /// It writes the host in lower case.
    pub lower: bool,
    /// It leaves out the port where it is the scheme's own.
    pub drops_default_port: bool,
    /// It takes Host from an absolute-form target in a way of its own, so that the snippet says it.
    pub written_for_absolute_form: bool,
    /// It refuses a Host field of the snippet's.
    pub forbidden: bool,
    /// It takes only IP addresses and names of letters, digits and hyphens, whose last label begins
    /// with a letter (RFC 2396 §3.2.2).
    pub plain_names: bool,
}

/// How a client takes field values.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct HeaderRules {
    /// How it turns the text of a value into bytes.
    pub text: Encoding,
    /// Whether the template can write a value as bytes.
    pub bytes: bool,
}

impl Default for HeaderRules {
    fn default() -> Self {
        Self { text: Encoding::Ascii, bytes: false }
    }
}

/// How text becomes bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Encoding {
    /// ASCII alone; anything else is refused.
    Ascii,
    /// One byte a code point, U+0000 to U+00FF.
    #[serde(rename = "latin-1")]
    Latin1,
    /// UTF-8.
    #[serde(rename = "utf-8")]
    Utf8,
}

/// A client's own JSON parameter.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct NativeJson {
    /// How it writes the value.
    #[serde(default)]
    pub style: JsonStyle,
    /// The Content-Type that it sets where the snippet sets none.
    pub content_type: Option<String>,
    /// Which values the parameter takes.
    #[serde(default)]
    pub only: Vec<JsonTop>,
}

/// The kinds of a JSON text's outermost value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum JsonTop {
    /// `{…}`.
    Object,
    /// `[…]`.
    Array,
}

/// A client's own form parameter.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct NativeForm {
    /// How it writes the pairs.
    #[serde(default)]
    pub style: FormStyle,
    /// The Content-Type that it sets where the snippet sets none.
    pub content_type: Option<String>,
    /// Whether it takes a name more than once.
    #[serde(default)]
    pub repeated: bool,
}

/// A client's own multipart API.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct MultipartRules {
    /// Whether a part without a file name may have a Content-Type.
    pub field_type: bool,
    /// Whether a part with a file name may lack a Content-Type.
    pub file_without_type: bool,
    /// Characters that it does not write as they are in a name or file name.
    pub forbid: String,
    /// Whether names may hold code points outside ASCII (sent as UTF-8).
    pub non_ascii: bool,
    /// Whether it writes line ends in parts without a file name as CRLF, whatever they were.
    pub crlf_fields: bool,
}
