"""What the checks say of accounts that are billed wrongly: ``python -m tests.audit.accuracy.checks`` writes the page.

Each structure of the official and published fixtures has a history of made months: the facts of its own bill, some days
earlier, with energy, money and readings that vary as a quiet account's do. It is then billed under every wrong assignment
that the causes of differences know, and the checks that speak of it, and did not of the correct bill, are told.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import islice
from random import Random

from dateutil.relativedelta import relativedelta

from billcalc.audit.checks.facts import class_of, facts_of, with_history
from billcalc.audit.checks.judging import ALL, Answer, judge
from billcalc.audit.checks.limits import Limits, Of
from billcalc.audit.checks.names import NAMES as CALLED
from billcalc.audit.diagnose.cause import Instance, assigned
from billcalc.audit.diagnose.words import CAUSE_WORDS
from billcalc.billing.bill import Bill
from billcalc.billing.calculate import calculate
from billcalc.billing.request import Request
from billcalc.fields import validated
from billcalc.kernel.troubles import InvalidInput
from billcalc.runs.check_limits import limits_documents
from tests.audit.accuracy.structures import NAMES, Structure, is_of_request, structure
from tests.audit.injecting import canonical
from tests.documents import ROOT

__all__ = ["PAGE", "Tally", "page", "tallied"]

PAGE = ROOT / "docs/checks-accuracy.md"
_OF_A_CAUSE = 3
"""Wrong assignments of one cause that are tried on one structure."""
_VARYING = ("kwh", "money", "reactive_kvarh")
"""Facts whose names have one of these vary from month to month, together."""


@dataclass
class Tally:
    """What was said.

    Attributes:
        correct: by check and answer, of accounts that are billed rightly.
        tried, told: by cause, how many wrong bills there were, and of how many a check spoke.
        by: by cause and check.
    """

    accounts: int = 0
    correct: Counter[tuple[str, Answer]] = field(default_factory=Counter)
    tried: Counter[str] = field(default_factory=Counter)
    told: Counter[str] = field(default_factory=Counter)
    by: Counter[tuple[str, str]] = field(default_factory=Counter)


def tallied(names: list[str]) -> Tally:
    """Try the structures of some fixtures."""
    found = Tally()
    for name in names:
        of_name = structure(name)
        if of_name is not None:
            _try(of_name, Random(name), found)
    return found


def _try(of_name: Structure, random: Random, tally: Tally) -> None:
    ours = of_name.ours
    right = facts_of(ours.request, ours.bill)
    history = list(_history(right, ours.request.period.start, random))
    correct = _answers(ours.request, ours.bill, history)
    tally.accounts += 1
    tally.correct.update(correct.items())
    for cause, instances in _by_cause(of_name, random).items():
        for instance in instances:
            wrong = _wrong(ours.request, instance, of_name)
            if wrong is None or facts_of(*wrong) == right:
                continue
            spoken = [
                code
                for code, answer in _answers(*wrong, history).items()
                if answer is Answer.SPEAKS and correct[code] is not Answer.SPEAKS
            ]
            tally.tried[cause] += 1
            tally.told[cause] += bool(spoken)
            tally.by.update((cause, code) for code in spoken)


def _by_cause(of_name: Structure, random: Random) -> dict[str, list[Instance]]:
    """Some wrong assignments of each cause, those of numbers drawn."""
    drawn = [*of_name.words, *(of_name.draw(random) for _ in range(60))]
    found: dict[str, list[Instance]] = {}
    for each in drawn:
        if is_of_request(each) and each not in found.setdefault(each.cause, []):
            found[each.cause].append(each)
    return {cause: list(islice(each, _OF_A_CAUSE)) for cause, each in found.items()}


def _wrong(request: Request, instance: Instance, of_name: Structure) -> tuple[Request, Bill] | None:
    """The request and the bill of a wrong assignment; None where it cannot be billed: a refusal tells it better."""
    data = canonical(request)
    for path, value in instance.edit.assigned:
        data = assigned(data, path, value)
    try:
        wrong = validated(Request, data)
        bill = calculate(wrong, of_name.ours.catalog, derivation=False)
    except InvalidInput:
        return None
    return (wrong, bill) if isinstance(bill, Bill) else None


def _answers(request: Request, bill: Bill, history: list[dict[str, Decimal]]) -> dict[str, Answer]:
    whom = Of.model_construct(customer_class=class_of(request))
    limits = Limits.of(limits_documents(), request.period.start, whom)
    return {each.check.code: each.answer for each in judge(with_history(facts_of(request, bill), history), limits)}


def _history(facts: Mapping[str, Decimal], start: date, random: Random) -> Iterator[dict[str, Decimal]]:
    """Three months before and the same of the year before, whose energy varies by up to a tenth."""
    end, opening = start, facts.get("opening")
    for behind in (1, 2, 3, 12):
        first = start - relativedelta(months=behind)
        last = end if behind < 12 else first + relativedelta(months=1)
        factor = Decimal(random.randint(90, 110)).scaleb(-2)
        scale = factor * (last - first).days / facts["days"]
        month = {
            name: number * scale if any(each in name for each in _VARYING) and "basic" not in name else number
            for name, number in facts.items()
        }
        days = {"first_day": first.toordinal(), "end_day": last.toordinal(), "days": (last - first).days}
        month |= {name: Decimal(number) for name, number in days.items()}
        if opening is not None:
            month |= {"closing": opening if behind == 1 else Decimal(0), "opening": Decimal(0)}
        if "demand_kw" in facts:
            month["demand_kw"] = facts["demand_kw"] * factor + behind
        yield month
        end = first


_HEAD = """# How much checks tell

{accounts} accounts, of all structures of the official and published fixtures, each with a made history of a quiet account. What is not
in a request cannot be looked at, and most wrong prices and rules are not: `billcalc diagnose` proves them from the issued bill
([audit-accuracy.md](audit-accuracy.md)). `python -m tests.audit.accuracy.checks` writes this page; the seeds are fixed.

## Accounts that are billed rightly

How often a check speaks of them, passes, or cannot be made. Exercises are short on purpose (no surcharge, one register), so that what
speaks of them is often right: a part of a file that is told is checked as a whole one.

| check | 检查项 | speaks | passes | not checked |
|---|---|---:|---:|---:|
"""
_WRONG = """
## Accounts that are billed wrongly

Of each cause up to {most} wrong assignments on each structure that change a fact; **told**: a check speaks that was silent before.

| cause | wrong bills | told | by which checks |
|---|---:|---:|---|
"""


def page(tally: Tally) -> str:
    """The page."""
    rows = []
    for check in ALL:
        counts = [tally.correct[check.code, answer] for answer in (Answer.SPEAKS, Answer.PASSES, Answer.NOT_CHECKED)]
        rows.append(f"| `{check.code}` | {CALLED[check.code].chinese} | {' | '.join(map(str, counts))} |\n")
    text = _HEAD.format(accounts=tally.accounts) + "".join(rows) + _WRONG.format(most=_OF_A_CAUSE)
    for cause in sorted(tally.tried, key=lambda cause: (-tally.told[cause] / tally.tried[cause], cause)):
        by = sorted(
            ((count, code) for (of, code), count in tally.by.items() if of == cause),
            key=lambda each: (-each[0], each[1]),
        )
        told = ", ".join(f"`{code}` {count}" for count, code in by)
        assert cause in CAUSE_WORDS, cause
        text += f"| [`{cause}`](causes.md#{cause}) | {tally.tried[cause]} | {tally.told[cause]} | {told} |\n"
    return text


if __name__ == "__main__":
    PAGE.write_text(page(tallied(NAMES)), encoding="utf-8")
