"""Finds the quotes of many articles with Ray: python examples/quotes_with_ray.py [ARTICLES.jsonl].

Needs `pip install 'ray[data]' pandas`.  After `ray.init(address="auto")` the same lines run on a cluster.
"""

import sys
from pathlib import Path

import ray

from quoteattr.integrations.frames import extract_frame


def main() -> None:
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).with_name("articles.jsonl")
    ray.init(include_dashboard=False, log_to_driver=False)
    articles = ray.data.read_json(str(path), lines=True)
    quotes = articles.map_batches(extract_frame, batch_format="pandas", batch_size=500)
    rows = quotes.to_pandas()
    for row in rows[rows["error"].isna()].sort_values(["id", "start"]).itertuples():
        print(f"{row.id}: {row.speaker or 'unknown'}: {row.text}")


if __name__ == "__main__":
    main()
