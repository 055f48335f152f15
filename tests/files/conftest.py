"""The two parsers of PyYAML."""

from typing import Any

import pytest

from billcalc.files import yaml_text
from tests.files.reading import PARSERS


@pytest.fixture(params=PARSERS)
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The one in C, and the one in Python that is used where that one is missing."""
    monkeypatch.setattr(yaml_text, "_LOADER", request.param)
    return request.param
