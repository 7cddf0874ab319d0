#!/usr/bin/env python3
"""Runs curl commands and holds what arrives against what requote reads.

    tests/readers/curl.py REQUOTE FILE...

Each file is a shell script with curl commands. The script runs with a `curl` in its path that connects
to a server on this machine, whatever the URL says; files that it names are made beside it. What is not
compared: the fields that curl adds by itself, the framing of the body, the text of an invented
multipart boundary. The exit status is 1 where a request differs or the count of requests does.
"""

import re
import sys
import tempfile
from pathlib import Path

from wire import Server, compare, read, report, run_curl

VARIABLES = {"MYVARIABLE": "x", "DO_API_TOKEN": "tok", "FILENAME": "f.txt", "TOKEN": "t", "HOME": "/h"}


# What the file of a `--cookie` holds: hosts, paths and schemes of each kind.
COOKIES = """# Netscape HTTP Cookie File
api.example.net\tFALSE\t/\tFALSE\t0\tfirst\t1
api.example.net\tFALSE\t/\tFALSE\t0\tother\t2
.api.example.net\tTRUE\t/\tFALSE\t0\tbelow\t3
#HttpOnly_api.example.net\tFALSE\t/api\tFALSE\t0\tpath\t4
#HttpOnly_api.example.net\tFALSE\t/api/\tFALSE\t0\tslash\t4
api.example.net\tFALSE\t/\tTRUE\t4102444800\tsecure\t5
elsewhere.example\tFALSE\t/\tFALSE\t0\telsewhere\t6
api.example.net\tFALSE\t/\tFALSE\t0\tfirst\t7
api.example.net\tFALSE\t/\tFALSE\t0\tempty
Set-Cookie: free=8; HttpOnly
Set-Cookie: named = 9 ; domain=.api.example.net; Path=/api
Set-Cookie: dated=10; domain=api.example.net; expires=Fri, 01 Jan 2100 00:00:00 GMT
"""


def make_files(text, folder):
    """Files for the names that a script gives to curl."""
    names = re.findall(r"[@<]\s*([\w./-]+)", text) + re.findall(r"(?:-T|-b|--upload-file)[ =]?([\w./-]+)", text)
    for name in [*names, VARIABLES["FILENAME"]]:
        path = folder / name
        if name in ("-", ".") or name.startswith("/") or ".." in name or path.is_dir():
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.name == "cookies.txt":
            path.write_text(COOKIES)
            continue
        path.write_bytes(b"line one\r\nline \xc3\xa9 two\n")


def run(server, requote, path, work):
    """`same`, `differs: ...`, `refused: ...` or `curl fails: ...`"""
    folder = work / path.stem
    folder.mkdir()
    make_files(path.read_text(), folder)
    given = [arg for name, value in VARIABLES.items() for arg in ("--var", f"{name}={value}")]
    requests, refusal = read(requote, path.resolve(), "curl", "--files", folder, *given)
    if requests is None:
        return f"refused: {refusal}"
    arrived, status = run_curl(server, path, folder, work, VARIABLES)
    if not arrived:
        return f"curl fails: exit status {status}"
    return compare(requests, arrived)


def main():
    requote, files = str(Path(sys.argv[1]).resolve()), [Path(name) for name in sys.argv[2:]]
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        server, results = Server(work), {}
        for path in files:
            results[path.name] = run(server, requote, path, work)
    counts = report(results)
    sys.exit(1 if counts.get("differs") or not counts.get("same") else 0)


main()
