//! The codes of this room's diagnostics: stable names, explained in `docs/diagnostics.md`.

crate::diagnostic::codes! {
    /// What the input was taken for, where it is no plain message.
    READ_AS = "read-as";
    /// UTF-16 with half of a code unit or of a surrogate pair.
    UTF16_DAMAGED = "utf16-damaged";
    /// Text after a Markdown fence.
    TEXT_AFTER_FENCE = "text-after-fence";
    /// No-break spaces where a message has spaces.
    NO_BREAK_SPACES = "no-break-spaces";
    /// Lines of a header section that RFC 8792 wraps, without a header that says so.
    LINES_WRAPPED = "lines-wrapped";
    /// No request in an input that may hold several.
    REQUEST_MISSING = "request-missing";
    /// A line break or NUL where a message has one line.
    INPUT_LINE_BREAK = "input-line-break";
    /// A method that is no token.
    INPUT_METHOD = "input-method";
    /// A field name that is no token.
    INPUT_FIELD_NAME = "input-field-name";
    /// A URL without a host.
    INPUT_URL = "input-url";
    /// A URL of another protocol than HTTP.
    INPUT_URL_SCHEME = "input-url-scheme";
    /// A variable without a value.
    INPUT_VARIABLE = "input-variable";
    /// A file that was not allowed, or that cannot be read.
    INPUT_FILE = "input-file";
    /// Standard input of a command, which is not in the text.
    INPUT_STDIN = "input-stdin";
    /// A file of variables that cannot be read.
    ENVIRONMENT = "environment";
    /// A text that is not JSON.
    INPUT_JSON = "input-json";
    /// A body that is not Base 64.
    INPUT_BASE64 = "input-base64";
    /// A kind of input that is not read.
    FORMAT_UNKNOWN = "format-unknown";
    /// Entries of a capture that are no HTTP requests.
    ENTRY_NOT_READ = "entry-not-read";
    /// A body that a capture has lost.
    BODY_DAMAGED = "body-damaged";
    /// A body of another length than the one that was sent.
    BODY_LENGTH = "body-length";
    /// A body that is written anew from its parts.
    BODY_REBUILT = "body-rebuilt";
    /// A capture without cookies and credentials.
    CAPTURE_SANITIZED = "capture-sanitized";
    /// A script that may change a request.
    SCRIPT_NOT_RUN = "script-not-run";
    /// What is about the response, in a file of requests.
    RESPONSE_HANDLER = "response-handler";
    /// A field without a colon, in a file of requests.
    INPUT_FIELD_COLON = "input-field-colon";
    /// Code where a literal is expected.
    NOT_LITERAL = "not-literal";
    /// Cookies that a browser adds.
    COOKIES_NOT_SHOWN = "cookies-not-shown";
    /// A body that the client of the input leaves out.
    BODY_NOT_SENT = "body-not-sent";
    /// Braces that hold code in place of the name of a variable.
    EXPRESSION_KEPT = "expression-kept";
    /// A comment of several lines without its end.
    COMMENT_NOT_CLOSED = "comment-not-closed";
    /// A request without `###` before it, in a file of requests.
    REQUEST_SEPARATOR = "request-separator";
    /// Comments in a body, in a file of requests.
    BODY_COMMENT = "body-comment";
    /// A body that the client of the input refuses.
    BODY_REFUSED = "body-refused";
    /// An item of a Burp file without a request.
    ITEM_INVALID = "item-invalid";
    /// Backslashes that a browser doubles for cmd.
    CMD_BACKSLASH = "cmd-backslash";
    /// What a browser loses where it copies for cmd.
    CMD_LOSES = "cmd-loses";
    /// What is not read of a PowerShell command.
    POWERSHELL_SYNTAX = "powershell-syntax";
    /// What a browser loses where it copies for PowerShell.
    POWERSHELL_LOSES = "powershell-loses";
    /// A body whose encoding depends on the version of PowerShell.
    BODY_ENCODING = "body-encoding";
    /// What a shell would expand or run.
    SHELL_EXPANSION = "shell-expansion";
    /// What is no plain command of a shell.
    SHELL_SYNTAX = "shell-syntax";
    /// A quotation mark or a dash of typography, which is a plain character for a shell.
    SHELL_TYPOGRAPHY = "shell-typography";
    /// An `&` that ends a command in the middle of a URL.
    SHELL_AMPERSAND = "shell-ampersand";
    /// `<name>` for a value that is still to be written, which a shell takes for redirections.
    SHELL_PLACEHOLDER = "shell-placeholder";
    /// NUL in `$'…'`, at which bash ends the text.
    QUOTED_NUL = "quoted-nul";
    /// A single byte above ASCII in `$'…'`.
    QUOTED_BYTE = "quoted-byte";
    /// A surrogate pair in `$'…'`.
    QUOTED_SURROGATES = "quoted-surrogates";
    /// A command other than curl.
    COMMAND_NOT_READ = "command-not-read";
    /// An option that curl does not know.
    OPTION_UNKNOWN = "option-unknown";
    /// An option without its value.
    OPTION_VALUE = "option-value";
    /// An option that changes the request in a way that is not read.
    OPTION_NOT_READ = "option-not-read";
    /// Options that exclude each other.
    OPTION_CONFLICT = "option-conflict";
    /// Options that say nothing of the message.
    NOT_IN_MESSAGE = "not-in-message";
    /// A `--form` that is not read.
    FORM_FIELD = "form-field";
    /// A `--header` that curl does not send.
    HEADER_IGNORED = "header-ignored";
    /// Braces or brackets that make several URLs.
    URL_GLOB = "url-glob";
    /// A set of one member in a URL, whose braces curl takes off.
    GLOB_LONE = "glob-lone";
    /// An authentication in several turns.
    AUTHENTICATION_FLOW = "authentication-flow";
    /// Pseudo-header fields that make no request line.
    PSEUDO_HEADERS = "pseudo-headers";
    /// A body that the text does not show.
    BODY_NOT_SHOWN = "body-not-shown";
    /// A body in a log, without a length and without an end.
    BODY_END_UNMARKED = "body-end-unmarked";
    /// A `.` of a trace that may stand for another byte.
    TRACE_DOT = "trace-dot";
}
