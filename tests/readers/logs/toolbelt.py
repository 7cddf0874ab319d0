"""Writes what requests-toolbelt shows of requests to the port that is named."""

import sys

import requests
from requests_toolbelt.utils import dump

BODIES = [
    ("POST", "/a?x='1'", b"a=1&b='\"\\", "application/x-www-form-urlencoded"),
    ("PUT", "/b", "{\"é\": \"\\n\"}\r\n\ttab\n> HTTP/1.1 200 OK\n".encode(), "text/plain"),
    ("GET", "/d", None, None),
]

for method, target, body, kind in BODIES:
    fields = {"X-Quoted": "a\"b'c\\d", **({"Content-Type": kind} if kind else {})}
    response = requests.request(method, f"http://127.0.0.1:{sys.argv[1]}{target}", data=body, headers=fields, timeout=10)
    sys.stdout.buffer.write(dump.dump_all(response))
