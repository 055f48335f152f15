"""Statements as files: a page, or a workbook of a sheet each."""

from collections.abc import Sequence
from pathlib import Path

from billcalc.cli.table_runs import needed
from billcalc.explain.statement import Block
from billcalc.explain.statement_page import statement_page
from billcalc.files.writing import replacing, write_file
from billcalc.words.lexicon import Lexicon

__all__ = ["write_statements"]


def write_statements(statements: Sequence[Sequence[Block]], shape: str, out: Path, lexicon: Lexicon) -> None:
    """Write some statements, ``html`` or ``xlsx``.

    Raises:
        InvalidInput: where the file cannot be written, or has more rows than a workbook should have.
    """
    if shape == "html":
        write_file(out, statement_page([block for blocks in statements for block in blocks], lexicon=lexicon))
        return
    needed(("xlsxwriter",), "excel")
    from billcalc.tables.statement_workbook import write_statements as write

    with replacing(out) as (file,):
        write(statements, file)
