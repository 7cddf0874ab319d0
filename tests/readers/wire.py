"""What the proofs of readers share: a server that takes requests, and a comparison of what arrives with
what requote reads."""

import base64
import json
import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
import threading

# Framing, and what clients send unless they are told otherwise.
FRAMING = {b"content-length", b"transfer-encoding", b"expect", b"connection"}
ADDED = {b"user-agent", b"accept", b"accept-encoding"}
# `curl --http2` asks a server without TLS for another protocol: fields of the connection.
UPGRADE = {b"upgrade", b"http2-settings"}


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


def run_curl(server, script, folder, work, variables=None):
    """Runs a script whose `curl` connects to the server whatever its URL says: what arrives, and the exit
    status."""
    shim = work / "bin/curl"
    shim.parent.mkdir(exist_ok=True)
    # Options do not go past `--next`.
    shim.write_text(
        '#!/usr/bin/env bash\nown=(--connect-to "$CONNECT_TO" --insecure --silent --noproxy "*")\n'
        'args=("${own[@]}")\nfor arg in "$@"; do args+=("$arg")\n'
        '[ "$arg" = --next ] && args+=("${own[@]}"); done\n'
        f'exec {shutil.which("curl")} "${{args[@]}}"\n')
    shim.chmod(0o755)
    server.requests.clear()
    environment = {
        **(variables or {}), "PATH": f"{work / 'bin'}:{os.environ['PATH']}", "LC_ALL": "C.UTF-8",
        "CURL_HOME": str(work), "CONNECT_TO": f"::127.0.0.1:{server.port}",
    }
    ran = subprocess.run(["bash", script.resolve()], cwd=folder, env=environment, capture_output=True,
                         stdin=subprocess.DEVNULL, timeout=60, check=False)
    return list(server.requests), ran.returncode


def read(requote, path, form, *args):
    """The requests that requote reads, or the reason why it refuses one."""
    command = [requote, "to", "http", "--from", form, "--body", "exact", "--json", *args, path]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
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
        refusal = re.match(r"error\[([a-z-]+)\]", ran.stderr)
        if not refusal:
            sys.exit(f"{path}: neither a request nor a refusal:\n{ran.stderr}")
        return None, refusal[1]
    return requests, None


def plain(line, fields, body, named, added=ADDED):
    """What of a request is compared; `named` are the fields that the reader names, `added` those that the
    client adds by itself."""
    kind = dict(fields).get(b"content-type", b"")
    boundary = re.search(rb"multipart/.*boundary=([^;\s]+)", kind)
    if boundary:
        body = body.replace(boundary[1], b"BOUNDARY")
        fields = [(name, value.replace(boundary[1], b"BOUNDARY")) for name, value in fields]
    ignored = FRAMING | UPGRADE | (added - named)
    kept = sorted((field for field in fields if field[0] not in ignored), key=lambda field: field[0])
    # Clients differ in the letter case of the escapes that they write into a query.
    target = re.sub(rb"%[0-9A-Fa-f]{2}", lambda escape: escape[0].upper(), line.rsplit(b" ", 1)[0])
    return target, kept, body


def compare(requests, arrived, added=ADDED):
    """`same`, or `differs: ...`"""
    if len(arrived) != len(requests):
        return f"differs: {len(requests)} requests are read, {len(arrived)} arrive"
    differences = []
    for own, (_, *real) in zip(requests, arrived):
        named = {name for name, _ in own[1]}
        read, sent = plain(*own, named, added), plain(*real, named, added)
        if read != sent:
            differences.append(f"\n  read    {read}\n  arrived {sent}")
    return f"differs:{''.join(differences)}" if differences else "same"


def report(results):
    """Prints what is not the same, and the counts by kind, which it returns."""
    counts = {}
    for name, result in results.items():
        kind = result.split(":")[0]
        counts[kind] = counts.get(kind, 0) + 1
        if kind != "same":
            print(f"{name}: {result}")
    print(", ".join(f"{count} {kind}" for kind, count in sorted(counts.items())))
    return counts
