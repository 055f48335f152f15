"""What sources differ on of a capacity: lines that stand by for each other, and what is left after a stop."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from billcalc.agreement.models import BasicMode
from billcalc.billing.charges.basic.records import CapacityLeft
from billcalc.billing.doubts import OtherReading, Reading
from billcalc.billing.planning.capacity import running_capacities
from billcalc.billing.planning.case import Case
from billcalc.billing.planning.changes import law_of, note_rule
from billcalc.billing.request import Request
from billcalc.kernel.codes import ProblemCode
from billcalc.kernel.troubles import Problem, Severity
from billcalc.tariff.changes_of_use import MutualStandby
from billcalc.vocabulary import Billing, Kind

__all__ = ["capacity_left", "doubt_mutual", "mutual_rule"]


def mutual_rule(case: Case, name: str, piece: int) -> MutualStandby:
    """What the rules bill of lines that stand by for each other."""
    for number in range(len(case.agreement_of(piece).supply_points[name].mutual_standby)):
        case.notes.ask(f"/agreement/{case.pieces[piece].agreement}/supply_points/{name}/mutual_standby/{number}")
    return law_of(case, case.pieces[piece].span.start).standby.mutual


def doubt_mutual(case: Case, name: str, piece: int, instead: tuple[tuple[object, object], ...]) -> None:
    """Tell that sources differ, with what the other one bills.

    Source: an exam of 2024 adds the lines; 供电营业规则 1996 art. 85 takes the largest, 条文未见.
    """
    day = case.pieces[piece].span.start
    rule = law_of(case, day).standby
    note_rule(case, rule, day)
    where = f"/agreement/{case.pieces[piece].agreement}/supply_points/{name}/mutual_standby"
    facts = {"supply_point": name, "rule": rule.article}
    noted = case.notes.note(Problem(ProblemCode.MUTUAL_STANDBY, Severity.DOUBT, where, facts))
    other = Reading.ADDED if rule.mutual is MutualStandby.LARGEST else Reading.LARGEST
    case.notes.doubt(noted, OtherReading(other, instead))


def capacity_left(case: Case, name: str, groups: Sequence[str], piece: int) -> CapacityLeft | None:
    """The capacity that runs, to be held against the least that two parts are for, if the rules tell one."""
    day = case.pieces[piece].span.start
    found = case.catalog.find(Kind.CHANGES_OF_USE, case.request.area, day)
    rule = None if found is None else found.document.two_part
    if rule is None:
        return None
    running = tuple(each for point in case.agreement_of(piece).supply_points
                    for each in running_capacities(case, point, piece))  # fmt: skip
    if not running:
        return None
    place = case.pieces[piece].agreement
    one_part = OtherReading(Reading.ONE_PART, request=partial(_in_one_part, groups=tuple(groups), since=day))
    return CapacityLeft(running, rule.from_kva, rule.article, day, place, one_part)


def _in_one_part(request: Request, *, groups: tuple[str, ...], since: date) -> Request:
    """A request in which some groups have one part from a day on; no capacity is billed then, whatever was stopped."""
    entries = []
    for place, entry in enumerate(request.agreement):
        later = request.agreement[place + 1].start if place + 1 < len(request.agreement) else None
        changed = {
            name: group.model_copy(update={"billing": Billing.ONE_PART}) if name in groups else group
            for name, group in entry.groups.items()
        }
        basic = entry.basic.model_copy(update={"mode": BasicMode.EXEMPT})
        one_part = {"groups": changed, "basic": basic, "start": max(entry.start, since)}
        if entry.start < since:
            entries.append(entry)
        if later is None or later > since:
            entries.append(entry.model_copy(update=one_part))
    return request.model_copy(update={"agreement": tuple(entries), "changes": ()})
