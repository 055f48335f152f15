"""Write the documents of transformer losses from a table: ``tools/tables/transformer_series.csv``, a row each as read.

Run as ``python -m tools.transformer_tables``; a test holds the library to the table. An empty cell is a number that the
source does not tell.
"""

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

__all__ = ["documents", "main"]

ROOT = Path(__file__).parent.parent
TABLE = Path(__file__).parent / "tables" / "transformer_series.csv"

HEADS: Mapping[str, str] = {
    "cn/national/transformer_losses/1996-10": """kind: transformer_losses
area: cn
effective: {from: 1996-10-08}
document:
  title: 油浸式配电变压器（S9、S10、S11）技术参数
  url: http://rumahminimalisinfo.com/jishu/show-htm-itemid-439.html
  clause: 条号未见
evidence: secondary
recorded_on: 2026-11-27
note: >-
  The table has no date: a transformer loses what its make does, whenever it is billed. It is applied from the day
  of the rules that put the losses on the owner. The no-load current of S11 is that of Gawg-AI/cnpower
  cnpower/equipment/transformers.py at 37cb2d3d270ecad4c483b37abef5d9f08c242ade, whose no-load losses differ in the
  second decimal (30 kVA: 0.10 there and 0.09 here); that of S10 was not seen. Each utility has its own approved
  table, which goes before this one.
""",
    "cn/national/transformer_losses/2025-02": """kind: transformer_losses
area: cn
effective: {from: 2025-02-01}
document:
  title: 电力变压器能效限定值及能效等级
  number: GB 20052-2024
  url: https://github.com/adgo07/EquipEffi/blob/1e641b2a0c44e18920a158317258a12a75813894/standards/transformer.json
  clause: 条号未见
evidence: secondary
recorded_on: 2026-11-27
note: >-
  The limits of the three grades of 10 kV transformers; what a transformer loses itself stands on its plate. The
  standard has no no-load current and no short-circuit voltage. From 630 kVA one column of load losses serves both
  vector groups, Yyn0 and Dyn11; dry transformers with amorphous cores have the load losses of those with steel
  cores. Dry transformers of 2000 and 2500 kVA, and the classes B and H below 250 kVA, were not read.
""",
}

Row = Mapping[str, str]


def main() -> None:
    """Write every document of the table."""
    for path, text in documents():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def documents() -> Iterator[tuple[Path, str]]:
    """Each document of the table: where it lies and its text."""
    found: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    with TABLE.open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            found[row["document"]][row["series"]].append(row)
    for name, series in found.items():
        lines = [f"id: {name}", HEADS[name] + "series:"]
        for each, rows in series.items():
            lines.extend((f"- name: {each}", "  voltage: 1-10kV", "  rows:"))
            lines.extend(f"  - {{{_cells(row)}}}" for row in rows)
        yield ROOT / "tariffs" / f"{name}.yaml", "\n".join(lines) + "\n"


def _cells(row: Row) -> str:
    keys = ("kva", "p0_kw", "pk_kw", "i0_percent", "uk_percent")
    return ", ".join(f'{key}: "{row[key]}"' for key in keys if row[key])


if __name__ == "__main__":
    main()
