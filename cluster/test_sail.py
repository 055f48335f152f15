"""Rows under Sail, which speaks as Spark does and needs no Java: each comes out as on one machine."""

from collections.abc import Iterator

import pytest
from pyspark.sql import SparkSession
from pyspark.sql.functions import lit

from billcalc.kernel.troubles import InvalidInput
from billcalc.spark import bill_frame
from cluster.rows import TEMPLATE, requests, same

pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
pysail = pytest.importorskip("pysail.spark", reason="Sail is not installed: make cluster")


@pytest.fixture(scope="module")
def session() -> Iterator[SparkSession]:
    server = pysail.SparkConnectServer()
    server.start(background=True)
    _, port = server.listening_address
    found = SparkSession.builder.remote(f"sc://localhost:{port}").getOrCreate()
    yield found
    found.stop()
    server.stop()


def test_a_hundred_thousand_rows_come_out_as_on_one_machine(session: SparkSession) -> None:
    frame = session.createDataFrame(requests()).repartition(7)
    assert same(bill_frame(frame, template=TEMPLATE).toArrow())


def test_columns_of_floats_are_refused_before_anything_is_billed(session: SparkSession) -> None:
    frame = session.createDataFrame(requests(10)).withColumn("facts.S1.demand_kw", lit(1.5))
    with pytest.raises(InvalidInput):
        bill_frame(frame, template=TEMPLATE)
