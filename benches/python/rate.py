"""Snippets per second of processor time: the module, the program over lines of JSON, sphinxcontrib-httpexample.

    python benches/python/rate.py target/release/requote

All three read the classic PUT (`examples/put.http`) and write Python Requests and curl, in one thread, the best of
five rounds. `pip install requote sphinxcontrib-httpexample` first; without the latter its row is left out.
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import requote

MESSAGE = Path(__file__).parents[2].joinpath("examples/put.http").read_bytes()
ROUNDS, CALLS = 5, 10_000


def rate(call, argument):
    """Calls per second of processor time."""
    call(argument)
    best = 0.0
    for _ in range(ROUNDS):
        begun = time.process_time()
        for _ in range(CALLS):
            call(argument)
        best = max(best, CALLS / (time.process_time() - begun))
    return best


def rate_of_program(program, target):
    """Lines per second of processor time, its start included."""
    line = json.dumps({"message": MESSAGE.decode()}) + "\n"
    best = 0.0
    with tempfile.NamedTemporaryFile("w", suffix=".ndjson") as lines:
        lines.write(line * CALLS)
        lines.flush()
        for _ in range(ROUNDS):
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            command = [program, "to", target, "--ndjson", "--json", "-j1", lines.name]
            subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            best = max(best, CALLS / (after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime))
    return best


def quote(target):
    return requote.quote(MESSAGE, target).code


def quote_json(target):
    return requote.quote(MESSAGE, target).to_json()


TARGETS = ("python", "curl")
rows = [
    ("`requote.quote(…).code`", [rate(quote, target) for target in TARGETS]),
    ("`requote.quote(…).to_json()`", [rate(quote_json, target) for target in TARGETS]),
]
if len(sys.argv) > 1:
    program = Path(sys.argv[1]).resolve()
    rows.append(("`requote to … --ndjson --json -j1`", [rate_of_program(program, target) for target in TARGETS]))
try:
    from sphinxcontrib.httpexample import builders, parsers
except ImportError:
    print("sphinxcontrib-httpexample is not installed", file=sys.stderr)
else:

    def build(builder):
        return builder(parsers.parse_request(MESSAGE))

    all_builders = (builders.build_requests_command, builders.build_curl_command)
    rows.append(("sphinxcontrib-httpexample", [rate(build, builder) for builder in all_builders]))
print("| snippets per second of processor time | Python Requests | curl |\n|---|--:|--:|")
for name, rates in rows:
    print(f"| {name} | {rates[0]:,.0f} | {rates[1]:,.0f} |")
