"""What a worker makes for the pages: a bill or a comparison from files, as a page or as a file to keep."""

import io
import re
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import NamedTuple

from billcalc.billing.bill import Bill
from billcalc.billing.calculate import calculate
from billcalc.billing.request import Request
from billcalc.cli.form import Trouble, filled_request
from billcalc.explain.statement import statement
from billcalc.explain.statement_page import statement_page
from billcalc.fields import validated
from billcalc.files.documents import Document, parse_document
from billcalc.files.text import read_text
from billcalc.kernel.troubles import Fault, InvalidInput, Refusal
from billcalc.tables.readers import read_grid
from billcalc.tables.statement_workbook import write_statement
from billcalc.wire.bill import bill_data
from billcalc.wire.json_writing import json_text
from billcalc.words.language import Language
from billcalc.words.lexicon import LEXICONS, Lexicon
from billcalc.words.questions import REFUSALS_OF_ANSWERS
from billcalc.words.saying import sentence, trouble_sentence
from billcalc_api.bodies import JSON
from billcalc_api.calculating import Answer, Tools
from billcalc_pages.forms import Upload
from billcalc_pages.rendering import HTML, Frame, page
from billcalc_pages.showing import shown_bill

__all__ = [
    "XLSX",
    "Given",
    "Shape",
    "ShownFault",
    "bill_answer",
    "refused_page",
    "shown_refusal",
    "told_bill",
    "wrong_page",
]

_SPOT = re.compile(r":(\d+):\d+(?: \(|$)")
_YAML = "application/yaml"
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How workbooks begin, new ones and old ones."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Shape(StrEnum):
    """In which shape a bill is wanted; all but the first are files to keep."""

    PAGE = "page"
    JSON = "json"
    XLSX = "xlsx"
    HTML = "html"
    REQUEST = "yaml"
    """The request itself, to be corrected and given again."""


class ShownFault(NamedTuple):
    """A fault beside its place.

    Attributes:
        written: the line of the file, or nothing.
    """

    where: str
    written: str
    text: str
    code: str


class FormRejected(InvalidInput):
    """A form that was filled in with a spreadsheet has answers that cannot be taken."""

    def __init__(self, troubles: Sequence[Trouble]) -> None:
        super().__init__(())
        self.troubles = troubles


class Given:
    """A file that was given, as text and as a document; a form of a spreadsheet is the request that it makes.

    Args:
        upload: the file.
        bytes_max: the limit of texts [byte].
        language: of the request that a form makes.

    Raises:
        InvalidInput: where it is no text, or holds no document.
        FormRejected: where it is a form with answers that cannot be taken.
    """

    def __init__(self, upload: Upload, *, bytes_max: int, language: Language) -> None:
        if upload.content.startswith(_WORKBOOKS):
            upload = _of_form(upload, bytes_max, language)
        text = read_text(upload.content, name=upload.name, max_bytes=bytes_max)
        self.name, self.text = text.name, text.content
        self.document: Document = parse_document(text.content, name=text.name)

    def request(self) -> Request:
        """The request in it.

        Raises:
            InvalidInput: with every fault and its place.
        """
        return validated(Request, self.document.data, where=self.document.where, where_key=self.document.where_key)


def _of_form(upload: Upload, bytes_max: int, language: Language) -> Upload:
    """The request file of a form."""
    grid = read_grid(upload.content, name=upload.name, max_bytes=bytes_max)
    request, troubles = filled_request(grid, language)
    if troubles:
        raise FormRejected(troubles)
    stem, _, ending = upload.name.rpartition(".")
    return Upload(f"{stem or ending}.yaml", request.encode())


def bill_answer(tools: Tools, frame: Frame, upload: Upload, shape: Shape) -> Answer:
    """The bill of a request file, or why there is none."""
    given = None
    with tools.limited():
        try:
            given = Given(upload, bytes_max=tools.bytes_max, language=frame.language)
            result = calculate(given.request(), tools.catalog)
        except InvalidInput as error:
            return wrong_page(frame, error, upload, given)
        if isinstance(result, Refusal):
            return refused_page(frame, result, upload, given)
        return told_bill(result, shape, frame, given)


def told_bill(bill: Bill, shape: Shape, frame: Frame, given: Given) -> Answer:
    """A bill in a shape."""
    return Answer(200, *_shaped(bill, shape, frame, given, LEXICONS[frame.language]), (("bills", "pages", 1),))


def _shaped(bill: Bill, shape: Shape, frame: Frame, given: Given, lexicon: Lexicon) -> tuple[bytes, str]:
    """A bill in a shape, and its media type."""
    match shape:
        case Shape.JSON:
            return json_text(bill_data(bill, lexicon=lexicon)).encode(), JSON
        case Shape.HTML:
            return statement_page(statement(bill, lexicon=lexicon), lexicon=lexicon).encode(), HTML
        case Shape.XLSX:
            out = io.BytesIO()
            write_statement(statement(bill, lexicon=lexicon), out)
            return out.getvalue(), XLSX
        case Shape.REQUEST:
            return given.text.encode(), _YAML
        case Shape.PAGE:
            return page("bill", frame, {"bill": shown_bill(bill, lexicon), "given": given}), HTML


def wrong_page(frame: Frame, error: InvalidInput, upload: Upload, given: Given | None) -> Answer:
    """What is wrong with a file, each fault beside its place."""
    lexicon = LEXICONS[frame.language]
    if isinstance(error, FormRejected):
        shown = [_of_answer(each, frame.language) for each in error.troubles]
    else:
        shown = [*_faults(error.faults, upload, given, lexicon)]
    body = page("wrong", frame, {"faults": shown, "file": upload.name, "refused": False})
    return Answer(422, body, HTML, (("refusals", shown[0].code, 1),))


def _of_answer(trouble: Trouble, language: Language) -> ShownFault:
    text = REFUSALS_OF_ANSWERS[trouble.fault].of(language).format_map(trouble.facts)
    return ShownFault(trouble.where, "", text, f"answer_{trouble.fault.value}")


def _faults(faults: Iterable[Fault], upload: Upload, given: Given | None, lexicon: Lexicon) -> Iterable[ShownFault]:
    text = upload.content.decode("utf-8", "replace") if given is None else given.text
    rows = text.split("\n")
    for fault in faults:
        where = fault.where if given is None else given.document.where_pointer(fault.where)
        spot = _SPOT.search(where)
        written = rows[int(spot[1]) - 1].strip() if spot is not None and int(spot[1]) <= len(rows) else ""
        yield ShownFault(where, written, sentence(lexicon, fault.code, fault.facts), fault.code.value)


def refused_page(frame: Frame, refusal: Refusal, upload: Upload, given: Given) -> Answer:
    """What is missing for a bill."""
    fault = shown_refusal(refusal, given, LEXICONS[frame.language])
    body = page("wrong", frame, {"faults": [fault], "file": upload.name, "refused": True})
    return Answer(422, body, HTML, (("refusals", refusal.code.value, 1),))


def shown_refusal(refusal: Refusal, given: Given, lexicon: Lexicon) -> ShownFault:
    """What is missing for a bill, beside its place."""
    where = given.document.where_pointer(refusal.where)
    return ShownFault(where, "", trouble_sentence(lexicon, refusal), refusal.code.value)
