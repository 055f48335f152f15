"""What is doubtful about a bill, for people: on the bill itself, and wherever its money is laid beside other money."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from billcalc.billing.bill import Bill
from billcalc.explain.printing import PrintedLine, Role, printed
from billcalc.explain.statement import Block
from billcalc.kernel.troubles import Alternative, Problem, Severity
from billcalc.words.bills import Phrase
from billcalc.words.facts import FactType, fact_words
from billcalc.words.lexicon import Lexicon
from billcalc.words.naming import labelled, quantity
from billcalc.words.saying import sentence

__all__ = ["alternative_text", "doubt_lines", "doubts_block", "doubts_of", "doubts_told", "problem_lines"]


def doubts_of(bill: Bill) -> tuple[Problem, ...]:
    """The problems of a bill by which its money may be wrong; notes are not among them."""
    return tuple(each for each in bill.problems if each.severity is Severity.DOUBT)


def problem_lines(bill: Bill, lexicon: Lexicon) -> Iterator[PrintedLine]:
    """All problems of a bill, as it prints them below itself."""
    return _told(bill.problems, Phrase.PROBLEMS, bill.currency, lexicon)


def doubt_lines(bill: Bill, lexicon: Lexicon) -> Iterator[PrintedLine]:
    """The doubts of a bill that another one is held against, or that takes the place of another."""
    return doubts_told(doubts_of(bill), bill.currency, lexicon)


def doubts_told(doubts: Sequence[Problem], currency: str, lexicon: Lexicon) -> Iterator[PrintedLine]:
    """Doubts below their heading; nothing where there are none."""
    return _told(doubts, Phrase.DOUBTS, currency, lexicon)


def doubts_block(doubts: Sequence[Problem], lexicon: Lexicon) -> Iterator[Block]:
    """Doubts as a table of a statement; none where there are none."""
    if doubts:
        told = [(lexicon.severities[each.severity], sentence(lexicon, each.code, each.facts)) for each in doubts]
        yield Block(lexicon.phrases[Phrase.PROBLEMS], (), told)


def _told(problems: Sequence[Problem], heading: Phrase, currency: str, lexicon: Lexicon) -> Iterator[PrintedLine]:
    if problems:
        yield printed("")
        yield printed(lexicon.phrases[heading], Role.HEADING)
    for problem in problems:
        yield from _problem(problem, currency, lexicon)


def _problem(problem: Problem, currency: str, lexicon: Lexicon) -> Iterator[PrintedLine]:
    role = Role.DOUBT if problem.severity is Severity.DOUBT else Role.TEXT
    text = sentence(lexicon, problem.code, problem.facts)
    yield printed("  " + labelled(lexicon, lexicon.severities[problem.severity], text), role)
    yield printed(f"    {problem.where or '/'}  {problem.code}", Role.ASIDE)
    for alternative in problem.alternatives:
        yield printed("    " + alternative_text(alternative, currency, lexicon))


def alternative_text(alternative: Alternative, currency: str, lexicon: Lexicon) -> str:
    """What another reading of a doubted rule would come to [currency]."""
    value = fact_words(lexicon, FactType.CHOICE, alternative.value)
    if alternative.difference is None:
        return lexicon.phrases[Phrase.NOT_BILLABLE].format(value=value)
    difference = quantity(lexicon, alternative.difference, currency)
    return lexicon.phrases[Phrase.ALTERNATIVE].format(
        value=value, difference=_with_sign(alternative.difference, difference)
    )


def _with_sign(number: Decimal, text: str) -> str:
    return f"+{text}" if number > 0 else text
