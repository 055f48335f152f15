"""The layouts that come with the program: by the names of their files, or by what people call the utilities."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from billcalc.audit.ready_layouts import ReadyLayout
from billcalc.files.loading import load
from billcalc.kernel.closed_lists import nearest, words_by_name
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.troubles import Fault, InvalidInput

__all__ = ["LAYOUTS", "ready_code", "ready_layout", "ready_layouts"]

LAYOUTS = Path(__file__).parents[1] / "layouts"
"""Where they are, beside the names of columns."""
_CODES = ("mengxi", "southern-grid", "state-grid")


@cache
def ready_layouts() -> Mapping[str, ReadyLayout]:
    """All of them, by code."""
    return {code: load(ReadyLayout, LAYOUTS / f"{code}.yaml") for code in _CODES}


def ready_layout(name: str) -> ReadyLayout:
    """The one that a name means.

    Raises:
        InvalidInput: with the names most like it, where there is none.
    """
    return ready_layouts()[ready_code(name)]


def ready_code(name: str) -> str:
    """The code of the one that a name means.

    Raises:
        InvalidInput: with the names most like it, where there is none.

    >>> ready_code("国家电网")
    'state-grid'
    """
    layouts = ready_layouts()
    known = {code: (code, *layout.called) for code, layout in layouts.items()}
    code = words_by_name(known).get("".join(name.split()).casefold())
    if code is None:
        alike = nearest(name, {alias: code for code, names in known.items() for alias in names})
        facts = {"kind": "layout", "id": name, "known": ", ".join(alike)}
        raise InvalidInput([Fault(FaultCode.UNKNOWN_REFERENCE, name, facts)])
    return code
