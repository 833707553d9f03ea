"""Finds the quotes of many articles with Spark: python examples/quotes_with_spark.py [ARTICLES.jsonl].

Needs `pip install 'quoteattr[spark]'` and Java.  On a cluster, give the script to spark-submit, and write the quotes
with `quotes.write.parquet(...)` in place of showing them.
"""

import os
import sys
from pathlib import Path

from pyspark.sql import SparkSession

from quoteattr.integrations.frames import extract_spark


def main() -> None:
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).with_name("articles.jsonl")
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # what the workers run; on a cluster, set it to theirs
    spark = SparkSession.builder.appName("quotes").getOrCreate()
    articles = spark.read.schema("id string, text string").json(str(path))
    quotes = extract_spark(articles)
    for row in quotes.filter("error is null").orderBy("id", "start").collect():
        print(f"{row.id}: {row.speaker or 'unknown'}: {row.text}")
    spark.stop()


if __name__ == "__main__":
    main()
