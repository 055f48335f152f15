"""Rows under Spark on two cores of this machine: the same bytes as without it, also where workers are killed."""

import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from pyspark.sql import SparkSession

from billcalc.bulk.paths import ACCOUNT, pointer_of
from billcalc.spark import ROW, bill_frame
from cluster.rows import TEMPLATE, requests, same

pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # sockets that Spark leaves

FEW = 20_000
Batches = Iterable[pa.RecordBatch]


@pytest.fixture(scope="module")
def session() -> Iterator[SparkSession]:
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java (Debian: openjdk-17-jre-headless)")
    os.environ |= {"PYSPARK_PYTHON": sys.executable, "PYTHONPATH": os.getcwd()}
    settings = {"spark.ui.enabled": "false", "spark.sql.shuffle.partitions": "5", "spark.driver.memory": "2g"}
    builder = SparkSession.builder.master("local[2,4]")  # a task is tried four times
    for name, value in settings.items():
        builder = builder.config(name, value)
    found = builder.getOrCreate()
    yield found
    found.stop()


def test_a_hundred_thousand_rows_come_out_as_on_one_machine(session: SparkSession) -> None:
    frame = session.createDataFrame(requests()).repartition(7)
    assert same(bill_frame(frame, template=TEMPLATE).toArrow())


def killed_once(marker: Path) -> Callable[[Batches], Iterator[pa.RecordBatch]]:
    """What hands batches on, and kills the worker that it first runs in when it has handed on one."""

    def hand_on(batches: Batches) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            yield batch
            try:
                marker.touch(exist_ok=False)
            except FileExistsError:
                continue
            os.kill(os.getpid(), signal.SIGKILL)

    return hand_on


def columns_of(frame: Any) -> str:
    return ", ".join(f"`{name}` {kind}" for name, kind in frame.dtypes)


def test_where_workers_are_killed_nothing_is_lost_and_nothing_comes_twice(
    session: SparkSession, tmp_path: Path
) -> None:
    before, behind = tmp_path / "before", tmp_path / "behind"
    frame = session.createDataFrame(requests(FEW)).repartition(7)
    frame = frame.toDF(*(name if name in (ROW, ACCOUNT) else pointer_of(name) for name in frame.columns))
    frame = frame.mapInArrow(killed_once(before), columns_of(frame))
    billed = bill_frame(frame, template=TEMPLATE)
    told = billed.mapInArrow(killed_once(behind), columns_of(billed)).toArrow()
    assert before.exists()
    assert behind.exists()
    assert same(told, FEW)
