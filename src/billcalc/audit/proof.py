"""What proves a recomputed line: the last steps of its derivation, and the documents they cite."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from billcalc.billing.bill import Bill, Line
from billcalc.explain.chain import Link, chain_of
from billcalc.explain.derivation import ExplainedStep, explained_line
from billcalc.kernel.sources import Source
from billcalc.kernel.steps import Operand
from billcalc.kernel.units import KVARH, KWH
from billcalc.vocabulary import Section
from billcalc.words.bills import Phrase
from billcalc.words.lexicon import Lexicon
from billcalc.words.naming import qualified

__all__ = ["Proof", "proof_of", "proof_text"]


@dataclass(frozen=True, slots=True)
class Proof:
    """The end of a line's derivation; the whole of it is ``billcalc explain``'s to tell.

    Attributes:
        title: the line's name.
        steps: the last step and those that give its figures; none where the amount was given with the request.
        sources: the documents that these steps cite, by the number that they cite them with.
        without_steps: what is said instead of steps.
    """

    line: Line
    title: str
    steps: tuple[ExplainedStep, ...]
    sources: Mapping[int, Source]
    without_steps: str | None


def proof_of(bill: Bill, lines: Sequence[Line], *, lexicon: Lexicon) -> tuple[Proof, ...]:
    """What proves some lines: of one line its last steps, of each of several its last step."""
    return tuple(_proof(bill, line, lexicon, alone=len(lines) == 1) for line in lines)


def _proof(bill: Bill, line: Line, lexicon: Lexicon, *, alone: bool) -> Proof:
    told = explained_line(bill, line, lexicon=lexicon)
    links = chain_of(bill, line).links
    shown = {len(links) - 1} if links else set()
    if alone and line.section is Section.POWER_FACTOR:  # all but its energies, which are other lines' to prove
        shown = {index for index, link in enumerate(links) if link.step.unit not in (KWH, KVARH)}
    elif alone:
        shown |= _makers(links, shown)
    steps = tuple(step for index, step in enumerate(told.steps) if index in shown)
    numbers = {number for step in steps for number in step.sources}
    sources = {cited.number: cited.source for cited in told.cited if cited.number in numbers}
    phrase = Phrase.GIVEN_LINE if line.given else Phrase.NO_STEPS
    return Proof(line, told.title, steps, sources, None if steps else lexicon.phrases[phrase])


def _makers(links: Sequence[Link], of: Iterable[int]) -> set[int]:
    """The steps that give the figures of some steps."""
    figures = [figure for index in of for figure in links[index].step.operands]
    return {index for index, link in enumerate(links) if any(_gives(link, figure) for figure in figures)}


def _gives(link: Link, figure: Operand) -> bool:
    return link.step.number == figure.number and (figure.term, figure.of) in link.names


def proof_text(proof: Proof, lexicon: Lexicon) -> Iterator[str]:
    """The steps, then the documents, numbered as they are cited here."""
    order = {number: place for place, number in enumerate(proof.sources, start=1)}
    for step in proof.steps:
        yield _step_text(step, [order[number] for number in step.sources], lexicon)
    if proof.without_steps is not None:
        yield proof.without_steps
    phrases = lexicon.phrases
    for number, source in proof.sources.items():
        title = phrases[Phrase.DOCUMENT].format(title=source.title)
        parts = (title, source.number, source.clause, lexicon.evidence[source.evidence], source.id)
        yield f"[{order[number]}] " + phrases[Phrase.BETWEEN_ITEMS].join(part for part in parts if part)


def _step_text(step: ExplainedStep, cited: Sequence[int], lexicon: Lexicon) -> str:
    """One step: its name, its formula in numbers, its rounding and its result."""
    *exact, last = (text for text in (step.numbers, step.exact, step.result) if text)
    result = last if step.rounding is None else qualified(lexicon, last, step.rounding)
    arrow = " = " if step.rounding is None else " → "
    marks = "".join(f" [{number}]" for number in cited)
    return f"{step.names[0]} = {arrow.join(filter(None, (' = '.join(exact), result)))}{marks}"
