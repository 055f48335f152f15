"""Tiers counted otherwise: limits used up or begun anew, days of the account, persons or allowance ignored."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import Any

from billcalc.audit.diagnose.cause import GONE, Cause, Edit, Instance, Path, Reach, Situation, Stage
from billcalc.audit.diagnose.documents import PRICED, changed, reach_of_prices, rules
from billcalc.billing.planning.opening import open_case
from billcalc.billing.tiers.period import period_of
from billcalc.kernel.troubles import Refused
from billcalc.tariff.tiers import MONTHS_OF_YEAR

__all__ = ["TIERS"]

_IGNORED = {
    "closed": "closing_ignored",
    "larger": "persons_ignored",
    "free_kwh": "allowance_ignored",
}


def _find(situation: Situation) -> Iterator[Instance]:
    billed, starts = {source.id for source in situation.bill.sources}, list[date]()
    for kind in PRICED:
        document = rules(situation, kind)
        if document is not None and document.tiers and document.id in billed:
            edit, facts = Edit(catalog=changed(kind, _used_up)), {"group": document.id, "wrong": "used_up"}
            reach = reach_of_prices(document)
            yield Instance("tiers", f"tiers.{kind}", "used_up", Stage.RULES, reach, edit, facts)
            with suppress(Refused):
                case = open_case(situation.request, situation.catalog)
                starts += [period_of(case, each).starts[0] for each in document.tiers if each.months == MONTHS_OF_YEAR]
    for group, household in situation.data.get("households", {}).items():
        here: Path = ("households", group)
        for key, value, edit in _others(here, household, starts[:1]):
            facts, reach = {"group": group, "wrong": value}, Reach(groups=frozenset((group,)))
            yield Instance("tiers", f"{group}.household.{key}", value, Stage.FILE, reach, edit, facts)


def _others(here: Path, household: Mapping[str, Any], starts: Sequence[date]) -> Iterator[tuple[str, str, Edit]]:
    """What of a household was left out, by its key; before the account there was nothing used."""
    for start in starts if household.get("opened") else ():
        rows = household.get("before", [])
        nothing = {"from": str(start), "to": household["opened"], "kwh": "0"}
        told = [
            {**nothing, "by_tier": ["0" for _ in row["by_tier"]]} if "by_tier" in row else nothing for row in rows[:1]
        ]
        edit = Edit((((*here, "opened"), GONE), ((*here, "before"), [*(told or [nothing]), *rows])))
        yield "opened", "opening_ignored", edit
    if household.get("before"):
        rows = [{**row, "kwh": "0", "by_tier": []} for row in household["before"]]
        yield "before", "began_anew", Edit((((*here, "before"), rows),))
    for key, value in _IGNORED.items():
        if household.get(key):
            yield key, value, Edit((((*here, key), GONE),))


def _used_up(document: Any) -> Any:
    """Limits that were not reset: whatever is used is above the last of them."""
    tables = [
        table.model_copy(
            update={
                "limits": tuple(
                    each.model_copy(update={"up_to": tuple(limit * 0 for limit in each.up_to)}) for each in table.limits
                )
            }
        )
        for table in document.tiers
    ]
    return document.model_copy(update={"tiers": tuple(tables)})


TIERS = Cause("tiers", _find)
