"""Finds the quotes of many articles with Dask: python examples/quotes_with_dask.py [ARTICLES.jsonl].

Needs `pip install 'dask[dataframe]'`.  With a `dask.distributed.Client`, the same lines run on a cluster.
"""

import sys
from pathlib import Path

import dask
import dask.dataframe as dd

from quoteattr.integrations.frames import extract_frame


def main() -> None:
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).with_name("articles.jsonl")
    articles = dd.read_json(str(path), lines=True, dtype={"id": "object"}).repartition(npartitions=2)
    quotes = articles.map_partitions(extract_frame, meta=extract_frame(articles._meta))
    with dask.config.set(scheduler="processes"):
        rows = quotes.compute()
    for row in rows[rows["error"].isna()].itertuples():
        print(f"{row.id}: {row.speaker or 'unknown'}: {row.text}")


if __name__ == "__main__":
    main()
