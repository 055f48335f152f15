"""What the columns of tables of bills are called, and what becomes of sums and their parts that stand side by side."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from billcalc.audit.ready_layouts import ReadyLayout
from billcalc.fields import Model
from billcalc.fields.printed_names import printed_forms
from billcalc.files.loading import load
from billcalc.kernel.closed_lists import normal
from billcalc.runs.issued_tables import TOTAL
from billcalc.runs.ready_layouts import LAYOUTS, ready_layouts
from billcalc.vocabulary import COMPONENTS, Section

__all__ = ["KWH", "Known", "is_month", "known_names", "meanings", "read_once"]

KWH = "metering_points.0.given.kwh."
"""What the places of energies begin with."""


class _Names(Model):
    """The data file of names.

    Attributes:
        requests: a place in the request, or ``account`` and ``month``, and what its columns are called.
        total: what the column of the total is called.
        sections: what sections are called besides their names.
    """

    requests: Mapping[str, tuple[str, ...]]
    total: tuple[str, ...]
    sections: Mapping[Section, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Known:
    """What a column of a name is.

    Attributes:
        path: the place in the request that it fills, ``account`` or ``month``; None where it is no part of one.
        code: the code of an issued amount, a section or the total; None where it is none.
        section: the section that it is of; None of the total.
        is_section: whether it is compared with the whole section.
        is_part: whether others make the section with it.
    """

    path: str | None = None
    code: str | None = None
    section: Section | None = None
    is_section: bool = False
    is_part: bool = False

    @property
    def is_several(self) -> bool:
        """Whether several columns may be this."""
        return self.is_section and self.is_part


@cache
def known_names(ready: str | None = None) -> Mapping[str, Known]:
    """What names mean, by their forms.

    Args:
        ready: the code of the layout whose names amounts have; by default they have any that is common.
    """
    names = load(_Names, LAYOUTS / "columns.yaml")
    found = _of_components(names) if ready is None else _of_layout(ready_layouts()[ready])
    found |= {_form(alias): Known(path=path) for path, aliases in names.requests.items() for alias in aliases}
    return found


def is_month(name: str) -> bool:
    """Whether a column is called as those of the months of bills are.

    >>> is_month("电费年月"), is_month("抄表员")
    (True, False)
    """
    return known_names().get(_form(name)) == Known(path="month")


@cache
def meanings() -> Mapping[Known, str]:
    """All that a column may be, each with the name that is most usual for it."""
    names = load(_Names, LAYOUTS / "columns.yaml")
    found = {Known(path=path): aliases[0] for path, aliases in names.requests.items()}
    found[Known(code=TOTAL)] = names.total[0]
    for section in Section:
        found[Known(code=section.value, section=section, is_section=True)] = section.aliases[0]
    return found | {Known(code=code): aliases[0] for code, aliases in COMPONENTS.items()}


def _form(name: str) -> str:
    return printed_forms(name)[0]


def _of_components(names: _Names) -> dict[str, Known]:
    """The common names of components and sections."""
    sections = {
        meaning.codes[0]: meaning.sections[0]
        for layout in ready_layouts().values()
        for meaning in layout.names.values()
    }
    found: dict[str, Known] = {}
    for code, aliases in COMPONENTS.items():
        found |= {normal(alias): Known(code=code, section=sections.get(code), is_part=True) for alias in aliases}
    for section in Section:
        told = (section.value, *section.aliases, *names.sections.get(section, ()))
        found |= {normal(alias): Known(code=section.value, section=section, is_section=True) for alias in told}
    return found | {normal(alias): Known(code=TOTAL) for alias in names.total}


def _of_layout(layout: ReadyLayout) -> dict[str, Known]:
    """The names of a utility; what may be one of several codes is compared with its section."""
    found: dict[str, Known] = {}
    for name, meaning in layout.names.items():
        [section] = meaning.sections
        is_one = len(meaning.codes) == 1
        code = meaning.codes[0] if is_one else section.value
        found[_form(name)] = Known(code=code, section=section, is_section=not is_one, is_part=True)
    for name, sums in layout.subtotals.items():
        if len(sums.sections) == 1:
            [section] = sums.sections
            found[_form(name)] = Known(code=section.value, section=section, is_section=True)
    return found | {_form(name): Known(code=TOTAL) for name in layout.total}


def read_once(columns: Mapping[str, Known]) -> Mapping[str, Known]:
    """The columns that are read so that no amount is read twice.

    Where a section and parts of it have columns, that of the section is read; where a part may be one of several codes,
    all of them are compared with their section.
    """
    whole = {each.section for each in columns.values() if each.is_section and not each.is_part}
    joined = {each.section for each in columns.values() if each.is_several}
    found: dict[str, Known] = {}
    for name, known in columns.items():
        each = known
        if each.is_part and each.section in whole:
            continue
        if each.is_part and each.section is not None and each.section in joined:
            each = Known(code=each.section.value, section=each.section, is_section=True, is_part=True)
        found[name] = each
    return found
