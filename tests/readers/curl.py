#!/usr/bin/env python3
"""Runs curl commands and holds what arrives against what requote reads.

    tests/readers/curl.py REQUOTE FILE...

Each file is a shell script with curl commands. The script runs with a `curl` in its path that connects
to a server on this machine, whatever the URL says; files that it names are made beside it. What is not
compared: the fields that curl adds by itself, the framing of the body, the text of an invented
multipart boundary. The exit status is 1 where a request differs or the count of requests does.
"""

import base64
import json
import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

# Framing, and what curl sends unless it is told otherwise.
FRAMING = {b"content-length", b"transfer-encoding", b"expect", b"connection"}
ADDED = {b"user-agent", b"accept", b"accept-encoding"}
# `--http2` asks a server without TLS for another protocol: fields of the connection.
UPGRADE = {b"upgrade", b"http2-settings"}
VARIABLES = {"MYVARIABLE": "x", "DO_API_TOKEN": "tok", "FILENAME": "f.txt", "TOKEN": "t", "HOME": "/h"}
CURL = shutil.which("curl")


class Server:
    """Takes requests, with TLS and without."""

    def __init__(self, folder):
        certificate, key = folder / "cert.pem", folder / "key.pem"
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=a",
             "-keyout", key, "-out", certificate],
            check=True, stderr=subprocess.DEVNULL)
        self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.tls.load_cert_chain(certificate, key)
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=50)
        self.port = self.listener.getsockname()[1]
        self.requests = []
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            connection, _ = self.listener.accept()
            threading.Thread(target=self.talk, args=(connection,), daemon=True).start()

    def talk(self, connection):
        connection.settimeout(10)
        try:
            scheme = "http"
            if connection.recv(1, socket.MSG_PEEK) == b"\x16":
                scheme, connection = "https", self.tls.wrap_socket(connection, server_side=True)
            stream = connection.makefile("rb")
            while line := stream.readline().rstrip(b"\r\n"):
                fields = []
                while field := stream.readline().rstrip(b"\r\n"):
                    name, value = field.split(b":", 1)
                    fields.append((name.lower(), value.strip()))
                names = dict(fields)
                if names.get(b"expect", b"").lower() == b"100-continue":
                    connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
                if names.get(b"transfer-encoding") == b"chunked":
                    body = b""
                    while size := int(stream.readline(), 16):
                        body += stream.read(size)
                        stream.readline()
                    stream.readline()
                else:
                    body = stream.read(int(names.get(b"content-length", b"0")))
                self.requests.append((scheme, line, fields, body))
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        except OSError as error:
            print(f"server: {error}", file=sys.stderr)
        finally:
            connection.close()


def read(requote, path, folder):
    """The requests that requote reads, or the reason why it refuses one."""
    args = [requote, "to", "http", "--from", "curl", "--body", "exact", "--json", "--files", folder]
    for name, value in VARIABLES.items():
        args += ["--var", f"{name}={value}"]
    ran = subprocess.run([*args, path], capture_output=True, text=True, check=False)
    requests = []
    for line in ran.stdout.splitlines():
        record = json.loads(line)
        if record["code"] is None:
            return None, record["diagnostics"][0]["code"]
        head, body = record["code"].encode().split(b"\r\n\r\n", 1)
        for attachment in record["attachments"]:
            body = base64.b64decode(attachment["base64"])
        first, *lines = head.split(b"\r\n")
        fields = [(name.lower(), value.strip()) for name, value in (line.split(b":", 1) for line in lines)]
        requests.append((first, fields, body))
    if not requests:
        return None, ran.stderr.strip()
    return requests, None


def plain(line, fields, body, named):
    """What of a request is compared; `named` are the fields that the reader names."""
    kind = dict(fields).get(b"content-type", b"")
    boundary = re.search(rb"multipart/.*boundary=([^;\s]+)", kind)
    if boundary:
        body = body.replace(boundary[1], b"BOUNDARY")
        fields = [(name, value.replace(boundary[1], b"BOUNDARY")) for name, value in fields]
    ignored = FRAMING | UPGRADE | (ADDED - named)
    kept = sorted((field for field in fields if field[0] not in ignored), key=lambda field: field[0])
    # Versions of curl differ in the letter case of the escapes that they write into a query.
    target = re.sub(rb"%[0-9A-Fa-f]{2}", lambda escape: escape[0].upper(), line.rsplit(b" ", 1)[0])
    return target, kept, body


def make_files(text, folder):
    """Files for the names that a script gives to curl."""
    names = re.findall(r"[@<]\s*([\w./-]+)", text) + re.findall(r"(?:-T|--upload-file)[ =]?([\w./-]+)", text)
    for name in [*names, VARIABLES["FILENAME"]]:
        path = folder / name
        if name in ("-", ".") or name.startswith("/") or ".." in name or path.is_dir():
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"line one\r\nline \xc3\xa9 two\n")


def compare(server, requote, path, work):
    """`same`, `differs: ...`, `refused: ...` or `curl fails: ...`"""
    folder = work / path.stem
    folder.mkdir()
    make_files(path.read_text(), folder)
    requests, refusal = read(requote, path.resolve(), folder)
    if requests is None:
        return f"refused: {refusal}"
    server.requests.clear()
    environment = {
        **VARIABLES, "PATH": f"{work / 'bin'}:{os.environ['PATH']}", "LC_ALL": "C.UTF-8",
        "CURL_HOME": str(work), "CONNECT_TO": f"::127.0.0.1:{server.port}",
    }
    ran = subprocess.run(["bash", path.resolve()], cwd=folder, env=environment, capture_output=True,
                         stdin=subprocess.DEVNULL, timeout=60, check=False)
    arrived = list(server.requests)
    if not arrived:
        return f"curl fails: exit status {ran.returncode}"
    if len(arrived) != len(requests):
        return f"differs: {len(requests)} requests are read, {len(arrived)} arrive"
    for own, (_, *real) in zip(requests, arrived):
        named = {name for name, _ in own[1]}
        if plain(*own, named) != plain(*real, named):
            return f"differs:\n  read    {plain(*own, named)}\n  arrived {plain(*real, named)}"
    return "same"


def main():
    requote, files = str(Path(sys.argv[1]).resolve()), [Path(name) for name in sys.argv[2:]]
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        (work / "bin").mkdir()
        shim = work / "bin/curl"
        # Options do not go past `--next`.
        shim.write_text(
            '#!/usr/bin/env bash\nown=(--connect-to "$CONNECT_TO" --insecure --silent --noproxy "*")\n'
            'args=("${own[@]}")\nfor arg in "$@"; do args+=("$arg")\n'
            '[ "$arg" = --next ] && args+=("${own[@]}"); done\n'
            f'exec {CURL} "${{args[@]}}"\n')
        shim.chmod(0o755)
        server, results = Server(work), {}
        for path in files:
            results[path.name] = compare(server, requote, path, work)
    counts = {}
    for name, result in results.items():
        kind = result.split(":")[0]
        counts[kind] = counts.get(kind, 0) + 1
        if kind != "same":
            print(f"{name}: {result}")
    print(", ".join(f"{count} {kind}" for kind, count in sorted(counts.items())))
    sys.exit(1 if counts.get("differs") or not counts.get("same") else 0)


main()
