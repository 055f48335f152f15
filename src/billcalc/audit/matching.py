"""Which printed lines and which of our lines are the same thing.

A printed line tells some of code, section, group, band and days; it fits every line of ours that differs in none of
what it tells. Lines that hang together through what fits are one entry: one to one where the bill tells enough, and
sums where it tells less. Where several printed lines hang together, those with the very figures of a line of ours are
that line. Nothing is paired by how near two figures are.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from billcalc.audit.comparison import Matching, Unmapped
from billcalc.audit.issued import IssuedLine
from billcalc.billing.bill import Bill, Line
from billcalc.fields.printed_names import listed_name
from billcalc.vocabulary import Band, Section
from billcalc.words.lexicon import LEXICONS

__all__ = ["Match", "Matches", "codes_of", "match_lines", "may_be"]


@dataclass(frozen=True, slots=True)
class Match:
    """Indices of printed lines and of ours that are the same thing."""

    issued: tuple[int, ...]
    recomputed: tuple[int, ...]
    matching: Matching


@dataclass(frozen=True, slots=True)
class Matches:
    """Every index of both bills, each once.

    Attributes:
        unmapped: printed lines that cannot be told to be any of ours, and why.
        unexpected: printed lines whose code is known, and that we have not.
        missing: lines of ours that are not printed.
        codes: what each printed line stands for.
    """

    matched: tuple[Match, ...]
    unmapped: Mapping[int, Unmapped]
    unexpected: tuple[int, ...]
    missing: tuple[int, ...]
    codes: Mapping[int, tuple[str, ...]]


def match_lines(bill: Bill, issued: Sequence[IssuedLine]) -> Matches:
    """Match the lines of an issued bill with those of the recomputed one."""
    codes, unmapped = codes_of(bill, issued)
    fits = _Fits(bill, issued, codes)
    matched: list[Match] = []
    waiting = _components(fits, codes, range(len(bill.lines)))
    while waiting:
        rows, ours = waiting.pop()
        same = _with_same_figures(fits, rows, ours) if len(rows) > 1 else []
        if not same:
            matched.extend(_matches(bill, issued, rows, ours))
            continue
        matched.extend(same)
        rows, ours = _left(rows, ours, same)
        waiting.extend(_components(fits, rows, ours))
    unexpected, missing = _left(codes, range(len(bill.lines)), matched)
    elsewhere = _elsewhere(fits, unexpected, missing)
    unexpected, missing = _left(unexpected, missing, elsewhere)
    return Matches((*matched, *elsewhere), unmapped, tuple(unexpected), tuple(missing), codes)


def may_be(bill: Bill, unread: Sequence[IssuedLine]) -> frozenset[int]:
    """The lines of ours that rows may be of which only a part was read; all, where one tells nothing that is ours."""
    codes, unmapped = codes_of(bill, unread)
    fits = _Fits(bill, unread, codes)
    ours = range(len(bill.lines))
    return frozenset(ours if unmapped else (index for index in ours if any(fits(row, index) for row in codes)))


def _left(rows: Iterable[int], ours: Iterable[int], matched: Iterable[Match]) -> tuple[list[int], list[int]]:
    """The printed lines and lines of ours that are in no match."""
    rows_used, ours_used = set[int](), set[int]()
    for match in matched:
        rows_used.update(match.issued)
        ours_used.update(match.recomputed)
    return [row for row in rows if row not in rows_used], [index for index in ours if index not in ours_used]


def codes_of(bill: Bill, issued: Sequence[IssuedLine]) -> tuple[dict[int, tuple[str, ...]], dict[int, Unmapped]]:
    """What each printed line stands for: by its codes, else by the name with which our own bill prints a line."""
    names = _names(bill)
    known = {line.code for line in bill.lines} | {code for lexicon in LEXICONS.values() for code in lexicon.components}
    codes: dict[int, tuple[str, ...]] = {}
    unmapped: dict[int, Unmapped] = {}
    for row, line in enumerate(issued):
        named = listed_name(line.name or "", names)
        meant = line.codes or tuple(sorted(names.get(named or "", ())))
        if not meant:
            unmapped[row] = Unmapped.NO_CODE
        elif not line.codes and len(meant) > 1:
            unmapped[row] = Unmapped.AMBIGUOUS
        elif known.isdisjoint(meant):
            unmapped[row] = Unmapped.UNKNOWN_CODE
        else:
            codes[row] = meant
    return codes, unmapped


def _names(bill: Bill) -> dict[str, set[str]]:
    """The codes of our lines by the names with which they are printed."""
    names: dict[str, set[str]] = defaultdict(set)
    for line in bill.lines:
        words = (lexicon.components.get(line.code) for lexicon in LEXICONS.values())
        for name in words if line.label is None else [line.label]:
            if name is not None:
                names[name].add(line.code)
    return names


class _Fits:
    """Whether a printed line may be a line of ours."""

    def __init__(self, bill: Bill, issued: Sequence[IssuedLine], codes: Mapping[int, tuple[str, ...]]) -> None:
        self.ours = bill.lines
        self.issued = issued
        self.codes = codes
        self.scopes = {line.group for line in bill.lines if line.section is Section.POWER_FACTOR}

    def __call__(self, row: int, index: int) -> bool:
        line, our = self.issued[row], self.ours[index]
        band = None if our.band is Band.TOTAL else our.band
        return (
            our.code in self.codes[row]
            and (not line.sections or our.section in line.sections)
            and (line.group is None or line.group == our.group or self._is_of_a_scope(line, our))
            and (line.one_band is None or band is None or line.one_band is band)
            and (line.span is None or line.span == our.span)
        )

    def same_figures(self, row: int, index: int) -> bool:
        """Whether a printed line has the code, the amount and, where told, the quantity and price of a line of ours."""
        line, our = self.issued[row], self.ours[index]
        return (
            our.code in self.codes[row]
            and line.amount == our.amount
            and line.quantity in (None, our.quantity)
            and line.price in (None, our.price)
        )

    def _is_of_a_scope(self, line: IssuedLine, our: Line) -> bool:
        """A power-factor line of ours has the scope for its group; bills print it with a billing group."""
        return our.section is Section.POWER_FACTOR and line.group not in self.scopes


def _components(fits: _Fits, rows: Iterable[int], ours: Collection[int]) -> list[tuple[list[int], list[int]]]:
    """The lines that hang together: each time printed rows and lines of ours, in their orders."""
    found: list[tuple[list[int], list[int]]] = []
    for row in rows:
        mine = {index for index in ours if fits(row, index)}
        if not mine:
            continue
        joined = [each for each in found if not mine.isdisjoint(each[1])]
        found = [each for each in found if mine.isdisjoint(each[1])]
        members = [row, *(member for each in joined for member in each[0])]
        found.append((sorted(members), sorted(mine.union(*(each[1] for each in joined)))))
    return found


def _with_same_figures(fits: _Fits, rows: Iterable[int], ours: Iterable[int]) -> list[Match]:
    """Each printed line with the first line of ours that it fits and that has its figures."""
    found: dict[int, int] = {}
    for row in rows:
        same = (index for index in ours if index not in found and fits(row, index) and fits.same_figures(row, index))
        index = next(same, None)
        if index is not None:
            found[index] = row
    return [Match((row,), (index,), Matching.ONE) for index, row in found.items()]


def _matches(bill: Bill, issued: Sequence[IssuedLine], rows: list[int], ours: list[int]) -> list[Match]:
    if len(rows) == len(ours) > 1 and _differ_in_days_only(bill, issued, rows, ours):
        in_order = sorted(ours, key=lambda index: bill.lines[index].span.start)
        return [Match((row,), (index,), Matching.ORDER) for row, index in zip(rows, in_order, strict=True)]
    matching = {
        (False, False): Matching.ONE,
        (False, True): Matching.SUM_OF_RECOMPUTED,
        (True, False): Matching.SUM_OF_ISSUED,
        (True, True): Matching.SUMS,
    }[len(rows) > 1, len(ours) > 1]
    return [Match(tuple(rows), tuple(ours), matching)]


def _differ_in_days_only(bill: Bill, issued: Sequence[IssuedLine], rows: list[int], ours: list[int]) -> bool:
    """Whether nothing but the days, which are not printed, tells the lines of each side from one another."""
    told = {(issued[row].codes, issued[row].name, issued[row].group, issued[row].one_band) for row in rows}
    lines = [bill.lines[index] for index in ours]
    alike = {(line.code, line.section, line.group, line.band) for line in lines}
    return len(told) == len(alike) == 1 and len({line.span for line in lines}) == len(lines)


def _elsewhere(fits: _Fits, unexpected: Sequence[int], missing: Sequence[int]) -> list[Match]:
    """Lines left over on both sides that agree in all but band, group, section or days, and with no other line.

    Lines of 0.00 are left out: that one bill prints a zero in one band and the other in another is nothing.
    """
    pairs = [(row, index) for row in unexpected for index in missing if fits.same_figures(row, index)]
    rows, ours = Counter(row for row, _ in pairs), Counter(index for _, index in pairs)
    return [
        Match((row,), (index,), Matching.ELSEWHERE)
        for row, index in pairs
        if rows[row] == ours[index] == 1 and fits.issued[row].amount != 0
    ]
