"""Limits of checks as data: dated documents, the later and the narrower before the earlier and the wider."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Self

from pydantic import Field, model_validator

from billcalc.audit.checks.check import Level
from billcalc.audit.checks.elimination import EXPLAIN_LIMITS
from billcalc.audit.checks.rules import CHECKS
from billcalc.audit.checks.told import TOLD
from billcalc.fields import Day, Flag, Id, Model, NotNegative, Text, at_most, fault_error
from billcalc.kernel.closed_lists import nearest
from billcalc.kernel.codes import FaultCode
from billcalc.vocabulary import CustomerClass

__all__ = ["Limits", "LimitsDocument", "Of", "SetLimits"]

_EXPLAIN = "explain_change"
_KNOWN: Mapping[str, tuple[str, ...]] = {**{check.code: check.limits for check in CHECKS}, _EXPLAIN: EXPLAIN_LIMITS}
"""The names of the limits of each check, and of the elimination."""
_MAY_BE_OFF = frozenset(check.code for check in (*CHECKS, *TOLD) if check.level is not Level.CONTRADICTION)


class Of(Model):
    """For whom a limit is; what is not told does not restrict it."""

    company: Text | None = None
    customer_class: CustomerClass | None = Field(None, alias="class")
    account: Text | None = None

    def narrowness(self) -> tuple[bool, bool, bool]:
        """An account is narrower than a class, and a class than a company."""
        return (self.account is not None, self.customer_class is not None, self.company is not None)

    def is_for(self, other: "Of") -> bool:
        """Whether it is for this one."""
        pairs = (
            (self.company, other.company),
            (self.customer_class, other.customer_class),
            (self.account, other.account),
        )
        return all(mine in (None, theirs) for mine, theirs in pairs)


class SetLimits(Model):
    """The limits of one check.

    Attributes:
        off: the check is not made; a contradiction cannot be switched off.
        source: the document or the reason.
    """

    check: Id
    limits: Annotated[dict[str, NotNegative], at_most("words"), Field(alias="set")] = Field(default_factory=dict)
    off: Flag = False
    for_whom: Of = Field(Of(), alias="for")
    source: Text

    @model_validator(mode="after")
    def _is_of_a_check(self) -> Self:
        names = _KNOWN.get(self.check, ())
        if not names and not (self.off and self.check in _MAY_BE_OFF):
            known = {code: code for code, each in _KNOWN.items() if each}
            facts = {"kind": "check", "id": self.check, "known": ", ".join(nearest(self.check, known))}
            raise fault_error(FaultCode.UNKNOWN_REFERENCE, **facts)
        for name in self.limits:
            if name not in names:
                facts = {"kind": "limit", "id": name, "known": ", ".join(names)}
                raise fault_error(FaultCode.UNKNOWN_REFERENCE, **facts)
        return self


class LimitsDocument(Model):
    """Limits from a day on.

    Attributes:
        changed_by: who decided on them.
    """

    id: Id
    start: Day = Field(alias="from")
    changed_by: Text
    source: Text
    limits: Annotated[tuple[SetLimits, ...], at_most("given")]


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one account on one day.

    Attributes:
        numbers: by check and name of the limit.
        sources: where each was told: the document and its source.
        off: the checks that are switched off, and where that was told.
    """

    numbers: Mapping[tuple[str, str], Decimal]
    sources: Mapping[tuple[str, str], str]
    off: Mapping[str, str]

    @classmethod
    def of(cls, documents: Iterable[LimitsDocument], day: date, whom: Of) -> "Limits":
        """Those of an account: of the documents that hold on the day, the narrower first, then the later told.

        Args:
            documents: in the order in which they were made.
            day: the first day that is billed.
            whom: the account, with its company and its class.
        """
        numbers: dict[tuple[str, str], Decimal] = {}
        sources: dict[tuple[str, str], str] = {}
        off: dict[str, str] = {}
        held = [document for document in documents if document.start <= day]
        told = [(each, document) for document in held for each in document.limits if each.for_whom.is_for(whom)]
        for each, document in sorted(told, key=lambda pair: pair[0].for_whom.narrowness()):
            place = f"{document.id} ({document.changed_by}): {each.source}"
            off.pop(each.check, None)
            if each.off:
                off[each.check] = place
            for name, number in each.limits.items():
                numbers[each.check, name], sources[each.check, name] = number, place
        return cls(numbers, sources, off)

    def of_elimination(self) -> Mapping[str, Decimal]:
        """Those of the elimination, by name."""
        return {name: self.numbers[_EXPLAIN, name] for name in EXPLAIN_LIMITS}
