"""The bill as a statement: its parts in the order of the utility's bill, each a small table whose numbers are numbers.

Readings with their multiplier, losses, energies, the lines by section, the power factor, the total and the average
price, then what is doubtful. A workbook and a page are two renderings of it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any

from billcalc.billing.bill import Bill, Line
from billcalc.explain.naming import Names, names_of
from billcalc.kernel.decimals import EXACT, decimal_text, exact_sum
from billcalc.kernel.units import KVARH, KWH
from billcalc.metering.models import ReadingKind, Register
from billcalc.vocabulary import BANDS, Section
from billcalc.words.bills import Phrase
from billcalc.words.lexicon import Lexicon
from billcalc.words.naming import percent, span_words, unit_words
from billcalc.words.saying import sentence

__all__ = ["Block", "Cell", "statement"]

Cell = str | Decimal | None


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a statement.

    Attributes:
        title: what it is.
        head: the names of its columns; none where each row is a name and its value.
        rows: its cells.
        strong: the rows that sum others.
        money: the columns of amounts, which are shown to the fen; of a statement of a bill they are not marked.
    """

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    strong: frozenset[int] = frozenset()
    money: frozenset[int] = frozenset()


def statement(bill: Bill, *, lexicon: Lexicon) -> tuple[Block, ...]:
    """The parts of a bill, in the order of printing; those without any row are left out."""
    parts = (_head, _readings, _losses, _energies, _lines, _power_factors, _problems)
    return tuple(block for part in parts if (block := part(bill, lexicon)).rows)


def _head(bill: Bill, lexicon: Lexicon) -> Block:
    phrases = lexicon.phrases
    rows: list[Sequence[Cell]] = [
        (phrases[Phrase.AREA], bill.area),
        (phrases[Phrase.CYCLE], span_words(lexicon, bill.cycle)),
        (phrases[Phrase.PERIOD], span_words(lexicon, bill.period)),
        (f"{phrases[Phrase.TOTAL]} [{unit_words(lexicon, bill.currency)}]", bill.total),
    ]
    if bill.tax_inside is not None:
        rate = percent(bill.tax_inside)
        rows.append((f"{phrases[Phrase.TAX].format(rate=rate)} [{unit_words(lexicon, bill.currency)}]", bill.tax))
    if bill.average_price is not None:
        kwh = exact_sum(each for by_band in bill.kwh.values() for each in by_band.values())
        rows.append((f"{phrases[Phrase.ENERGY]} [{unit_words(lexicon, KWH)}]", kwh))
        unit = unit_words(lexicon, f"{bill.currency}/{KWH}")
        rows.append((f"{phrases[Phrase.AVERAGE_PRICE]} [{unit}]", bill.average_price))
    rows.append((phrases[Phrase.EVIDENCE], lexicon.evidence[bill.evidence]))
    return Block(phrases[Phrase.TITLE], (), rows)


def _readings(bill: Bill, lexicon: Lexicon) -> Block:
    phrases = lexicon.phrases
    told = (Phrase.METERING_POINT, Phrase.REGISTER, Phrase.OPENING, Phrase.CLOSING, Phrase.MULTIPLIER, Phrase.COUNTED)
    rows = [row for point in bill.request["metering_points"] for row in _of_point(point, lexicon)]
    return Block(phrases[Phrase.READINGS], [phrases[each] for each in told], rows)


def _of_point(point: Mapping[str, Any], lexicon: Lexicon) -> Iterator[Sequence[Cell]]:
    """A row for each register between two readings of one meter."""
    for opening, closing in pairwise(point["readings"]):
        if closing["kind"] == ReadingKind.INSTALLATION:
            continue  # between the old meter and the new one nothing is counted
        config = [each for each in point["config"] if each["from"] <= opening["at"]][-1]
        multiplier, digits = Decimal(config["multiplier"]), config["digits"]
        for name, shown in closing["registers"].items():
            before, after = opening["registers"].get(name), Decimal(shown)
            if name == Register.MAXIMUM_DEMAND:
                before, counted = None, after
            elif before is None:
                continue
            else:
                counted = EXACT.subtract(after, Decimal(before))
                if name in closing["rollover"]:
                    counted = EXACT.add(counted, Decimal(10) ** digits)
            opened = None if before is None else Decimal(before)
            register = lexicon.registers[Register(name)]
            yield point["id"], register, opened, after, multiplier, EXACT.multiply(counted, multiplier)


def _losses(bill: Bill, lexicon: Lexicon) -> Block:
    """What each metering point lost, which is billed with what its meter counted; the reactive loss last."""
    phrases = lexicon.phrases
    kwh, kvarh = unit_words(lexicon, KWH), unit_words(lexicon, KVARH)
    told = (Phrase.TRANSFORMER_LOSS, Phrase.LINE_LOSS, Phrase.LOSS)
    head = [phrases[Phrase.METERING_POINT], phrases[Phrase.PERIOD]]
    head += [phrases[each].format(unit=kwh) for each in told] + [phrases[Phrase.LOSS].format(unit=kvarh)]
    rows = [
        (loss.point, span_words(lexicon, loss.span), loss.transformer_kwh, loss.line_kwh, loss.kwh, loss.kvarh)
        for loss in bill.losses
    ]
    return Block(phrases[Phrase.LOSSES], head, rows)


def _energies(bill: Bill, lexicon: Lexicon) -> Block:
    phrases = lexicon.phrases
    rows: list[Sequence[Cell]] = []
    sums: set[int] = set()
    for group, by_band in bill.kwh.items():
        rows += [(group, lexicon.bands[band], kwh) for band, kwh in by_band.items() if band in BANDS]
        sums.add(len(rows))
        rows.append((group, phrases[Phrase.SUM], exact_sum(by_band.values())))
    head = ("", phrases[Phrase.BAND], unit_words(lexicon, KWH))
    return Block(phrases[Phrase.ENERGY], head, rows, frozenset(sums))


def _lines(bill: Bill, lexicon: Lexicon) -> Block:
    phrases, names = lexicon.phrases, names_of(bill, lexicon)
    rows: list[Sequence[Cell]] = []
    sums: set[int] = set()
    for section, amount in bill.sections.items():
        sums.add(len(rows))
        rows.append((lexicon.sections[section], None, None, None, None, amount))
        rows += [_line(line, bill, names) for line in bill.lines if line.section is section]
    sums |= set(range(len(rows), len(rows) + len(bill.months) + 1))
    for month in bill.months:
        rows.append((f"{phrases[Phrase.SUM]} {span_words(lexicon, month.period)}", *[None] * 4, month.total))
    rows.append((phrases[Phrase.TOTAL], None, None, None, None, bill.total))
    titles = (Phrase.ITEM, Phrase.BAND, Phrase.QUANTITY, Phrase.UNIT, Phrase.PRICE, Phrase.AMOUNT)
    head = [phrases[each].format(currency=unit_words(lexicon, bill.currency)) for each in titles]
    return Block(phrases[Phrase.LINES], head, rows, frozenset(sums))


def _line(line: Line, bill: Bill, names: Names) -> Sequence[Cell]:
    lexicon = names.lexicon
    item = [names.item(line)]
    if line.span != bill.period:
        item.append(span_words(lexicon, line.span))
    if line.given:
        item.append(f"[{lexicon.phrases[Phrase.GIVEN]}]")
    band = None if line.band is None else lexicon.bands[line.band]
    unit = None if line.quantity is None else unit_words(lexicon, line.unit)
    price: Cell = line.price
    if line.price is not None and line.section is Section.POWER_FACTOR:
        price = percent(line.price)
    return " ".join(item), band, line.quantity, unit, price, line.amount


def _power_factors(bill: Bill, lexicon: Lexicon) -> Block:
    phrases = lexicon.phrases
    head = ("", *(phrases[each] for each in (Phrase.ACTIVE, Phrase.REACTIVE, Phrase.COSPHI, Phrase.RATIO)))
    rows = [
        (
            fact.scope,
            fact.active_kwh,
            fact.reactive_kvarh,
            None if fact.cosphi is None else decimal_text(fact.cosphi, places=2),
            None if fact.ratio is None else percent(fact.ratio),
        )
        for fact in bill.power_factors
    ]
    return Block(phrases[Phrase.POWER_FACTOR], head, rows)


def _problems(bill: Bill, lexicon: Lexicon) -> Block:
    rows = [
        (lexicon.severities[each.severity], sentence(lexicon, each.code, each.facts), each.code.value)
        for each in bill.problems
    ]
    return Block(lexicon.phrases[Phrase.PROBLEMS], (), rows)
