"""What a worker makes of an issued bill beside its request: lines side by side, the causes, the drawing of both."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from billcalc.audit import read_data, read_rows
from billcalc.audit.comparison import FINDINGS, Comparison
from billcalc.audit.diagnose import Diagnosis, diagnose
from billcalc.audit.diagnose.cells import is_partial, money_of, summed
from billcalc.audit.diagnose.money import Attribution
from billcalc.audit.diagnose.report import answer_rows, letters_of
from billcalc.audit.diagnose.say import Say, clause_of, look_up, said, what_happened
from billcalc.audit.layout import Column, Layout
from billcalc.audit.naming import EntryNames
from billcalc.audit.reading import Reading
from billcalc.audit.report import signed
from billcalc.billing.bill import Bill
from billcalc.billing.calculate import calculate
from billcalc.explain.naming import Names, names_of
from billcalc.files.documents import parse_document
from billcalc.files.text import read_text
from billcalc.kernel.decimals import EXACT, exact_sum
from billcalc.kernel.troubles import InvalidInput, Refusal
from billcalc.tables.readers import is_table, read_grid
from billcalc.vocabulary import Section
from billcalc.words.lexicon import LEXICONS, Lexicon
from billcalc.words.naming import labelled, money
from billcalc.words.pages import PAGES, PageWord
from billcalc_api.calculating import Answer, Tools
from billcalc_api.diagnose import SETS_MAX
from billcalc_pages.answers import Given, refused_page, wrong_page
from billcalc_pages.drawings import ROW, WIDTH, Bar, Step, waterfall
from billcalc_pages.forms import Upload
from billcalc_pages.rendering import HTML, Frame, page
from billcalc_pages.showing import shown_doubts

__all__ = ["comparison_answer", "typed_answer"]

_TYPED = "typed.csv"
_TOTAL = "合计"
"""As tables of bills call it."""


class _Cause(NamedTuple):
    """A cause with its money, the clause that it breaks, and the file that would confirm it."""

    letter: str
    what: str
    clause: str
    look_up: str
    amount: str


class _Told(NamedTuple):
    """One answer: causes that sum, with what is left, to the difference; and by line what each does alone and together.

    Attributes:
        heads: of the table by line.
        rows: of each line, and their sums: its name and its amounts.
    """

    causes: Sequence[_Cause]
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    unexplained: str
    is_whole: bool
    bars: Sequence[Bar]
    height: int


class _Line(NamedTuple):
    """Lines that are the same thing on both bills; an empty amount where one has none."""

    name: str
    issued: str
    recomputed: str
    difference: str
    is_finding: bool


def comparison_answer(tools: Tools, frame: Frame, request: Upload, issued: Upload) -> Answer:
    """An issued bill beside the recomputed one, and why they differ."""
    given, read = None, request
    with tools.limited():
        try:
            given = Given(request, bytes_max=tools.bytes_max, language=frame.language)
            asked = given.request()
            read, given_request, given = issued, given, None
            reading = _read(issued, tools.bytes_max)
            if reading.faults:
                raise InvalidInput(reading.faults)
            read, given = request, given_request
            diagnosis = diagnose(asked, reading.bill, tools.catalog, unread=reading.unread, sets_max=SETS_MAX)
        except InvalidInput as error:
            return wrong_page(frame, error, read, given)
        if isinstance(diagnosis, Refusal):
            return refused_page(frame, diagnosis, request, given)
        body = page("comparison", frame, {**_shown(diagnosis, LEXICONS[frame.language]), "given": given})
        return Answer(200, body, HTML, (("bills", "pages_compare", 1),))


def typed_answer(tools: Tools, frame: Frame, request: Upload, amounts: Mapping[str, str]) -> Answer:
    """The recomputed bill beside amounts typed in beside its lines; what is left empty is not on the issued bill.

    Args:
        tools: of the worker.
        frame: what every page has.
        request: the request file.
        amounts: by the number of the line, and ``total``.
    """
    given = None
    with tools.limited():
        try:
            given = Given(request, bytes_max=tools.bytes_max, language=frame.language)
            bill = calculate(given.request(), tools.catalog)
        except InvalidInput as error:
            return wrong_page(frame, error, request, given)
        if isinstance(bill, Refusal):
            return refused_page(frame, bill, request, given)
    return comparison_answer(tools, frame, request, Upload(_TYPED, _table_of(bill, amounts, LEXICONS[frame.language])))


def _table_of(bill: Bill, amounts: Mapping[str, str], lexicon: Lexicon) -> bytes:
    """The amounts as a table, each row with what tells its line."""
    groups = {line.group for line in bill.lines if line.section is not Section.POWER_FACTOR}
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow([Column.NAME, Column.CODE, Column.SECTION, Column.GROUP, Column.BAND, Column.AMOUNT])
    for number, line in enumerate(bill.lines):
        typed = amounts.get(str(number), "").strip()
        if typed:
            name = line.label or lexicon.components.get(line.code, line.code)
            group = line.group if len(groups) > 1 and line.group in groups else ""
            table.writerow([name, line.code, line.section.value, group, line.band or "", typed])
    if total := amounts.get("total", "").strip():
        table.writerow([_TOTAL, "", "", "", "", total])
    return out.getvalue().encode()


def _read(issued: Upload, bytes_max: int) -> Reading:
    """An issued bill, as a document or as a table.

    Raises:
        InvalidInput: where it cannot be read.
    """
    if is_table(issued.name):
        grid = read_grid(issued.content, name=issued.name, max_bytes=bytes_max)
        return read_rows(grid.rows, layout=Layout(), where=grid.name)
    text = read_text(issued.content, name=issued.name, max_bytes=bytes_max)
    document = parse_document(text.content, name=text.name)
    return read_data(document.data, where=document.where, where_key=document.where_key)


def _shown(diagnosis: Diagnosis, lexicon: Lexicon) -> Mapping[str, object]:
    comparison = diagnosis.comparison
    recomputed, names = comparison.bill.total, names_of(comparison.bill, lexicon)
    return {
        "what": said(lexicon, diagnosis.status),
        "doubts": shown_doubts(comparison.bill, lexicon),
        "hindrances": [said(lexicon, each) for each in diagnosis.hindrances],
        "agrees": comparison.agrees,
        "issued": money(comparison.total_issued),
        "recomputed": money(recomputed),
        "difference": signed(comparison.difference),
        "answers": [_told(each, recomputed, names) for each in diagnosis.answers],
        "by_line": said(lexicon, Say.LINES),
        "lines": [*_lines(comparison, lexicon)],
        "drawing_width": WIDTH,
    }


def _told(answer: Attribution, recomputed: Decimal, names: Names) -> _Told:
    lexicon, language = names.lexicon, names.lexicon.language
    amounts = [money_of(fen) for fen in answer.shares]
    rest = money_of(summed(answer.unexplained))
    issued = sum((*amounts, rest), recomputed)
    steps = [Step(PAGES[PageWord.ISSUED].of(language), issued, is_sum=True)]
    steps += [Step(letters_of((place,)), -amount) for place, amount in enumerate(amounts)]
    if rest:
        steps.append(Step(PAGES[PageWord.UNEXPLAINED].of(language), -rest, is_rest=True))
    steps.append(Step(PAGES[PageWord.RECOMPUTED].of(language), recomputed, is_sum=True))
    causes = [
        _Cause(
            letters_of((place,)),
            what_happened(lexicon, cause),
            labelled(lexicon, said(lexicon, Say.CLAUSE), clause_of(lexicon, cause)),
            labelled(lexicon, said(lexicon, Say.LOOK_UP), look_up(lexicon, cause)),
            signed(amount),
        )
        for place, (cause, amount) in enumerate(zip(answer.causes, amounts, strict=True))
    ]
    heads, *rows = answer_rows(answer, names)
    shown = [[each if isinstance(each, str) else signed(each) for each in row] for row in rows]
    return _Told(
        causes, [str(each) for each in heads], shown, signed(rest), not rest, waterfall(steps), len(steps) * ROW
    )


def _lines(comparison: Comparison, lexicon: Lexicon) -> Iterator[_Line]:
    """Line by line; of a bill that prints some of its lines alone the others are compared together."""
    names, is_part = EntryNames(comparison, lexicon), is_partial(comparison)
    together = [entry for entry in comparison.entries if is_part and not entry.issued]
    for entry in comparison.entries:
        is_alone = entry not in together
        yield _Line(
            names.entry(entry),
            money(entry.amount_issued) if entry.issued else "",
            money(entry.amount_recomputed) if entry.recomputed else "",
            signed(entry.difference) if entry.difference and is_alone else "",
            entry.outcome in FINDINGS and is_alone,
        )
    if together:
        printed = exact_sum(line.amount for line in comparison.issued.lines)
        theirs = EXACT.subtract(comparison.total_issued, printed)
        ours = exact_sum(entry.amount_recomputed for entry in together)
        name, by = PAGES["compare_rest"].of(lexicon.language), EXACT.subtract(theirs, ours)
        yield _Line(name, money(theirs), money(ours), signed(by) if by else "", bool(by))
