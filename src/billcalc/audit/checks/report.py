"""The answers of the checks as a text: what speaks, the worst first, how many pass, and what could not be checked."""

from collections.abc import Iterator, Sequence

from billcalc.audit.checks.check import Level
from billcalc.audit.checks.judging import Answer, Finding
from billcalc.audit.checks.names import NAMES
from billcalc.audit.checks.say import LEVELS, TITLES, fact_words, said
from billcalc.billing.bill import Bill
from billcalc.explain.printing import PrintedLine, Role, printed
from billcalc.explain.problems import doubt_lines
from billcalc.words.language import in_language
from billcalc.words.lexicon import Lexicon
from billcalc.words.naming import span_words

__all__ = ["checks_text"]


def checks_text(findings: Sequence[Finding], bill: Bill, *, lexicon: Lexicon) -> tuple[PrintedLine, ...]:
    """Tell the answers of all checks of a bill."""
    return tuple(_lines(findings, bill, lexicon))


def _lines(findings: Sequence[Finding], bill: Bill, lexicon: Lexicon) -> Iterator[PrintedLine]:
    words = in_language(TITLES, lexicon.language)
    yield printed(f"{words['title']}  {bill.area}  {span_words(lexicon, bill.period)}", Role.TITLE)
    speaking = [each for each in findings if each.answer is Answer.SPEAKS]
    if not speaking:
        yield printed(words["none"], Role.RESULT)
    for level in Level:
        of_level = [each for each in speaking if each.check.level is level]
        if of_level:
            yield printed("")
            yield printed(LEVELS[level].of(lexicon.language), Role.HEADING)
        for finding in of_level:
            for text in said(lexicon, finding, bill.problems):
                head = f"{NAMES[finding.check.code].of(lexicon.language)} [{finding.check.code}]"
                yield printed(f"  {head} {text}", Role.TEXT if level is Level.ADVICE else Role.DOUBT)
            for source in finding.sources:
                yield printed("    " + words["limit"].format(source=source), Role.ASIDE)
    yield printed("")
    yield printed(words["passed"].format(count=sum(each.answer is Answer.PASSES for each in findings)))
    open_ones = [each for each in findings if each.answer is Answer.NOT_CHECKED]
    yield printed(words["not_checked"].format(count=len(open_ones)))
    for finding in open_ones:
        facts = words["and"].join(fact_words(lexicon, name) for name in finding.missing)
        shape = words["missing"] if finding.off is None else words["off"]
        name = NAMES[finding.check.code].of(lexicon.language)
        yield printed("  " + shape.format(check=name, facts=facts, place=finding.off), Role.ASIDE)
    yield from doubt_lines(bill, lexicon)
