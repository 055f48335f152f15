"""Variants of a request beside it: by which lines each bill differs, and all of it as a statement."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from billcalc.advice.words import TITLES
from billcalc.billing.bill import Bill, Line
from billcalc.explain.naming import names_of
from billcalc.explain.statement import Block, Cell
from billcalc.kernel.decimals import EXACT, ZERO, exact_sum
from billcalc.kernel.troubles import Fault, Problem, Refusal
from billcalc.vocabulary import Section
from billcalc.words.language import in_language
from billcalc.words.lexicon import Lexicon
from billcalc.words.naming import qualified, span_words, unit_words
from billcalc.words.saying import sentence, trouble_sentence

__all__ = ["ChangedLine", "Outcome", "changed_lines", "simulation_statement"]

Outcome = Bill | Refusal | Sequence[Fault]
"""The bill of a variant, why there is none, or what is wrong with the request that it makes."""


@dataclass(frozen=True, slots=True)
class ChangedLine:
    """A line that two bills do not have alike.

    Attributes:
        line: as the first bill that has it says it.
        base, variant: its amount on each; None where a bill has it not [money].
    """

    line: Line
    base: Decimal | None
    variant: Decimal | None

    @property
    def difference(self) -> Decimal:
        """Variant − base [money]."""
        return EXACT.subtract(self.variant or ZERO, self.base or ZERO)


def changed_lines(base: Bill, variant: Bill) -> tuple[ChangedLine, ...]:
    """The lines that differ, in the order of the base, then those that only the variant has."""
    lines: dict[tuple[object, ...], tuple[Line, dict[str, Decimal]]] = {}
    for side, bill in (("base", base), ("variant", variant)):
        for line in bill.lines:
            name = (line.code, line.label, line.section, line.group, line.band, line.span)
            _, amounts = lines.setdefault(name, (line, {}))
            amounts[side] = EXACT.add(amounts.get(side, ZERO), line.amount)
    told = (ChangedLine(line, found.get("base"), found.get("variant")) for line, found in lines.values())
    return tuple(each for each in told if each.difference or None in (each.base, each.variant))


def simulation_statement(base: Bill, variants: Mapping[str, Outcome], *, lexicon: Lexicon) -> tuple[Block, ...]:
    """What the request comes to, what each variant comes to, the lines and problems that differ, its own problems.

    Args:
        base: the bill of the request itself.
        variants: by name what became of each.
        lexicon: the words.
    """
    currency = unit_words(lexicon, base.currency)
    words = {key: text.replace("{currency}", currency) for key, text in in_language(TITLES, lexicon.language).items()}
    head: list[Sequence[Cell]] = [
        (words["area"], base.area),
        (words["days"], span_words(lexicon, base.period)),
        (words["paid"], f"{base.total:f}"),
    ]
    blocks = [Block(words["simulation"], (), head), _totals(base, variants, words)]
    for name, found in variants.items():
        if isinstance(found, Bill):
            blocks += _differences(base, name, found, words, lexicon)
        else:
            told = [found] if isinstance(found, Refusal) else found
            sentences = [(each.code.value, _with_place(each, lexicon)) for each in told]
            blocks.append(Block(words["not_billed"].format(name=name), (), sentences))
    if base.problems:
        blocks.append(Block(words["problems_of_request"], (), _said(base.problems, lexicon)))
    return tuple(blocks)


def _with_place(trouble: Refusal | Fault, lexicon: Lexicon) -> str:
    """What is the matter, and then where."""
    text = trouble_sentence(lexicon, trouble)
    return qualified(lexicon, text, trouble.where) if trouble.where else text


def _said(problems: Iterable[Problem], lexicon: Lexicon) -> Sequence[Sequence[Cell]]:
    return [(lexicon.severities[each.severity], sentence(lexicon, each.code, each.facts)) for each in problems]


def _totals(base: Bill, variants: Mapping[str, Outcome], words: Mapping[str, str]) -> Block:
    rows: list[Sequence[Cell]] = [
        (name, found.total, EXACT.subtract(found.total, base.total)) if isinstance(found, Bill) else (name, None, None)
        for name, found in variants.items()
    ]
    head = [words[each] for each in ("variant", "comes_to", "difference")]
    return Block(words["variants"], head, rows, money=frozenset({1, 2}))


def _differences(base: Bill, name: str, variant: Bill, words: Mapping[str, str], lexicon: Lexicon) -> Iterator[Block]:
    """The lines of a variant that differ, with their sum, and the problems that the request's own bill has not."""
    changed = changed_lines(base, variant)
    items = _items(changed, base, variant, lexicon)
    rows: list[Sequence[Cell]] = [
        (
            item if each.line.span == base.period else f"{item} {span_words(lexicon, each.line.span)}",
            None if each.line.band is None else lexicon.bands[each.line.band],
            each.base,
            each.variant,
            each.difference,
        )
        for item, each in zip(items, changed, strict=True)
    ]
    whole = EXACT.subtract(variant.total, base.total)
    rounding = EXACT.subtract(whole, exact_sum(each.difference for each in changed))
    if rounding:
        rows.append((words["rounding"], None, None, None, rounding))
    rows.append((words["sum"], None, base.total, variant.total, whole))
    head = [words[each] for each in ("line", "band", "as_asked", "comes_to", "difference")]
    title = words["differs_by"].format(name=name)
    yield Block(title, head, rows, frozenset({len(rows) - 1}), frozenset({2, 3, 4}))
    known = {_named(problem) for problem in base.problems}
    problems = _said((each for each in variant.problems if _named(each) not in known), lexicon)
    if problems:
        yield Block(words["problems_of"].format(name=name), (), problems)


def _items(changed: Sequence[ChangedLine], base: Bill, variant: Bill, lexicon: Lexicon) -> list[str]:
    """What the lines are called; where a name is printed for several charges, each with what it is.

    A bill says 基本电费 for a capacity as for a demand, and never for both; two bills beside each other do.
    """
    names = [names_of(base if each.base is not None else variant, lexicon).item(each.line) for each in changed]
    charges: dict[str, set[tuple[str, Section]]] = {}
    for name, each in zip(names, changed, strict=True):
        charges.setdefault(name, set()).add((each.line.code, each.line.section))
    return [
        name
        if len(charges[name]) == 1
        else qualified(lexicon, name, lexicon.components.get(each.line.code, each.line.code))
        for name, each in zip(names, changed, strict=True)
    ]


def _named(problem: Problem) -> tuple[object, ...]:
    return problem.code, problem.where, tuple(sorted(problem.facts.items()))
