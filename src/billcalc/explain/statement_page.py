"""A statement as a page: HTML that needs nothing else, and prints on A4."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from html import escape

from billcalc.explain.statement import Block, Cell
from billcalc.kernel.decimals import decimal_text
from billcalc.words.lexicon import LEXICONS, Lexicon
from billcalc.words.naming import money

__all__ = ["statement_page"]

_STYLE = """
body { font-family: "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; max-width: 60em; margin: 1em auto }
table { border-collapse: collapse; width: 100%; margin-bottom: 1em }
caption { text-align: left; font-weight: bold; padding: .5em 0 }
th, td { border: 1px solid #999; padding: .2em .5em; text-align: left }
td.number { text-align: right; font-variant-numeric: tabular-nums }
tr.strong td { font-weight: bold }
@page { size: A4; margin: 15mm }
thead { display: table-header-group }
tr { break-inside: avoid }
"""


def statement_page(blocks: Sequence[Block], *, lexicon: Lexicon) -> str:
    """The page of a statement."""
    [language] = [language for language, known in LEXICONS.items() if known is lexicon]
    title = escape(blocks[0].title)
    tables = "\n".join(_table(block) for block in blocks)
    return (
        f'<!DOCTYPE html>\n<html lang="{language.value}">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n'
        f"<style>{_STYLE}</style>\n</head>\n<body>\n{tables}\n</body>\n</html>\n"
    )


def _table(block: Block) -> str:
    return "\n".join(["<table>", f"<caption>{escape(block.title)}</caption>", *_rows(block), "</table>"])


def _rows(block: Block) -> Iterator[str]:
    if block.head:
        heads = "".join(f'<th scope="col">{escape(name)}</th>' for name in block.head)
        yield f"<thead><tr>{heads}</tr></thead>"
    yield "<tbody>"
    for number, row in enumerate(block.rows):
        opening = '<tr class="strong">' if number in block.strong else "<tr>"
        cells = "".join(_cell(cell, is_money=place in block.money) for place, cell in enumerate(row))
        yield f"{opening}{cells}</tr>"
    yield "</tbody>"


def _cell(cell: Cell, *, is_money: bool) -> str:
    if isinstance(cell, Decimal):
        return f'<td class="number">{money(cell) if is_money else decimal_text(cell)}</td>'
    return f"<td>{escape(cell or '')}</td>"
