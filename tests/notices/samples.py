"""Notices of a made-up utility: figures that sum, a table of cells with what they span, and a library they fit."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from billcalc.notices.grid import Cell, Grid, Spanned

TITLE = "国网安徽省电力有限公司代理购电工商业用户电价表（2026年9月）"
UNIT = "单位：元/千瓦时"
AREA = "cn-anhui"

PURCHASE, LOSS, SYSTEM, LEVIES = "0.4000", "0.0125", "0.0500", "0.0400"
RATIOS = {"sharp": "1.8", "peak": "1.5", "valley": "0.5"}
BANDS = ("sharp", "peak", "flat", "valley")
NETWORK = {
    ("单一制", "不满1千伏"): "0.2000",
    ("单一制", "1-10千伏"): "0.1800",
    ("单一制", "35千伏"): "0.1600",
    ("两部制", "1-10千伏"): "0.1200",
    ("两部制", "35千伏"): "0.1000",
    ("两部制", "110千伏"): "0.0800",
    ("两部制", "220千伏及以上"): "0.0600",
}
DEMAND = {"1-10千伏": ("40", "25"), "35千伏": ("40", "25"), "110千伏": ("36", "22"), "220千伏及以上": ("36", "22")}
VOLTAGES = {"不满1千伏": "<1kV", "1-10千伏": "1-10kV", "35千伏": "35kV", "110千伏": "110kV", "220千伏及以上": ">=220kV"}
BILLINGS = {"单一制": "one_part", "两部制": "two_part"}


class Figures(NamedTuple):
    """One row of a notice, as it is printed in yuan."""

    billing: str
    voltage: str
    total: str
    purchase: str
    upstream_loss: str
    network_energy: str
    system_operation: str
    levies: str
    sharp: str
    peak: str
    flat: str
    valley: str
    demand: str
    capacity: str


def figures(multiple: str = "1", *, purchase: str = PURCHASE, loss: str = LOSS) -> tuple[Figures, ...]:
    """The rows of a table, computed by hand: the total is the sum, the purchase price alone floats."""
    bought = Decimal(purchase) * Decimal(multiple)
    rows = []
    for (billing, voltage), network in NETWORK.items():
        rest = sum(map(Decimal, (loss, network, SYSTEM, LEVIES)))
        bands = {band: f"{rest + bought * Decimal(RATIOS.get(band, '1')):.4f}" for band in BANDS}
        if billing == "单一制":
            bands["sharp"] = "/"
        demand, capacity = DEMAND[voltage] if billing == "两部制" else ("—", "—")
        parts = (f"{bought:.4f}", loss, network, SYSTEM, LEVIES)
        numbers = (f"{rest + bought:.4f}", *parts, *(bands[band] for band in BANDS), demand, capacity)
        rows.append(Figures._make((billing, voltage, *numbers)))
    return tuple(rows)


def in_fen(rows: Sequence[Figures]) -> tuple[Figures, ...]:
    """The same in fen, but for demand and capacity."""
    return tuple(Figures._make((*row[:2], *map(_hundredfold, row[2:12]), *row[12:])) for row in rows)


def _hundredfold(number: str) -> str:
    return str(Decimal(number).scaleb(2)) if number[0].isdigit() else number


HEADS = (
    # text, row, column, rows, columns
    ("用电\n分类", 0, 0, 3, 1),
    ("电压等级", 0, 1, 3, 1),
    ("电度用电价格", 0, 2, 2, 1),
    ("其中", 0, 3, 1, 5),
    ("代理购电\n价格", 1, 3, 1, 1),
    ("上网环节\n线损费用", 1, 4, 1, 1),
    ("电度输配\n电价", 1, 5, 1, 1),
    ("系统运行\n费用", 1, 6, 1, 1),
    ("政府性基金\n及附加", 1, 7, 1, 1),
    ("分时电度用电价格", 0, 8, 1, 4),
    ("尖峰时段", 1, 8, 1, 1),
    ("高峰时段", 1, 9, 1, 1),
    ("平时段", 1, 10, 1, 1),
    ("低谷时段", 1, 11, 1, 1),
    ("容(需)量用电价格", 0, 12, 1, 2),
    ("最大需量\n(元/千瓦·月)", 1, 12, 1, 1),
    ("变压器容量\n(元/千伏安·月)", 1, 13, 1, 1),
    ("1=2+3+4+5+6", 2, 2, 1, 1),
    *((str(column - 1), 2, column, 1, 1) for column in range(3, 14)),
)
WIDTH = 14

Placed = tuple[str, int, int, int, int]


@dataclass
class Table:
    """A table of a notice: lines over it, and cells with what they span."""

    lines: list[str] = field(default_factory=lambda: [TITLE, UNIT])
    cells: list[Placed] = field(default_factory=list)

    @property
    def height(self) -> int:
        return max(row + rows for _, row, _, rows, _ in self.cells)

    def change(self, old: str, new: str, *, nth: int = 0) -> "Table":
        """The table with another text in the nth cell that has a text."""
        found = [place for place, cell in enumerate(self.cells) if cell[0] == old]
        cells = list(self.cells)
        cells[found[nth]] = (new, *cells[found[nth]][1:])
        return Table(list(self.lines), cells)

    def grid(self) -> Grid:
        """As a reader gives it; an address is ``row,column`` of the table, from 1."""
        spanned = (
            Spanned(Cell(text, f"{row + 1},{column + 1}"), row, column, rows, columns)
            for text, row, column, rows, columns in self.cells
        )
        return Grid.of(spanned, above=[Cell(line, f"line {number}") for number, line in enumerate(self.lines, 1)])


def table(rows: Sequence[Figures] | None = None, *, lines: Sequence[str] = (TITLE, UNIT), heads: bool = True) -> Table:
    """The table of a notice: the words of customers and the parts that all rows share are merged cells."""
    rows = figures() if rows is None else rows
    cells: list[Placed] = list(HEADS) if heads else []
    first = 3 if heads else 0
    shared = {3: "purchase", 4: "upstream_loss", 6: "system_operation", 7: "levies"}
    start = 0
    while start < len(rows):
        end = start
        while end < len(rows) and rows[end].billing == rows[start].billing:
            end += 1
        cells.append((rows[start].billing, first + start, 0, end - start, 1))
        start = end
    for column, name in shared.items():
        cells.append((getattr(rows[0], name), first, column, len(rows), 1))
    for number, row in enumerate(rows):
        cells.extend((row[column], first + number, column, 1, 1) for column in range(1, WIDTH) if column not in shared)
    return Table(list(lines), cells)


def read_figures(rows: Sequence[object]) -> Iterator[tuple[str, ...]]:
    """Rows of a reading in the form of ``expected``."""
    for row in rows:
        by_column = {column.value: f"{figure.price.normalize():f}" for column, figure in row.figures.items()}  # type: ignore[attr-defined]
        yield (row.purchase.value, row.billing.value, row.voltage, *(f"{k}={v}" for k, v in sorted(by_column.items())))  # type: ignore[attr-defined]


def expected(rows: Sequence[Figures], purchase: str = "agent") -> Iterator[tuple[str, ...]]:
    """What a reading of these figures in yuan must say."""
    for row in rows:
        told = {
            name: f"{Decimal(number).normalize():f}"
            for name, number in row._asdict().items()
            if name not in ("billing", "voltage") and number[0].isdigit()
        }
        customers = (purchase, BILLINGS[row.billing], VOLTAGES[row.voltage])
        yield (*customers, *(f"{name}={number}" for name, number in sorted(told.items())))


def _header(identity: str, effective: str) -> str:
    _, place, kind, _ = identity.split("/")
    area = "cn" if place == "national" else f"cn-{place}"
    return (
        f"id: {identity}\nkind: {kind}\narea: {area}\neffective: {effective}\n"
        "document: {title: a made-up document, url: https://example.org}\nevidence: secondary\nrecorded_on: 2026-08-01\n"
    )


_CLASS = "class: [industrial_commercial, large_industrial, general_commercial]"


def _network() -> str:
    lines = [_header("cn/anhui/network_price/2026-01", "{from: 2026-01-01}"), "components:\n"]
    for (billing, voltage), price in NETWORK.items():
        for_ = f'for: {{{_CLASS}, billing: {BILLINGS[billing]}, voltage: "{VOLTAGES[voltage]}"}}'
        lines.append(f'- {{code: network_energy, section: network_energy, price: "{price}", {for_}}}\n')
        if billing == "两部制":
            for quantity, number in zip(("demand_kw", "capacity_kva"), DEMAND[voltage], strict=True):
                code = f"code: {quantity[:-3].rstrip('_')}, section: network_capacity, quantity: {quantity}"
                lines.append(f'- {{{code}, price: "{number}", {for_}}}\n')
    return "".join(lines)


def last_month_text(classes: str = _CLASS) -> str:
    """The document of the month before."""
    rows = figures(purchase="0.3900", loss="0.0120")
    parts = {"purchase": "0.3900", "upstream_loss": "0.0120", "system_operation": "0.0500"}
    sections = {"purchase": "energy", "upstream_loss": "upstream_loss", "system_operation": "system_operation"}
    lines = [_header("cn/anhui/purchase_price/2026-08", "{from: 2026-08-01, repealed_on: 2026-09-01}"), "components:\n"]
    for code, price in parts.items():
        tags = ", tags: [floats]" if code == "purchase" else ""
        for_ = f"for: {{{classes}, purchase: agent}}"
        lines.append(f'- {{code: {code}, section: {sections[code]}, price: "{price}"{tags}, {for_}}}\n')
    lines.append("totals:\n")
    for row in rows:
        bands = {band: getattr(row, band) for band in BANDS if getattr(row, band)[0].isdigit()}
        told = ", ".join(f'{band}: "{price}"' for band, price in bands.items())
        for_ = f'{{billing: {BILLINGS[row.billing]}, voltage: "{VOLTAGES[row.voltage]}", purchase: agent}}'
        lines.append(f'- for: {for_}\n  untimed: "{row.total}"\n')
        lines.append(f"  bands: {{{told}}}\n")
    return "".join(lines)


_SHARP = "  sharp: {for: {billing: two_part}, bands: {sharp: [10:00-11:00]}}\n"


def documents() -> Mapping[str, str]:
    """The library of the made-up utility, by path."""
    ratios = "".join(f'    {band}: {{of: untimed, factor: "{factor}"}}\n' for band, factor in RATIOS.items())
    all_bands = (
        '  two_part:\n    for: {billing: two_part}\n    bands:\n      flat: {of: untimed, factor: "1"}\n'
        + ratios.replace("    ", "      ")
    )
    one_part = all_bands.replace("two_part", "one_part").replace('      sharp: {of: untimed, factor: "1.8"}\n', "")
    hours = "{peak: [08:00-12:00], flat: [12:00-24:00], valley: [00:00-08:00]}"
    return {
        "cn/anhui/network_price/2026-01.yaml": _network(),
        "cn/anhui/levies/2026-01.yaml": _header("cn/anhui/levies/2026-01", "{from: 2026-01-01}")
        + f'components:\n- {{code: levies, section: levies, price: "{LEVIES}", tags: [levy], for: {{{_CLASS}}}}}\n',
        "cn/anhui/purchase_price/2026-08.yaml": last_month_text(),
        "cn/anhui/time_of_use/2026-01.yaml": _header("cn/anhui/time_of_use/2026-01", "{from: 2026-01-01}")
        + f"periods:\n  all: {{bands: {hours}}}\n{_SHARP}ratios:\n{one_part}{all_bands}floats:\n  all: {{tags: [floats]}}\n",
        "cn/national/price_structure/2021-12.yaml": _header("cn/national/price_structure/2021-12", "{from: 2021-12-01}")
        + "made_of:\n"
        + "".join(
            f"  {name}: [purchase_price, network_price, levies]\n"
            for name in ("industrial_commercial", "large_industrial", "general_commercial")
        ),
    }


def library(root: Path, **changed: str | None) -> Path:
    """Write the library under a directory.

    Args:
        root: made if it is not there.
        changed: by the kind of a document of the area its other text, or None to leave it out.
    """
    for path, text in documents().items():
        kind = path.split("/")[2]
        told = changed.get(kind, text)
        if told is None:
            (root / path).unlink(missing_ok=True)
        else:
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(told, encoding="utf-8")
    return root
