//! The codes of this room's diagnostics: stable names, explained in `docs/diagnostics.md`.

crate::diagnostic::codes! {
    /// What the input was taken for, where it is no plain message.
    READ_AS = "read-as";
    /// UTF-16 with half of a code unit or of a surrogate pair.
    UTF16_DAMAGED = "utf16-damaged";
    /// Text after a Markdown fence.
    TEXT_AFTER_FENCE = "text-after-fence";
    /// No request in an input that may hold several.
    REQUEST_MISSING = "request-missing";
    /// A line break or NUL where a message has one line.
    LINE_BREAK = "input-line-break";
    /// A method that is no token.
    METHOD = "input-method";
    /// A field name that is no token.
    FIELD_NAME = "input-field-name";
    /// A URL without a host.
    URL = "input-url";
    /// A URL of another protocol than HTTP.
    URL_SCHEME = "input-url-scheme";
    /// Pseudo-header fields that make no request line.
    PSEUDO_HEADERS = "pseudo-headers";
    /// A body that the text does not show.
    BODY_NOT_SHOWN = "body-not-shown";
    /// A `.` of a trace that may stand for another byte.
    TRACE_DOT = "trace-dot";
}
