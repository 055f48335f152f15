"""The documents of transformer losses are those of the table, to the byte."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from tools.transformer_tables import HEADS, ROOT, documents

WRITTEN: Mapping[Path, str] = dict(documents())


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: path.stem)
def test_a_document_has_the_bytes_that_the_table_gives(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == WRITTEN[path]


def test_every_document_of_the_kind_is_of_the_table() -> None:
    folder = ROOT / "tariffs/cn/national/transformer_losses"
    assert set(folder.glob("*.yaml")) == set(WRITTEN)
    assert len(HEADS) == len(WRITTEN)
