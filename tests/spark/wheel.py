"""The job of `examples/spark` over many small messages, in `local[2]`: each row is answered, the broken ones by
their diagnostics; the first 20,000 as the program answers them; and what it costs beside the program.

    python3 tests/spark/wheel.py target/release/requote [NUMBER OF MESSAGES]
"""

import itertools
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pyarrow as pa
import pyarrow.dataset
import pyarrow.parquet
from pyspark.sql import SparkSession

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "examples/spark"))
os.environ["PYTHONPATH"] = f"{ROOT / 'examples/spark'}:{os.environ.get('PYTHONPATH', '')}"
from quote import quote_messages, read_messages  # noqa: E402

PROGRAM = Path(sys.argv[1]).resolve()
COUNT = int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000
BROKEN_EVERY = 1000
COMPARED = 20_000
TARGETS = ["python", "curl"]


def message_of(number: int) -> bytes:
    """A small message, with something of its own; one of a thousand is broken."""
    if number % BROKEN_EVERY == 0:
        return b"GET /orders/%d HTTP/1.1\r\nHost : api.example.org\r\n\r\n" % number
    if number % 3:
        return b"GET /orders/%d?page=%d HTTP/1.1\r\nHost: api.example.org\r\nAccept: */*\r\n\r\n" % (
            number,
            number % 7,
        )
    body = b'{"id": %d, "quantity": %d, "note": "n\xc3\xa4chste"}' % (number, number % 11)
    head = b"PUT /orders/%d HTTP/1.1\r\nHost: api.example.org\r\nContent-Type: application/json\r\n" % number
    return head + b"Content-Length: %d\r\n\r\n" % len(body) + body


def seconds_below(pid: int) -> float:
    """The processor time of a process, of its children, and of theirs."""
    try:
        # The name of the program, in parentheses, may hold anything.
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except FileNotFoundError:
        return 0.0
    own = sum(int(ticks) for ticks in fields[11:15]) / os.sysconf("SC_CLK_TCK")
    return own + sum(seconds_below(int(child)) for child in children)


def run_program(lines: Path, output: Path) -> float:
    """Quotes the lines by the program in one thread; its processor time."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [PROGRAM, "to", ",".join(TARGETS), "--ndjson", "--json", "-j1", lines, "-o", output]
    done = subprocess.run(command, capture_output=True, check=False)
    # The status is 1 where a message is broken.
    assert done.returncode in (0, 1), done.stderr[-2000:]
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


with tempfile.TemporaryDirectory() as folder:
    parquet, snippets = Path(folder, "messages.parquet"), Path(folder, "snippets.parquet")
    lines, printed = Path(folder, "messages.ndjson"), Path(folder, "snippets.ndjson")
    few = Path(folder, "few.ndjson")
    with lines.open("w") as file:
        for number in range(COUNT):
            print(json.dumps({"name": f"m{number}", "message": message_of(number).decode()}), file=file)
    table = pa.table({"name": [f"m{n}" for n in range(COUNT)], "message": [message_of(n) for n in range(COUNT)]})
    pa.parquet.write_table(table, parquet, row_group_size=max(COUNT // 16, 1))

    spark = SparkSession.builder.master("local[2]").appName("requote").getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    driver, begun, started = os.getpid(), time.monotonic(), seconds_below(os.getpid())
    quote_messages(read_messages(spark, str(parquet)), TARGETS, from_="message").write.parquet(str(snippets))
    wall, spent = time.monotonic() - begun, seconds_below(driver) - started
    small = Path(folder, "some.ndjson")
    with lines.open() as whole:
        small.write_text("".join(itertools.islice(whole, 2001)))
    of_lines = quote_messages(read_messages(spark, str(small)), TARGETS, from_="message").select("json").collect()
    spark.stop()

    count, broken, names = 0, 0, set()
    seen: dict[str, list[str]] = {}
    for batch in pyarrow.dataset.dataset(snippets).to_batches():
        for row in batch.to_pylist():
            count += 1
            names.add(row["name"])
            if row["target"] is None:
                broken += 1
                assert row["code"] is None and "field-name-space" in row["json"], row
            else:
                assert row["code"] and row["outcome"] in ("exact", "semantic"), row
            if int(row["name"][1:]) < COMPARED:
                seen.setdefault(row["name"], []).append(row["json"])
    assert broken == (COUNT - 1) // BROKEN_EVERY + 1, broken
    assert count == (COUNT - broken) * len(TARGETS) + broken, count
    assert len(names) == COUNT, len(names)

    # The program says the name of a line as the file; the order of rows is Spark's own.
    with lines.open() as whole, few.open("w") as file:
        file.writelines(itertools.islice(whole, COMPARED))
    cost = run_program(few, printed)
    expected = {}
    with printed.open() as file:
        for line in file:
            name, end = json.JSONDecoder().raw_decode(line, len('{"schema":1,"file":'))
            expected.setdefault(name, []).append('{"schema":1,"file":null' + line[end:].rstrip("\n"))
    assert len(expected) == min(COUNT, COMPARED), len(expected)
    for name, answers in expected.items():
        assert seen[name] == answers, f"{name}\n{answers}\n{seen[name]}"
    head = [line for number in range(2001) for line in expected[f"m{number}"]]
    assert sorted(row["json"] for row in of_lines) == sorted(head)

    printed_rows = sum(len(answers) for answers in expected.values())
    print(f"{COUNT} messages, {count} rows, {broken} of them for broken messages: as of the program")
    print(f"Spark, local[2]: {wall:.0f} s, {spent:.0f} s of processor time, {count / spent:.0f} rows a second of it")
    print(f"requote --ndjson: {cost:.0f} s of processor time, {printed_rows / cost:.0f} rows a second of it")
