"""Requests made from the contract, valid and broken: the service answers every one of them as the contract says.

The edges of every value are some six thousand requests, which each process that collects these tests makes: they are asked in
CI.
"""

from copy import deepcopy
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.checks import CHECKS, load_all_checks

from billcalc.library.catalog import load_catalog
from billcalc_api.app import create_app
from billcalc_api.forms import FORM
from billcalc_api.settings import Settings
from billcalc_api.tables import TABLES
from tests.api.calling import contract
from tests.few_tariffs import few_tariffs

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
CONFIG = schemathesis.Config.from_dict({"phases": {"coverage": {"enabled": ASKS_EDGES}}})


INVENTED_FROM = deepcopy(contract())
for operations in INVENTED_FROM["paths"].values():
    for asked in operations.values():
        # Forms have the same requests in them, which are dear to invent; tests/api/test_forms.py holds forms.
        asked.get("requestBody", {}).get("content", {}).pop(FORM, None)
# Its months are requests, which are invented for bills; tests/api/test_advice.py holds it.
del INVENTED_FROM["paths"]["/v1/advice"]
schema = schemathesis.openapi.from_dict(INVENTED_FROM, config=CONFIG)
schema.app = create_app(Settings(), load_catalog(few_tariffs()))


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
    operation = schema[path][method]
    case = data.draw(operation.as_strategy(generation_mode=schemathesis.GenerationMode.POSITIVE))
    answer = case.call(base_url="http://127.0.0.1:8000")
    if answer.status_code != 200:
        told = operation.definition.raw["responses"][str(answer.status_code)]["description"]
        problem = answer.json()
        codes = {fault["code"] for fault in problem.get("faults", [problem])}
        assert all(f"`{code}`" in told for code in codes), sorted(code for code in codes if f"`{code}`" not in told)
