#!/usr/bin/env python3
"""Sends the requests of files with the client that the files are for, and holds what arrives against
what requote reads.

    tests/readers/node.py REQUOTE MODULES fetch|http-file|postman FILE...

MODULES is a folder in which npm installed httpyac and newman; node itself runs calls of `fetch`. What is
not compared: fields that the client adds by itself, the framing of the body, the text of an invented
multipart boundary. The exit status is 1 where a request differs, or a client sends none of those that
requote reads.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from wire import ADDED, Server, compare, read, report

VARIABLES = {"token": "t0", "server": "api.example.net"}
GIVEN = [f"{name}={value}" for name, value in VARIABLES.items()]
FILES = {"f.txt": b"line one\r\nline \xc3\xa9 two\n", "f.bin": bytes(range(256))}
# What clients add by themselves, beside the fields of ADDED.
EXTRA = {
    "fetch": {b"accept-language", b"sec-fetch-mode"},
    "http-file": set(),
    "postman": {b"postman-token", b"cache-control"},
}


def command(form, modules, name):
    """The command that sends the requests of a file."""
    if form == "fetch":
        return ["node", name]
    if form == "http-file":
        given = ["--var", *GIVEN] if GIVEN else []
        return ["node", modules / "httpyac/bin/httpyac.js", "send", name, "--all", "--insecure", *given]
    given = [arg for pair in GIVEN for arg in ("--env-var", pair)]
    return ["node", modules / "newman/bin/newman.js", "run", name, "--insecure", *given]


# Each client knows its files by the extension.
EXTENSIONS = {"fetch": ".mjs", "http-file": ".http", "postman": ".json"}


def run(server, requote, modules, form, path, work):
    """`same`, `differs: ...`, `refused: ...` or `client fails: ...`"""
    folder = work / path.stem
    folder.mkdir()
    for name, content in FILES.items():
        (folder / name).write_bytes(content)
    given = [arg for pair in GIVEN for arg in ("--var", pair)] if form != "fetch" else []
    requests, refusal = read(requote, path.resolve(), form, "--files", folder, *given)
    if requests is None:
        return f"refused: {refusal}"
    script = f"{path.stem}{EXTENSIONS[form]}"
    shutil.copyfile(path, folder / script)
    server.requests.clear()
    preload = Path(__file__).resolve().parent / "connect.cjs"
    environment = {
        "PATH": os.environ["PATH"], "HOME": str(work), "LC_ALL": "C.UTF-8", "CAPTURE_PORT": str(server.port),
        "NODE_OPTIONS": f"--require {preload}", "NODE_TLS_REJECT_UNAUTHORIZED": "0",
    }
    ran = subprocess.run(command(form, modules, script), cwd=folder, env=environment, capture_output=True,
                         text=True, stdin=subprocess.DEVNULL, timeout=120, check=False)
    arrived = list(server.requests)
    if not arrived:
        return f"client fails: exit status {ran.returncode}\n{ran.stdout}{ran.stderr}"
    return compare(requests, arrived, ADDED | EXTRA[form])


def main():
    requote, modules, form = str(Path(sys.argv[1]).resolve()), Path(sys.argv[2]).resolve(), sys.argv[3]
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        server, results = Server(work), {}
        for path in map(Path, sys.argv[4:]):
            results[path.name] = run(server, requote, modules, form, path, work)
    counts = report(results)
    sys.exit(1 if counts.get("differs") or counts.get("client fails") or not counts.get("same") else 0)


main()
