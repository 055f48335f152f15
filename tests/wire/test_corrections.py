"""Corrections as data: documents with their hashes, and corrections read back."""

import hashlib

import pytest
from jsonschema import Draft202012Validator

from billcalc.billing.identity import canonical_json
from billcalc.kernel.troubles import InvalidInput
from billcalc.wire.corrections import bill_hashes, correction_data, correction_schema, earlier_of
from billcalc.words.lexicon import ENGLISH
from tests.corrections.cases import case_of, rebilled

FOUND = {"cause": "meter_error", "error": "-0.2", "from": "2023-01-01", "to": "2023-02-01"}


def test_the_documents_sum_to_the_statement() -> None:
    data = correction_data(rebilled(case_of(**FOUND)))
    moved = {each["kind"]: each["total_fen"] for each in data["documents"]}

    assert moved == {"cancel": -184000, "replace": 207000, "back_bill": 0, "letter": 0}
    assert [each["total"] for each in data["documents"]] == ["-1840.00", "2070.00", "230.00", "230.00"]
    assert data["total"] == "230.00"
    assert data["months"][0]["energy"] == {
        "point": "M1",
        "factor": "5/4",
        "share": "1/2",
        "metered": {"peak": "1000", "flat": "600", "valley": "400"},
        "added": {"peak": "125", "flat": "75", "valley": "50"},
    }


def test_a_document_is_known_by_the_hash_of_what_it_says() -> None:
    correction = rebilled(case_of(**FOUND))
    for each in correction_data(correction)["documents"]:
        said = {key: value for key, value in each.items() if key != "sha256"}
        assert each["sha256"] == hashlib.sha256(canonical_json(said)).hexdigest()
    chinese, english = (correction_data(correction, letter_in=letter_in) for letter_in in (ENGLISH, ENGLISH))
    assert chinese == english


def test_the_language_of_the_letter_changes_the_letter_alone() -> None:
    correction = rebilled(case_of(**FOUND))
    ours, theirs = (
        [each["sha256"] for each in correction_data(correction, **told)["documents"]]
        for told in ({}, {"letter_in": ENGLISH})
    )

    assert [one == other for one, other in zip(ours, theirs, strict=True)] == [True, True, True, False]
    assert tuple(ours[:3]) == bill_hashes(correction)


def test_the_data_are_of_their_schema() -> None:
    right = {"metering_points.0.config.0.multiplier": "12"}
    normal = {
        "cause": "not_measured",
        "normal_kwh": {"peak": "1", "flat": "0", "valley": "0"},
        "from": "2023-01-01",
        "to": "2023-02-01",
    }
    for case in (case_of(**FOUND), case_of(cause="multiplier", right=right), case_of(**normal)):
        Draft202012Validator(correction_schema()).validate(correction_data(rebilled(case)))


def test_a_document_that_was_altered_is_told() -> None:
    data = correction_data(rebilled(case_of(**FOUND)))
    assert earlier_of(data, where="made.json").id == "K1"
    data["documents"][0]["total"] = "-1.00"

    with pytest.raises(InvalidInput, match="its hash is another"):
        earlier_of(data, where="made.json")


@pytest.mark.parametrize("kind", ["cancel", "replace", "back_bill", None])
def test_a_document_that_was_taken_out_is_told(kind: str | None) -> None:
    data = correction_data(rebilled(case_of(**FOUND)))
    data["documents"] = [each for each in data["documents"] if kind not in (None, each["kind"])]

    with pytest.raises(InvalidInput, match="use the file that billcalc wrote"):
        earlier_of(data, where="made.json")


def test_a_correction_does_not_pass_for_an_undoing() -> None:
    data = correction_data(rebilled(case_of(**FOUND)))
    data["undoes"] = "a" * 64

    with pytest.raises(InvalidInput, match="use the file that billcalc wrote"):
        earlier_of(data, where="made.json")


@pytest.mark.parametrize(
    "data", ["text", None, {"kind": "bill"}, {"documents": [1]}, {"documents": [{"total_fen": "x"}]}]
)
def test_what_is_no_correction_is_told(data: object) -> None:
    with pytest.raises(InvalidInput, match="billcalc rebill --format json") as raised:
        earlier_of(data, where="made.json")

    assert raised.value.faults[0].where == "made.json"
