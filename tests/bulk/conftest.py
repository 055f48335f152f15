"""Columns are what is tried here, however few the rows of a test are."""

from collections.abc import Iterator
from importlib import import_module

import pytest


@pytest.fixture(autouse=True, scope="module")
def columns_for_few_rows() -> Iterator[pytest.MonkeyPatch]:
    """Groups of few rows in columns, too, which one after the other would be sooner."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(import_module("billcalc.bulk.calculate"), "FEW_ROWS", 0)
        yield patch
