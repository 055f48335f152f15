"""What a worker makes of months of a customer: what they would have cost otherwise, as a page or as files to keep."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from enum import StrEnum

from billcalc.advice.advice import Advice, advise
from billcalc.advice.basic import BasicAdvice
from billcalc.advice.choosing import WAYS
from billcalc.advice.months import AskedMonth
from billcalc.advice.shifting import Shift
from billcalc.advice.statement import statement_of
from billcalc.advice.words import WAYS as WAY_WORDS
from billcalc.kernel.decimals import exact_sum
from billcalc.kernel.troubles import InvalidInput, Refusal
from billcalc.tables.statement_workbook import write_statements
from billcalc.wire.advice import advice_data
from billcalc.wire.json_writing import json_text
from billcalc.words.language import Language
from billcalc.words.lexicon import LEXICONS, Lexicon
from billcalc.words.naming import money
from billcalc.words.pages import PAGES
from billcalc_api.bodies import JSON
from billcalc_api.calculating import Answer, Tools
from billcalc_pages.answers import XLSX, Given, refused_page, wrong_page
from billcalc_pages.drawings import ROW, WIDTH, Step, bars
from billcalc_pages.forms import Upload
from billcalc_pages.rendering import HTML, Frame, page
from billcalc_pages.showing import area_name, table

__all__ = ["AdviceShape", "advice_answer"]


class AdviceShape(StrEnum):
    """In which shape an advice is wanted; all but the first are files to keep."""

    PAGE = "page"
    XLSX = "xlsx"
    JSON = "json"


def advice_answer(tools: Tools, frame: Frame, uploads: Sequence[Upload], shift: Shift, shape: AdviceShape) -> Answer:
    """The advice on the months of some request files; or what is wrong with the first file that cannot be used."""
    files: list[tuple[Upload, Given]] = []
    months: list[AskedMonth] = []
    for number, upload in enumerate(uploads):
        given = None
        try:
            given = Given(upload, bytes_max=tools.bytes_max, language=frame.language)
            months.append(AskedMonth(given.request(), f"/{number}"))
        except InvalidInput as error:
            return wrong_page(frame, error, upload, given)
        files.append((upload, given))
    try:
        with tools.limited():
            found = advise(months, tools.catalog, shift=shift)
    except InvalidInput as error:
        number = _file_of(error.faults[0].where)
        mine = [each for each in error.faults if _file_of(each.where) == number]
        within = InvalidInput(replace(each, where=_within(each.where)) for each in mine)
        return wrong_page(frame, within, *files[number])
    if isinstance(found, Refusal):
        number = _file_of(found.where)
        return refused_page(frame, replace(found, where=_within(found.where)), *files[number])
    return Answer(
        200,
        *_shaped(found, shape, frame, [given for _, given in files], shift),
        (("bills", "pages_advice", len(months)),),
    )


def _file_of(where: str) -> int:
    """The number of the file that a place is in; of what is in none of them the first."""
    number = where.split("/")[1]
    return int(number) if number.isdecimal() else 0


def _within(where: str) -> str:
    """A place within its file."""
    return where.removeprefix(f"/{_file_of(where)}")


def _shaped(
    advice: Advice, shape: AdviceShape, frame: Frame, files: Sequence[Given], shift: Shift
) -> tuple[bytes, str]:
    lexicon = LEXICONS[frame.language]
    match shape:
        case AdviceShape.JSON:
            return json_text(advice_data(advice, lexicon=lexicon)).encode(), JSON
        case AdviceShape.XLSX:
            out = io.BytesIO()
            write_statements([statement_of(advice, lexicon=lexicon)], out)
            return out.getvalue(), XLSX
        case AdviceShape.PAGE:
            moved = {
                "shift": shift.percent if shift.kwh is None else shift.kwh,
                "of": "percent" if shift.kwh is None else "kwh",
            }
            return page("advice", frame, {**_shown(advice, lexicon), **moved, "given": _carried(files)}), HTML


def _carried(files: Sequence[Given]) -> list[tuple[str, str]]:
    """The files as a form sends them again."""
    return [(each.name, each.text) for each in files]


def _shown(advice: Advice, lexicon: Lexicon) -> Mapping[str, object]:
    head, advised, *blocks = statement_of(advice, lexicon=lexicon)
    drawn = _ways(advice, lexicon.language)
    return {
        "title": head.title,
        "about": [(str(name), _about(str(value), advice, lexicon)) for name, value in head.rows],
        "advised": advised.title,
        "sentences": [str(row[-1]) for row in advised.rows],
        "blocks": [table(block) for block in blocks],
        "bars": bars(drawn) if drawn else [],
        "drawing_width": WIDTH,
        "drawing_height": len(drawn) * ROW,
    }


def _about(value: str, advice: Advice, lexicon: Lexicon) -> str:
    area = advice.months[0][1].area
    return area_name(area, lexicon.language) if value == area else value


def _ways(advice: Advice, language: Language) -> list[Step]:
    """What all months cost as they were asked for, each way throughout, and by the plan."""
    basic = advice.basic
    if not isinstance(basic, BasicAdvice):
        return []
    found: list[tuple[str, Decimal | None]] = [
        (PAGES["advice_present"].of(language), exact_sum(bill.total for _, bill in advice.months))
    ]
    found += [(WAY_WORDS[way].of(language), basic.whole(way)) for way in WAYS]
    if basic.plan is not None:
        found.append((PAGES["advice_plan"].of(language), basic.plan.cost))
    return [Step(name, Decimal(money(cost)), is_sum=True) for name, cost in found if cost is not None]
