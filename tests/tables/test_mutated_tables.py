"""Tables that were damaged at random are read, or refused in a sentence with a place; never anything else."""

import io
import os
import zipfile
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from billcalc.kernel.troubles import InvalidInput
from billcalc.tables.readers import open_records, read_grid
from billcalc.tables.records import reading
from billcalc.words.lexicon import LEXICONS
from billcalc.words.saying import sentence
from tests.tables.workbooks import workbook

TABLES = int(os.environ.get("BILLCALC_TABLES", "300"))
"""How many are made; ``make soak`` makes 200,000."""
OLD = 0.01
"""The share of old workbooks, each of which is read in a process of its own."""
ROWS: list[list[Any]] = [
    ["户号", "年月", "峰电量", "合计"],
    *([f"030{n}", "202406", n * 100.5, "1,234.56"] for n in range(5)),
]


@cache
def seeds() -> Mapping[str, bytes]:
    """One sound table of each format."""
    columns = pa.table({head: [str(row[place]) for row in ROWS[1:]] for place, head in enumerate(map(str, ROWS[0]))})
    parquet, arrow = io.BytesIO(), io.BytesIO()
    pq.write_table(columns, parquet)
    with pa.ipc.new_file(arrow, columns.schema) as writer:
        writer.write_table(columns)
    text = "\n".join(",".join(f'"{cell}"' for cell in row) for row in ROWS)
    return {
        "a.csv": text.encode(),
        "b.csv": text.replace(",", ";").encode("gb18030"),
        "c.xlsx": workbook(("6月", ROWS), merged=[(1, 1, 2, 1)], hidden_rows=[3]),
        "d.xls": (Path(__file__).parents[1] / "library" / "notices" / "notice.xls").read_bytes(),
        "e.parquet": parquet.getvalue(),
        "f.arrow": arrow.getvalue(),
    }


PIECES = (
    b"\x00",
    b'"',
    b"<",
    b"&x;",
    b"\r",
    b",",
    b"\xff\xfe",
    b"9" * 20,
    b'r="XFD1048576"',
    b"<!DOCTYPE a>",
    b"1e999",
)


def damaged(content: bytes, random: Random) -> bytes:
    """Some bytes changed, left out, put in or doubled."""
    for _ in range(random.randint(1, 4)):
        at = random.randrange(len(content) + 1)
        end = min(len(content), at + random.choice((1, 1, 2, 8, 64)))
        put = random.choice((b"", random.randbytes(end - at), random.choice(PIECES), content[at:end] * 2))
        content = content[:at] + put + content[end:]
    return content


def repacked(content: bytes, random: Random) -> bytes:
    """A workbook with one of its parts damaged."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as packed, zipfile.ZipFile(out, "w") as made:
        names = packed.namelist()
        chosen = random.choice([name for name in names if name.endswith((".xml", ".rels"))])
        for name in names:
            part = packed.read(name)
            made.writestr(name, damaged(part, random) if name == chosen else part)
    return out.getvalue()


def mutants(number: int) -> Iterator[tuple[str, bytes]]:
    random = Random(number)
    for _ in range(number):
        name = "d.xls" if random.random() < OLD else random.choice([each for each in seeds() if each != "d.xls"])
        content = seeds()[name]
        change: Callable[[bytes, Random], bytes] = repacked if name == "c.xlsx" and random.random() < 0.8 else damaged
        yield name, change(content, random)


def read_whole(path: Path) -> None:
    """All cells at once."""
    read_grid(path, max_bytes=1 << 20)


def read_pieces(path: Path) -> None:
    records = open_records(str(path), 3)
    with reading(str(path)):
        names = [name for name in records.schema.names if records.schema.names.count(name) == 1]
        for _, place in records.places():
            for found in records.read(place, names):
                for column in found.batch.columns:
                    column.to_pylist()


def test_a_damaged_table_is_read_or_refused_in_a_sentence(tmp_path: Path) -> None:
    refused = 0
    for name, content in mutants(TABLES):
        path = tmp_path / name
        path.write_bytes(content)
        for read in (read_whole, read_pieces):
            try:
                read(path)
            except InvalidInput as invalid:
                refused += 1
                for fault in invalid.faults:
                    assert fault.where.startswith(str(path))
                    assert all(sentence(lexicon, fault.code, fault.facts) for lexicon in LEXICONS.values())
    assert refused > TABLES // 10
