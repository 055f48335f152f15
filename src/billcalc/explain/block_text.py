"""The parts of a statement as a text, table by table."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from billcalc.explain.printing import Align, PrintedLine, Role, columns, printed
from billcalc.explain.statement import Block, Cell
from billcalc.kernel.decimals import decimal_text
from billcalc.words.naming import money

__all__ = ["block_text"]


def block_text(blocks: Sequence[Block]) -> tuple[PrintedLine, ...]:
    """Tell the parts, the first of which is the title."""
    return tuple(line for number, block in enumerate(blocks) for line in _of_block(block, is_first=number == 0))


def _of_block(block: Block, *, is_first: bool) -> Iterator[PrintedLine]:
    if not is_first:
        yield printed("")
    yield printed(block.title, Role.TITLE if is_first else Role.HEADING)
    rows = [tuple(_shown(cell, is_money=place in block.money) for place, cell in enumerate(row)) for row in block.rows]
    if not block.head:
        for name, text in rows:
            yield printed(f"  {name}: {text}" if name else f"  {text}")
        return
    numbers = {place for row in block.rows for place, cell in enumerate(row) if isinstance(cell, Decimal)}
    aligned = [Align.RIGHT if place in numbers else Align.LEFT for place in range(len(block.head))]
    for number, line in enumerate(columns([tuple(block.head), *rows], aligned)):
        yield printed("  " + line, Role.RESULT if number - 1 in block.strong else Role.TEXT)


def _shown(cell: Cell, *, is_money: bool) -> str:
    if isinstance(cell, Decimal):
        return money(cell) if is_money else decimal_text(cell)
    return cell or ""
