"""Write docs/codes.md: every word that a request, a table, a layout or a tariff may use, with all its names.

Run as ``python -m tools.codes_page``; a test holds the page to the lists.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from billcalc.agreement.changes import ChangeKind
from billcalc.agreement.models import BasicMode
from billcalc.audit.layout import FactName
from billcalc.kernel.closed_lists import Word
from billcalc.metering.interval_models import IntervalUnit, Sampling
from billcalc.metering.intervals import FillRule
from billcalc.metering.loss_models import LossMethod, ShareBy
from billcalc.metering.models import ChildKind, ReadingKind, Register, Side
from billcalc.tariff import convention_words
from billcalc.tariff.changes_of_use import MutualStandby
from billcalc.vocabulary import (
    AREAS,
    COMPONENTS,
    RANGE_ALIASES,
    RANGES,
    Billing,
    CustomerClass,
    Grain,
    Kind,
    PriceBy,
    Purchase,
    Section,
    TransformerState,
    Voltage,
)
from billcalc.words.lexicon import ENGLISH

__all__ = ["LISTS", "PAGE", "main", "page"]

PAGE = Path(__file__).parent.parent / "docs" / "codes.md"

LISTS: Mapping[str, tuple[str, type[Word]]] = {
    "Classes": ("`class` of a group", CustomerClass),
    "Ways of billing": ("`billing` of a group", Billing),
    "Purchase": ("`purchase` of a group", Purchase),
    "Bands and registers": ("keys of a reading, of given energies and of prices; `band`, `rollover`", Register),
    "Sections": ("`section` of components and lines", Section),
    "Sides": ("`side` of a metering point", Side),
    "Readings": ("`kind` of a reading", ReadingKind),
    "Sub-meters": ("`kind` of a child", ChildKind),
    "Basic charge": ("`basic.mode`", BasicMode),
    "Transformers": ("`state` of a transformer", TransformerState),
    "Changes of use": ("`kind` of a change", ChangeKind),
    "Intervals": ("`intervals.unit`", IntervalUnit),
    "Powers of intervals": ("`intervals.sampling`", Sampling),
    "Missing intervals": ("`intervals.fill`", FillRule),
    "Lines that stand by": ("`standby.mutual` of the conditions of changes of use", MutualStandby),
    "Losses": ("`losses.transformer.method`, `losses.line.method`", LossMethod),
    "Sharing of losses": ("`losses.shared.by`", ShareBy),
    "Grains": ("`round_per`, `print_per`", Grain),
    "Days of prices": ("`price_by`", PriceBy),
    "Facts of issued bills": (
        "`facts` of a mapping ([compare.md](compare.md#tables-and-words-that-are-not-ours-the-mapping))",
        FactName,
    ),
    "Kinds of tariff documents": ("`kind`, `price_sheet.instead_of`", Kind),
}
"""By heading: where the words stand, and the list."""

_HEAD = """# Codes

One list of words. Every word of a closed list in a request, in a cell or the head of a column of a
table, in a layout of issued bills and in a tariff document may be told by any of its names here:
blanks, full-width signs and capital letters make no difference. It is always written back as the
code in the first column. A name that is in no list, or that means several things where one is
wanted (大工业 is a class, 工业 is none; 35千伏及以上 is no voltage of one customer), is a fault that tells
the names that are most like it; one word told under two of its names in one mapping is a fault,
too.

The JSON Schema of requests and the OpenAPI list the codes alone, for they are what programs write;
the other names are for people. This page is written by `python -m tools.codes_page`, and a test
keeps it equal to the code.
"""

_AREAS_HEAD = """## Areas

A closed list: an area that is neither here nor in the tariffs at hand is a fault, unless the
request brings it as its own ([requests.md](requests.md#when)). A document lies where its area says:
`cn-guangxi` under `tariffs/cn/guangxi/`, `cn` under `tariffs/cn/national/`. `cn` is the nation; as
the area of a request it is for exercises that are of no area. The five and the six cities of the
Pearl River Delta are price zones before and since August 2026.

| code | names |
|---|---|"""

_VOLTAGES_HEAD = """## Voltages

A customer has one voltage; a row of a price table may name a range. 千伏 is kV, and ~ and 至 are -.

| code | names |
|---|---|"""

_COMPONENTS_HEAD = """## Components

The codes of components and lines that bills commonly name: `code`, `supplies` and the keys of
`price_sheet.prices`. A component of one's own may have any other code.

| code | English | names |
|---|---|---|"""


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")


def page() -> str:
    """The page as the lists have it."""
    return "\n".join([_HEAD, *_voltages(), *_lists(), *_conventions(), *_components(), *_areas()])


def _lists() -> Iterator[str]:
    for title, (place, words) in LISTS.items():
        yield f"## {title}\n\n{place}\n\n| code | names |\n|---|---|"
        yield from (_row(word.value, word.aliases) for word in words)
        yield ""


def _voltages() -> Iterator[str]:
    yield _VOLTAGES_HEAD
    yield from (_row(voltage.value, voltage.aliases) for voltage in Voltage)
    yield from (_row(word, (*RANGE_ALIASES[word], f"= {', '.join(meant)}")) for word, meant in RANGES.items())
    yield ""


def _conventions() -> Iterator[str]:
    yield "## Conventions\n\nthe words of [conventions.md](conventions.md)\n\n| list | codes and names |\n|---|---|"
    for name in convention_words.__all__:
        words: Iterable[Word] = getattr(convention_words, name)
        told = (f"`{word.value}` {', '.join(word.aliases)}" for word in words)
        yield f"| {name} | {'; '.join(told)} |"
    yield ""


def _components() -> Iterator[str]:
    yield _COMPONENTS_HEAD
    yield from (f"| `{code}` | {ENGLISH.components[code]} | {', '.join(names)} |" for code, names in COMPONENTS.items())
    yield ""


def _areas() -> Iterator[str]:
    yield _AREAS_HEAD
    yield from (_row(code, names) for code, names in AREAS.items())
    yield ""


def _row(code: str, names: Sequence[str]) -> str:
    return f"| `{code}` | {', '.join(names)} |"


if __name__ == "__main__":
    main()
