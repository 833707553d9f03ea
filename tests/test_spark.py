"""Spark in local mode, with a real pyspark and Java: rows as of one process, whatever happens to its workers."""

import os
import shutil
import signal
import sys
from functools import partial

import pytest

from quoteattr.errors import UsageError
from quoteattr.integrations.frames import TYPES, extract_frame, extract_frames, extract_spark, schema

pytest.importorskip("pyspark", reason="pyspark is not installed: pip install 'quoteattr[spark]'")
if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
    pytest.skip("Java is not installed: apt-get install default-jre-headless", allow_module_level=True)

import pandas as pd

pytestmark = [pytest.mark.spark, pytest.mark.filterwarnings("ignore")]

DOCUMENTS = 10_000
MISSING = 4321  # the document whose text is missing
NAMES = ["Ann Lee", "Bo Ray", "Cy Fox", "Di Orr", "Ed Poe"]


def text(number):
    name = NAMES[number % len(NAMES)]
    return (
        f"Court hears case {number}\n\n{name} came to court on Monday.\n\n"
        f"“We counted {number} boats,” {name.split()[1]} said. “It was late.”\n\n"
        f"The clerk called the list “a fair copy of page {number}”."
    )


@pytest.fixture(scope="module")
def articles():
    texts = [None if number == MISSING else text(number) for number in range(DOCUMENTS)]
    return pd.DataFrame({"id": range(DOCUMENTS), "text": texts})


@pytest.fixture(scope="module")
def expected(articles):
    return rows_of(extract_frame(articles))


@pytest.fixture(scope="module")
def spark():
    from pyspark.sql import SparkSession

    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, sys.path))
    os.environ["PYSPARK_PYTHON"] = os.environ["PYSPARK_DRIVER_PYTHON"] = sys.executable
    session = (
        SparkSession.builder.master("local[2,4]")  # two threads; a task may fail three times
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "200")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("OFF")
    yield session
    session.stop()


@pytest.fixture(scope="module")
def table(spark, articles):
    return spark.createDataFrame(articles, "id bigint, text string").repartition(8)


def rows_of(frame):
    """The rows of a pandas data frame in order of document and place, with None where nothing is."""
    plain = frame.sort_values(["id", "start"], kind="stable").astype(object)
    return plain.where(frame.notna().loc[plain.index], None).to_numpy().tolist()


def test_ten_thousand_documents_give_the_rows_of_one_process(table, expected):
    quotes = extract_spark(table)
    assert [(field.name, field.dataType.simpleString()) for field in quotes.schema] == [
        (name, "bigint" if name == "id" else kind) for name, kind in TYPES.items()
    ]
    rows = rows_of(quotes.toPandas())
    assert len(rows) == 2 * DOCUMENTS - 1  # two a document, and one error
    assert rows == expected
    failed = [row for row in rows if row[-1] is not None]
    assert [(row[0], row[-1]) for row in failed] == [(MISSING, "a text is a str or a spaCy Doc; got NoneType")]


def fall(frames, marker):
    """Work as `extract_spark` has it done, but kill the process that does it, once, in the middle of its part."""
    for number, quotes in enumerate(extract_frames(frames)):
        if number == 1 and not marker.exists():
            marker.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        yield quotes


def test_the_work_of_a_killed_worker_is_done_again(table, expected, tmp_path):
    marker = tmp_path / "fell"
    rows = rows_of(table.mapInPandas(partial(fall, marker=marker), schema("bigint")).toPandas())
    assert marker.exists()
    assert rows == expected


def test_a_mistake_is_told_before_anything_runs(table):
    with pytest.raises(UsageError, match="no column 'body', but id, text"):
        extract_spark(table, text="body")
    with pytest.raises(UsageError, match="kinds are"):
        extract_spark(table, kinds=["spoken"])
