"""How much memory extract takes, over an interpreter that has imported quoteattr; each row in a process of its own.

usage: python benchmarks/memory.py [--output FILE.json]

Rows: the longest example article, a text of 1 MB in one call, and a stream of articles of two lengths, whose peaks
must be the same: a stream holds no more than its window.  Megabytes are those of the peak resident set.
"""

import argparse
import json
import subprocess
import sys
from pathlib import Path

import corpora

PRELUDE = """
import resource, sys
from pathlib import Path
import quoteattr, quoteattr.pipeline
texts = [path.read_text(encoding="utf-8") for path in sorted(Path(sys.argv[1]).glob("*.txt"))]
def peak():
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return max(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, children) / unit
def stream(count, workers):
    for _ in quoteattr.extract_many((texts[i %% len(texts)] for i in range(count)), workers=workers): pass
began = peak()
if __name__ == "__main__":
    %s
    print(peak() - began)
"""
ROWS = {
    "an article": "quoteattr.extract(max(texts, key=len))",
    "an article, with indirect": "quoteattr.extract(max(texts, key=len), kinds=('direct', 'mixed', 'indirect'))",
    "1 MB in one call": "quoteattr.extract(('\\n\\n'.join(texts) * 1000)[:1_000_000])",
    "a stream of 500 articles": "stream(500, 1)",
    "a stream of 5000 articles": "stream(5000, 1)",
    "500 articles, two workers": "stream(500, 2)",
    "5000 articles, two workers": "stream(5000, 2)",
}


def measure(work: str, folder: Path) -> float:
    script = folder / "work.py"
    script.write_text(PRELUDE % work, encoding="utf-8")
    command = [sys.executable, str(script), str(corpora.CHECKOUT / "examples")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return float(done.stdout)


def main() -> None:
    import tempfile

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--output", type=Path, help="a JSON file for the rows")
    options = parser.parse_args()
    rows = []
    print(f"{'':<30}{'peak, MB':>9}")
    with tempfile.TemporaryDirectory() as folder:
        for title, work in ROWS.items():
            rows.append({"input": title, "peak_mb": round(measure(work, Path(folder)), 1)})
            print(f"{title:<30}{rows[-1]['peak_mb']:>9}", flush=True)
    if options.output:
        options.output.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
