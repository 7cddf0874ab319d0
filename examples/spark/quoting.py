"""Messages in Arrow batches → snippets in Arrow batches, for any engine that hands over such batches.

A row in has `message` (bytes or text) and may have `name`. For each target there is a row out: `name`, `target`,
`outcome`, `code`, and `json`, the line that `requote to --json` prints. A message that holds no request gives one row
without a target, whose `json` has the diagnostics; nothing that is in a row ends the job.
"""

import pyarrow as pa
import requote

SCHEMA = pa.schema(
    [
        ("name", pa.string()),
        ("target", pa.string()),
        ("outcome", pa.string()),
        ("code", pa.string()),
        ("json", pa.string()),
    ]
)
"""The columns of what comes out."""

SPARK_SCHEMA = "name string, target string, outcome string, code string, json string"
"""The same for Spark."""


def quote_batch(batch, targets=("python",), **options):
    """Quotes the messages of a `RecordBatch` or a `Table`; `options` are those of `requote.quote`."""
    names = batch.column("name") if "name" in batch.schema.names else [None] * batch.num_rows
    rows = []
    for name, message in zip(names, batch.column("message")):
        name = name and name.as_py()
        for target in targets:
            try:
                snippet = requote.quote(message.as_py() or b"", target, **options)
            except requote.MessageError as error:
                # What is wrong with a message is the same for each target.
                rows.append((name, None, None, None, error.to_json()))
                break
            rows.append((name, snippet.target, snippet.outcome, snippet.code, snippet.to_json()))
    columns = zip(*rows) if rows else [[]] * len(SCHEMA)
    arrays = [pa.array(column, field.type) for column, field in zip(columns, SCHEMA)]
    return pa.RecordBatch.from_arrays(arrays, schema=SCHEMA)


def quote_batches(targets=("python",), **options):
    """What `DataFrame.mapInArrow` takes. The engine of requote is built once in each worker, at the first message."""

    def quote_all(batches):
        for batch in batches:
            yield quote_batch(batch, targets, **options)

    return quote_all
