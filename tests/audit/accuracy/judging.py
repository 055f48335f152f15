"""What became of a corrupted bill: whether its errors were named, and whether anything else was."""

from enum import StrEnum

from billcalc.audit.diagnose.cause import Instance
from billcalc.audit.diagnose.diagnosis import Diagnosis, Status
from tests.audit.accuracy.corrupting import Case, Kind
from tests.audit.accuracy.structures import is_of_request

__all__ = ["Verdict", "judged"]


class Verdict(StrEnum):
    """What was said of a corrupted bill."""

    NAMED = "named"
    """Its errors are proved, alone or beside others that make the same bill; of an unknown one: the known one is named."""
    FEWER = "fewer"
    """Fewer causes make the same bill, and are told."""
    QUIET = "quiet"
    """Nothing is wrong that is known, and nothing is named."""
    TOLD_FIRST = "told_first"
    """Nothing is said of causes before the bill itself is mended."""
    MISSED = "missed"
    """Nothing is named, or only a part, though everything was searched."""
    NOT_SEARCHED = "not_searched"
    """Nothing is named, and that not everything was searched is said."""
    WRONG = "wrong"
    """Something else is named."""
    CHANCE = "chance"
    """Known causes make the very amounts of an unknown error."""


def judged(case: Case, found: Diagnosis) -> Verdict:
    """Judge a diagnosis."""
    if found.status is Status.HINDERED:
        return Verdict.TOLD_FIRST
    if case.kind in (Kind.CORRECT, Kind.UNKNOWN):
        if found.status in (Status.AGREES, Status.UNEXPLAINED):
            return Verdict.QUIET if (case.kind is Kind.CORRECT) == (found.status is Status.AGREES) else Verdict.WRONG
        return Verdict.CHANCE if case.kind is Kind.UNKNOWN and found.status is Status.PROVED else Verdict.WRONG
    has_all = [_has(answer.causes, case.causes) for answer in found.answers]
    if case.kind in (Kind.KNOWN_AND_UNKNOWN, Kind.HIDDEN):
        if any(has_all):
            return Verdict.NAMED
        if found.status is Status.PROVED:
            return Verdict.CHANCE
        return Verdict.WRONG if found.answers else _not_named(found)
    if found.status is not Status.PROVED:
        return _not_named(found)
    if any(has_all):
        return Verdict.NAMED
    return Verdict.FEWER if len(found.answers[0].causes) < len(case.causes) else Verdict.WRONG


def _not_named(found: Diagnosis) -> Verdict:
    return Verdict.MISSED if found.is_complete else Verdict.NOT_SEARCHED


def _has(named: tuple[Instance, ...], causes: tuple[Instance, ...]) -> bool:
    return all(any(_same(each, other) for other in named) for each in causes)


def _same(one: Instance, other: Instance) -> bool:
    """Whether two are one assignment, whatever they are called."""
    are_of_requests = is_of_request(one) and is_of_request(other)
    return one == other or (are_of_requests and sorted(one.edit.assigned) == sorted(other.edit.assigned))
