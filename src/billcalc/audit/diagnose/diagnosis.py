"""Diagnose an issued bill: which causes make of the recomputed bill the issued one, and how much each comes to."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Any

from billcalc.audit.comparing import compare
from billcalc.audit.comparison import Comparison, Outcome, OwnCheck, Unmapped, Verdict
from billcalc.audit.diagnose.cause import Instance, Situation
from billcalc.audit.diagnose.causes import CAUSES
from billcalc.audit.diagnose.cells import Cells, Money, NotFen, Priced, is_partial
from billcalc.audit.diagnose.documents import narrowed
from billcalc.audit.diagnose.money import Attribution, attributed
from billcalc.audit.diagnose.pricing import Repricing
from billcalc.audit.issued import IssuedBill, IssuedLine
from billcalc.audit.parts import compared_number
from billcalc.billing.bill import Bill
from billcalc.billing.calculate import calculate, wanted_tariffs
from billcalc.billing.evaluated import EvaluatedLine
from billcalc.billing.request import Request
from billcalc.kernel.scalars import number_of
from billcalc.kernel.troubles import Refusal
from billcalc.tariff.catalog import Catalog
from billcalc.tariff.documents import PriceDocument
from billcalc.words.lexicon import LEXICONS

if TYPE_CHECKING:  # columns need the packages of bulk, and who does not diagnose need not have them
    from billcalc.audit.diagnose.search import Causes
    from billcalc.audit.diagnose.stacked import Stacked

__all__ = [
    "SETS_MAX",
    "Diagnosis",
    "Hindrance",
    "Recomputed",
    "Status",
    "Telling",
    "canonical",
    "diagnose",
    "hindrances_of",
    "known_codes",
    "ranked",
    "recomputed",
]

SETS_MAX = 1000
"""How many sets of several causes, each with a plan of its own, are computed for one bill at most."""

_TELLING_MAX = 5
"""How many differences between answers are told."""


class Status(StrEnum):
    """What a diagnosis comes to."""

    AGREES = "agrees"
    """Nothing differs: there is no cause."""
    HINDERED = "hindered"
    """Something is to be mended first."""
    PROVED = "proved"
    PART = "part"
    """A cause explains a part, exactly; the rest is unexplained."""
    UNEXPLAINED = "unexplained"


class Hindrance(StrEnum):
    """Why nothing is said of causes yet."""

    NOT_READ = "not_read"
    UNMAPPED = "unmapped"
    DOES_NOT_ADD_UP = "does_not_add_up"
    TAX_UNTOLD = "tax_untold"
    WITHOUT_TAX = "without_tax"
    """Lines without a told tax: causes move amounts that have it in them."""
    NOT_FEN = "not_fen"


@dataclass(frozen=True, slots=True)
class Telling:
    """A figure by which answers that this bill cannot tell apart would differ.

    Attributes:
        part: ``quantity``, ``price`` or ``amount``.
        values: of each answer, in their order; None where it has no such line.
    """

    code: str
    group: str
    band: str
    part: str
    values: tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What the difference between an issued bill and the recomputed one comes from.

    Attributes:
        hindrances: where it is hindered, by what.
        answers: of a proof or a part; several are one answer that this bill cannot tell apart.
        telling: what would tell them apart.
        difference: by cell, issued − recomputed [fen].
        is_complete: whether all sets of causes that the search is for were looked at.
        refused: how many sets of causes cannot be billed.
    """

    status: Status
    comparison: Comparison
    hindrances: tuple[Hindrance, ...] = ()
    answers: tuple[Attribution, ...] = ()
    telling: tuple[Telling, ...] = ()
    difference: Money | None = None
    is_complete: bool = True
    refused: int = 0


def canonical(request: Request) -> Mapping[str, Any]:
    """The data of a request, every word and number in the one form in which causes assign them."""
    return request.model_dump(mode="json", by_alias=True, exclude_unset=True)


@dataclass(frozen=True, slots=True)
class Recomputed:
    """The bill that a request should have had, and what causes make of it: any number of issued bills can be diagnosed.

    Attributes:
        request: what should have been billed.
        bill: what comes of it.
        catalog: the tariffs.
        tariffs: those of them that the request asks for, of its area.
        stacked: what sets of causes make of it; each is planned once.
    """

    request: Request
    bill: Bill
    catalog: Catalog
    tariffs: Catalog
    stacked: "Stacked"

    def diagnosed(
        self, issued: IssuedBill, *, unread: Sequence[IssuedLine] = (), sets_max: int = SETS_MAX, sizes_max: int = 3
    ) -> Diagnosis:
        """Find the causes of what an issued bill differs by; see ``diagnose``."""
        from billcalc.audit.diagnose.block import Block, columns_of
        from billcalc.audit.diagnose.search import search

        comparison = compare(self.bill, issued, unread=unread)
        hindrances = hindrances_of(comparison, self.catalog)
        if hindrances:
            return Diagnosis(Status.HINDERED, comparison, hindrances)
        if comparison.tax is not None:
            return Diagnosis(Status.AGREES, comparison, difference={})
        try:
            situation = self.situation(Cells(comparison))
        except NotFen:
            return Diagnosis(Status.HINDERED, comparison, (Hindrance.NOT_FEN,))
        if not situation.difference:
            return Diagnosis(Status.AGREES, comparison, difference={})
        block = Block(situation.cells, columns_of(situation.issued), self.stacked)
        words = [each for cause in CAUSES for each in cause.find(situation)]
        places = [each for cause in CAUSES for each in cause.places(situation)]
        [found] = search(block, words, places, sizes_max=sizes_max, sets_max=sets_max)
        sets = _printed_alike(self.stacked.repricing, comparison, found.proved) or found.part
        money = partial(block.money, bill=0)
        answers = [told for each in ranked(sets) if (told := attributed(each, money, situation.issued)) is not None]
        status = Status.UNEXPLAINED if not answers else Status.PROVED if found.proved else Status.PART
        return Diagnosis(
            status=status,
            comparison=comparison,
            answers=tuple(answers),
            telling=_telling(self.stacked.repricing, answers),
            difference=situation.difference,
            is_complete=found.is_complete,
            refused=found.refused,
        )

    def situation(self, cells: Cells) -> Situation:
        """What causes are looked for in.

        Raises:
            NotFen: where an amount is finer than the fen.
        """
        recomputed = cells.of(Priced(line, line.band, line.amount) for line in self.bill.lines)
        data = canonical(self.request)
        return Situation(data, self.request, self.tariffs, self.bill, cells, recomputed)


def recomputed(
    request: Request, catalog: Catalog, *, tariffs: Catalog | None = None, derivation: bool = True
) -> Recomputed | Refusal:
    """Bill a request as it should have been billed.

    Args:
        request: what should have been billed.
        catalog: the tariffs.
        tariffs: those of them that the request asks for, of its area, where they were found before.
        derivation: whether its lines carry their steps.

    Raises:
        InvalidInput: where the request contradicts itself.
    """
    from billcalc.audit.diagnose.stacked import Bills, Stacked

    bill = calculate(request, catalog, derivation=derivation)
    if isinstance(bill, Refusal):
        return bill
    asked = narrowed(wanted_tariffs(request, catalog), request.area) if tariffs is None else tariffs
    return Recomputed(request, bill, catalog, asked, Stacked(Repricing(canonical(request), asked), Bills()))


def diagnose(
    request: Request,
    issued: IssuedBill,
    catalog: Catalog,
    *,
    unread: Sequence[IssuedLine] = (),
    sets_max: int = SETS_MAX,
    sizes_max: int = 3,
) -> Diagnosis | Refusal:
    """Find the causes of what an issued bill differs by.

    Args:
        request: what should have been billed.
        issued: the issued bill.
        catalog: the tariffs.
        unread: printed rows whose amount could not be read.
        sets_max: how many sets of causes are computed at most.
        sizes_max: how many causes a set has at most: one to three.

    Returns:
        The diagnosis, or what is missing for the recomputed bill.

    Raises:
        InvalidInput: where the request contradicts itself.
    """
    ours = recomputed(request, catalog)
    if isinstance(ours, Refusal):
        return ours
    return ours.diagnosed(issued, unread=unread, sets_max=sets_max, sizes_max=sizes_max)


_UNNAMED = (Unmapped.NO_CODE, Unmapped.AMBIGUOUS)
"""What is not known of a line that has no code of its own; codes are looked up in all that could be billed."""


def known_codes(comparison: Comparison, catalog: Catalog) -> set[str]:
    """The codes that a printed amount may be of: a known one that our bill lacks may be there by a cause."""
    known = {line.code for line in comparison.bill.lines}
    known.update(code for lexicon in LEXICONS.values() for code in lexicon.components)
    prices = (document for document in catalog.documents if isinstance(document, PriceDocument))
    known.update(component.code for document in prices for component in document.components)
    return known


def _is_unmapped(comparison: Comparison, catalog: Catalog) -> bool:
    """Whether a printed amount is of nothing known."""
    known = known_codes(comparison, catalog)
    return any(entry.unmapped in _UNNAMED for entry in comparison.of(Outcome.UNMAPPED)) or any(
        line.amount != 0 and not known.issuperset(line.codes) for line in comparison.issued.lines
    )


def hindrances_of(comparison: Comparison, catalog: Catalog) -> tuple[Hindrance, ...]:
    """What is to be mended before anything is said of causes."""
    checks = {error.check for error in comparison.own_errors} - ({OwnCheck.TOTAL} if is_partial(comparison) else set())
    return tuple(
        hindrance
        for hindrance, is_there in (
            (Hindrance.NOT_READ, comparison.unread),
            (Hindrance.UNMAPPED, _is_unmapped(comparison, catalog)),
            (Hindrance.DOES_NOT_ADD_UP, checks & {OwnCheck.TOTAL, OwnCheck.SUBTOTAL}),
            (Hindrance.TAX_UNTOLD, comparison.untold_tax is not None),
            (Hindrance.WITHOUT_TAX, comparison.tax is not None and not comparison.agrees),
        )
        if is_there
    )


_RANK = {cause.code: place for place, cause in enumerate(CAUSES)}


def ranked(sets: Iterable["Causes"]) -> list["Causes"]:
    """Sets in the order of telling: by what is more usual, then by name."""
    listed = list(sets)
    return (
        listed
        if len(listed) < 2
        else sorted(listed, key=lambda causes: sorted((_RANK[each.cause], each.key) for each in causes))
    )


def _lines(repricing: Repricing, causes: Iterable[Instance]) -> dict[tuple[str, str, str, str], EvaluatedLine]:
    lines = repricing.lines(causes)
    return {
        (line.name.code, line.name.group, "" if line.band is None else line.band.value, str(line.name.span)): line
        for line in lines
    }


def _printed_alike(repricing: Repricing, comparison: Comparison, sets: Sequence["Causes"]) -> list["Causes"]:
    """Of sets that make the same amounts, those that contradict the least of the printed quantities and prices."""
    if len(sets) < 2:
        return list(sets)
    wrong = {causes: _contradicted(comparison, _lines(repricing, causes)) for causes in sets}
    return [causes for causes in sets if wrong[causes] == min(wrong.values())]


def _contradicted(comparison: Comparison, lines: Mapping[tuple[str, str, str, str], EvaluatedLine]) -> int:
    """How many printed quantities and prices a recomputed bill has otherwise."""
    count = 0
    for entry in comparison.entries:
        if len(entry.issued) != 1 or len(entry.recomputed) != 1:
            continue
        [printed], [ours] = entry.issued, entry.recomputed
        made = lines.get((ours.code, ours.group, "" if ours.band is None else ours.band.value, str(ours.span)))
        for told, value in () if made is None else ((printed.quantity, made.quantity), (printed.price, made.price)):
            number = None if value is None else number_of(value)
            count += compared_number(told, number, rounded=True) is Verdict.DIFFERS
    return count


def _telling(repricing: Repricing, answers: Sequence[Attribution]) -> tuple[Telling, ...]:
    """The figures of a bill in which answers differ that make the same amounts of the compared cells."""
    if len(answers) < 2:
        return ()
    bills = [_lines(repricing, answer.causes) for answer in answers]
    found = []
    for name in dict.fromkeys(name for lines in bills for name in lines):
        for part in ("quantity", "price", "amount"):
            numbers = [getattr(lines.get(name), part, None) for lines in bills]
            values = tuple(None if each is None else number_of(each) for each in numbers)
            if len(set(values)) > 1:
                found.append(Telling(name[0], name[1], name[2], part, values))
    return tuple(found[:_TELLING_MAX])
