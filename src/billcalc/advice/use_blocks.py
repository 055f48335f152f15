"""The parts of an advice about load and power factor, and about what it rests on."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from billcalc.advice.advice import Advice
from billcalc.advice.basic import BasicAdvice, NotAdvised
from billcalc.advice.words import why_text
from billcalc.explain.statement import Block, Cell
from billcalc.kernel.decimals import EXACT, exact_sum
from billcalc.kernel.numbers import quotient_number
from billcalc.kernel.sources import weakest
from billcalc.words.lexicon import Lexicon
from billcalc.words.naming import span_words
from billcalc.words.saying import sentence, trouble_sentence

__all__ = ["left_out", "power_factor_blocks", "rests_blocks", "shift_blocks"]

_PER_KWH = Decimal("0.0001")
_Words = Mapping[str, str]


def shift_blocks(advice: Advice, words: _Words, lexicon: Lexicon) -> Iterator[Block]:
    """What moving load is worth, month by month."""
    rows: list[Sequence[Cell]] = []
    for (_, bill), each in zip(advice.months, advice.shifted, strict=True):
        month = span_words(lexicon, bill.period)
        if each.rebilled is None:
            assert each.why is not None, "where nothing is moved it is told why"
            rows.append((month, None, bill.total, None, None, None, why_text(each.why, lexicon)))
        else:
            other = each.rebilled.bill.total
            saved = EXACT.subtract(bill.total, other)
            rows.append((month, each.moved, bill.total, other, saved, _per_kwh(saved, each.moved), ""))
    moved = exact_sum(each.moved for each in advice.shifted)
    paid = exact_sum(bill.total for _, bill in advice.months)
    saves = advice.moved_saves
    rows.append((words["sum"], moved, paid, EXACT.subtract(paid, saves), saves, _per_kwh(saves, moved), ""))
    head = [words[key] for key in ("month", "kwh", "paid", "otherwise", "saved", "per_kwh", "why")]
    yield Block(words["shift"], head, rows, frozenset({len(rows) - 1}), frozenset({2, 3, 4}))


def _per_kwh(saved: Decimal, moved: Decimal) -> Decimal | None:
    return quotient_number(saved, moved, _PER_KWH) if moved else None


def power_factor_blocks(advice: Advice, words: _Words, lexicon: Lexicon) -> Iterator[Block]:
    """What compensation is worth at each step, month by month; and where it cannot be told, why."""
    for scope, target in advice.steps:
        rows: list[Sequence[Cell]] = []
        for (_, bill), of_month in zip(advice.months, advice.compensations, strict=True):
            for each in of_month:
                for step in each.steps:
                    if (each.scope, step.target) == (scope, target):
                        other = bill.total if step.rebilled is None else step.rebilled.bill.total
                        saved = EXACT.subtract(bill.total, other)
                        rows.append(
                            (span_words(lexicon, bill.period), each.cosphi, step.kvarh, Decimal(step.kvar), bill.total,
                             other, saved)
                        )  # fmt: skip
        saved = advice.compensated(scope, target)
        kvar = Decimal(max(kvar for _, _, kvar in advice.at_step(scope, target)))
        rows.append((words["sum"], None, None, kvar, None, None, saved))
        head = [words[key] for key in ("month", "cosphi", "kvarh", "kvar", "paid", "otherwise", "saved")]
        title = words["power_factor"].format(scope=scope, target=f"{target:f}")
        yield Block(title, head, rows, frozenset({len(rows) - 1}), frozenset({4, 5, 6}))
    untold: list[Sequence[Cell]] = []
    for (_, bill), of_month in zip(advice.months, advice.compensations, strict=True):
        month = span_words(lexicon, bill.period)
        untold += [(month, each.scope, why_text(each.why, lexicon)) for each in of_month if each.why is not None]
        untold += [] if of_month else [(month, "", why_text(NotAdvised.NOT_ASSESSED, lexicon))]
    yield Block(words["power_factors"], [words["month"], words["what"], words["why"]], untold)


def left_out(advice: Advice, words: _Words, lexicon: Lexicon) -> Block:
    """The months that cannot be billed."""
    rows = [
        (
            span_words(lexicon, each.asked.request.period.span),
            each.refusal.where,
            trouble_sentence(lexicon, each.refusal),
        )
        for each in advice.left_out
    ]
    return Block(words["left_out"], [words["month"], words["what"], words["why"]], rows)


def rests_blocks(advice: Advice, words: _Words, lexicon: Lexicon) -> Iterator[Block]:
    """The months with their bills and readings, what is doubted of them, and the documents."""
    demands = _demands(advice)
    rows: list[Sequence[Cell]] = []
    for (_, bill), (metered, floor) in zip(advice.months, demands, strict=True):
        energy = exact_sum(each for by_band in bill.kwh.values() for each in by_band.values())
        rows.append(
            (span_words(lexicon, bill.period), energy, metered, floor, lexicon.evidence[bill.evidence], bill.id)
        )
    head = [words[key] for key in ("month", "energy", "demand", "floor", "evidence", "bill")]
    yield Block(words["rests"], head, rows)
    doubts = [
        (span_words(lexicon, bill.period), sentence(lexicon, problem.code, problem.facts))
        for bill, problem in advice.doubts
    ]
    yield Block(words["doubts"], [words["month"], words["what"]], doubts)
    weakest_of_all = lexicon.evidence[weakest(bill.evidence for bill in advice.bills)]
    documents = [(name, "") for name in sorted(advice.documents)]
    yield Block(words["documents"], [words["document"], words["evidence"]], [*documents, ("", weakest_of_all)])


def _demands(advice: Advice) -> Iterator[tuple[str, str]]:
    """The maximum demand and the floor of each month, by supply point where there are several."""
    if not isinstance(advice.basic, BasicAdvice):
        yield from [("", "")] * len(advice.months)
        return
    for month in advice.basic.months:
        several = len(month.bends) > 1
        told = [(f"{name} " if several else "", bend) for name, bends in month.bends.items() for bend in bends]
        metered = ", ".join(f"{name}{bend.metered:f}" for name, bend in told)
        yield metered, ", ".join(f"{name}{bend.floor:f}" for name, bend in told)
