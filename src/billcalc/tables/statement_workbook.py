"""Statements as a workbook: a sheet for each, its parts below each other."""

from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO

from billcalc.explain.statement import Block
from billcalc.tables.workbook_writing import Page, write_pages

__all__ = ["write_statement", "write_statements"]


def write_statement(blocks: Sequence[Block], out: BinaryIO) -> None:
    """Write the workbook of a statement.

    Raises:
        InvalidInput: for more rows than a workbook should have.
    """
    write_statements([blocks], out)


def write_statements(statements: Iterable[Sequence[Block]], out: BinaryIO) -> None:
    """Write a workbook of several statements, a sheet each, called by the title of its first part.

    Raises:
        InvalidInput: for more rows than a workbook should have.
    """
    write_pages(out, [Page(blocks[0].title, (), _rows(blocks)) for blocks in statements])


def _rows(blocks: Sequence[Block]) -> Iterator[Sequence[object]]:
    for block in blocks:
        yield (block.title,)
        if block.head:
            yield block.head
        yield from block.rows
        yield ()
