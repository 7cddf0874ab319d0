//! The codes of this room's diagnostics: stable names, explained in `docs/diagnostics.md`.

crate::diagnostic::codes! {
    // The method.

    /// A method that differs from a standard one in letter case.
    METHOD_CASE = "method-case";
    /// A method that is not idempotent.
    METHOD_NOT_IDEMPOTENT = "method-not-idempotent";
    /// What PUT asks of the target and the answer.
    PUT_REPLACES = "put-replaces";
    /// PUT to a target that looks like a collection.
    PUT_COLLECTION = "put-collection";
    /// PUT of a part of the resource.
    PUT_PARTIAL = "put-partial";
    /// Credentials in TRACE.
    TRACE_CREDENTIALS = "trace-credentials";

    // The target.

    /// A target that some servers find too long.
    TARGET_LONG = "target-long";
    /// A fragment in the target.
    TARGET_FRAGMENT = "target-fragment";
    /// `%` without two hexadecimal digits.
    TARGET_PERCENT = "target-percent";
    /// `&amp;` in the target.
    TARGET_HTML_ESCAPE = "target-html-escape";
    /// Characters that a URI must encode.
    TARGET_UNENCODED = "target-unencoded";
    /// A scheme other than http and https.
    TARGET_SCHEME = "target-scheme";
    /// Host and the target's authority differ.
    HOST_DIFFERS = "host-differs";

    /// How the scheme is known, where the message does not state it.
    SCHEME = "scheme";

    /// A text that looks like a variable.
    PLACEHOLDER = "placeholder";

    // Secrets.

    /// User information in the target.
    CREDENTIALS_IN_TARGET = "credentials-in-target";
    /// A secret in the query.
    SECRET_IN_QUERY = "secret-in-query";
    /// Credentials over a connection that is not encrypted.
    CREDENTIALS_OVER_HTTP = "credentials-over-http";

    // Fields.

    /// A field that may be sent only once.
    FIELD_REPEATED = "field-repeated";
    /// Two conditions that exclude each other.
    CONDITION_CONFLICT = "condition-conflict";
    /// A condition that is ignored beside a stronger one.
    CONDITION_IGNORED = "condition-ignored";
    /// An entity tag that cannot be compared.
    ENTITY_TAG = "entity-tag";
    /// A range request that is ignored or not allowed.
    RANGE_IGNORED = "range-ignored";
    /// An expectation that no server knows, or without a body.
    EXPECT = "expect";
    /// Upgrade without its connection option.
    UPGRADE = "upgrade";

    // The content.

    /// A body of a method that has none.
    BODY_UNEXPECTED = "body-unexpected";
    /// No body and no Content-Length where one is usual.
    BODY_MISSING = "body-missing";
    /// A body without Content-Type.
    CONTENT_TYPE_MISSING = "content-type-missing";
    /// A body that begins like a header section.
    FIELDS_IN_BODY = "fields-in-body";
    /// A Content-Type that cannot be read.
    CONTENT_TYPE_INVALID = "content-type-invalid";
    /// A body that is not in the character encoding that it states.
    CHARSET_MISMATCH = "charset-mismatch";
    /// A body that is not in the content coding that it states.
    CONTENT_ENCODING_MISMATCH = "content-encoding-mismatch";
    /// A body, or a part of it, that looks like the name of a file.
    BODY_FILE_REFERENCE = "body-file-reference";
    /// A body that is not JSON.
    JSON_INVALID = "json-invalid";
    /// JSON that is nested very deep.
    JSON_DEEP = "json-deep";
    /// A JSON object with a name twice.
    JSON_DUPLICATE_NAME = "json-duplicate-name";
    /// A body that is not `application/x-www-form-urlencoded`.
    FORM_INVALID = "form-invalid";
    /// A multipart type without a boundary, or with an invalid one.
    MULTIPART_BOUNDARY = "multipart-boundary";
    /// A boundary that does not occur in the body.
    MULTIPART_BOUNDARY_UNUSED = "multipart-boundary-unused";
    /// No closing delimiter.
    MULTIPART_UNCLOSED = "multipart-unclosed";
    /// Delimiters that are not between CRLF.
    MULTIPART_LINE_ENDS = "multipart-line-ends";

    // The response.

    /// What the status says for this method.
    RESPONSE_STATUS = "response-status";
    /// A body in a response that has none.
    RESPONSE_BODY_UNEXPECTED = "response-body-unexpected";
    /// A field that a response of this status must or should have.
    RESPONSE_FIELD_MISSING = "response-field-missing";
}
