"""A Spark job: messages from Parquet or lines of JSON → snippets in Parquet.

    spark-submit --py-files examples/spark/quoting.py examples/spark/quote.py \
        --targets python,curl messages.parquet snippets.parquet

The input has a column `message` (binary or string), or `base64` as the lines of `requote to --ndjson` may have, and
may have `name`. Each worker needs the packages `requote` and `pyarrow`.
"""

import argparse

from pyspark.sql import DataFrame, SparkSession, functions
from quoting import SPARK_SCHEMA, quote_batches


def read_messages(spark: SparkSession, path: str) -> DataFrame:
    """The columns `name` and `message` of Parquet, or of lines of JSON."""
    if not path.endswith((".ndjson", ".jsonl", ".json")):
        table = spark.read.parquet(path)
        return table if "name" in table.columns else table.withColumn("name", functions.lit(None).cast("string"))
    lines = spark.read.schema("name string, message string, base64 string").json(path)
    message = functions.coalesce(functions.unbase64("base64"), functions.encode("message", "UTF-8"))
    return lines.select("name", message.alias("message"))


def quote_messages(messages: DataFrame, targets: list[str], **options: str) -> DataFrame:
    """The snippets of `messages`."""
    return messages.select("name", "message").mapInArrow(quote_batches(targets, **options), SPARK_SCHEMA)


def main() -> None:
    parser = argparse.ArgumentParser(description="Quotes HTTP messages as code, with Spark.")
    parser.add_argument("--targets", default="python", help="names of targets, separated by commas")
    parser.add_argument("--from", dest="from_", default="auto", help="the format of the messages")
    parser.add_argument("--body", default="auto", help="how bodies are written")
    parser.add_argument("--secrets", default="keep", help="what becomes of credentials: keep or env")
    parser.add_argument("input", help="Parquet, or lines of JSON in files that end with .ndjson or .jsonl")
    parser.add_argument("output", help="the folder of the Parquet files that are written")
    given = parser.parse_args()
    spark = SparkSession.builder.appName("requote").getOrCreate()
    messages = read_messages(spark, given.input)
    options = {"from_": given.from_, "body": given.body, "secrets": given.secrets}
    quote_messages(messages, given.targets.split(","), **options).write.parquet(given.output)
    spark.stop()


if __name__ == "__main__":
    main()
