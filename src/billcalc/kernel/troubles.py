"""The three troubles: input that is malformed, a bill that cannot be calculated, and a doubt about one that was.

Malformed data raises ``InvalidInput``; what is well formed but cannot be billed is a ``Refusal``, which is an answer;
doubt is a ``Problem`` value on the bill. Each carries a code from a closed list, the place it concerns, and the facts
its sentence needs; the sentences are those of ``words``.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from billcalc.kernel.codes import FaultCode, ProblemCode, RefusalCode
from billcalc.kernel.exception_text import in_english

__all__ = [
    "FAULTS_MAX",
    "Alternative",
    "Fault",
    "InvalidInput",
    "Problem",
    "Refusal",
    "Refused",
    "Severity",
]


FAULTS_MAX = 1_000
"""How many faults are told of one input; whoever corrects those knows what is wrong with the rest."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with the input.

    Attributes:
        where: a JSON pointer into the request, or ``file:line:col`` where the input is a text.
    """

    code: FaultCode
    where: str
    facts: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return _text(self)


class InvalidInput(ValueError):
    """The input is malformed; ``faults`` holds everything that was found, and of very much how much more there is."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        more = len(self.faults) - FAULTS_MAX + 1
        if more > 1:
            self.faults = (*self.faults[:-more], Fault(FaultCode.MORE_FAULTS, "", {"count": str(more)}))
        super().__init__(self.faults)

    def __str__(self) -> str:
        return "\n".join(str(fault) for fault in self.faults)

    def __reduce__(self) -> tuple[type["InvalidInput"], tuple[tuple[Fault, ...]]]:
        """How it is told from one process to another."""
        return InvalidInput, (self.faults,)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A well-formed request that cannot be billed, and what is missing.

    Attributes:
        lacking: the options of ``billcalc tariffs missing`` that ask for all that the bill lacks, of which this is the
            first; empty where that is not the tariffs' to tell. It is no part of what was found.
    """

    code: RefusalCode
    where: str
    facts: Mapping[str, str] = field(default_factory=dict)
    lacking: str = field(default="", compare=False)

    def __str__(self) -> str:
        return _text(self)


class Refused(Exception):
    """Carries a refusal from where it is found to ``billing.calculate``, which returns it: an answer, not an error."""

    def __init__(self, refusal: Refusal) -> None:
        self.refusal = refusal
        super().__init__(refusal)

    def __str__(self) -> str:
        return str(self.refusal)


class Severity(StrEnum):
    """How much a problem matters to whoever signs the bill."""

    DOUBT = "doubt"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Alternative:
    """What the total would be under another reading of the rule.

    Attributes:
        value: the other reading, such as ``once``.
        difference: other total − this total [the bill's currency]; None where the other reading cannot be billed.
    """

    value: str
    difference: Decimal | None


@dataclass(frozen=True, slots=True)
class Problem:
    """A doubt about a bill that was calculated all the same, with the money of the alternatives where there are any."""

    code: ProblemCode
    severity: Severity
    where: str
    facts: Mapping[str, str] = field(default_factory=dict)
    alternatives: tuple[Alternative, ...] = ()

    def __str__(self) -> str:
        return _text(self)


def _text(trouble: Fault | Refusal | Problem) -> str:
    """What Python shows of a trouble."""
    return f"{trouble.where or '/'}: {trouble.code}: {in_english(trouble.code, trouble.facts)}"
