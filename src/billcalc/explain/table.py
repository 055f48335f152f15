"""The bill as a table: its lines by section, below them what they rest on and what is doubtful."""

from collections.abc import Iterator

from billcalc.billing.bill import Bill, Line, LossFact, PowerFactorFact
from billcalc.explain.naming import Names, names_of
from billcalc.explain.printing import Align, PrintedLine, Role, columns, printed
from billcalc.explain.problems import problem_lines
from billcalc.kernel.decimals import decimal_text, exact_sum
from billcalc.kernel.terms import Term
from billcalc.kernel.units import KVARH, KWH
from billcalc.vocabulary import BANDS, Section
from billcalc.words.bills import Phrase
from billcalc.words.lexicon import Lexicon
from billcalc.words.naming import labelled, money, percent, quantity, span_words, unit_words

__all__ = ["bill_table"]

_COLUMNS = (Align.LEFT, Align.LEFT, Align.RIGHT, Align.RIGHT, Align.RIGHT, Align.RIGHT)
_Row = tuple[tuple[str, ...], Role]


def bill_table(bill: Bill, *, lexicon: Lexicon) -> tuple[PrintedLine, ...]:
    """The bill for people.

    Columns: item, band, quantity with unit, price, amount, and the sum of each section in its heading.
    """
    return (*_head(bill, lexicon), printed(""), *_table(bill, lexicon), printed(""), *_below(bill, lexicon))


def _head(bill: Bill, lexicon: Lexicon) -> Iterator[PrintedLine]:
    title = f"{lexicon.phrases[Phrase.TITLE]}  {bill.area}  {span_words(lexicon, bill.period)}"
    cycle = labelled(lexicon, lexicon.phrases[Phrase.CYCLE], span_words(lexicon, bill.cycle))
    yield printed(title if bill.cycle == bill.period else f"{title}  {cycle}", Role.TITLE)


def _table(bill: Bill, lexicon: Lexicon) -> Iterator[PrintedLine]:
    rows = list(_rows(bill, lexicon))
    for text, (_, role) in zip(columns([row for row, _ in rows], _COLUMNS), rows, strict=True):
        yield printed(text, role)


def _rows(bill: Bill, lexicon: Lexicon) -> Iterator[_Row]:
    phrases, names = lexicon.phrases, names_of(bill, lexicon)
    currency = unit_words(lexicon, bill.currency)
    titles = (Phrase.ITEM, Phrase.BAND, Phrase.QUANTITY, Phrase.PRICE, Phrase.AMOUNT, Phrase.SUBTOTAL)
    yield tuple(phrases[title].format(currency=currency) for title in titles), Role.ASIDE
    for section, amount in bill.sections.items():
        yield (lexicon.sections[section], "", "", "", "", money(amount)), Role.HEADING
        for line in bill.lines:
            if line.section is section:
                yield _row(line, bill, names), Role.TEXT
    for month in bill.months:
        yield (
            (f"{phrases[Phrase.SUM]} {span_words(lexicon, month.period)}", "", "", "", "", money(month.total)),
            Role.TEXT,
        )
    yield (phrases[Phrase.TOTAL], "", "", "", "", money(bill.total)), Role.TITLE


def _row(line: Line, bill: Bill, names: Names) -> tuple[str, ...]:
    lexicon = names.lexicon
    item = [f"  {names.item(line)}"]
    if line.span != bill.period:
        item.append(span_words(lexicon, line.span))
    if line.given:
        item.append(f"[{lexicon.phrases[Phrase.GIVEN]}]")
    band = "" if line.band is None else lexicon.bands[line.band]
    amount = "" if line.quantity is None else quantity(lexicon, line.quantity, line.unit)
    return " ".join(item), band, amount, _price(line), money(line.amount), ""


def _price(line: Line) -> str:
    if line.price is None:
        return ""
    return percent(line.price) if line.section is Section.POWER_FACTOR else decimal_text(line.price)


def _below(bill: Bill, lexicon: Lexicon) -> Iterator[PrintedLine]:
    phrases = lexicon.phrases
    for fact in bill.power_factors:
        yield printed(_power_factor(fact, lexicon))
    for loss in bill.losses:
        yield printed(_loss(loss, lexicon))
    for group, by_band in bill.kwh.items():
        bands = [f"{lexicon.bands[band]} {decimal_text(kwh)}" for band, kwh in by_band.items() if band in BANDS]
        whole = f"{phrases[Phrase.SUM]} {quantity(lexicon, exact_sum(by_band.values()), KWH)}"
        yield printed(labelled(lexicon, f"{phrases[Phrase.ENERGY]} {group}", *bands, whole))
    if bill.average_price is not None:
        price = quantity(lexicon, bill.average_price, f"{bill.currency}/{KWH}")
        yield printed(labelled(lexicon, phrases[Phrase.AVERAGE_PRICE], price))
    if bill.tax is not None and bill.tax_inside is not None:
        told = phrases[Phrase.TAX].format(rate=percent(bill.tax_inside))
        yield printed(labelled(lexicon, told, quantity(lexicon, bill.tax, bill.currency)))
    yield printed(labelled(lexicon, phrases[Phrase.EVIDENCE], lexicon.evidence[bill.evidence]))
    facts = {"id": bill.id, "version": bill.version, "tariff_set": bill.tariff_set}
    yield printed(phrases[Phrase.IDENTITY].format(**facts), Role.ASIDE)
    yield from problem_lines(bill, lexicon)


def _loss(fact: LossFact, lexicon: Lexicon) -> str:
    told = ((Term.TRANSFORMER_LOSS, fact.transformer_kwh), (Term.LINE_LOSS, fact.line_kwh))
    parts = [f"{lexicon.terms[term]} {quantity(lexicon, kwh, KWH)}" for term, kwh in told if kwh is not None]
    if fact.kvarh is not None:
        parts.append(f"{lexicon.phrases[Phrase.REACTIVE]} {quantity(lexicon, fact.kvarh, KVARH)}")
    name = f"{lexicon.terms[Term.LOSS_ENERGY]} {fact.point} {span_words(lexicon, fact.span)}"
    return labelled(lexicon, name, *parts)


def _power_factor(fact: PowerFactorFact, lexicon: Lexicon) -> str:
    phrases = lexicon.phrases
    told = (
        (Phrase.ACTIVE, fact.active_kwh, lambda number: quantity(lexicon, number, KWH)),
        (Phrase.REACTIVE, fact.reactive_kvarh, lambda number: quantity(lexicon, number, KVARH)),
        (Phrase.COSPHI, fact.cosphi, lambda number: decimal_text(number, places=2)),
        (Phrase.RATIO, fact.ratio, percent),
    )
    texts = [f"{phrases[phrase]} {text(number)}" for phrase, number, text in told if number is not None]
    return labelled(lexicon, f"{phrases[Phrase.POWER_FACTOR]} {fact.scope}", *texts)
