"""A diagnosis as a workbook: the causes with their money, rule and file, then each answer line by line."""

from collections.abc import Iterator, Sequence
from typing import BinaryIO

from billcalc.audit.diagnose.cells import money_of, summed
from billcalc.audit.diagnose.diagnosis import Diagnosis
from billcalc.audit.diagnose.report import answer_rows, letters_of, telling_rows
from billcalc.audit.diagnose.say import Say, clause_of, look_up, said, what_happened
from billcalc.explain.naming import names_of
from billcalc.explain.problems import doubt_lines
from billcalc.tables.workbook_writing import Page, write_pages
from billcalc.words.lexicon import Lexicon
from billcalc.words.naming import span_words

__all__ = ["write_diagnosis"]


def write_diagnosis(diagnosis: Diagnosis, out: BinaryIO, *, lexicon: Lexicon) -> None:
    """Write the workbook of a diagnosis.

    Raises:
        InvalidInput: for more rows than a workbook should have.
    """
    pages = [
        Page(said(lexicon, Say.CAUSES), (), _causes(diagnosis, lexicon)),
        Page(said(lexicon, Say.LINES), (), _lines(diagnosis, lexicon)),
    ]
    write_pages(out, pages)


def _causes(diagnosis: Diagnosis, lexicon: Lexicon) -> Iterator[Sequence[object]]:
    bill = diagnosis.comparison.bill
    yield said(lexicon, Say.TITLE), bill.area, span_words(lexicon, bill.period)
    yield (said(lexicon, diagnosis.status),)
    yield from ((said(lexicon, each),) for each in diagnosis.hindrances)
    if not diagnosis.is_complete:
        yield (said(lexicon, Say.NOT_SEARCHED),)
    yield said(lexicon, Say.APART), money_of(summed(diagnosis.difference or {}))
    yield ()
    yield tuple(said(lexicon, each) for each in (Say.NUMBER, Say.CAUSE, Say.SHARE, Say.CLAUSE, Say.LOOK_UP))
    for number, answer in enumerate(diagnosis.answers, start=1):
        for place, (cause, share) in enumerate(zip(answer.causes, answer.shares, strict=True)):
            name = f"{number} {letters_of((place,))}"
            told = what_happened(lexicon, cause), money_of(share), clause_of(lexicon, cause)
            yield name, *told, look_up(lexicon, cause)
    if len(diagnosis.answers) > 1:
        yield ()
        yield (said(lexicon, Say.TELLING if diagnosis.telling else Say.NOTHING_TELLS),)
        yield from telling_rows(diagnosis.telling, names_of(bill, lexicon))
    for line in doubt_lines(bill, lexicon):
        yield (line.text,)


def _lines(diagnosis: Diagnosis, lexicon: Lexicon) -> Iterator[Sequence[object]]:
    names = names_of(diagnosis.comparison.bill, lexicon)
    for number, answer in enumerate(diagnosis.answers, start=1):
        yield (said(lexicon, Say.ANSWER, number=number),)
        yield from answer_rows(answer, names)
        yield ()
