"""What an unmapped printed line probably is: our lines that are missing and have its amount.

A proposal is for a person: nothing is compared by it until a mapping says so.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from billcalc.audit.comparison import Entry, Outcome, Side
from billcalc.billing.bill import Line
from billcalc.kernel.decimals import exact_sum
from billcalc.vocabulary import Band

__all__ = ["Proposal", "may_be_unmapped", "proposals_of"]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A printed name, and what it may be mapped to.

    Attributes:
        name: as printed.
        rows: of the printed lines with this name that are unmapped.
        codes: of our lines that make their amount.
        band: where it is one line of a code that has several.
        amount: of both [money].
    """

    name: str
    rows: tuple[int, ...]
    codes: tuple[str, ...]
    band: Band | None
    amount: Decimal

    @property
    def written(self) -> str:
        """The entry of the mapping's names, as YAML."""
        codes = self.codes[0] if len(self.codes) == 1 else f"[{', '.join(self.codes)}]"
        meaning = codes if self.band is None else f"{{code: {codes}, band: {self.band.value}}}"
        name = self.name if self.name.isalnum() else "'" + self.name.replace("'", "''") + "'"
        return f"{name}: {meaning}"


@dataclass(frozen=True, slots=True)
class _Candidate:
    codes: tuple[str, ...]
    band: Band | None
    amount: Decimal


def proposals_of(entries: Sequence[Entry]) -> tuple[Proposal, ...]:
    """The names for which exactly one set of missing lines has the amount, which no other unmapped name has.

    Args:
        entries: of a comparison.
    """
    missing = [line for entry in entries if entry.missing_from is Side.ISSUED for line in entry.recomputed]
    candidates: dict[Decimal, list[_Candidate]] = defaultdict(list)
    for candidate in _candidates([line for line in missing if line.amount != 0]):
        candidates[candidate.amount].append(candidate)
    unmapped = _unmapped(entries)
    amounts = [exact_sum(amounts) for _, amounts in unmapped.values()]
    found = []
    for (name, (rows, _)), amount in zip(unmapped.items(), amounts, strict=True):
        meant = candidates.get(amount, [])
        if len(meant) == 1 and amounts.count(amount) == 1:
            [only] = meant
            found.append(Proposal(name, tuple(rows), only.codes, only.band, amount))
    return tuple(found)


def may_be_unmapped(entry: Entry, entries: Iterable[Entry]) -> bool:
    """Whether a missing line of ours may be one that is printed under a name that nothing tells."""
    return entry.missing_from is Side.ISSUED and any(
        each.outcome is Outcome.UNMAPPED and each.section in (None, entry.section) for each in entries
    )


def _unmapped(entries: Iterable[Entry]) -> Mapping[str, tuple[list[int], list[Decimal]]]:
    """The unmapped lines by their names."""
    found: dict[str, tuple[list[int], list[Decimal]]] = {}
    for entry in entries:
        for row, line in zip(entry.rows, entry.issued, strict=True):
            if entry.outcome is Outcome.UNMAPPED and line.name is not None:
                rows, amounts = found.setdefault(line.name, ([], []))
                rows.append(row)
                amounts.append(line.amount)
    return found


def _candidates(missing: Sequence[Line]) -> Iterator[_Candidate]:
    """Each missing line, all of a code, and all of a section that has several codes."""
    by_code: dict[str, list[Line]] = defaultdict(list)
    by_section: dict[str, dict[str, None]] = defaultdict(dict)
    for line in missing:
        by_code[line.code].append(line)
        by_section[line.section.value][line.code] = None
    for code, lines in by_code.items():
        yield _Candidate((code,), None, exact_sum(line.amount for line in lines))
        bands = [line.band for line in lines if line.band is not None]
        if len(lines) > 1 and len(set(bands)) == len(lines):
            yield from (_Candidate((code,), line.band, line.amount) for line in lines)
    for section, codes in by_section.items():
        if len(codes) > 1:
            yield _Candidate(tuple(codes), None, exact_sum(x.amount for x in missing if x.section.value == section))
