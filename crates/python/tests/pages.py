"""What the builds of documentation show: requests, the code that is expected, and the code that a page has."""

import base64
import html.parser
import subprocess
import tempfile
import textwrap
from pathlib import Path

import requote

ROOT = Path(__file__).parents[3]
TARGETS = ["curl", "python", "fetch", "go", "http", "rust", "powershell"]
CANARY = "CANARY-7f3a-of-a-file-that-no-page-names"

DIRECTIVES = [
    ".. include:: canary.txt",
    ".. literalinclude:: canary.txt",
    "```{include} canary.txt\n```",
    "{include} canary.txt",
    '--8<-- "canary.txt"',
    "{{#include canary.txt}}",
    "<!--@include: ./canary.txt-->",
    "include::canary.txt[]",
    "|release| :doc:`index` `x <canary.txt>`_",
    "{{ 7 * 191 }} {% raw %} {{ include('canary.txt') }}",
    "</code></pre><script>document.title = 'CANARY'</script>",
    "<!-- requote:end -->\n.. requote:end",
    '````\n~~~\n=== "Tab"\n    text\n:::\n',
    '=== "X"\n\n    ```python\n    x\n    ```\n',
    "\\begin{verbatim} \\end{sphinxVerbatim} \\input{canary.txt}",
    "&lt; &amp; <b> &#60; %3C",
    "[[include canary.txt]] <% canary %> $(cat canary.txt) ${7*191}",
    "trailing  \n\ttab\n  two  \n\n\n    four\n",
]


def hostile_requests():
    """Requests whose every part may be a directive of a documentation tool."""
    for number, text in enumerate(DIRECTIVES):
        body = text.encode()
        head = f"POST /h{number} HTTP/1.1\r\nHost: h.example\r\nContent-Type: text/x-note; n={number}\r\n"
        yield head.encode() + b"Content-Length: %d\r\n\r\n" % len(body) + body
        line = " ".join(text.split())
        yield f"GET /q{number} HTTP/1.1\r\nHost: h.example\r\nX-Note: {line}\r\n\r\n".encode()


def all_requests():
    """The core of the requests, and the hostile ones: a name and the bytes of each."""
    names = (ROOT / "tests/core.txt").read_text().split()
    requests = {name: (ROOT / f"tests/requests/{name}.http").read_bytes() for name in names}
    requests.update((f"hostile-{n}", message) for n, message in enumerate(hostile_requests()))
    return requests


def expected_codes(message):
    """The codes of the targets that have one, as a page can have them, and behind them what makes their files."""
    snippets = [snippet for snippet in (requote.quote(message, target) for target in TARGETS) if snippet.code is not None]
    files = {file.name: file.content for snippet in snippets for file in snippet.attachments}
    return [_as_shown(snippet) for snippet in snippets] + [_made(*file) for file in files.items()]


def _made(name, content):
    """The command that makes a file; it is run, so that it does."""
    lines = textwrap.wrap(base64.b64encode(content).decode(), 76)
    command = "\n".join([f"base64 --decode > {name} <<'END'", *lines, "END", ""])
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["sh", "-c", command], cwd=folder, check=True)
        assert Path(folder, name).read_bytes() == content, name
    return command


def _as_shown(snippet):
    """The code itself. Only a message as code has CRLF and empty lines at its end, which no page keeps."""
    if snippet.language != "http":
        return snippet.code
    return snippet.code.replace("\r\n", "\n").rstrip("\n") + "\n"


class _Blocks(html.parser.HTMLParser):
    """Collects the text of each `pre`, and the scripts and files of the page."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.blocks, self.ids, self._depth = [], [], 0

    def handle_starttag(self, tag, attributes):
        self.ids += [value for name, value in attributes if name == "id"]
        if tag == "pre":
            self._depth += 1
            self.blocks.append("")

    def handle_endtag(self, tag):
        self._depth -= tag == "pre"

    def handle_data(self, data):
        if self._depth:
            self.blocks[-1] += data


def blocks_of(path):
    """The text of each block of code of a page of HTML, as a reader copies it."""
    parser = _Blocks()
    parser.feed(Path(path).read_text(encoding="utf-8"))
    return parser.blocks


def ids_of(path):
    """The ids of a page of HTML."""
    parser = _Blocks()
    parser.feed(Path(path).read_text(encoding="utf-8"))
    return parser.ids


def has_canary(folder):
    """The files below a folder that hold the canary's text."""
    files = [path for path in Path(folder).rglob("*") if path.is_file()]
    assert files, folder
    return [path for path in files if CANARY.encode() in path.read_bytes()]
