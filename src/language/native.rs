//! What a client's own parameters for content send: JSON, forms, queries, multipart.

use serde::Deserialize;

use super::slot::{NameSlot, PairSlot, TextSlot, TypeSlot};
use crate::content::form::FormStyle;
use crate::content::json::JsonStyle;

/// A client's own JSON parameter.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct NativeJson {
    /// How it writes the value.
    #[serde(default)]
    pub style: JsonStyle,
    /// The Content-Type that it sets where the snippet sets none.
    pub content_type: Option<String>,
    /// Whether it sends that Content-Type though the snippet sets another: it is then used only for
    /// messages that have it.
    #[serde(default)]
    pub always_content_type: bool,
    /// Which values the parameter takes; all where it is empty.
    #[serde(default)]
    pub only: Vec<JsonTop>,
    /// The most items and members that a value may have in all, where the language has a limit.
    pub max_items: Option<usize>,
    /// What the members of the outermost object may hold, where the template writes each of them as a
    /// pair of its own.
    pub members: Option<PairSlot>,
}

/// The kinds of a JSON text's outermost value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum JsonTop {
    /// `{…}`.
    Object,
    /// `[…]`.
    Array,
    /// `"…"`.
    String,
    /// `1`.
    Number,
    /// `true` or `false`.
    Boolean,
    /// `null`.
    Null,
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
    /// Whether it sends that Content-Type though the snippet sets another: it is then used only for
    /// messages that have it.
    #[serde(default)]
    pub always_content_type: bool,
    /// Whether the pairs are written with their escapes, as they are in the message; `style` says what
    /// its other way, which encodes a value, would send.
    #[serde(default)]
    pub as_written: bool,
    /// The most pairs that it takes, where there is a limit.
    pub max_pairs: Option<usize>,
    /// The methods with which it is sent; nothing where it is sent with all of them.
    pub methods: Option<Vec<String>>,
    /// What a name and a value may hold, where the parameter does not take all text.
    #[serde(default)]
    pub pairs: PairSlot,
}

/// A client's own parameter for the query of the URL.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct NativeQuery {
    /// How it writes the pairs.
    pub style: FormStyle,
    /// Whether the parameter is used only where a name or value has escapes: where its users write
    /// simple queries into the URL.
    pub escaped_only: bool,
    /// Whether the parameter is used only where there is no body.
    pub without_body: bool,
    /// Whether the parameter is used only where nothing is percent-encoded.
    pub without_percent: bool,
    /// The most pairs that it takes, where there is a limit.
    pub max_pairs: Option<usize>,
    /// What a name and a value may hold, where the parameter does not take all text.
    pub pairs: PairSlot,
    /// Whether the parameter also takes a value that is encoded already, and sends it as it is: the
    /// template writes `encoded` where a pair is not `is_own`.
    pub encoded_values: bool,
}

/// A client's own multipart API.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct MultipartRules {
    /// Whether a part without a file name may have a Content-Type.
    pub field_type: bool,
    /// Whether a part with a file name may lack a Content-Type.
    pub file_without_type: bool,
    /// What the name of a part may hold.
    pub name: NameSlot,
    /// What its file name may hold.
    pub file_name: NameSlot,
    /// What its Content-Type may hold.
    #[serde(rename = "type")]
    pub media_type: TypeSlot,
    /// Whether the file name that is sent is that of the file which the code reads: a part with a file
    /// name that no file of ours may have is not carried.
    pub name_of_file: bool,
    /// Whether its parts stand in a map, so that each name occurs once.
    pub distinct_names: bool,
    /// Whether it writes line ends in parts without a file name as CRLF, whatever they were.
    pub crlf_fields: bool,
    /// Whether it sends the parts with a file name behind all others.
    pub fields_first: bool,
    /// Whether it gives a part without a file name a Content-Type where the text is not ASCII.
    pub ascii_fields: bool,
    /// Which texts of a part without a file name arrive as they are.
    pub value: TextSlot,
    /// The texts that the client's shortest way takes as they are, where it has a longer one for all.
    pub plain_text: TextSlot,
}
