"""One levy at the rate of another date, where the document of that date has others of other rates, too."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from billcalc.audit.diagnose.cause import Cause, Edit, Instance, Reach, Situation, Stage
from billcalc.audit.diagnose.documents import changed, neighbours
from billcalc.tariff.components import Component
from billcalc.vocabulary import Kind

__all__ = ["LEVY_RATE"]

_PLACES = (-1, 1, -2)


def _find(situation: Situation) -> Iterator[Instance]:
    """A levy that differs alone is that of the whole table, which is a cause of its own."""
    for current, other in neighbours(situation, Kind.LEVIES, _PLACES):
        ours, theirs = (_by_code(document) for document in (current, other))
        codes = [code for code in dict.fromkeys((*ours, *theirs)) if ours.get(code) != theirs.get(code)]
        for code in codes if len(codes) > 1 else ():
            reach = Reach(frozenset(each.section.value for each in (*ours.get(code, ()), *theirs.get(code, ()))))
            facts = {**situation.line(code), "document": other.id, "right": current.id}
            edit = Edit(catalog=changed(Kind.LEVIES, _with(current.id, code, theirs.get(code, ()))))
            yield Instance("levy_rate", f"tariff.levies.{code}", other.id, Stage.DOCUMENTS, reach, edit, facts)


def _by_code(document: Any) -> dict[str, tuple[Component, ...]]:
    found: dict[str, tuple[Component, ...]] = {}
    for each in document.components:
        found[each.code] = (*found.get(each.code, ()), each)
    return found


def _with(identity: str, code: str, components: Sequence[Component]) -> Callable[[Any], Any]:
    """One document with other components of a code, in their place."""

    def change(document: Any) -> Any:
        if document.id != identity:
            return document
        kept = [each for each in document.components if each.code != code]
        return document.model_copy(update={"components": (*kept, *components)})

    return change


LEVY_RATE = Cause("levy_rate", _find)
