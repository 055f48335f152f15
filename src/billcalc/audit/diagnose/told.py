"""What a diagnosis tells of one of many bills: its causes and their money, without the cells."""

from dataclasses import dataclass

from billcalc.audit.diagnose.cause import Instance
from billcalc.audit.diagnose.cells import summed
from billcalc.audit.diagnose.diagnosis import Diagnosis, Status
from billcalc.audit.diagnose.money import Attribution

__all__ = ["Answer", "Told", "told_of"]


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of a bill [fen].

    Attributes:
        shares: what each of its causes comes to.
        alone: what each does by itself; what several do together is what the shares have beyond.
        left: what is unexplained.
    """

    causes: tuple[Instance, ...]
    shares: tuple[int, ...]
    alone: tuple[int, ...]
    left: int

    @property
    def together(self) -> int:
        """What its causes do together, beside what each does by itself [fen]."""
        return sum(self.shares) - sum(self.alone)


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
    answers = (Answer(each.causes, each.shares, _alone(each), summed(each.unexplained)) for each in diagnosis.answers)
    left = summed(diagnosis.difference or {})
    return Told(diagnosis.status, tuple(answers), left, diagnosis.is_complete)


def _alone(answer: Attribution) -> tuple[int, ...]:
    return tuple(summed(answer.parts.get((place,), {})) for place in range(len(answer.causes)))
