//! What a client does to a request target, step by step.

use std::ops::Deref;

use serde::Deserialize;

/// What a client does to the request target.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct TargetRules {
    /// What the usual way does, step by step; nothing where the target goes out as it is given.
    pub plain: Steps,
    /// What the client's other way does, where it has one: the template writes it when
    /// `needs.raw_target` is set.
    pub raw: Option<Steps>,
    /// Whether the snippet writes the URL as the usual way sends it: the client escapes each `%` of a
    /// path or query in which it must escape another character.
    pub written_as_sent: bool,
    /// Whether the target of a CONNECT is the authority of the URL (RFC 9112 §3.2.3), and not its path.
    pub authority_form: bool,
    /// What only some systems do to what the client sends.
    pub system: Vec<SystemSteps>,
    /// Where it is written, or how it was seen.
    pub source: Option<String>,
}

/// What the client does on one operating system, or family of them.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct SystemSteps {
    /// The system, as it follows "on".
    pub name: String,
    /// What it does there, step by step.
    pub steps: Steps,
}

/// Steps in their order, and what is known of all of them.
#[derive(Debug, Default, Clone, PartialEq, Eq, Deserialize)]
#[serde(from = "Vec<Step>")]
pub struct Steps {
    list: Vec<Step>,
    leaves_ordinary: bool,
}

impl From<Vec<Step>> for Steps {
    fn from(list: Vec<Step>) -> Self {
        let leaves_ordinary = list.iter().all(Step::leaves_ordinary);
        Self { list, leaves_ordinary }
    }
}

impl Deref for Steps {
    type Target = [Step];

    fn deref(&self) -> &[Step] {
        &self.list
    }
}

impl Steps {
    /// Whether they leave this target as it is, seen without taking them.
    ///
    /// An ordinary target is a path of ASCII letters, digits, `-` and `_` in origin-form: what most
    /// requests ask for, and what nearly no step has anything to do with.
    pub fn leave(&self, target: &str) -> bool {
        let bytes = target.as_bytes();
        self.leaves_ordinary
            && target.starts_with('/')
            && bytes.iter().all(|byte| is_ordinary(*byte))
            && !bytes.windows(2).any(|pair| pair == b"//")
    }
}

const fn is_ordinary(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'-' | b'_')
}

/// One thing that a client does to a target; a named strategy of `view/target`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Step {
    /// Takes a URL: origin-form goes out, without a fragment (RFC 9112 §3.2.1).
    Url,
    /// Takes path and query as they stand, a `#` too: origin-form goes out.
    PathAndQuery,
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
    /// As [`Self::UpperHex`], where the encoding is that of a character outside ASCII that an IRI may
    /// hold (RFC 3987 §2.2) and, beside something that makes the URL an IRI, of unsafe ASCII: what
    /// `System.Uri` of .NET does. It comes before the steps that decode and escape.
    UpperHexIri,
    /// As [`Self::UpperHex`], in the path only.
    UpperHexPath,
    /// Decodes each path segment as UTF-8, a fault becoming U+FFFD, and encodes all of it again but
    /// ASCII letters, digits and these characters.
    ReencodePath(String),
    /// As [`Self::ReencodePath`] with the names and values of a query; a space becomes `+`, and a
    /// decoded `=` stays in a name that has no value.
    ReencodeQuery(String),
    /// As [`Self::DecodeUnreserved`], in the query alone.
    DecodeUnreservedQuery,
    /// Encodes what is behind the first `;` of the last path segment as a target of its own: these characters and what is
    /// outside ASCII are percent-encoded, escapes are written in upper case, and unreserved characters decoded; where the path
    /// has a `%` that no two hexadecimal digits follow, each `%` is percent-encoded instead.
    EncodeParameters(String),
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
    /// Drops the first `;` of the last path segment where nothing is behind it.
    DropEmptyParameters,
    /// Takes a backslash in the path for a slash.
    BackslashToSlash,
    /// Makes one slash of those at the beginning of the path.
    CollapseLeadingSlashes,
    /// Makes one slash of several anywhere in the path.
    CollapseSlashes,
    /// As [`Self::CollapseSlashes`]; a path that has several is decoded and encoded again, as by
    /// [`Self::ReencodePath`].
    CollapseSlashesReencoding(String),
    /// Refuses these characters: the request cannot be made.
    Refuse(String),
    /// Refuses these characters in the path.
    RefusePath(String),
    /// Refuses these characters in the query.
    RefuseQuery(String),
    /// Refuses a `%` that no two hexadecimal digits follow.
    RefuseStrayPercent,
    /// As [`Self::RefuseStrayPercent`], in the path only.
    RefuseStrayPercentPath,
    /// As [`Self::RefuseStrayPercent`], where at least two characters of the path or the query follow.
    RefuseStrayPercentBeforeTwo,
    /// Refuses a path that begins with `//`.
    RefuseLeadingSlashes,
    /// Refuses a path that begins with `//` where what follows cannot be read as an authority (RFC 3986 §3.2): its port
    /// is not a number below 65536, or its host has a bracket, a stray `%`, or a character outside ASCII.
    RefuseInvalidAuthority,
    /// Decodes a path and encodes it again, where it holds what the client takes for no encoding.
    RecodePath(Recoding),
    /// Refuses what is outside ASCII.
    RefuseNonAscii,
    /// Refuses code points that cannot be seen.
    RefuseHidden,
}

/// What [`Step::RecodePath`] takes and what it writes; ASCII letters and digits always belong to both.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Recoding {
    /// A path of these characters alone, percent-encodings apart, stays as it is.
    pub valid: String,
    /// The decoded characters that are not encoded again.
    pub keep: String,
}

impl Step {
    /// Whether the step leaves every ordinary target as it is, see [`Steps::leave`].
    fn leaves_ordinary(&self) -> bool {
        match self {
            // These also look at the host, or name what they keep.
            Self::Whatwg | Self::ReencodePath(_) | Self::RecodePath(_) => false,
            Self::Escape(set)
            | Self::EscapePath(set)
            | Self::Refuse(set)
            | Self::RefusePath(set)
            | Self::RefuseQuery(set) => !set.bytes().any(is_ordinary),
            _ => true,
        }
    }
}
