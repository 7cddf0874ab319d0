"""Writes what `http.client` logs of requests to the port that is named."""

import http.client
import sys

BODIES = [
    ("POST", "/a?x='1'", b"a=1&b='\"\\", "application/x-www-form-urlencoded"),
    ("PUT", "/b", "{\"é\": \"\\n\"}\r\n\ttab".encode(), "application/json"),
    ("POST", "/c", bytes(range(256)), "application/octet-stream"),
    ("GET", "/d", None, None),
]

connection = http.client.HTTPConnection("127.0.0.1", int(sys.argv[1]))
connection.set_debuglevel(1)
for method, target, body, kind in BODIES:
    fields = {"X-Quoted": "a\"b'c\\d", **({"Content-Type": kind} if kind else {})}
    connection.request(method, target, body=body, headers=fields)
    connection.getresponse().read()
