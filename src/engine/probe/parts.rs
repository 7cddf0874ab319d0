//! What the probe requests are made of.

/// The requests whose methods have ways of their own somewhere.
pub(super) const METHODS: [&str; 10] =
    ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "ZQMETHOD", "zqlower", "Zq-Mixed"];

/// A body: what it is, its Content-Type, and its bytes.
pub(super) type Body = (&'static str, &'static str, &'static [u8]);

/// A target and fields: what they are, the target, the fields.
pub(super) type Head = (&'static str, &'static str, &'static str);

/// Bodies that any method may have.
pub(super) const BODIES: &[Body] = &[
    ("no body", "", b""),
    ("a body of text", "text/zqplain", b"zqText"),
    ("a body of lines", "text/plain", b" zqOne\n zqTwo\r\nzqThree \n"),
    ("a body of text outside ASCII", "text/plain", "zqText é 🎉".as_bytes()),
    ("a body of text with control characters", "text/plain", b"zqText\0\x07\x1b zqRest"),
    ("a body of text without a type", "", b"zqText"),
    ("a JSON object", "application/json", br#"{"zqKey": "zqString", "a": [1, null, true, "zqLast"]}"#),
    ("a JSON array of lines", "application/json", b"[\n  \"zqOne\",\n  {\"zqKey\": 2}\n]"),
    ("a JSON string", "application/json", br#""zqString""#),
    ("a form", "application/x-www-form-urlencoded", b"zqName=zqValue&zqOther=zqRest"),
    ("a form of repeated names", "application/x-www-form-urlencoded", b"zqName=zqAlpha&zqName=zqBeta&zqLone"),
    ("a form of short names", "application/x-www-form-urlencoded", b"zqX=zqShort&zqY=zqLast"),
    (
        "a multipart form of fields",
        "multipart/form-data; boundary=b",
        b"--b\r\nContent-Disposition: form-data; name=\"zqOne\"\r\n\r\nzqfirst\r\n\
          --b\r\nContent-Disposition: form-data; name=\"zqTwo\"\r\n\r\nzqsecond\r\nzqline\r\n--b--\r\n",
    ),
    (
        "a multipart form with a file",
        "multipart/form-data; boundary=b",
        b"--b\r\nContent-Disposition: form-data; name=\"zqOne\"\r\n\r\nzqfirst\r\n\
          --b\r\nContent-Disposition: form-data; name=\"zqTwo\"; filename=\"zqFile\"\r\n\
          Content-Type: text/plain\r\n\r\nzqsecond\r\n\
          --b\r\nContent-Disposition: form-data; name=\"zqThree\"; filename=\"zqOther\"\r\n\
          Content-Type: application/zqtype\r\n\r\nzqthird\xff\r\n--b--\r\n",
    ),
    (
        "a multipart form with types",
        "multipart/form-data; boundary=b",
        b"--b\r\nContent-Disposition: form-data; name=\"zqOne\"\r\n\
          Content-Type: text/zqtype\r\n\r\nzqfirst\r\n--b--\r\n",
    ),
    ("a body of bytes", "application/zqbinary", b"zqStart\xff\xfe\0zqEnd"),
];

/// Bodies that have ways of their own somewhere.
pub(super) const ODD_BODIES: &[Body] = &[
    ("a body of bytes without a type", "", b"zqStart\xff\xfe\0zqEnd"),
    ("a body of a type with parameters", "text/plain; charset=us-ascii; zqkind=zqmost", b"zqText"),
    ("a body of a type that is not UTF-8", "text/zqplain; x=\u{80}", b"zqText"),
    ("a body of a type outside ASCII", "text/zqplain; x=\u{e9}", b"zqText"),
    ("a body that begins like a file's name", "text/plain", b"@zqFile zqRest"),
    ("a body that begins like an option", "text/plain", b"-zqOption\n zqRest"),
    ("a body that begins like an assignment", "text/plain", b"=zqValue zqRest"),
    ("lines outside ASCII", "text/plain", "zqOne é\n zqTwo 🎉\n".as_bytes()),
    ("a JSON array outside ASCII", "application/json", "[\n  \"zqText é\"\n]".as_bytes()),
    (
        "a JSON object of other values",
        "application/json",
        br#"{"zqOne": 79190, "zqTwo": ["zqIn"], "zqThree": "zqOut"}"#,
    ),
    (
        "a JSON object that begins like options",
        "application/json",
        br#"{"-zqKey": "@zqString", "zqLast": "=zqValue"}"#,
    ),
    (
        "a JSON object of a name of JavaScript",
        "application/json",
        br#"{"constructor": "zqString"}"#,
    ),
    (
        "a JSON object of repeated names",
        "application/json",
        br#"{"zqKey": "zqString", "zqKey": "zqAgain"}"#,
    ),
    ("JSON with a character set", "application/json; charset=utf-8", br#"{"zqKey": "zqString"}"#),
    (
        "a form that begins like options",
        "application/x-www-form-urlencoded",
        b"-zqName=%40+zqValue&zqOther=%3D+zqRest",
    ),
    (
        "a form that is encoded",
        "application/x-www-form-urlencoded",
        b"zqName%5B%5D=zqAlpha%20+zqBeta&zqOther=zqRest%26",
    ),
    ("a form of one pair", "application/x-www-form-urlencoded", b"zqName=zqValue"),
    ("a form of a name alone", "application/x-www-form-urlencoded", b"zqName"),
    (
        "a form of the parameters of functions",
        "application/x-www-form-urlencoded",
        b"req=zqValue&.multi=zqRest&body=zqLast",
    ),
    (
        "a long form",
        "application/x-www-form-urlencoded",
        b"zqName=zqFar12345678901234567890123456789012345678901234567890\
          &zqOther=zqWide123456789012345678901234567890",
    ),
    (
        "a multipart form of repeated names",
        "multipart/form-data; boundary=b",
        b"--b\r\nContent-Disposition: form-data; name=\"zqOne\"\r\n\r\nzqfirst\r\n\
          --b\r\nContent-Disposition: form-data; name=\"zqOne\"\r\n\r\nzqsecond\r\n--b--\r\n",
    ),
    (
        "a multipart form of a file among fields",
        "multipart/form-data; boundary=b",
        "--b\r\nContent-Disposition: form-data; name=\"zqOne\"; filename=\"zqFile\"\r\n\
          Content-Type: text/zqkind; charset=zqset\r\n\r\nzqfirst\r\n\
          --b\r\nContent-Disposition: form-data; name=\"zqTwo\"\r\n\r\nzqsecond é\r\n\
          --b\r\nContent-Disposition: form-data; name=\"req\"\r\n\r\nzqthird\r\n--b--\r\n"
            .as_bytes(),
    ),
    (
        "a multipart form of a file of a type with parameters",
        "multipart/form-data; boundary=b",
        b"--b\r\nContent-Disposition: form-data; name=\"zqOne\"; filename=\"zqFile\"\r\n\
          Content-Type: text/zqkind; charset=zqset\r\n\r\nzqfirst\r\n--b--\r\n",
    ),
    (
        "a multipart form of the parameters of functions",
        "multipart/form-data; boundary=b",
        b"--b\r\nContent-Disposition: form-data; name=\"data\"\r\n\r\nzqfirst\r\n\
          --b\r\nContent-Disposition: form-data; name=\"zqTwo\"\r\n\
          Content-Type: text/zqkind\r\n\r\nzqsecond\r\n--b--\r\n",
    ),
    (
        "a multipart form of a field that is not UTF-8",
        "multipart/form-data; boundary=b",
        b"--b\r\nContent-Disposition: form-data; name=\"zqOne\"\r\n\r\nzqfirst \xff\r\n--b--\r\n",
    ),
    (
        "a multipart form of two fields and a file",
        "multipart/form-data; boundary=b",
        b"--b\r\nContent-Disposition: form-data; name=\"zqOne\"\r\n\r\nzqfirst\r\n\
          --b\r\nContent-Disposition: form-data; name=\"zqTwo\"\r\n\r\nzqsecond\r\n\
          --b\r\nContent-Disposition: form-data; name=\"zqThree\"; filename=\"zqFile\"\r\n\r\n\
          zqthird\r\n--b--\r\n",
    ),
    (
        "a multipart form of types with parameters",
        "multipart/form-data; boundary=b",
        b"--b\r\nContent-Disposition: form-data; name=\"zqOne\"\r\n\
          Content-Type: text/zqkind; charset=zqset\r\n\r\nzqfirst\r\n\
          --b\r\nContent-Disposition: form-data; name=\"req\"\r\n\r\nzqsecond\r\n--b--\r\n",
    ),
];

/// Targets and fields that have ways of their own somewhere.
pub(super) const HEADS: &[Head] = &[
    ("a query of pairs", "/zqPath?zqName=zqAlpha&zqOther=zqBeta%26", PLAIN_FIELD),
    ("a query of short names", "/zqPath?zqX=zqShort&zqY=zqLast", PLAIN_FIELD),
    ("a query of repeated names", "/zqPath?zqName=zqAlpha&zqName=zqBeta", PLAIN_FIELD),
    (
        "ordinary fields",
        "/zqPath?zqQuery=zqValue",
        "Accept: application/zqaccept\r\nUser-Agent: zqAgent\r\n\
      Accept-Language: zqLanguage\r\nReferer: https://zqreferer.example/\r\nX-Zqname: zqField\r\n",
    ),
    (
        "repeated fields",
        "/zqPath",
        "X-Zqname: zqOne\r\nx-zqName: zqTwo\r\nAccept: application/zqalpha\r\n\
      Accept: application/zqbeta\r\nX-Zqother: zqThree\r\n",
    ),
    (
        "repeated fields of the client's own",
        "/",
        "User-Agent: zqOne\r\nUser-Agent: zqTwo\r\n\
      Accept-Encoding: zqAlpha\r\nAccept-Encoding: zqBeta\r\n",
    ),
    ("an empty field", "/", "X-Zqname:\r\nX-Zqother: zqValue\r\nZqend:\r\n"),
    ("a field outside ASCII", "/", "X-Zqname: zqValue é\r\nX-Zqother: zqRest\r\n"),
    ("a field that is not UTF-8", "/", "X-Zqname: zqValue \u{80}\r\nX-Zqother: zqRest\r\n"),
    ("a token", "/", "Authorization: Bearer zqToken\r\nX-Zqname: zqValue\r\n"),
    (
        "other credentials",
        "/",
        "Authorization: Zqscheme zqCredentials\r\nProxy-Authorization: zqProxy\r\n",
    ),
    ("cookies", "/", "Cookie: zqName=zqValue; zqOther=zqRest\r\nX-Zqlast: zqField\r\n"),
    (
        "a field that looks like an option",
        "/",
        "X-Zqname: @zqFile\r\nX-Zqother: =zqValue\r\n_zqunder: zqRest\r\n",
    ),
    ("dot segments", "/zqAlpha/../zqBeta/./zqGamma", PLAIN_FIELD),
    ("an odd target", "/zqAlpha//zqBeta?zqName[]=zqGamma|%7e'&{zqDelta}?", PLAIN_FIELD),
    ("absolute-form", "http://zqhost.example/zqPath?zqQuery", PLAIN_FIELD),
    ("absolute-form of another host", "http://zqother.example:81/zqPath", PLAIN_FIELD),
    ("asterisk-form", "*", PLAIN_FIELD),
    ("a target outside ASCII", "/zqPath/\u{e9}?zqName=\u{e9}&zqOther=zqRest", PLAIN_FIELD),
    ("dot segments and a query", "/zqAlpha/../zqBeta?zqName=zqGamma", PLAIN_FIELD),
    (
        "a query that begins like options",
        "/zqPath?-zqName=%40/zqAlpha&zqOther=%3D/zqRest",
        PLAIN_FIELD,
    ),
    ("a query of one pair", "/zqPath?zqName=zqAlpha", PLAIN_FIELD),
    ("a query of a name alone", "/zqPath?zqName", PLAIN_FIELD),
    (
        "a query of the parameters of functions",
        "/zqPath?req=zqAlpha&.multi=zqBeta&.url=zqRest",
        PLAIN_FIELD,
    ),
    (
        "a query that is encoded",
        "/zqPath?zqName=zqAlpha%20zqBeta&zqOther=%C3%A9+zqRest&zqLone=zqFar",
        PLAIN_FIELD,
    ),
    ("a field of a name of JavaScript", "/zqPath", "__proto__: zqValue\r\nX-Zqname: zqOne\r\n"),
    ("a field that begins like an option", "/zqPath", "-Zqname: zqValue\r\n"),
    (
        "repeated fields of a letter case",
        "/zqPath",
        "x-zqname: zqOne\r\nx-zqname: zqTwo\r\nX-ZQOTHER: zqThree\r\n",
    ),
    (
        "fields of the client's own that are not UTF-8",
        "/zqPath",
        "User-Agent: zqAgent \u{80}\r\nVia: 1.1 zqVia \u{80}\r\n",
    ),
    ("no field", "/zqPath", ""),
    ("a type", "/zqPath", "Content-Type: text/zqkind; charset=zqset\r\n"),
    ("an empty field alone", "/zqPath", "X-Zqname:\r\n"),
    ("one field outside ASCII", "/zqPath", "X-Zqname: zqValue é\r\n"),
    ("one field that is not UTF-8", "/zqPath", "X-Zqname: zqValue \u{80}\r\n"),
    (
        "repeated fields that are not UTF-8",
        "/zqPath",
        "X-Zqname: zqOne \u{80}\r\nX-Zqname: zqTwo \u{80}\r\nX-Zqother: zqThree é\r\n",
    ),
    (
        "repeated cookies",
        "/zqPath",
        "Cookie: zqName=zqOne\r\nCookie: zqOther=zqTwo\r\nX-Zqlast: zqThree\r\n",
    ),
    ("one cookie", "/zqPath", "Cookie: zqName=zqValue\r\n"),
    (
        "a field that tells of trailers",
        "/zqPath",
        "Trailer: zqTrailer\r\nX-Zqname: zqOne\r\nX-Zqname: zqTwo\r\n",
    ),
    (
        "an upgrade",
        "/zqPath",
        "Connection: Upgrade\r\nUpgrade: zqProtocol\r\nX-Zqname: zqValue\r\n",
    ),
    (
        "many fields",
        "/zqPath?zqQuery",
        "Zqname: zqField\r\nOrigin: https://zqorigin.example\r\nIf-Match: \"zqTag\"\r\n\
      Date: zqDate\r\nFrom: zqFrom\r\nRange: zqRange\r\nAccept-Encoding: zqCoding\r\nTE: zqTransfer\r\n",
    ),
];

/// What the code may read from its environment.
pub(super) const SECRETS: [Head; 5] = [
    ("a secret token", "/zqPath", "Authorization: Bearer zqToken\r\nX-Zqname: zqValue\r\n"),
    (
        "secret credentials",
        "/zqPath",
        "Authorization: Zqscheme zqCredentials\r\nX-Zqname: zqValue\r\n",
    ),
    ("a secret field", "/zqPath", "X-Api-Key: zqSecret\r\nX-Zqname: zqValue\r\n"),
    (
        "secret cookies",
        "/zqPath",
        "Cookie: zqName=zqSecret; zqOther=zqHidden\r\nX-Zqlast: zqField\r\n",
    ),
    ("a secret in the query", "/zqPath?zqName=zqAlpha&access_token=zqSecret", PLAIN_FIELD),
];

/// The field of the [`HEADS`] that are about something else.
pub(super) const PLAIN_FIELD: &str = "X-Zqname: zqValue\r\n";

/// Options that the request of [`PLAIN_FIELD`], another one and each body is asked for with: some have
/// values that are words of their own, which are numbers of seconds and a variable for the value of that field.
pub(super) const OPTIONS: [&[(&str, &str)]; 3] = [
    &[("timeout", "7919"), ("var", "zqheld:zqValue")],
    &[("timeout", "7.919")],
    &[("timeout", "7919"), ("redirects", "no"), ("insecure", "yes"), ("response", "none")],
];
