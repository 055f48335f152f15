"""Problems, refusals and faults as data."""

from decimal import Decimal

from billcalc.kernel.codes import FaultCode, ProblemCode, RefusalCode
from billcalc.kernel.troubles import Alternative, Fault, Problem, Refusal, Severity
from billcalc.wire.troubles import invalid_data, problem_data, refusal_data
from billcalc.words.lexicon import CHINESE


def test_a_problem_tells_its_alternatives() -> None:
    facts = {"fact": "cosphi"}
    alternatives = (Alternative("line", Decimal("0.1")), Alternative("once", None))
    problem = Problem(ProblemCode.GIVEN_FACT, Severity.NOTE, "/facts", facts, alternatives)
    assert problem_data(problem) == {
        "code": "given_fact",
        "severity": "note",
        "where": "/facts",
        "message": "the power factor was given with the request and not computed; check it at its source",
        "facts": facts,
        "alternatives": [{"value": "line", "difference": "0.10"}, {"value": "once", "difference": None}],
    }


def test_a_refusal_as_data() -> None:
    refusal = Refusal(RefusalCode.NOT_SUPPORTED, "/agreement", {"what": "step tariffs"})
    assert refusal_data(refusal) == {
        "kind": "refusal",
        "code": "not_supported",
        "where": "/agreement",
        "message": "step tariffs is not calculated yet; give the affected lines with the request",
        "facts": {"what": "step tariffs"},
    }
    assert (
        refusal_data(refusal, lexicon=CHINESE)["message"] == "尚不能计算：step tariffs；请把相关电费作为给定行写入请求"
    )


def test_invalid_input_as_data() -> None:
    faults = [Fault(FaultCode.MISSING_KEY, "r.yaml:1:1", {"key": "area"}), Fault(FaultCode.EMPTY, "r.yaml")]
    assert invalid_data(faults) == {
        "kind": "invalid",
        "faults": [
            {
                "code": "missing_key",
                "where": "r.yaml:1:1",
                "message": 'the key "area" is missing; add it',
                "facts": {"key": "area"},
            },
            {
                "code": "empty",
                "where": "r.yaml",
                "message": "the input is empty; give a document, or check its name",
                "facts": {},
            },
        ],
    }
