"""Time-of-use documents, and the amendments that change a part of one."""

from collections.abc import Iterable, Mapping
from typing import Any, Literal

from pydantic import model_validator

from billcalc.fields import Text, fault_error
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.sources import weakest
from billcalc.kernel.troubles import Fault, InvalidInput
from billcalc.tariff.headers import Header
from billcalc.tariff.time_of_use_checks import flaws
from billcalc.tariff.time_of_use_tables import Tables
from billcalc.vocabulary import Kind

__all__ = ["TimeOfUse", "amended"]


class TimeOfUse(Header, Tables):
    """The time bands of an area, and what they do to prices.

    Attributes:
        amends: the id of the document that it changes a part of, from its own start on: what it tells replaces what
            that document tells under the same name, null leaves a row out, the rest stays.
    """

    kind: Literal[Kind.TIME_OF_USE]
    amends: Text | None = None

    @model_validator(mode="after")
    def _is_whole(self) -> "TimeOfUse":
        if self.amends is None:
            for flaw in flaws(self):
                raise fault_error(flaw.code, **flaw.facts)
        return self


def amended(documents: Iterable[Header]) -> tuple[Header, ...]:
    """The documents, each amendment with all that it leaves as it was.

    What an amendment changes is the document of the id, or what supersedes that. A bill that rests on the result rests
    on both, so its evidence is the weaker, and where the amended document was last seen the result was, too: then it is
    dated by ``effective`` and ``seen_in_force``.

    Raises:
        InvalidInput: where an amendment changes nothing that is there, or what comes of it is not whole; the place of a
            fault is the id of the document.
    """
    every = tuple(documents)
    composer = _Composer(every)
    composed = tuple(composer.whole(each) if isinstance(each, TimeOfUse) else each for each in every)
    if composer.faults:
        raise InvalidInput(composer.faults)
    return composed


class _Composer:
    def __init__(self, documents: tuple[Header, ...]) -> None:
        self.faults: list[Fault] = []
        self._by_id = {each.id: each for each in documents if isinstance(each, TimeOfUse)}
        self._successor = {each.supersedes: each.id for each in documents if each.supersedes is not None}
        self._whole: dict[str, TimeOfUse] = {}

    def whole(self, document: TimeOfUse, passed: tuple[str, ...] = ()) -> TimeOfUse:
        """A document with what it amends."""
        if document.amends is None:
            return document
        if document.id not in self._whole:
            self._whole[document.id] = self._compose(document, (*passed, document.id))
        return self._whole[document.id]

    def _compose(self, document: TimeOfUse, passed: tuple[str, ...]) -> TimeOfUse:
        assert document.amends is not None, "only an amendment is composed"
        base = self._by_id.get(self._successor.get(document.amends, document.amends))
        if base is None or base.area != document.area or base.id in passed:
            others = [each.id for each in self._by_id.values() if each.area == document.area and each.id not in passed]
            known = ", ".join(others) or "(none)"
            facts = {"kind": "document to amend", "id": document.amends, "known": known}
            self.faults.append(Fault(FaultCode.UNKNOWN_REFERENCE, document.id, facts))
            return document
        composed = _with(self.whole(base, passed), document)
        self.faults.extend(Fault(flaw.code, document.id, flaw.facts) for flaw in flaws(composed))
        return composed


def _with(base: TimeOfUse, amendment: TimeOfUse) -> TimeOfUse:
    """The amendment's document with the tables of both."""
    tables: dict[str, Any] = {}
    for name in Tables.model_fields:
        before, told = getattr(base, name), getattr(amendment, name)
        if isinstance(told, Mapping):
            merged = {**before, **told}
            tables[name] = {row: merged[row] for row in merged if merged[row] is not None}
        else:
            tables[name] = told if name in amendment.model_fields_set else before
    evidence = weakest((base.evidence, amendment.evidence))
    seen = amendment.seen_in_force or base.seen_in_force
    return amendment.model_copy(update={**tables, "evidence": evidence, "seen_in_force": seen})
