"""requote as a stage of a distributed engine: `pipe()` of Spark, in local mode.

    python3 tests/spark/pipe.py target/debug/requote tests/requests

Messages go in as lines of JSON, snippets come out as lines of JSON; every line must be what a plain
run over the files gives.
"""

import base64
import json
import subprocess
import sys
from pathlib import Path

from pyspark.sql import SparkSession

requote, folder = Path(sys.argv[1]).resolve(), Path(sys.argv[2])
files = sorted(folder.glob("*.http"))
command = [str(requote), "to", "python,curl,go", "--json"]

plain = subprocess.run(command + [str(path) for path in files], capture_output=True, check=False)
expected = plain.stdout.decode().splitlines()
# One line for each message and target, so that nothing equal is compared with nothing.
assert len(expected) == 3 * len(files) > 300, len(expected)

lines = [
    json.dumps({"name": str(path), "base64": base64.b64encode(path.read_bytes()).decode()})
    for path in files
]
spark = SparkSession.builder.master("local[2]").appName("requote").getOrCreate()
try:
    messages = spark.sparkContext.parallelize(lines, 5)
    # An unsupported target gives the exit status 1, and the line that says why.
    seen = messages.pipe(" ".join(command + ["--ndjson"])).collect()
finally:
    spark.stop()

assert seen == expected, next((pair for pair in zip(seen, expected) if pair[0] != pair[1]), len(seen))
print(f"{len(files)} messages, {len(seen)} lines: the same through Spark's pipe() as in a plain run")
