"""An advice as a statement: what is advised, the figures month by month, what they rest on and what is not known."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from billcalc.advice.advice import Advice
from billcalc.advice.basic import BasicAdvice, NotAdvised, Plan
from billcalc.advice.use_blocks import left_out, power_factor_blocks, rests_blocks, shift_blocks
from billcalc.advice.words import ADVISED, TITLES, UNKNOWN, WAYS, why_text
from billcalc.agreement.models import BasicMode
from billcalc.explain.statement import Block, Cell
from billcalc.kernel.decimals import EXACT, exact_sum
from billcalc.kernel.spans import Span
from billcalc.words.language import in_language
from billcalc.words.lexicon import Lexicon
from billcalc.words.naming import money, span_words, unit_words

__all__ = ["contracts_text", "statement_of"]


def statement_of(advice: Advice, *, lexicon: Lexicon) -> tuple[Block, ...]:
    """The parts of an advice; those without a row are left out."""
    words = {
        key: text.format_map({"currency": unit_words(lexicon, advice.currency), **_KEPT})
        for key, text in in_language(TITLES, lexicon.language).items()
    }
    blocks = [_head(advice, words, lexicon), _advised(advice, words, lexicon)]
    if isinstance(advice.basic, BasicAdvice):
        blocks += _basic(advice.basic, words, lexicon)
    blocks += shift_blocks(advice, words, lexicon)
    blocks += power_factor_blocks(advice, words, lexicon)
    blocks.append(left_out(advice, words, lexicon))
    blocks += rests_blocks(advice, words, lexicon)
    unknown = in_language(UNKNOWN, lexicon.language)
    blocks.append(Block(words["unknown"], (), [("", unknown[each]) for each in advice.unknown]))
    return tuple(block for block in blocks if block.rows)


_KEPT = {name: f"{{{name}}}" for name in ("scope", "target", "kw", "name")}
"""What is filled in later."""


def contracts_text(contracts: Mapping[str, int] | None) -> str:
    """The contracts of supply points: of one its number alone.

    >>> contracts_text({"S1": 477}), contracts_text({"S1": 477, "S2": 20}), contracts_text(None)
    ('477', 'S1 477, S2 20', '')
    """
    if not contracts:
        return ""
    if len(contracts) == 1:
        return str(*contracts.values())
    return ", ".join(f"{name} {kw}" for name, kw in contracts.items())


def _head(advice: Advice, words: Mapping[str, str], lexicon: Lexicon) -> Block:
    bills = [bill for _, bill in advice.months]
    whole = Span(bills[0].period.start, bills[-1].period.end)
    rows: list[Sequence[Cell]] = [
        (words["area"], bills[0].area),
        (words["days"], span_words(lexicon, whole)),
        (words["months"], Decimal(len(bills))),
        (words["paid"], money(exact_sum(bill.total for bill in bills))),
    ]
    return Block(words["title"], (), [(name, str(value)) for name, value in rows])


def _advised(advice: Advice, words: Mapping[str, str], lexicon: Lexicon) -> Block:
    """What is advised, in sentences."""
    return Block(words["advised"], (), [("", text) for text in _sentences(advice, lexicon)])


def _sentences(advice: Advice, lexicon: Lexicon) -> Iterator[str]:
    said = in_language(ADVISED, lexicon.language)
    currency = {"currency": unit_words(lexicon, advice.currency)}
    basic = advice.basic
    if isinstance(basic, NotAdvised):
        yield f"{in_language(TITLES, lexicon.language)['ways']}: {why_text(basic, lexicon)}"
    else:
        untold = any(why is not NotAdvised.NOT_IN_FORCE for month in basic.months for why in month.troubles.values())
        key = "plan" if basic.plan is not None else "nothing_told" if untold else "nothing"
        yield said[key].format_map({**currency, "saved": money(basic.saving(basic.plan))})
        if basic.saving(basic.plan) != basic.saving(basic.by_quarter):
            yield said["by_quarter"].format_map({**currency, "saved": money(basic.saving(basic.by_quarter))})
        cost = basic.whole(BasicMode.CONTRACTED)
        if cost is not None:
            told = {"contract": f"{contracts_text(basic.contracts)} kW", "cost": money(cost)}
            yield said["one_contract"].format_map({**currency, **told})
    doubted = {bill.period for bill, _ in advice.doubts}
    if doubted or advice.left_out:
        yield said["doubts"].format(doubted=len(doubted), left=len(advice.left_out))
    moved = exact_sum(each.moved for each in advice.shifted)
    if moved:
        yield said["shift"].format_map({**currency, "kwh": f"{moved:f}", "saved": money(advice.moved_saves)})
    for scope, target in advice.steps:
        found = list(advice.at_step(scope, target))
        kvar = max(each for _, _, each in found)
        told = {"scope": scope, "target": f"{target:f}", "kvar": str(kvar)}
        saved = money(advice.compensated(scope, target))
        yield said["step" if kvar else "step_reached"].format_map({**currency, **told, "saved": saved})


def _basic(basic: BasicAdvice, words: Mapping[str, str], lexicon: Lexicon) -> Iterator[Block]:
    if basic.plan is not None:
        yield _plan(basic, basic.plan, words, lexicon)
        yield _moved(basic.plan, words, lexicon)
    yield _ways(basic, words, lexicon)
    yield _troubles(basic, words, lexicon)


def _plan(basic: BasicAdvice, plan: Plan, words: Mapping[str, str], lexicon: Lexicon) -> Block:
    """The plan, a row for each month."""
    ways = in_language(WAYS, lexicon.language)
    rows: list[Sequence[Cell]] = []
    for month, way, each in zip(basic.months, plan.ways, plan.bills, strict=True):
        saved = EXACT.subtract(month.present.total, each.bill.total)
        contract = _contract_of(each.changes)
        rows.append(
            (
                span_words(lexicon, month.present.period),
                ways[way],
                contract,
                month.present.total,
                each.bill.total,
                saved,
            )
        )
    rows.append((words["sum"], "", "", basic.cost, plan.cost, basic.saving(plan)))
    head = [words[key] for key in ("month", "way", "contract", "paid", "advised_cost", "saved")]
    return Block(words["advised"], head, rows, frozenset({len(rows) - 1}), frozenset({3, 4, 5}))


def _contract_of(changes: Mapping[str, str]) -> str:
    """The contracts that are told otherwise."""
    told = {where.rpartition("/")[2]: kw for where, kw in changes.items() if "/basic/contracts/" in where}
    return contracts_text({name: int(kw) for name, kw in told.items()})


def _moved(plan: Plan, words: Mapping[str, str], lexicon: Lexicon) -> Block:
    ways = in_language(WAYS, lexicon.language)
    rows = [
        (str(each.day), ways[each.before], ways[each.after], "" if each.apply_by is None else str(each.apply_by),
         each.rule.article)
        for each in plan.moved
    ]  # fmt: skip
    head = [words[key] for key in ("day", "from_way", "to_way", "apply_by", "rule")]
    return Block(words["moved"], head, rows)


def _ways(basic: BasicAdvice, words: Mapping[str, str], lexicon: Lexicon) -> Block:
    """What each way costs in each month; the same contract in all of them, and that of each month."""
    ways = in_language(WAYS, lexicon.language)
    rows: list[Sequence[Cell]] = []
    for month in basic.months:
        bills = {way: each.bill.total for way, each in month.ways.items()}
        one = None if month.one_contract is None else month.one_contract.bill.total
        rows.append(
            (span_words(lexicon, month.present.period), ways[month.way], month.present.total, bills.get(_CAPACITY), one,
             contracts_text(month.contracts), bills.get(_CONTRACTED), bills.get(_ACTUAL))
        )  # fmt: skip
    wholes = [basic.whole(way) for way in (_CAPACITY, _CONTRACTED)]
    rows.append((words["sum"], "", basic.cost, *wholes, "", None, basic.whole(_ACTUAL)))
    head = [
        *(words[key] for key in ("month", "way", "paid")),
        ways[_CAPACITY],
        words["one_contract"].format(kw=contracts_text(basic.contracts) or "–"),
        *(words[key] for key in ("best_contract", "by_contract")),
        ways[_ACTUAL],
    ]
    return Block(words["ways"], head, rows, frozenset({len(rows) - 1}), frozenset({2, 3, 4, 6, 7}))


_CAPACITY, _CONTRACTED, _ACTUAL = BasicMode.CAPACITY, BasicMode.CONTRACTED, BasicMode.ACTUAL


def _troubles(basic: BasicAdvice, words: Mapping[str, str], lexicon: Lexicon) -> Block:
    """Why ways cannot be billed."""
    ways = in_language(WAYS, lexicon.language)
    rows = [
        (
            span_words(lexicon, month.present.period),
            ways[way],
            why_text(why, lexicon),
        )
        for month in basic.months
        for way, why in month.troubles.items()
    ]
    return Block(words["troubles"], [words[key] for key in ("month", "way", "why")], rows)
