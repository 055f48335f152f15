"""What a request asks: JSON, or a form of which parts are JSON, and the files of intervals that come beside it."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from billcalc.fields.trails import Path
from billcalc.fields.validating import pointer_of
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.troubles import Fault, InvalidInput, Refused
from billcalc.tables.interval_requests import IntervalFile, IntervalFiles, data_with_intervals
from billcalc.tables.interval_statements import stated_of
from billcalc.words.language import Language
from billcalc_api.bodies import Body, data_of
from billcalc_api.calculating import Answer, Tools, counted
from billcalc_api.forms import FORM, Part, one_each, parts_of
from billcalc_api.problems import invalid, refused

__all__ = ["Shape", "asked_of", "unanswered"]

_FILE = re.compile(r"intervals(?:\.([A-Za-z0-9_.\-]{1,40}))?")
_STATEMENT = "intervals_as"


class Shape(NamedTuple):
    """What a route takes.

    Attributes:
        parts: the keys of its JSON, which are the parts of a form; nothing where the JSON is the request itself.
        texts: those of them that are texts and no JSON.
        optional: those that may be missing.
    """

    parts: Sequence[str] = ()
    texts: Sequence[str] = ()
    optional: Sequence[str] = ()


THE_REQUEST = Shape()
"""The JSON is the request itself."""


def unanswered(error: InvalidInput | Refused, lang: Language) -> Answer:
    """Why there is no answer."""
    if isinstance(error, Refused):
        return counted(refused(error.refusal, language=lang), "refusals", error.refusal.code.value)
    return counted(invalid(error.faults, language=lang), "refusals", error.faults[0].code.value)


def asked_of(tools: Tools, body: Body, shape: Shape = THE_REQUEST) -> Any:
    """The data of what is asked, with the intervals of files in its request.

    Raises:
        InvalidInput: where the body or a file cannot be read.
        Refused: where a file is given, and the clock of the area is not known.
    """
    if body.media_type != FORM:
        return data_of(body.content, bytes_max=tools.bytes_max)
    parts = parts_of(body.content, body.content_type)
    files = [part for part in parts if _FILE.fullmatch(part.name)]
    statements = [part.text for part in parts if part.name == _STATEMENT]
    others = [part for part in parts if part not in files and part.name != _STATEMENT]
    keys = shape.parts or ("request",)
    named = one_each(others, keys, [key for key in keys if key not in shape.optional])
    data = {key: _data(part, tools, is_text=key in shape.texts) for key, part in named.items()}
    if files or statements:
        data["request"] = _filled(data["request"], files, statements, tools, "/request" if shape.parts else "")
    return data if shape.parts else data["request"]


def _data(part: Part, tools: Tools, *, is_text: bool) -> Any:
    return part.text if is_text else data_of(part.content, bytes_max=tools.bytes_max, name=part.name)


def _filled(
    data: object, files: Sequence[Part], statements: Sequence[str], tools: Tools, under: str
) -> Mapping[str, Any]:
    """The data of a request with the intervals of files.

    Raises:
        InvalidInput: where something is stated of files, and there are none.
    """
    if not files:
        raise InvalidInput([Fault(FaultCode.MISSING_KEY, f"/{_STATEMENT}", {"key": "intervals"})])
    named = tuple(
        IntervalFile(part.content, part.file, found[1])
        for part in files
        if (found := _FILE.fullmatch(part.name)) is not None
    )

    def where(path: Path) -> str:
        return under + pointer_of(path)

    return data_with_intervals(
        data,
        IntervalFiles(named, stated_of(statements, where=_STATEMENT)),
        catalog=lambda _: tools.catalog,
        told=lambda _: None,
        where=where,
        where_key=where,
    )
