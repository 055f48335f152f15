"""``billcalc serve --pages``: the service with its pages, and without them where they are not asked for."""

from typing import Any

import pytest
import uvicorn
from click.testing import CliRunner

from billcalc_api.serve import serve
from tests.pages.visiting import Browser


@pytest.mark.parametrize(("asked", "status"), [(["--pages"], 200), ([], 404)])
def test_the_pages_are_there_where_they_are_asked_for(
    monkeypatch: pytest.MonkeyPatch, asked: list[str], status: int
) -> None:
    found: list[Any] = []
    monkeypatch.setattr(uvicorn, "run", lambda app, **options: found.append(app))
    answer = CliRunner().invoke(serve, [*asked, "--port", "8123"])

    assert answer.exit_code == 0
    assert ("http://127.0.0.1:8123/" in answer.stderr) == bool(asked)
    [app] = found
    assert Browser(app).get("/en/").status_code == status
