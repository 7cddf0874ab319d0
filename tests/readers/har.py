#!/usr/bin/env python3
"""Runs the curl snippets of HAR request objects and holds what arrives against what the HAR says.

    tests/readers/har.py REQUOTE FILE...

What a HAR says is read here anew, from the text of HAR 1.2 and not from what requote makes of it: the
target with its pairs decoded, the fields, and the body as text, as pairs or as parts. Each file must be
read. The exit status is 1 where one is not, or where a request differs.
"""

import base64
import email
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from wire import ADDED, FRAMING, Server, report, run_curl


def pairs(items):
    """Names and values of a list of HAR."""
    return [(item["name"], item.get("value", "")) for item in items]


def decoded(query):
    return parse_qsl(query, keep_blank_values=True)


def said(request):
    """What a request object says: method, path, pairs of the query, fields, body."""
    url, data = urlsplit(request["url"]), request.get("postData", {})
    fields = {name.lower(): value for name, value in pairs(request.get("headers", []))}
    cookies = "; ".join(f"{name}={value}" for name, value in pairs(request.get("cookies", [])))
    if cookies:
        fields.setdefault("cookie", cookies)
    kind = data.get("mimeType", "")
    if kind:
        fields.setdefault("content-type", kind)
    params = data.get("params", [])
    if data.get("text"):
        body = data["text"].encode()
    elif kind.startswith("multipart/") and params:
        body = [(param["name"], Path(param["fileName"]).name if "fileName" in param else None,
                 param.get("contentType"), param.get("value", FILE).encode()) for param in params]
    else:
        body = pairs(params) or b""
    query = decoded(url.query) + pairs(request.get("queryString", []))
    return request["method"], url.path, query, fields, body


def parts(kind, body):
    """The parts of a multipart body: name, file name, type, content."""
    message = email.message_from_bytes(b"Content-Type: " + kind.encode() + b"\r\n\r\n" + body)
    read = []
    for part in message.get_payload():
        name = part.get_param("name", header="content-disposition")
        read.append((name, part.get_filename(), part["content-type"], part.get_payload(decode=True)))
    return read


def came(line, fields, body, like):
    """The same of what arrived, in the forms of `like`."""
    method, target, _ = line.decode().split(" ")
    url = urlsplit(target)
    fields = {name.decode(): value.decode() for name, value in fields}
    if isinstance(like[4], list):
        is_form = not fields["content-type"].startswith("multipart/")
        body = decoded(body.decode()) if is_form else parts(fields["content-type"], body)
        if not is_form:
            # The boundary is invented.
            fields["content-type"] = fields["content-type"].split(";")[0]
    ignored = {name.decode() for name in FRAMING | ADDED | {b"host"}} - set(like[3])
    fields = {name: value for name, value in fields.items() if name not in ignored}
    return method, url.path, decoded(url.query), fields, body


# The content of a file that a fixture names.
FILE = "the text\nof a file\n"


def run(server, requote, path, work):
    """`same`, `differs: ...` or `not read: ...`"""
    har = json.loads(path.read_text())
    request = har["log"]["entries"][0]["request"] if "log" in har else har
    folder = work / path.stem
    folder.mkdir()
    for param in request.get("postData", {}).get("params", []):
        if "fileName" in param and "value" not in param:
            file = folder / param["fileName"]
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(FILE)
    command = [requote, "to", "shell/curl", "--from", "har", "--body", "exact", "--files", folder, "--json",
               path.resolve()]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    record = json.loads(ran.stdout.splitlines()[0]) if ran.stdout else {"code": None}
    if record["code"] is None:
        return f"not read: {record.get('diagnostics', ran.stderr)}"
    for attachment in record["attachments"]:
        (folder / attachment["name"]).write_bytes(base64.b64decode(attachment["base64"]))
    script = folder / "snippet.sh"
    script.write_text(record["code"])
    arrived, status = run_curl(server, script, folder, work)
    if len(arrived) != 1:
        return f"differs: {len(arrived)} requests arrive, and curl ends with status {status}"
    own = said(request)
    real = came(*arrived[0][1:], own)
    return "same" if own == real else f"differs:\n  said    {own}\n  arrived {real}"


def main():
    requote = str(Path(sys.argv[1]).resolve())
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        server, results = Server(work), {}
        for path in map(Path, sys.argv[2:]):
            results[path.name] = run(server, requote, path, work)
    counts = report(results)
    sys.exit(0 if set(counts) == {"same"} else 1)


main()
