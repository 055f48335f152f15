"""Requests made from the contract, valid and broken: the service answers every one of them as the contract says.

The edges of every value are some thousands of requests, which each process that collects these tests makes: they are asked in
CI. What a request for a bill may be is asked of the route of bills, edge by edge. Other bodies have such a request in them, are
read by the same model, and stop where it is no request: their own edges are asked beside a few requests, of which some are billed.
"""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.checks import CHECKS, load_all_checks
from starlette.types import Receive, Scope, Send

from billcalc.files.documents import Format, parse_document
from billcalc.library.catalog import load_catalog
from billcalc_api.app import create_app
from billcalc_api.forms import FORM
from billcalc_api.settings import Settings
from billcalc_api.tables import TABLES
from tests.api.calling import contract
from tests.few_tariffs import few_tariffs

ROOT = Path(__file__).parents[2]

load_all_checks()


@schemathesis.serializer("application/x-ndjson", *TABLES)
def json_lines(_: object, value: object) -> bytes:
    """What schemathesis does not know of itself: it has text for this body, which is sent as it is."""
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogatepass")


LEFT_OUT = {
    # A request may fit the schema and contradict itself (a period outside its cycle, a group that is not there), which
    # JSON Schema cannot say: 400 and 422 are right answers to it, and below their codes are held to the contract.
    "positive_data_acceptance",
    # Documents are read only: nothing is created that could be missing or used after it was deleted.
    "ensure_resource_availability",
    "use_after_free",
    # Keys are off here; tests/api/test_gate.py holds them.
    "ignored_auth",
    "object_level_authorization",
}
EXCLUDED: list[Any] = [check for check in CHECKS.get_all() if check.__name__ in LEFT_OUT]
# A batch is answered line by line, so no body is refused as a whole.
EXCLUDED_FOR_BATCHES: list[Any] = [
    check for check in CHECKS.get_all() if check.__name__ in LEFT_OUT | {"negative_data_rejection"}
]

INVENTED = min(10, settings().max_examples // 8)
"""Of whole requests, which are dear to invent."""
ASKS_EDGES = settings().max_examples >= 100
SOON = 120
"""In which an answer comes on a busy machine, too: how fast it is no test says [s]."""
CONFIG = schemathesis.Config.from_dict({"request-timeout": SOON, "phases": {"coverage": {"enabled": ASKS_EDGES}}})


_REQUEST = {"$ref": "#/components/schemas/Request"}
FIXTURES = ("official/guangxi-2024-06-p1", "by_hand/two-suspensions")


def few_requests() -> list[Any]:
    """Requests as bodies have them: of a whole month, of two suspensions; of no tariffs; and one that contradicts itself."""
    paths = (ROOT / "fixtures" / name / "request.yaml" for name in FIXTURES)
    billed: list[Any] = [
        parse_document(path.read_text(encoding="utf-8"), name=path.name, written_in=Format.YAML).data for path in paths
    ]
    [first, *_] = billed
    return [*billed, {**first, "area": "cn-hainan"}, {**first, "period": {"from": "2024-05-01", "to": "2024-06-01"}}]


def with_few_requests(schema: Any) -> Any:
    """A schema of the contract in which a request is one of a few."""
    if schema == _REQUEST:
        return {"enum": few_requests()}
    if isinstance(schema, dict):
        return {key: with_few_requests(inner) for key, inner in schema.items()}
    return [with_few_requests(inner) for inner in schema] if isinstance(schema, list) else schema


INVENTED_FROM = deepcopy(contract())
for operations in INVENTED_FROM["paths"].values():
    for asked in operations.values():
        # Forms have the same requests in them, which are dear to invent; tests/api/test_forms.py holds forms.
        asked.get("requestBody", {}).get("content", {}).pop(FORM, None)
# Its months are requests, which are invented for bills; tests/api/test_advice.py holds it.
del INVENTED_FROM["paths"]["/v1/advice"]
whole = schemathesis.openapi.from_dict(deepcopy(INVENTED_FROM), config=CONFIG)
INVENTED_FROM["components"]["schemas"] = with_few_requests(INVENTED_FROM["components"]["schemas"])
schema = schemathesis.openapi.from_dict(INVENTED_FROM, config=CONFIG)


class Kept:
    """A service, made at its first request and kept for those of all tests: schemathesis would end it, with its workers, after each.

    Args:
        make: makes it.
    """

    def __init__(self, make: Callable[[], FastAPI]) -> None:
        self._make = make
        self._running = AsyncExitStack()
        self._loop: asyncio.AbstractEventLoop | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":  # left to who asks for it first and to `end`
            return
        if self._loop is None:
            self._app = self._make()
            await self._running.enter_async_context(self._app.router.lifespan_context(self._app))
            self._loop = asyncio.get_running_loop()
        await self._app(scope, receive, send)

    def end(self) -> None:
        """End it where it was asked anything."""
        if self._loop is not None:
            asyncio.run_coroutine_threadsafe(self._running.aclose(), self._loop).result()
            self._loop = None


kept = Kept(lambda: create_app(Settings(), load_catalog(few_tariffs())))
schema.app = whole.app = kept


@pytest.fixture(autouse=True, scope="module")
def _ended() -> Iterator[None]:
    yield
    kept.end()


@schema.parametrize()
@settings(max_examples=INVENTED, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_answer_is_one_of_the_contract(case: schemathesis.Case[Any]) -> None:
    case.call_and_validate(
        base_url="http://127.0.0.1:8000",
        excluded_checks=EXCLUDED_FOR_BATCHES if case.path.endswith(":batch") else EXCLUDED,
    )


@pytest.mark.parametrize(
    ("method", "path"), [("POST", "/v1/bills"), ("POST", "/v1/bills:compare"), ("GET", "/v1/tariffs")]
)
@settings(max_examples=INVENTED, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_what_fits_the_schema_is_refused_for_a_reason_that_the_contract_tells(
    method: str, path: str, data: st.DataObject
) -> None:
    operation = whole[path][method]
    case = data.draw(operation.as_strategy(generation_mode=schemathesis.GenerationMode.POSITIVE))
    answer = case.call(base_url="http://127.0.0.1:8000")
    if answer.status_code != 200:
        told = operation.definition.raw["responses"][str(answer.status_code)]["description"]
        problem = answer.json()
        codes = {fault["code"] for fault in problem.get("faults", [problem])}
        assert all(f"`{code}`" in told for code in codes), sorted(code for code in codes if f"`{code}`" not in told)
