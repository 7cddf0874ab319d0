"""Program and module give the same JSON: every request, target and mode of bodies.

    python crates/python/tests/same_json.py target/debug/requote

Each line of `requote to all --json`, with the file taken out, is what `Snippet.to_json` or `MessageError.to_json`
gives. The inputs of other formats are read one request at a time, as `--request` does.
"""

import json
import subprocess
import sys
from pathlib import Path

import requote

PROGRAM = Path(sys.argv[1]).resolve()
ROOT = Path(__file__).parents[3]
TARGETS = [target.id for target in requote.targets()]
BODIES = ("auto", "exact", "text", "native")


def run(*arguments):
    """The lines of the program, each with its file as it is written in JSON."""
    done = subprocess.run([PROGRAM, *arguments], capture_output=True, cwd=ROOT, check=False)
    assert done.returncode in (0, 1), done.stderr.decode()
    start = '{"schema":1,"file":'
    # Not `splitlines`: a text may hold U+2028.
    for line in done.stdout.decode().split("\n")[:-1]:
        assert line.startswith(start), line
        file, end = json.JSONDecoder().raw_decode(line, len(start))
        yield file, start + "null" + line[end:]


def quote(message, target, **arguments):
    """The same line, by the module; of a message that is refused, the one line that there is."""
    try:
        return requote.quote(message, target, **arguments).to_json()
    except requote.MessageError as error:
        return error.to_json()


def compare(paths, arguments, settings):
    """Compares each line of these files; their number."""
    contents = {str(path): (ROOT / path).read_bytes() for path in paths}
    count, refused = 0, set()
    lines = run("to", "all", "--json", *arguments, *contents)
    targets = iter(())
    current = None
    for file, line in lines:
        if file != current:
            current, targets = file, iter(TARGETS)
        seen = quote(contents[file], next(targets), **settings)
        assert seen == line, f"{file} {settings}\n{line}\n{seen}"
        count += 1
        if '"target":null' in line:
            refused.add(file)
    assert set(contents) == {file for file, _ in run("to", "curl", "--json", *arguments, *contents)}
    return count, len(refused)


requests = [path.relative_to(ROOT) for path in sorted((ROOT / "tests/requests").glob("*.http"))]
rejects = [path.relative_to(ROOT) for path in sorted((ROOT / "tests/rejects").glob("*.http"))]
total = 0
for body in BODIES:
    total += compare(requests, ("--from", "message", "--body", body), {"from_": "message", "body": body})[0]
for arguments, settings in (
    (("--secrets", "env"), {"secrets": "env"}),
    (
        ("--scheme", "http", "--fragment", "--timeout", "9"),
        {"scheme": "http", "options": {"timeout": 9, "fragment": True}},
    ),
):
    total += compare(requests, arguments, settings)[0]
count, refused = compare(rejects, ("--from", "message"), {"from_": "message"})
assert refused > 60, refused
total += count

inputs = [path.relative_to(ROOT) for path in sorted((ROOT / "tests/inputs").rglob("*")) if path.is_file()]
several = 0
for path in inputs:
    message = (ROOT / path).read_bytes()
    kind = path.parts[2]
    names = [json.loads(line)["request"] for _, line in run("to", "curl", "--json", "--from", kind, str(path))]
    several += len(names) > 1
    for number in range(1, len(names) + 1):
        chosen = {} if len(names) == 1 else {"request": number}
        option = ("--request", str(number)) if chosen else ()
        lines = run("to", "curl,python", "--json", "--from", kind, *option, str(path))
        for target, (_, line) in zip(("curl", "python"), lines):
            seen = quote(message, target, from_=kind, **chosen)
            assert seen == line, f"{path} {number}\n{line}\n{seen}"
            total += 1
assert several > 5, several
assert total > 40_000, total
print(f"{total} lines: the same of the program and of the module")
