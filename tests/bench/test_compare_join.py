"""The query written by hand tells the lines that a comparison tells."""

from pathlib import Path

import pytest

from bench.compare_join import BY_HAND, CHECKED, by_hand, tables, told
from billcalc.runs.bulk_comparison import compare_tables
from billcalc.runs.issued_tables import IssuedTable


@pytest.mark.no_cover
@pytest.mark.parametrize("query", [BY_HAND, CHECKED], ids=["for good", "checked"])
def test_a_query_written_by_hand_tells_the_lines_of_a_comparison(query: str, tmp_path: Path) -> None:
    issued, components = tables(tmp_path, 4_000)
    hand, ours = tmp_path / "hand.parquet", tmp_path / "ours.parquet"
    by_hand(issued, components, hand, query)
    compare_tables(issued, components, ours, table=IssuedTable())
    assert told(hand) == told(ours) != []
