"""Comparisons and diagnoses that ``verify`` can follow to their end: with what they rest on, and sealed."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from billcalc.audit.comparison import Comparison
from billcalc.audit.diagnose.diagnosis import Diagnosis
from billcalc.audit.reading import Reading
from billcalc.wire.bill import proof_data, seal_of
from billcalc.wire.comparison import ComparisonData, comparison_data
from billcalc.wire.diagnosis import DiagnosisData, diagnosis_data
from billcalc.words.lexicon import ENGLISH, Lexicon

__all__ = ["proved_comparison", "proved_diagnosis"]


def proved_comparison(
    comparison: Comparison, *, lexicon: Lexicon = ENGLISH, reading: Reading | None = None
) -> ComparisonData:
    """A comparison with both bills that it is of: ours with its proof, the issued one as it was read."""
    bill, issued = comparison.of_bills
    data = comparison_data(comparison, lexicon=lexicon, reading=reading)
    data["rests_on"] = {
        "bill": proof_data(bill, lexicon=lexicon),
        "issued": _as_printed(issued.model_dump(by_alias=True)),
    }
    data["seal"] = seal_of(data)
    return data


def _as_printed(told: Any) -> Any:
    """The issued bill with the digits that it prints: a number of ours is rounded to as many beside them."""
    if isinstance(told, Mapping):
        return {str(key): _as_printed(value) for key, value in told.items()}
    if isinstance(told, list | tuple):
        return [_as_printed(each) for each in told]
    if isinstance(told, Decimal):
        return f"{told:f}"
    return None if told is None else str(told)


def proved_diagnosis(
    diagnosis: Diagnosis, *, lexicon: Lexicon = ENGLISH, reading: Reading | None = None
) -> DiagnosisData:
    """A diagnosis with the comparison whose difference it tells the causes of."""
    data = diagnosis_data(diagnosis, lexicon=lexicon)
    data["comparison"] = proved_comparison(diagnosis.comparison, lexicon=lexicon, reading=reading)
    data["seal"] = seal_of(data)
    return data
