"""The letter of a correction, and its bills: parts that a page and a workbook render."""

from collections.abc import Iterator, Sequence

from billcalc.billing.bill import Line
from billcalc.billing.identity import canonical_json
from billcalc.corrections.case import Case
from billcalc.corrections.factors import shown_factor
from billcalc.corrections.rebill import CorrectedMonth, Correction, cancelled
from billcalc.corrections.rules import CorrectionRules
from billcalc.corrections.words import CAUSES, HALVES, LETTER, TITLES
from billcalc.explain.naming import names_of
from billcalc.explain.statement import Block, Cell, statement
from billcalc.kernel.decimals import EXACT, exact_sum
from billcalc.kernel.sources import Evidence
from billcalc.kernel.spans import Span
from billcalc.vocabulary import Section
from billcalc.words.bills import Phrase
from billcalc.words.language import Pair, in_language
from billcalc.words.lexicon import Lexicon
from billcalc.words.naming import money, percent, span_words, unit_words

__all__ = ["bills_of", "conclusion", "letter"]

_UNSEEN = (Evidence.UNVERIFIED, Evidence.SECONDARY, Evidence.INFERRED)


def letter(correction: Correction, *, lexicon: Lexicon) -> tuple[Block, ...]:
    """The letter: reason, clause, figures of the energy, money by month, what differs by line."""
    words = in_language(TITLES, lexicon.language)
    parts = (
        Block(words["letter"], (), tuple(_head(correction, lexicon))),
        _energy(correction, lexicon),
        _money(correction, lexicon),
        *(_differing(month, lexicon) for month in correction.changed),
    )
    return tuple(part for part in parts if part.rows)


def bills_of(correction: Correction, *, lexicon: Lexicon) -> Iterator[tuple[str, tuple[Block, ...]]]:
    """The cancelling and the replacing bill of each month, with their titles."""
    words = in_language(TITLES, lexicon.language)
    for month in correction.changed:
        first = month.original.period.start.isoformat()
        title = f"{words['cancel']} {first}"
        yield title, (_lines(title, cancelled(month.original.lines), month, lexicon),)
        title = f"{words['replace']} {first}"
        yield title, (Block(title, (), ()), *statement(month.right, lexicon=lexicon))


def conclusion(correction: Correction, *, lexicon: Lexicon) -> str:
    """What comes of it, in one sentence."""
    amount = correction.money
    key = "even" if amount == 0 else "pay" if amount > 0 else "refund"
    key = key if correction.changed else "nothing"
    currency = unit_words(lexicon, correction.currency)
    return LETTER[key].of(lexicon.language).format(amount=money(abs(amount)), currency=currency)


def _head(correction: Correction, lexicon: Lexicon) -> Iterator[Sequence[Cell]]:
    words, case = in_language(TITLES, lexicon.language), correction.case
    said = in_language(LETTER, lexicon.language)
    yield words["case"], case.id
    if case.account is not None:
        yield words["account"], case.account
    yield words["cause"], CAUSES[case.cause].of(lexicon.language)
    if correction.undoes is not None:
        yield words["undoes"], correction.undoes
    rules = _decided_by(correction)
    for document, periods in rules.items():
        yield from _rule(case, document, periods if len(rules) > 1 else (), lexicon)
    if case.span is not None:
        yield words["days"], span_words(lexicon, case.span)
        if any(each.of(case.cause).share < 1 for each in rules):
            yield words["which"], HALVES[case.half].of(lexicon.language)
    if case.error is not None:
        yield words["error"], percent(case.error)
    yield from _set(case, lexicon)
    yield words["result"], conclusion(correction, lexicon=lexicon)
    if correction.changed:
        yield "", said["kept"]
    if case.span is not None:
        yield "", said["registers"]
    if any(each.of(case.cause).evidence in _UNSEEN for each in rules):
        yield "", said["unverified"]


def _decided_by(correction: Correction) -> dict[CorrectionRules, list[Span]]:
    """The documents that decided a case, in the order of its months, each with the months that it decided.

    Months of which nothing changes were decided, too: that a bill was right is an answer of the rule.
    """
    found: dict[CorrectionRules, list[Span]] = {}
    for month in correction.months:
        found.setdefault(month.rules, []).append(month.original.period)
    return found


def _rule(case: Case, document: CorrectionRules, periods: Sequence[Span], lexicon: Lexicon) -> Iterator[Sequence[Cell]]:
    """A rule of the case: its clause, of which months where there are others, what it says, and how it was seen."""
    words = in_language(TITLES, lexicon.language)
    rule = document.of(case.cause)
    source = document.source(rule)
    cited = " ".join(each for each in (source.title, source.number, source.clause) if each)
    if periods:
        months = words["and"].join(span_words(lexicon, each) for each in periods)
        cited = words["of_months"].format(clause=cited, months=months)
    yield words["clause"], cited
    yield words["rule"], Pair(rule.english, rule.chinese).of(lexicon.language)
    yield words["evidence"], lexicon.evidence[rule.evidence]


def _set(case: Case, lexicon: Lexicon) -> Iterator[Sequence[Cell]]:
    """What is set right in the file, in every month or in one."""
    words = in_language(TITLES, lexicon.language)
    told = [(words["all_months"], case.right)]
    told += [(span_words(lexicon, month.billed.period.span), month.right) for month in case.months]
    for when, right in told:
        for path, value in right.items():
            shown = words["removed"] if value is None else canonical_json(value).decode()
            yield words["set"], f"{when}: {path} = {shown}"


def _energy(correction: Correction, lexicon: Lexicon) -> Block:
    words = in_language(TITLES, lexicon.language)
    step = correction.rules.factor_step
    rows: list[Sequence[Cell]] = []
    for month in correction.months:
        energy = month.energy
        if energy is None:
            continue
        factor: Cell = words["normal"] if energy.factor is None else shown_factor(energy.factor, step)
        share = shown_factor(energy.share, step)
        when = span_words(lexicon, month.original.period)
        for register, more in energy.added.items():
            metered = energy.metered[register]
            rows.append((when, lexicon.registers[register], metered, factor, share, more, EXACT.add(metered, more)))
    head = ("period", "register", "metered", "factor", "share", "added", "right")
    return Block(words["energy"], [words[each] for each in head], rows)


def _money(correction: Correction, lexicon: Lexicon) -> Block:
    words = in_language(TITLES, lexicon.language)
    currency = unit_words(lexicon, correction.currency)
    amounts = [(EXACT.minus(month.original.total), month.right.total, month.money) for month in correction.changed]
    periods = [span_words(lexicon, month.original.period) for month in correction.changed]
    rows: list[Sequence[Cell]] = [(when, *each) for when, each in zip(periods, amounts, strict=True)]
    if rows:
        rows.append((words["sum"], *map(exact_sum, zip(*amounts, strict=True))))
    head = (words["period"], words["original"], words["replacing"], words["money_of"].format(currency=currency))
    return Block(words["money"], head, rows, frozenset({len(rows) - 1}), frozenset({1, 2, 3}))


def _differing(month: CorrectedMonth, lexicon: Lexicon) -> Block:
    title = f"{TITLES['difference'].of(lexicon.language)} {span_words(lexicon, month.original.period)}"
    return _lines(title, month.difference, month, lexicon)


def _lines(title: str, lines: Sequence[Line], month: CorrectedMonth, lexicon: Lexicon) -> Block:
    """Lines of a month as a table, with their sum."""
    names, phrases = names_of(month.right, lexicon), lexicon.phrases
    rows: list[Sequence[Cell]] = []
    for line in lines:
        band = None if line.band is None else lexicon.bands[line.band]
        unit = None if line.quantity is None else unit_words(lexicon, line.unit)
        is_ratio = line.price is not None and line.section is Section.POWER_FACTOR
        price = percent(line.price) if is_ratio and line.price is not None else line.price
        rows.append((names.item(line), band, line.quantity, unit, price, line.amount))
    rows.append((phrases[Phrase.TOTAL], None, None, None, None, exact_sum(line.amount for line in lines)))
    titles = (Phrase.ITEM, Phrase.BAND, Phrase.QUANTITY, Phrase.UNIT, Phrase.PRICE, Phrase.AMOUNT)
    currency = unit_words(lexicon, month.right.currency)
    head = [phrases[each].format(currency=currency) for each in titles]
    return Block(title, head, rows, frozenset({len(rows) - 1}), frozenset({len(head) - 1}))
