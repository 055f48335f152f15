"""A diagnosis as a text: the causes, their rule and file, and their money alone, together and unexplained."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from billcalc.audit.diagnose.cells import AGAIN, NOT_PRINTED, Cell, money_of, summed
from billcalc.audit.diagnose.diagnosis import Diagnosis, Status, Telling
from billcalc.audit.diagnose.money import Attribution
from billcalc.audit.diagnose.say import Say, clause_of, look_up, said, what_happened
from billcalc.explain.naming import Names, names_of
from billcalc.explain.printing import Align, PrintedLine, Role, columns, printed
from billcalc.explain.problems import doubt_lines
from billcalc.kernel.decimals import decimal_text
from billcalc.vocabulary import Band, Section
from billcalc.words.lexicon import Lexicon
from billcalc.words.naming import labelled, money, qualified, span_of, span_words

__all__ = ["answer_rows", "diagnosis_text", "letters_of", "telling_rows"]


def letters_of(places: tuple[int, ...]) -> str:
    """The letters of some causes of an answer.

    >>> letters_of((0, 2))
    'A+C'
    """
    return "+".join("ABC"[place] for place in places)


def diagnosis_text(diagnosis: Diagnosis, *, lexicon: Lexicon) -> tuple[PrintedLine, ...]:
    """Tell a diagnosis."""
    return tuple(_lines(diagnosis, lexicon))


def _lines(diagnosis: Diagnosis, lexicon: Lexicon) -> Iterator[PrintedLine]:
    bill = diagnosis.comparison.bill
    yield printed(f"{said(lexicon, Say.TITLE)}  {bill.area}  {span_words(lexicon, bill.period)}", Role.TITLE)
    role = Role.RESULT if diagnosis.status in (Status.AGREES, Status.PROVED) else Role.DOUBT
    yield printed(said(lexicon, diagnosis.status), role)
    for hindrance in diagnosis.hindrances:
        yield printed(f"  {said(lexicon, hindrance)}", Role.DOUBT)
    if diagnosis.difference:
        total = money(money_of(summed(diagnosis.difference)))
        yield printed(said(lexicon, Say.DIFFERENCE, money=total))
    if not diagnosis.is_complete:
        yield printed(said(lexicon, Say.NOT_SEARCHED), Role.DOUBT)
    names, several = names_of(bill, lexicon), len(diagnosis.answers) > 1
    if several:
        yield printed("")
        yield printed(said(lexicon, Say.SEVERAL, count=len(diagnosis.answers)), Role.DOUBT)
    for number, answer in enumerate(diagnosis.answers, start=1):
        yield printed("")
        if several:
            yield printed(said(lexicon, Say.ANSWER, number=number), Role.HEADING)
        yield from _answer(answer, names)
    if several:
        yield printed("")
        yield from _telling(diagnosis.telling, names)
    yield from doubt_lines(bill, lexicon)


def _answer(answer: Attribution, names: Names) -> Iterator[PrintedLine]:
    lexicon = names.lexicon
    for place, (cause, share) in enumerate(zip(answer.causes, answer.shares, strict=True)):
        letter = letters_of((place,))
        yield printed(f"{letter}  {what_happened(lexicon, cause)}", Role.HEADING)
        yield printed(f"   {labelled(lexicon, said(lexicon, Say.SHARE), money(money_of(share)))}", Role.RESULT)
        yield printed(f"   {labelled(lexicon, said(lexicon, Say.CLAUSE), clause_of(lexicon, cause))}")
        yield printed(f"   {labelled(lexicon, said(lexicon, Say.LOOK_UP), look_up(lexicon, cause))}")
    yield printed("")
    yield from map(printed, _table(answer, names))


def _table(answer: Attribution, names: Names) -> Iterator[str]:
    heads, *rows = answer_rows(answer, names)
    texts = [[str(name), *(money(each) for each in amounts if isinstance(each, Decimal))] for name, *amounts in rows]
    yield from columns([list(map(str, heads)), *texts], [Align.LEFT, *(Align.RIGHT for _ in heads[1:])])


def answer_rows(answer: Attribution, names: Names) -> Iterator[Sequence[str | Decimal]]:
    """The table of an answer: a row for each cell with what the causes do alone and together, and what is left.

    Args:
        answer: of a diagnosis.
        names: what the lines of its bill are called.

    Returns:
        The heads, the rows, and the row of the sums [money].
    """
    lexicon = names.lexicon
    heads = [
        said(lexicon, Say.ALONE, letter=letters_of(places))
        if len(places) == 1
        else said(lexicon, Say.TOGETHER, letters=letters_of(places))
        for places in answer.parts
    ]
    amounts = [*answer.parts.values(), answer.unexplained]
    yield said(lexicon, Say.CELL), *heads, said(lexicon, Say.REST)
    cells = dict.fromkeys(cell for each in amounts for cell in each)
    for cell in sorted(cells, key=lambda cell: cell.crosses):
        yield _name(cell, names), *(money_of(each.get(cell, 0)) for each in amounts)
    yield said(lexicon, Say.TOTAL), *(money_of(summed(each)) for each in amounts)


def _name(cell: Cell, names: Names) -> str:
    """A cell as the bill calls its line; the days of several lines are told as they are."""
    if cell.crosses:
        return said(names.lexicon, Say.CROSSES, name=_name(cell._replace(crosses=False), names))
    of_sum = _sum_name(cell, names.lexicon)
    if of_sum is not None:
        return of_sum
    band = names.lexicon.bands[Band(cell.band)] if cell.band else ""
    span = span_of(cell.days)
    days = cell.days if span is None else span_words(names.lexicon, span)
    return _qualified(names, cell.code, cell.group, band, days)


def _qualified(names: Names, code: str, group: str, *of: str) -> str:
    """A line by our word for it, with its group where the bill has several."""
    told = (group if names.several_groups else "", *of)
    name = names.component(code.removesuffix(AGAIN))
    name = said(names.lexicon, Say.AGAIN, name=name) if code.endswith(AGAIN) else name
    return qualified(names.lexicon, name, *filter(None, told))


def _sum_name(cell: Cell, lexicon: Lexicon) -> str | None:
    """What a sum is called that a bill without lines prints; None of any other cell."""
    if not cell.section:
        return {NOT_PRINTED: said(lexicon, Say.NOT_PRINTED), Cell("total"): said(lexicon, Say.TOTAL)}.get(cell)
    is_section = cell.code == cell.section and cell.code not in lexicon.components
    return lexicon.sections[Section(cell.section)] if is_section else None


def _telling(telling: tuple[Telling, ...], names: Names) -> Iterator[PrintedLine]:
    lexicon = names.lexicon
    if not telling:
        yield printed(said(lexicon, Say.NOTHING_TELLS))
        return
    yield printed(said(lexicon, Say.TELLING))
    for name, *values in telling_rows(telling, names):
        yield printed(f"  {labelled(lexicon, name, ' / '.join(values))}")


_PARTS: Mapping[str, Say] = {"quantity": Say.QUANTITY, "price": Say.PRICE, "amount": Say.AMOUNT}


def telling_rows(telling: Iterable[Telling], names: Names) -> Iterator[Sequence[str]]:
    """The figures by which answers differ: what each is of, and its value in each answer."""
    absent = said(names.lexicon, Say.ABSENT)
    for each in telling:
        band = names.lexicon.bands[Band(each.band)] if each.band else ""
        part = said(names.lexicon, _PARTS[each.part])
        yield (
            _qualified(names, each.code, each.group, band, part),
            *(absent if value is None else decimal_text(value) for value in each.values),
        )
