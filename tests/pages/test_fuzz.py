"""Whatever is sent to the pages, in whatever way: an answer of theirs, never a failure, never a trace of the program."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from billcalc.store.store import Store
from billcalc_pages import mounting
from tests.pages.audits import audited, sent, visitor_of
from tests.pages.test_notices import NOTICE
from tests.pages.test_routes import all_routes
from tests.pages.visiting import REQUEST, TWO_CAUSES, Browser
from tests.store.auditing import whole_life

TEMPLATES = Path(mounting.__file__).parent / "templates"
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "QUERY")
FILES = ("request", "issued", "history", "requests", "notice", "checkpoints", "variants", "template", "file_1")
GOOD = (
    REQUEST,
    TWO_CAUSES,
    NOTICE,
    audited(),
    b"%PDF-1.7\n",
    b"PK\x03\x04" + bytes(60),
    b"\xd0\xcf\x11\xe0" + bytes(60),
)
"""What files begin with, and whole ones, that are then spoilt."""
MULTIPART = "multipart/form-data; boundary=b"


def names() -> list[str]:
    """The fields of all forms; numbered ones with a number, and those of questions."""
    told = {name for each in TEMPLATES.glob("*.html") for name in re.findall(r'name="(\w+)', each.read_text("utf-8"))}
    asked = ("area", "month", "class", "billing", "voltage", "mode", "transformers", "contract", "standard", "demand")
    numbered = {f"{name}{number}" for name in told if name.endswith("_") for number in (0, 1)}
    return sorted({*told, *asked, *numbered, "column_0", "cell_1", "number_1", "reason_1", "month", "url"} - {"token"})


@pytest.fixture(scope="module")
def visitor(tmp_path_factory: pytest.TempPathFactory) -> Browser:
    """A visitor of a service that has findings, and an audit whose columns are not accepted yet."""
    folder = tmp_path_factory.mktemp("service")
    with_life = Store(str(folder / "findings.sqlite"), make=True)
    whole_life(with_life)
    with_life.close()
    return visitor_of(folder, store=str(folder / "findings.sqlite"))


@pytest.fixture(scope="module")
def forms(visitor: Browser) -> dict[str, list[str]]:
    """The paths of each method, their variable parts filled in with what there is; what removes is left out."""
    audit = sent(visitor, audited()).rpartition("/")[2]
    filled = {"told": audit, "finding": "1", "number": "1", "name": "table", "area": "cn-guangxi", "code": "period_gap"}
    filled |= {"document:path": "cn/guangxi/purchase_price/2024-06", "rest:path": "x"}
    found: dict[str, list[str]] = {}
    for method, path in sorted(all_routes()):
        if not path.endswith("/remove"):
            found.setdefault(method, []).append(re.sub(r"\{([^}]+)\}", lambda part: filled[part[1]], path))
    return found


@pytest.fixture(scope="module")
def paths(forms: dict[str, list[str]]) -> list[str]:
    """All paths."""
    return sorted({path for each in forms.values() for path in each})


def holds(answer: httpx.Response, asked: object) -> None:
    assert answer.status_code < 500, asked
    for trace in ("Traceback", "site-packages", "billcalc_pages/", "Error:"):
        assert trace not in answer.text, asked


@pytest.mark.parametrize("method", METHODS)
def test_every_page_answers_every_method(visitor: Browser, paths: list[str], method: str) -> None:
    for path in paths:
        answer = visitor(method, f"/zh{path}")
        holds(answer, path)
        assert method in ("GET", "HEAD") or answer.status_code >= 303, path


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (b"", MULTIPART),
        (b"", "multipart/form-data"),
        (b"--b--\r\n", MULTIPART),
        (b"--b\r\ncontent-disposition: form-data; name=token\r\n\r\nx", MULTIPART),
        (b"--b\r\ncontent-disposition: form-data\r\n\r\nx\r\n--b--\r\n", MULTIPART),
        (b'--b\r\ncontent-disposition: form-data; name="\x00"\r\n\r\nx\r\n--b--\r\n', MULTIPART),
        (b'--b\r\ncontent-disposition: form-data; name="\xff"\r\n\r\n\xff\r\n--b--\r\n', MULTIPART),
        (b"--b\r\n" * 3000, MULTIPART),
        (b'--b\r\ncontent-disposition: form-data; name="a"\r\n\r\n1\r\n' * 500 + b"--b--\r\n", MULTIPART),
        (b"token=1&request_text=x", "application/x-www-form-urlencoded"),
        (b'{"token": "1"}', "application/json"),
        (b"x", "text/plain; charset=\xff".encode("latin-1").decode("latin-1")),
    ],
)
def test_every_form_refuses_what_is_no_form(
    visitor: Browser, paths: list[str], content: bytes, media_type: str
) -> None:
    for path in paths:
        headers = {"content-type": media_type.encode("latin-1")}
        answer = visitor("POST", f"/zh{path}", content=content, headers=headers)
        holds(answer, path)
        assert answer.status_code >= 400, path


@st.composite
def spoilt(draw: st.DrawFn) -> bytes:
    """A good file, of which a piece is another."""
    content = draw(st.sampled_from(GOOD))
    begin = draw(st.integers(0, len(content)))
    end = draw(st.integers(begin, min(len(content), begin + 40)))
    return content[:begin] + draw(st.binary(max_size=12)) + content[end:]


TEXTS = st.one_of(
    st.text(max_size=20),
    st.sampled_from(
        ["0", "-1", "1e999", "NaN", "\x00", "９", "2026-13", "cn-guangxi", "110kV", "contracted", "yes", "{"]
    ),
    st.sampled_from([REQUEST.decode(), "area: [", "- &x *x", "a" * 5000]),
)


@given(
    place=st.integers(0, 1000),
    fields=st.dictionaries(st.sampled_from(names()), TEXTS, max_size=8),
    files=st.dictionaries(
        st.sampled_from(FILES),
        st.tuples(st.sampled_from(["a.yaml", "a.csv", "a.xlsx", "a.xls", "a.pdf", "..", "<b>", ""]), spoilt()),
        max_size=3,
    ),
)
@example(place=0, fields={"request_text": "{", "amount_0": "1"}, files={})
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_every_form_answers_whatever_is_filled_in(
    visitor: Browser, forms: dict[str, list[str]], place: int, fields: dict[str, str], files: Mapping[str, Any]
) -> None:
    path = forms["POST"][place % len(forms["POST"])]
    answer = visitor.post(f"/zh{path}", fields, **files)

    holds(answer, path)
    assert "<b>" not in answer.text.partition("<h1>")[2].partition("</h1>")[0]


@pytest.mark.parametrize("token", ["", "0", "0" * 64, "\x00", "é" * 64, "０" * 64, "a" * 100_000], ids=range(7))
def test_no_form_is_taken_with_another_token(visitor: Browser, forms: dict[str, list[str]], token: str) -> None:
    for path in forms["POST"]:
        answer = visitor.post(f"/zh{path}", token=token, request=("june.yaml", REQUEST))
        assert answer.status_code == 403, path
