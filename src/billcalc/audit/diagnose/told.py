"""What a diagnosis tells of one of many bills: its causes and their money, without the cells."""

from dataclasses import dataclass

from billcalc.audit.diagnose.cause import Instance
from billcalc.audit.diagnose.diagnosis import Diagnosis, Status

__all__ = ["Answer", "Told", "told_of"]


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of a bill: its causes, what each comes to, and what is left [fen]."""

    causes: tuple[Instance, ...]
    shares: tuple[int, ...]
    left: int


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of a bill.

    Attributes:
        left: what differs, where there is no answer [fen].
    """

    status: Status
    answers: tuple[Answer, ...]
    left: int
    is_complete: bool


def told_of(diagnosis: Diagnosis) -> Told:
    """What a diagnosis of one bill tells."""
    answers = (Answer(each.causes, each.shares, sum(each.unexplained.values())) for each in diagnosis.answers)
    left = sum((diagnosis.difference or {}).values())
    return Told(diagnosis.status, tuple(answers), left, diagnosis.is_complete)
