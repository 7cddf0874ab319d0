//! The codes of this room's diagnostics: stable names, explained in `docs/diagnostics.md`.

crate::diagnostic::codes! {
    // Not a request at all.

    /// Nothing, or nothing but white space.
    EMPTY_INPUT = "empty-input";
    /// The connection preface of HTTP/2, which is a binary protocol.
    H2_PREFACE = "h2-preface";
    /// Lines that begin with the `> `, `< ` or `* ` of `curl -v`.
    CURL_PREFIX = "curl-prefix";
    /// A curl command in place of a message.
    CURL_COMMAND = "curl-command";
    /// A pseudo-header such as `:method:`.
    PSEUDO_HEADER = "pseudo-header";
    /// The input ends before the message does.
    MESSAGE_INCOMPLETE = "message-incomplete";
    /// A response where a request is expected.
    RESPONSE_FIRST = "response-first";

    // The request line.

    /// The method is not a token.
    METHOD = "method";
    /// There is no target.
    TARGET_MISSING = "target-missing";
    /// The target contains white space.
    TARGET_SPACE = "target-space";
    /// The target contains a control character.
    TARGET_CONTROL = "target-control";
    /// The target is not UTF-8.
    TARGET_UTF8 = "target-utf8";
    /// The target contains characters outside ASCII.
    TARGET_NON_ASCII = "target-non-ascii";
    /// The target has none of the four forms.
    TARGET_FORM = "target-form";
    /// `*` without OPTIONS.
    TARGET_ASTERISK = "target-asterisk";
    /// The authority of the target is missing or wrong.
    TARGET_AUTHORITY = "target-authority";
    /// The target is longer than the limit.
    TARGET_TOO_LONG = "target-too-long";
    /// There is no version.
    VERSION_MISSING = "version-missing";
    /// The version is none that is known.
    VERSION = "version";
    /// Unusual white space in the request line.
    REQUEST_LINE_SPACE = "request-line-space";

    // The header section.

    /// A byte order mark before the request.
    BOM = "bom";
    /// A CR without LF before the request line.
    BARE_CR_BEFORE = "bare-cr-before";
    /// Blank lines before the request.
    BLANK_LINES_BEFORE = "blank-lines-before";
    /// Line ends without CR.
    LF_LINE_ENDS = "lf-line-ends";
    /// The header section is larger than the limit.
    HEADER_TOO_LARGE = "header-too-large";
    /// More fields than the limit.
    TOO_MANY_FIELDS = "too-many-fields";
    /// No empty line ends the header section.
    HEADER_END_MISSING = "header-end-missing";
    /// A field line without a colon.
    FIELD_COLON = "field-colon";
    /// A field line without a name.
    FIELD_NAME_EMPTY = "field-name-empty";
    /// White space before the colon.
    FIELD_NAME_SPACE = "field-name-space";
    /// A field name that is not a token.
    FIELD_NAME = "field-name";
    /// NUL in a field.
    FIELD_NUL = "field-nul";
    /// CR without LF in a field.
    FIELD_CR = "field-cr";
    /// A vertical tab or a form feed in a field.
    FIELD_SPACE = "field-space";
    /// Another control character in a field.
    FIELD_CONTROL = "field-control";
    /// White space before the first field.
    FIELD_LEADING_SPACE = "field-leading-space";
    /// A line of nothing but white space in the header section.
    BLANK_LINE_SPACE = "blank-line-space";
    /// A field value that is folded over lines.
    OBS_FOLD = "obs-fold";
    /// No Host field.
    HOST_MISSING = "host-missing";
    /// More than one Host field.
    HOST_REPEATED = "host-repeated";
    /// A Host value that is not `host` or `host:port`.
    HOST_INVALID = "host-invalid";
    /// No Host, where the target names one.
    HOST_OF_TARGET = "host-of-target";

    // The body and its framing.

    /// A body without an empty line before it.
    BODY_AT_ONCE = "body-at-once";
    /// A Content-Length that is not a number.
    CONTENT_LENGTH = "content-length";
    /// Content-Length with a word in place of a number, as documents have it.
    CONTENT_LENGTH_PLACEHOLDER = "content-length-placeholder";
    /// The same Content-Length more than once.
    CONTENT_LENGTH_REPEATED = "content-length-repeated";
    /// Content-Length fields that differ.
    CONTENT_LENGTH_CONFLICT = "content-length-conflict";
    /// Content-Length and Transfer-Encoding in one message.
    LENGTH_CONFLICT = "length-conflict";
    /// A transfer coding other than chunked.
    TRANSFER_ENCODING = "transfer-encoding";
    /// Transfer-Encoding in HTTP/1.0.
    TRANSFER_ENCODING_HTTP10 = "transfer-encoding-http10";
    /// A body whose CRLF line ends were lost and put back.
    BODY_CRLF_RESTORED = "body-crlf-restored";
    /// JSON that a tool laid out to show it.
    BODY_LAYOUT_REMOVED = "body-layout-removed";
    /// A body whose line ends gained CR, which are taken off.
    BODY_CR_REMOVED = "body-cr-removed";
    /// JSON or XML that its Content-Length would cut.
    CONTENT_LENGTH_SMALL = "content-length-small";
    /// A body shorter than its Content-Length.
    BODY_SHORT = "body-short";
    /// A body longer than its Content-Length.
    BODY_LONG = "body-long";
    /// A body without a stated length.
    BODY_WITHOUT_LENGTH = "body-without-length";
    /// Multipart delimiters whose CRLF line ends were lost and put back.
    MULTIPART_CRLF_RESTORED = "multipart-crlf-restored";
    /// A line end after a form, which was taken off.
    FORM_LINE_END = "form-line-end";
    /// A form on several lines, which are joined.
    FORM_LINES = "form-lines";
    /// A second request after the first.
    SECOND_REQUEST = "second-request";
    /// Bytes after a chunked body.
    BYTES_AFTER_BODY = "bytes-after-body";
    /// A chunk size that is not hexadecimal, or too large.
    CHUNK_SIZE = "chunk-size";
    /// Something other than an extension after a chunk size.
    CHUNK_EXTENSION_INVALID = "chunk-extension-invalid";
    /// A chunk extension.
    CHUNK_EXTENSION = "chunk-extension";
    /// No line end after the bytes of a chunk.
    CHUNK_END = "chunk-end";
    /// The input ends inside the chunks.
    CHUNK_TRUNCATED = "chunk-truncated";
    /// A field of framing or routing in the trailer section.
    TRAILER_FIELD = "trailer-field";
    /// No empty line after the last chunk.
    CHUNKS_END_MISSING = "chunks-end-missing";

    // The response.

    /// A response that was found only by its status line.
    RESPONSE_FOUND = "response-found";
    /// A response that cannot be read.
    RESPONSE_INVALID = "response-invalid";
    /// A response body that ends before its stated length.
    RESPONSE_BODY_SHORT = "response-body-short";
    /// Bytes after the response.
    BYTES_AFTER_RESPONSE = "bytes-after-response";
}
