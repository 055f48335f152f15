"""The statement of a case: what is claimed, how it comes about, and by which clause."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from billcalc.claims.claimed import Claimed, ClaimedLine
from billcalc.claims.words import ITEMS, RATES, TITLES
from billcalc.explain.formula import Figure, is_single, written
from billcalc.explain.problems import doubts_block
from billcalc.explain.statement import Block, Cell
from billcalc.kernel.decimals import decimal_text
from billcalc.kernel.sources import Evidence
from billcalc.kernel.steps import Operand, Step
from billcalc.kernel.terms import Term
from billcalc.kernel.troubles import Problem
from billcalc.kernel.units import DAY, PURE, TIMES
from billcalc.words.language import in_language
from billcalc.words.lexicon import Lexicon
from billcalc.words.naming import quantity, span_words

__all__ = ["claims_statement"]

_UNSEEN = (Evidence.UNVERIFIED, Evidence.SECONDARY, Evidence.INFERRED)


def claims_statement(claimed: Claimed, doubts: Sequence[Problem] = (), *, lexicon: Lexicon) -> tuple[Block, ...]:
    """The head, the amounts with their formulas, the clauses, and what is doubtful, if anything is."""
    words = in_language(TITLES, lexicon.language)
    blocks = (
        Block(words["statement"], (), tuple(_head(claimed, lexicon))),
        _amounts(claimed, lexicon),
        _clauses(claimed, lexicon),
    )
    return (*blocks, *doubts_block(doubts, lexicon))


def _head(claimed: Claimed, lexicon: Lexicon) -> Iterator[Sequence[Cell]]:
    words, case = in_language(TITLES, lexicon.language), claimed.case
    yield words["case"], case.id
    if case.account is not None:
        yield words["account"], case.account
    if case.found is not None:
        yield words["found"], case.found.isoformat()
    yield words["total"], decimal_text(claimed.total, places=2)
    if any(source.evidence in _UNSEEN for line in claimed.lines for source in line.sources):
        yield "", words["unverified"]


def _amounts(claimed: Claimed, lexicon: Lexicon) -> Block:
    words = in_language(TITLES, lexicon.language)
    shown: set[tuple[str, Step]] = set()
    rows: list[Sequence[Cell]] = []
    for line in claimed.lines:
        new = [step for step in line.steps if (line.pointer, step) not in shown and not is_single(step.expression)]
        shown.update((line.pointer, step) for step in line.steps)
        formula = words["between"].join(_formula(step, lexicon) for step in new)
        days = None if line.span is None else span_words(lexicon, line.span)
        rows.append((_entry(line, lexicon), _item(line, lexicon), days, formula, line.amount))
    rows.append((words["total"], None, None, None, claimed.total))
    head = [words[each] for each in ("entry", "item", "days", "formula", "amount")]
    return Block(words["amounts"], head, rows, frozenset({len(rows) - 1}), frozenset({4}))


def _entry(line: ClaimedLine, lexicon: Lexicon) -> str:
    _, part, place = line.pointer.split("/")
    return TITLES[part].of(lexicon.language).format(number=int(place) + 1)


def _item(line: ClaimedLine, lexicon: Lexicon) -> str:
    return line.label or ITEMS[line.item].of(lexicon.language)


def _clauses(claimed: Claimed, lexicon: Lexicon) -> Block:
    words = in_language(TITLES, lexicon.language)
    told = dict.fromkeys((_item(line, lexicon), source) for line in claimed.lines for source in line.sources)
    rows = [
        (
            item,
            " ".join(each for each in (source.title, source.number, source.clause) if each),
            lexicon.evidence[source.evidence],
        )
        for item, source in told
    ]
    return Block(words["clauses"], [words["item"], words["clause"], words["evidence"]], rows)


def _formula(step: Step, lexicon: Lexicon) -> str:
    """``energy that no meter counted = 5 kW × 12 × 180 = 10800 kWh``."""
    figures = [_figure(each, lexicon) for each in step.operands]
    result = _quantity(step.number, step.unit, lexicon)
    return f"{lexicon.terms[step.term]} = {written(step.expression, figures, lexicon).text} = {result}"


def _figure(operand: Operand, lexicon: Lexicon) -> Figure:
    digits = decimal_text(operand.number)
    if operand.term is Term.BREACH_RATE:
        return Figure(f"{digits} {RATES[operand.unit].of(lexicon.language)}", digits)
    return Figure(_quantity(operand.number, operand.unit, lexicon), digits)


def _quantity(number: Decimal, unit: str, lexicon: Lexicon) -> str:
    if unit in (PURE, DAY, TIMES) or unit.endswith(f"/{DAY}"):
        return decimal_text(number)
    return quantity(lexicon, number, unit)
