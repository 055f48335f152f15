"""Remarks on the inputs of a long run."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from billcalc.cli.batch_progress import Remarks
from billcalc.words.language import Language


def test_rows_and_columns_that_a_spreadsheet_hides_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    records = SimpleNamespace(encoding="utf-8", hidden=3, hidden_columns=("kvarh", "memo"))
    table = SimpleNamespace(name="book.xlsx", records=records, unread=("memo",))
    Remarks(Language.ENGLISH).begins(cast("Any", SimpleNamespace(tables=[table], resumed="", damaged=0)))
    said = capsys.readouterr().err
    assert said.startswith("book.xlsx: ")
    assert "3" in said
    assert "book.xlsx: hidden columns are read, too: kvarh\n" in said
