"""The derivation of lines: what a clerk checks by hand and hands to the customer.

Each step gives its formula in words, the same formula in numbers, the rounding and the result; below the steps stand
the documents with what was taken from each, and what came from the request.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from billcalc.billing.bill import Bill, Line
from billcalc.explain.chain import Chain, Link, chain_of
from billcalc.explain.formula import Figure, cosphi_text, is_single, written
from billcalc.explain.naming import Names, names_of
from billcalc.explain.printing import PrintedLine, Role, printed
from billcalc.kernel.decimals import decimal_text, exact_sum
from billcalc.kernel.expressions import Operation, Place, Primitive
from billcalc.kernel.sources import Source
from billcalc.kernel.steps import Operand, Step
from billcalc.kernel.terms import Term
from billcalc.kernel.units import DAY, PURE
from billcalc.words.bills import Phrase
from billcalc.words.lexicon import Lexicon
from billcalc.words.naming import labelled, money, percent, qualified, quantity, span_words, unit_words

__all__ = ["Cited", "ExplainedLine", "ExplainedStep", "derivation_text", "explained_line"]

_WITHOUT_UNIT = frozenset({Term.OPENING_READING, Term.CLOSING_READING, Term.ROLLOVER_RANGE})
"""What a dial shows is not yet energy: the multiplier makes it so."""


@dataclass(frozen=True, slots=True)
class ExplainedStep:
    """One step in words.

    Attributes:
        names: of its result.
        words, numbers: the formula, filled twice; empty numbers where the formula is a single figure.
        conditions: for each comparison that decided a branch, the same.
        exact: the result before rounding, or None.
        result: rounded, with its unit.
        rounding: what was done to ``exact``, or None.
        sources: the numbers of the documents that state its figures and rules.
    """

    names: tuple[str, ...]
    words: str
    numbers: str
    conditions: tuple[tuple[str, str], ...]
    exact: str | None
    result: str
    rounding: str | None
    sources: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Cited:
    """A document of a line.

    Attributes:
        figures: what was taken from it, with the numbers.
        rules: the results that it says how to compute or round.
    """

    number: int
    source: Source
    figures: tuple[str, ...]
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExplainedLine:
    """A line with its derivation in words.

    Attributes:
        inputs: the figures that come from the request.
        others: the amounts that other lines derive.
    """

    line: Line
    title: str
    steps: tuple[ExplainedStep, ...]
    cited: tuple[Cited, ...]
    inputs: tuple[str, ...]
    others: tuple[str, ...]


def explained_line(bill: Bill, line: Line, *, lexicon: Lexicon) -> ExplainedLine:
    """Put the derivation of a line of a bill into words."""
    return _Explainer(bill, line, lexicon).explained()


class _Explainer:
    """Puts one line into words."""

    def __init__(self, bill: Bill, line: Line, lexicon: Lexicon) -> None:
        self.line = line
        self.currency = bill.currency
        self.lexicon = lexicon
        self.names: Names = names_of(bill, lexicon)
        self.chain: Chain = chain_of(bill, line)
        links = self.chain.links
        sources = dict.fromkeys(source for link in links for source in link.step.sources)
        self.numbers = {source: number for number, source in enumerate(sources, start=1)}
        self.figures = dict.fromkeys(operand for link in links for operand in link.step.operands)

    def explained(self) -> ExplainedLine:
        inputs = [each for each in self.figures if self._is_input(each)]
        others = (f"{self._name(each)} {_figure(self.lexicon, each)}" for each in self.chain.owners)
        return ExplainedLine(
            line=self.line,
            title=self.names.line(self.line),
            steps=tuple(self._step(link) for link in self.chain.links),
            cited=tuple(self._cited(source) for source in self.numbers),
            inputs=tuple(f"{self._name(each)} {_figure(self.lexicon, each)}" for each in inputs),
            others=tuple(dict.fromkeys(others)),
        )

    def _is_input(self, figure: Operand) -> bool:
        """A figure with a name that no document states, no step gives and no other line derives."""
        made = figure in self.chain.derived or figure in self.chain.owners
        return figure.term is not None and figure.source is None and not made

    def _step(self, link: Link) -> ExplainedStep:
        step = link.step
        words = written(step.expression, [self._word(each) for each in step.operands], self.lexicon)
        numbers = written(step.expression, [self._number(each) for each in step.operands], self.lexicon)
        return ExplainedStep(
            names=tuple(self.names.term(*name) for name in link.names),
            words=words.text,
            numbers="" if is_single(step.expression) else numbers.text,
            conditions=tuple(zip(words.conditions, numbers.conditions, strict=True)),
            exact=_exact(step),
            result=_result(self.lexicon, step, self.currency),
            rounding=self._rounding(step),
            sources=tuple(self.numbers[source] for source in step.sources),
        )

    def _rounding(self, step: Step) -> str | None:
        if step.rounded_to is None:
            return None
        phrase = Phrase.ROUNDED if _exact(step) is not None else Phrase.ALLOCATED
        return self.lexicon.phrases[phrase].format(step=decimal_text(step.rounded_to))

    def _cited(self, source: Source) -> Cited:
        figures = [each for each in self.figures if each.source == source]
        rules = [
            link.names[0]
            for link in self.chain.links
            if source in link.step.sources and all(each.source != source for each in link.step.operands)
        ]
        return Cited(
            number=self.numbers[source],
            source=source,
            figures=tuple(f"{self._name(each)} {_figure(self.lexicon, each)}" for each in figures),
            rules=tuple(dict.fromkeys(self.names.term(*name) for name in rules)),
        )

    def _name(self, operand: Operand) -> str:
        """A figure in words; another line's amount by that line's name."""
        if operand.term is None:
            return _signed(decimal_text(operand.number))
        owner = self.chain.owners.get(operand)
        if owner is None:
            return self.names.term(operand.term, operand.of)
        known = (owner.code, owner.group)
        return self.names.line(owner, *(self.names.qualifier(each) for each in operand.of if each not in known))

    def _word(self, operand: Operand) -> Figure:
        name = self._name(operand)
        return Figure(name, name)

    def _number(self, operand: Operand) -> Figure:
        return Figure(_figure(self.lexicon, operand), _signed(decimal_text(operand.number)))


def _signed(text: str) -> str:
    """A number with the minus sign of formulas."""
    return text.replace("-", "−")


def _figure(lexicon: Lexicon, operand: Operand) -> str:
    """The number of an operand, with its unit where a reader needs it."""
    if operand.term is None or operand.term in _WITHOUT_UNIT or operand.unit in (PURE, DAY):
        return _signed(decimal_text(operand.number))
    return _signed(quantity(lexicon, operand.number, operand.unit))


def _exact(step: Step) -> str | None:
    """The result before rounding; of a power factor its first places."""
    match step.expression:
        case Operation(Primitive.COSPHI, (Place(active), Place(reactive))):
            return cosphi_text(step.operands[active].number, step.operands[reactive].number)
    return None if step.exact is None else _signed(step.exact)


def _result(lexicon: Lexicon, step: Step, currency: str) -> str:
    """The result, with its zeros where it is money or was rounded to one or two places; a ratio in percent as well."""
    places = 0 if step.rounded_to is None else len(decimal_text(step.rounded_to).partition(".")[2])
    digits = decimal_text(step.number, places=2 if step.unit == currency else places if places <= 2 else 0)
    words = unit_words(lexicon, step.unit)
    if step.term is Term.POWER_FACTOR_RATIO:
        digits = f"{digits} = {percent(step.number)}"
    return _signed(f"{digits} {words}" if words else digits)


def derivation_text(bill: Bill, lines: Sequence[Line], *, lexicon: Lexicon) -> tuple[PrintedLine, ...]:
    """The derivations of some lines of a bill as text."""
    return tuple(_text(bill, lines, lexicon))


def _text(bill: Bill, lines: Sequence[Line], lexicon: Lexicon) -> Iterator[PrintedLine]:
    for line in lines:
        yield from _line_text(explained_line(bill, line, lexicon=lexicon), bill.currency, lexicon)
        yield printed("")
    yield from _total_text(bill, lexicon)


def _total_text(bill: Bill, lexicon: Lexicon) -> Iterator[PrintedLine]:
    """How the sections make up the total, which some areas round further."""
    total = _signed(quantity(lexicon, bill.total, bill.currency))
    words = " + ".join(lexicon.sections[section] for section in bill.sections)
    numbers = " + ".join(_parenthesized(_signed(money(amount))) for amount in bill.sections.values())
    exact = exact_sum(bill.sections.values())
    steps = [numbers, *([] if exact == bill.total else [_signed(money(exact))])]
    yield printed(f"{lexicon.phrases[Phrase.TOTAL]}  {total}", Role.TITLE)
    yield printed(f"  = {words}")
    yield printed(f"  = {' = '.join(steps)} {'=' if len(steps) == 1 else '→'} {total}", Role.RESULT)


def _parenthesized(number: str) -> str:
    return f"({number})" if number.startswith("−") else number


def _line_text(explained: ExplainedLine, currency: str, lexicon: Lexicon) -> Iterator[PrintedLine]:
    line, phrases = explained.line, lexicon.phrases
    yield printed(f"{explained.title}  {_signed(quantity(lexicon, line.amount, currency))}", Role.TITLE)
    about = (lexicon.sections[line.section], line.code, line.group, span_words(lexicon, line.span))
    yield printed("  " + phrases[Phrase.BETWEEN_ITEMS].join(about), Role.ASIDE)
    if not explained.steps:
        yield printed("  " + phrases[Phrase.GIVEN_LINE if line.given else Phrase.NO_STEPS])
    for number, step in enumerate(explained.steps, start=1):
        yield from _step_text(number, step, lexicon)
    if explained.others:
        yield printed("  " + labelled(lexicon, phrases[Phrase.OTHER_LINES], *explained.others), Role.ASIDE)
    if explained.inputs:
        yield printed("  " + labelled(lexicon, phrases[Phrase.FROM_REQUEST], *explained.inputs), Role.ASIDE)
    for cited in explained.cited:
        yield from _cited_text(cited, lexicon)


def _step_text(number: int, step: ExplainedStep, lexicon: Lexicon) -> Iterator[PrintedLine]:
    marks = "".join(f" [{source}]" for source in step.sources)
    lead = f"  {number}. "
    space = " " * len(lead)
    yield printed(lead + " = ".join(step.names), Role.HEADING)
    yield printed(f"{space}= {step.words}")
    *exact, last = (text for text in (step.numbers, step.exact, step.result) if text)
    result = last if step.rounding is None else qualified(lexicon, last, step.rounding)
    arrow = " = " if step.rounding is None else " → "
    yield printed(f"{space}= {arrow.join(filter(None, (' = '.join(exact), result)))}{marks}", Role.RESULT)
    for words, numbers in step.conditions:
        because = lexicon.phrases[Phrase.BECAUSE]
        yield printed(f"{space}  " + labelled(lexicon, because, words, numbers), Role.ASIDE)


def _cited_text(cited: Cited, lexicon: Lexicon) -> Iterator[PrintedLine]:
    source, phrases = cited.source, lexicon.phrases
    title = phrases[Phrase.DOCUMENT].format(title=source.title)
    parts = (title, source.number, source.clause, lexicon.evidence[source.evidence], source.id)
    yield printed(f"  [{cited.number}] " + phrases[Phrase.BETWEEN_ITEMS].join(part for part in parts if part))
    if source.url is not None:
        yield printed(f"      {source.url}", Role.ASIDE)
    if cited.figures:
        yield printed("      " + labelled(lexicon, phrases[Phrase.FIGURES], *cited.figures), Role.ASIDE)
    if cited.rules:
        yield printed("      " + labelled(lexicon, phrases[Phrase.RULES], *cited.rules), Role.ASIDE)
