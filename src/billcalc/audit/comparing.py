"""Compare an issued bill with the recomputed one."""

from collections.abc import Iterable, Mapping, Sequence, Set
from decimal import Decimal

from billcalc.audit.arithmetic import own_errors
from billcalc.audit.comparison import (
    UNCOMPARED,
    Cause,
    Comparison,
    Entry,
    Fact,
    FactComparison,
    Matching,
    OtherReading,
    Outcome,
    OwnCheck,
    OwnError,
    SectionMoney,
    Side,
    Verdict,
    total_of,
)
from billcalc.audit.issued import IssuedBill, IssuedLine
from billcalc.audit.matching import Match, Matches, match_lines, may_be
from billcalc.audit.parts import compared_number, effects_of, parts_of
from billcalc.audit.section_lines import with_section_lines
from billcalc.audit.taxes import told_net, without_tax
from billcalc.billing.bill import Bill
from billcalc.kernel.decimals import EXACT, ZERO, exact_sum
from billcalc.vocabulary import BANDS, Band, Section

__all__ = ["compare"]


def compare(
    bill: Bill, issued: IssuedBill, *, tolerance: Decimal = ZERO, unread: Sequence[IssuedLine] = ()
) -> Comparison:
    """Compare an issued bill with the recomputed one: line by line, or sum by sum where it prints no lines.

    Args:
        bill: the recomputed bill.
        issued: the issued bill.
        tolerance: amounts that differ by no more are no finding; zero or more [money].
        unread: what is known of printed rows whose amount could not be read: nothing is said of lines they may be.
    """
    assert tolerance >= 0, "a tolerance below zero would make a finding of what agrees"
    of_bills = bill, issued
    rate = None if issued.tax is None else issued.tax.rate
    taxes: tuple[FactComparison, ...] = ()
    if rate is not None:
        bill, issued, tax = without_tax(bill, issued, tolerance)
        taxes = () if tax is None else (tax,)
    has_sums_only = not issued.lines and not unread and (issued.total is not None or bool(issued.subtotals))
    entries, untold = _sums_only(bill), None
    if not has_sums_only:
        issued = with_section_lines(bill, issued, unread)
        entries, untold = told_net(_entries(bill, issued.lines, tolerance, may_be(bill, unread)))
    facts = (*_facts(bill, issued), *taxes, *(_sums(bill, issued, tolerance) if has_sums_only else ()))
    is_whole = not (unread or has_sums_only)
    own = own_errors(issued, entries=entries, facts=facts, tolerance=tolerance, is_whole=is_whole)
    return Comparison(
        bill=bill,
        issued=issued,
        tolerance=tolerance,
        entries=entries,
        facts=facts,
        own=own,
        sections=_sections(entry for entry in entries if entry.outcome not in UNCOMPARED),
        causes=_causes(bill, issued, entries, has_unread=bool(unread), own=own),
        readings=_readings(bill, issued.total) if rate is None else (),
        of_bills=of_bills,
        unread=len(unread),
        tax=rate,
        untold_tax=untold,
    )


def _sums_only(bill: Bill) -> tuple[Entry, ...]:
    """Our lines, of which nothing but sums is printed."""
    return tuple(Entry(Outcome.NOT_PRINTED, Matching.ONE, (), (), (line,), line.section) for line in bill.lines)


def _sums(bill: Bill, issued: IssuedBill, tolerance: Decimal) -> Iterable[FactComparison]:
    """The printed sums of a bill without lines beside those of our lines."""
    for subtotal in issued.subtotals:
        inside = [
            line.amount
            for line in bill.lines
            if (not subtotal.sections or line.section in subtotal.sections)
            and (not subtotal.groups or line.group in subtotal.groups)
        ]
        name = subtotal.name or " + ".join([*(each.value for each in subtotal.sections), *subtotal.groups])
        yield _sum(Fact.SUBTOTAL, name, subtotal.amount, exact_sum(inside), tolerance)
    if issued.total is not None:
        yield _sum(Fact.TOTAL, None, issued.total, bill.total, tolerance)


def _sum(fact: Fact, name: str | None, printed: Decimal, ours: Decimal, tolerance: Decimal) -> FactComparison:
    agrees = EXACT.subtract(printed, ours).copy_abs() <= tolerance
    return FactComparison(fact, name, printed, ours, Verdict.AGREES if agrees else Verdict.DIFFERS)


def _entries(bill: Bill, issued: Sequence[IssuedLine], tolerance: Decimal, unread: Set[int]) -> tuple[Entry, ...]:
    matches = match_lines(bill, issued)
    made = [_matched(bill, issued, match, tolerance, unread) for match in matches.matched]
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
    return (*made, *_not_printed(bill, matches, unread))


def _not_printed(bill: Bill, matches: Matches, unread: Set[int]) -> Iterable[Entry]:
    for index in matches.missing:
        line = bill.lines[index]
        if index in unread:
            yield Entry(Outcome.NOT_READ, Matching.ONE, (), (), (line,), line.section)
            continue
        outcome = Outcome.MISSING if line.amount != 0 else Outcome.ZERO
        yield Entry(outcome, Matching.ONE, (), (), (line,), line.section, missing_from=Side.ISSUED)


def _section_of(bill: Bill, line: IssuedLine, codes: Iterable[str]) -> Section | None:
    """Where a printed line belongs that we have not: where it is printed, else where our lines of its code are."""
    known = set(line.sections) or {our.section for our in bill.lines if our.code in codes}
    return known.pop() if len(known) == 1 else None


def _matched(bill: Bill, issued: Sequence[IssuedLine], match: Match, tolerance: Decimal, unread: Set[int]) -> Entry:
    lines = tuple(issued[row] for row in match.issued)
    ours = tuple(bill.lines[index] for index in match.recomputed)
    difference = EXACT.subtract(exact_sum(line.amount for line in lines), exact_sum(our.amount for our in ours))
    tolerated = difference.copy_abs() <= tolerance
    parts = parts_of(lines, ours, amount_agrees=tolerated)
    if not tolerated or any(part.verdict is Verdict.DIFFERS for part in parts):
        # A row that could not be read may be a part of the same sum; of one band there is but one row.
        is_of_one_band = len(ours) == 1 and all(line.one_band is not None for line in lines) and ours[0].band in BANDS
        is_part = not is_of_one_band and not unread.isdisjoint(match.recomputed)
        outcome = Outcome.NOT_READ if is_part else Outcome.DIFFERING
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


def _causes(
    bill: Bill, issued: IssuedBill, entries: Sequence[Entry], *, has_unread: bool, own: Sequence[OwnError]
) -> dict[Cause, Decimal]:
    """What the difference of the totals is made of.

    What the issued total is off the sum of its lines is an error of its own only where it is known what it sums.
    """
    lines = exact_sum(line.amount for line in bill.lines)
    outcomes = {entry.outcome for entry in entries}
    printed = exact_sum(line.amount for line in issued.lines)
    off = ZERO if issued.total is None else EXACT.subtract(issued.total, printed)
    owner = Cause.OWN_ERROR
    if has_unread:
        owner = Cause.NOT_READ
    elif Outcome.NOT_PRINTED in outcomes:
        owner, off = Cause.NOT_PRINTED, bill.total if issued.total is None else issued.total
    elif Outcome.UNMAPPED in outcomes and all(error.check is not OwnCheck.TOTAL for error in own):
        owner = Cause.UNMAPPED
    causes = {
        Cause.UNMAPPED: total_of(each for each in entries if each.outcome is Outcome.UNMAPPED),
        Cause.MISSING_FROM_RECOMPUTED: total_of(each for each in entries if _is_missing(each, Side.RECOMPUTED)),
        Cause.MISSING_FROM_ISSUED: total_of(each for each in entries if _is_missing(each, Side.ISSUED)),
        Cause.DIFFERING: total_of(each for each in entries if each.outcome is Outcome.DIFFERING),
        Cause.TOLERATED: total_of(each for each in entries if each.outcome is Outcome.TOLERATED),
        Cause.NET: total_of(each for each in entries if each.outcome is Outcome.NET),
        Cause.NOT_READ: total_of(each for each in entries if each.outcome is Outcome.NOT_READ),
        Cause.NOT_PRINTED: total_of(each for each in entries if each.outcome is Outcome.NOT_PRINTED),
        Cause.OWN_ERROR: ZERO,
        Cause.TOTAL_ROUNDING: EXACT.subtract(lines, bill.total),
    }
    causes[owner] = EXACT.add(causes[owner], off)
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
