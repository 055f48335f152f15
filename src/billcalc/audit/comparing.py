"""Compare an issued bill with the recomputed one."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from billcalc.audit.arithmetic import own_errors
from billcalc.audit.comparison import (
    Cause,
    Comparison,
    Entry,
    Fact,
    FactComparison,
    Matching,
    OtherReading,
    Outcome,
    SectionMoney,
    Side,
    Verdict,
    total_of,
)
from billcalc.audit.issued import IssuedBill, IssuedLine
from billcalc.audit.matching import Match, Matches, match_lines
from billcalc.audit.parts import compared_number, effects_of, parts_of
from billcalc.billing.bill import Bill
from billcalc.kernel.decimals import EXACT, ZERO, exact_sum
from billcalc.vocabulary import Band, Section

__all__ = ["compare"]


def compare(bill: Bill, issued: IssuedBill, *, tolerance: Decimal = ZERO) -> Comparison:
    """Compare an issued bill with the recomputed one, line by line.

    Args:
        bill: the recomputed bill.
        issued: the issued bill.
        tolerance: amounts that differ by no more are no finding; zero or more [money].
    """
    assert tolerance >= 0, "a tolerance below zero would make a finding of what agrees"
    entries = _entries(bill, issued.lines, tolerance)
    facts = _facts(bill, issued)
    total = issued.total
    off = ZERO if total is None else EXACT.subtract(total, exact_sum(line.amount for line in issued.lines))
    return Comparison(
        bill=bill,
        issued=issued,
        tolerance=tolerance,
        entries=entries,
        facts=facts,
        own=own_errors(issued, entries=entries, facts=facts, tolerance=tolerance),
        sections=_sections(entries),
        causes=_causes(bill, entries, off),
        readings=_readings(bill, total),
    )


def _entries(bill: Bill, issued: Sequence[IssuedLine], tolerance: Decimal) -> tuple[Entry, ...]:
    matches = match_lines(bill, issued)
    made = [_matched(bill, issued, match, tolerance) for match in matches.matched]
    for row, why in matches.unmapped.items():
        outcome = Outcome.UNMAPPED if issued[row].amount != 0 else Outcome.ZERO
        section = _section_of(bill, issued[row], ())
        made.append(Entry(outcome, Matching.ONE, (row,), (issued[row],), (), section, unmapped=why))
    for row in matches.unexpected:
        outcome = Outcome.MISSING if issued[row].amount != 0 else Outcome.ZERO
        section = _section_of(bill, issued[row], matches.codes[row])
        entry = Entry(outcome, Matching.ONE, (row,), (issued[row],), (), section, missing_from=Side.RECOMPUTED)
        made.append(entry)
    made.sort(key=lambda entry: entry.rows)
    return (*made, *_not_printed(bill, matches))


def _not_printed(bill: Bill, matches: Matches) -> Iterable[Entry]:
    for index in matches.missing:
        line = bill.lines[index]
        outcome = Outcome.MISSING if line.amount != 0 else Outcome.ZERO
        yield Entry(outcome, Matching.ONE, (), (), (line,), line.section, missing_from=Side.ISSUED)


def _section_of(bill: Bill, line: IssuedLine, codes: Iterable[str]) -> Section | None:
    """Where a printed line belongs that we have not: where it is printed, else where our lines of its code are."""
    known = set(line.sections) or {our.section for our in bill.lines if our.code in codes}
    return known.pop() if len(known) == 1 else None


def _matched(bill: Bill, issued: Sequence[IssuedLine], match: Match, tolerance: Decimal) -> Entry:
    lines = tuple(issued[row] for row in match.issued)
    ours = tuple(bill.lines[index] for index in match.recomputed)
    difference = EXACT.subtract(exact_sum(line.amount for line in lines), exact_sum(our.amount for our in ours))
    tolerated = difference.copy_abs() <= tolerance
    parts = parts_of(lines, ours, amount_agrees=tolerated)
    if not tolerated or any(part.verdict is Verdict.DIFFERS for part in parts):
        outcome = Outcome.DIFFERING
    else:
        outcome = Outcome.AGREES if difference == 0 else Outcome.TOLERATED
    effects = effects_of(parts, difference=difference)
    sections = {our.section for our in ours}
    section = sections.pop() if len(sections) == 1 else None
    return Entry(outcome, match.matching, match.issued, lines, ours, section, parts, effects)


def _facts(bill: Bill, issued: IssuedBill) -> tuple[FactComparison, ...]:
    """Every printed fact beside the recomputed one; those of a power factor where our bill has one."""
    told = issued.facts
    found = []
    if issued.period is not None:
        period = (issued.period.start, issued.period.end)
        assert bill.period.end is not None, "what is billed has an end"
        ours = (bill.period.start, bill.period.end)
        verdict = Verdict.AGREES if period == ours else Verdict.DIFFERS
        found.append(FactComparison(Fact.PERIOD, None, period, ours, verdict))
    energies = _energies(bill)
    for band, kwh in told.kwh.items():
        our_kwh = energies.get(band, ZERO)
        found.append(FactComparison(Fact.KWH, band.value, kwh, our_kwh, compared_number(kwh, our_kwh, rounded=True)))
    recomputed = _power_factor(bill)
    for fact, number in (
        (Fact.KVARH, told.kvarh),
        (Fact.COSPHI, told.cosphi),
        (Fact.RATIO, told.ratio),
        (Fact.BASE, told.base),
    ):
        if number is not None:
            our = recomputed.get(fact)
            verdict = compared_number(number, our, rounded=fact is not Fact.BASE)
            found.append(FactComparison(fact, None, number, our, verdict))
    return tuple(found)


def _energies(bill: Bill) -> dict[Band, Decimal]:
    """The energy of all groups by band; of ``total``, all of it."""
    energies: dict[Band, Decimal] = {}
    for by_band in bill.kwh.values():
        for band, kwh in by_band.items():
            for counted in {band, Band.TOTAL}:
                energies[counted] = EXACT.add(energies.get(counted, ZERO), kwh)
    return energies


def _power_factor(bill: Bill) -> Mapping[Fact, Decimal | None]:
    """What the bill knows of its one power factor; nothing where it has none or several."""
    if len(bill.power_factors) != 1:
        return {}
    [fact] = bill.power_factors
    bases = [line.quantity for line in bill.lines if line.section is Section.POWER_FACTOR and not line.given]
    base = bases[0] if len(bases) == 1 else None
    return {Fact.KVARH: fact.reactive_kvarh, Fact.COSPHI: fact.cosphi, Fact.RATIO: fact.ratio, Fact.BASE: base}


def _sections(entries: Iterable[Entry]) -> tuple[SectionMoney, ...]:
    """The money by section, in the order of printing; last what is in no one section."""
    order = (*Section, None)
    issued: dict[Section | None, Decimal] = {}
    recomputed: dict[Section | None, Decimal] = {}
    for entry in entries:
        issued[entry.section] = EXACT.add(issued.get(entry.section, ZERO), entry.amount_issued)
        recomputed[entry.section] = EXACT.add(recomputed.get(entry.section, ZERO), entry.amount_recomputed)
    return tuple(SectionMoney(each, issued[each], recomputed[each]) for each in order if each in issued)


def _causes(bill: Bill, entries: Sequence[Entry], off: Decimal) -> dict[Cause, Decimal]:
    """What the difference of the totals is made of."""
    lines = exact_sum(line.amount for line in bill.lines)
    causes = {
        Cause.UNMAPPED: total_of(each for each in entries if each.outcome is Outcome.UNMAPPED),
        Cause.MISSING_FROM_RECOMPUTED: total_of(each for each in entries if _is_missing(each, Side.RECOMPUTED)),
        Cause.MISSING_FROM_ISSUED: total_of(each for each in entries if _is_missing(each, Side.ISSUED)),
        Cause.DIFFERING: total_of(each for each in entries if each.outcome is Outcome.DIFFERING),
        Cause.TOLERATED: total_of(each for each in entries if each.outcome is Outcome.TOLERATED),
        Cause.OWN_ERROR: off,
        Cause.TOTAL_ROUNDING: EXACT.subtract(lines, bill.total),
    }
    return {cause: money for cause, money in causes.items() if money != 0}


def _is_missing(entry: Entry, side: Side) -> bool:
    return entry.outcome is Outcome.MISSING and entry.missing_from is side


def _readings(bill: Bill, total: Decimal | None) -> tuple[OtherReading, ...]:
    """The readings of undocumented conventions that would give the issued total."""
    if total is None or total == bill.total:
        return ()
    wanted = EXACT.subtract(total, bill.total)
    return tuple(
        OtherReading(problem, other.value)
        for problem in bill.problems
        for other in problem.alternatives
        if other.difference == wanted
    )
