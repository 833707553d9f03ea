"""Spark with executors of their own, each a Java process: one of them is killed, and its work is done again."""

import os
import shutil
import signal
import sys
from functools import partial
from pathlib import Path

import pytest

from quoteattr.integrations.frames import extract_frame, extract_frames, schema

pyspark = pytest.importorskip("pyspark", reason="pyspark is not installed: pip install 'quoteattr[spark]'")
if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
    pytest.skip("Java is not installed: apt-get install default-jre-headless", allow_module_level=True)
if not Path("/proc/self/stat").exists():
    pytest.skip("an executor is found by way of /proc", allow_module_level=True)

pytestmark = [pytest.mark.spark, pytest.mark.filterwarnings("ignore")]

DOCUMENTS = 2000


@pytest.fixture(scope="module")
def spark():
    from pyspark.sql import SparkSession

    os.environ["SPARK_HOME"] = str(Path(pyspark.__file__).parent)
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, sys.path))
    os.environ["PYSPARK_PYTHON"] = os.environ["PYSPARK_DRIVER_PYTHON"] = sys.executable
    session = (
        SparkSession.builder.master("local-cluster[2,1,1024]")  # two executors of one core and a gigabyte
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.executor.memory", "512m")
        .config("spark.default.parallelism", "8")  # parts; a shuffle instead would lie on the executor that dies
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "100")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("OFF")
    yield session
    session.stop()


def executor():
    """The Java process that this worker serves: the nearest above it."""
    process = os.getpid()
    while Path(f"/proc/{process}/comm").read_text().strip() != "java":
        process = int(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[1])
    return process


def fall(frames, marker):
    """Work as `extract_spark` has it done, but kill the executor, once, in the middle of a part."""
    for number, quotes in enumerate(extract_frames(frames)):
        if number == 1 and not marker.exists():
            marker.write_text(f"{executor()}")
            os.kill(executor(), signal.SIGKILL)
        yield quotes


def test_the_work_of_a_killed_executor_is_done_again(spark, tmp_path):
    import pandas as pd

    names = ["Ann Lee", "Bo Ray"]
    texts = [f"“We counted {number} boats,” said {names[number % 2]}." for number in range(DOCUMENTS)]
    articles = pd.DataFrame({"id": range(DOCUMENTS), "text": texts})
    marker = tmp_path / "fell"
    table = spark.createDataFrame(articles, "id bigint, text string")
    rows = table.mapInPandas(partial(fall, marker=marker), schema("bigint")).toPandas()
    assert int(marker.read_text()) != os.getpid()
    columns = ["id", "start", "end", "text", "speaker"]
    found = rows.sort_values("id", kind="stable")[columns].to_numpy().tolist()
    assert len(found) == DOCUMENTS
    assert found == extract_frame(articles)[columns].to_numpy().tolist()
