"""What every command about a bill does: take the same options, get the bill, or say why there is none."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, Protocol, TypeVar

import click

from billcalc.cli.exits import Exit
from billcalc.cli.speaking import spoken
from billcalc.explain.printing import PrintedLine, Role, printed
from billcalc.fields import validated
from billcalc.files.documents import Document, read_document
from billcalc.files.text import MAX_BYTES
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.troubles import Fault, InvalidInput, Refusal, Refused
from billcalc.library.catalog import load_catalog
from billcalc.tariff.catalog import Catalog
from billcalc.wire.json_writing import json_text
from billcalc.wire.troubles import invalid_data, refusal_data
from billcalc.words.bills import Phrase
from billcalc.words.language import Language
from billcalc.words.lexicon import LEXICONS, Lexicon
from billcalc.words.naming import labelled
from billcalc.words.saying import columns_unread, read_as, read_though_hidden, trouble_sentence

if TYPE_CHECKING:
    from billcalc.billing.bill import Bill
    from billcalc.billing.request import Request
    from billcalc.tables.grid import Grid
    from billcalc.tables.interval_requests import IntervalFiles
    from billcalc.tables.interval_statements import Stated
    from billcalc.tables.price_files import PriceFile

__all__ = [
    "FILE",
    "LEXICON",
    "Answers",
    "AsRead",
    "Places",
    "bill_options",
    "fault_text",
    "interval_files",
    "interval_names",
    "intervals_options",
    "language_option",
    "price_files",
]

FILE = click.Path(path_type=Path, readable=False)
"""The name of a file or directory; what is wrong with it is told by whoever opens it, in the reader's language."""
LEXICON = "billcalc.lexicon"
"""Under this name the context of a call keeps the words it answers with."""

_INTERVALS, _STATEMENTS = "billcalc.intervals", "billcalc.intervals_as"
_PRICES, _OF_PRICES = "billcalc.prices", "billcalc.prices_as"
"""Under these names the context of a call keeps the files of intervals and of prices, and what is stated of them."""

_F = TypeVar("_F", bound=Callable[..., Any])
_Made = TypeVar("_Made")


_OF_THE_SYSTEM = (
    FaultCode.CANNOT_WRITE,
    FaultCode.SYSTEM_FAILED,
    FaultCode.INPUT_CHANGED,
    FaultCode.PART_DAMAGED,
    FaultCode.INTERNAL,
)
"""Faults of what happened rather than of what was given."""


def language_option() -> Callable[[_F], _F]:
    """The option of the language."""
    return click.option("--lang", type=click.Choice([each.value for each in Language]))


def intervals_options(command: _F) -> _F:
    """The options that every command has which reads a request: files of intervals, and what they do not tell.

    They are kept with the call; ``interval_files`` gives them.
    """
    for option, metavar, name in (
        ("--prices-as", "KEY=VALUE", _OF_PRICES),
        ("--prices", "COMPONENT=FILE", _PRICES),
        ("--intervals-as", "KEY=VALUE", _STATEMENTS),
        ("--intervals", "[POINT=]FILE", _INTERVALS),
    ):
        command = click.option(
            option,
            metavar=metavar,
            multiple=True,
            expose_value=False,
            callback=lambda context, _, value, name=name: context.meta.__setitem__(name, value),
        )(command)
    return command


def interval_files() -> "IntervalFiles | None":
    """The files of intervals of this call; None where there are none.

    Raises:
        InvalidInput: where what is stated of them cannot be read.
    """
    told = click.get_current_context().meta
    files, statements = told[_INTERVALS], told[_STATEMENTS]
    if statements and not files:
        raise InvalidInput([Fault(FaultCode.MISSING_KEY, "--intervals-as", {"key": "--intervals"})])
    if not files:
        return None
    from billcalc.tables.interval_requests import IntervalFiles, file_named
    from billcalc.tables.interval_statements import stated_of

    return IntervalFiles(tuple(map(file_named, files)), stated_of(statements, where="--intervals-as"))


def price_files() -> "tuple[list[PriceFile], Stated] | None":
    """The files of prices by interval of this call, and what is stated of them; None where there are none.

    Raises:
        InvalidInput: where one is of no component, or what is stated of them cannot be read.
    """
    told = click.get_current_context().meta
    files, statements = told[_PRICES], told[_OF_PRICES]
    if statements and not files:
        raise InvalidInput([Fault(FaultCode.MISSING_KEY, "--prices-as", {"key": "--prices"})])
    if not files:
        return None
    from billcalc.tables.interval_statements import stated_of
    from billcalc.tables.price_files import price_file_named

    named = [price_file_named(file, where="--prices") for file in files]
    return named, stated_of(statements, where="--prices-as")


def interval_names() -> list[str]:
    """The names of the files of intervals and of prices of this call."""
    files, prices = interval_files(), price_files()
    named = [] if files is None else [file.name for file in files.files]
    return named if prices is None else [*named, *(file.name for file in prices[0])]


def bill_options(command: _F, *, shapes: Sequence[str] = ("table", "json")) -> _F:
    """The argument and the options that every command about a bill has.

    Args:
        command: the command.
        shapes: in which it answers.
    """
    for decorate in (
        intervals_options,
        click.option(
            "--max-bytes",
            type=click.IntRange(min=1),
            default=MAX_BYTES,
            show_default=True,
        ),
        click.option(
            "--tariffs",
            type=FILE,
            metavar="DIR",
        ),
        language_option(),
        click.option(
            "--format",
            "shape",
            type=click.Choice(list(shapes)),
            default="table",
            show_default=True,
        ),
        click.argument("request"),
    ):
        command = decorate(command)
    return command


class AsRead(Protocol):
    """What a table tells of how it was read; see ``tables.records.Records``."""

    @property
    def encoding(self) -> str:
        """Of the text."""

    @property
    def hidden(self) -> int:
        """How many rows are not shown."""

    @property
    def hidden_columns(self) -> tuple[str, ...]:
        """The columns that are not shown."""


class Places(Protocol):
    """What knows where in a file a JSON pointer leads."""

    def where_pointer(self, pointer: str) -> str:
        """The place in the file, and the pointer."""
        ...


class Answers:
    """Gives the answers of one call in its shape and language.

    Args:
        shape: ``table`` or ``json``.
        lang: the language asked for, or None. Without one a text is in the language of the call; JSON is in English,
            for a program must get the same bytes everywhere.
    """

    def __init__(self, shape: str, lang: str | None) -> None:
        self.is_json = shape == "json"
        language, asked = spoken()
        told = Language(lang) if lang is not None else language if asked else None
        self.language = told or language
        self.lexicon = LEXICONS[self.language]
        click.get_current_context().meta[LEXICON] = self.lexicon
        self.data_lexicon = LEXICONS[told or Language.ENGLISH]

    def bill(self, request: str, *, tariffs: Path | None, max_bytes: int, derivation: bool = True) -> "Bill":
        """The bill of a request, a path or ``-``; where there is none, say why and end the command."""
        from billcalc.billing.calculate import calculate  # here and not above: most commands bill nothing

        return self.of_request(
            lambda asked, catalog: calculate(asked, catalog, derivation=derivation),
            request,
            tariffs=tariffs,
            max_bytes=max_bytes,
        )

    def of_request(
        self,
        answer: "Callable[[Request, Catalog], _Made | Refusal]",
        request: str,
        *,
        tariffs: Path | None,
        max_bytes: int,
    ) -> _Made:
        """What is made of a request, a path or ``-``, and its tariffs; where there is nothing, say why and end."""
        document, _, asked = self.asked(request, tariffs=tariffs, max_bytes=max_bytes)
        try:
            catalog = load_catalog(tariffs, areas=[asked.area])
        except InvalidInput as error:
            self.reject(error.faults)
        try:
            result = answer(asked, catalog)
        except InvalidInput as error:
            self.reject(error.faults, document=document)
        if isinstance(result, Refusal):
            self.refuse(result, document)
        return result

    def refuse(self, refusal: Refusal, document: Places) -> NoReturn:
        """Say why there is no bill and end the command."""
        self.data(refusal_data(refusal, lexicon=self.data_lexicon))
        text = _text(self.lexicon, refusal, Phrase.REFUSED, document.where_pointer(refusal.where))
        self.text([printed(text, Role.DOUBT)], err=True)
        raise SystemExit(Exit.REFUSED)

    def asked(self, request: str, *, tariffs: Path | None, max_bytes: int) -> "tuple[Document, Any, Request]":
        """A request, a path or ``-``: its file, its data with the intervals of files, and what is read of them.

        Where it cannot be read, say why and end the command.
        """
        from billcalc.billing.request import Request

        try:
            files, prices = interval_files(), price_files()
            document = read_document(request, max_bytes=max_bytes)
            data = document.data if files is None else self._filled(document, files, tariffs)
            data = data if prices is None else self._priced(document, data, *prices, tariffs)
            return document, data, validated(Request, data, where=document.where, where_key=document.where_key)
        except InvalidInput as error:
            self.reject(error.faults)
        except Refused as refused:
            self.refuse(refused.refusal, document)

    def _filled(self, document: Document, files: "IntervalFiles", tariffs: Path | None) -> dict[str, Any]:
        from billcalc.tables.interval_requests import data_with_intervals

        return data_with_intervals(
            document.data,
            files,
            catalog=lambda asked: load_catalog(tariffs, areas=[asked.area]),
            told=self.read_grid,
            unread=self.left_unread,
            where=document.where,
            where_key=document.where_key,
        )

    def _priced(
        self, document: Document, data: Any, files: "list[PriceFile]", stated: "Stated", tariffs: Path | None
    ) -> dict[str, Any]:
        from billcalc.tables.price_files import data_with_prices

        return data_with_prices(
            data,
            files,
            stated=stated,
            catalog=lambda asked: load_catalog(tariffs, areas=[asked.area]),
            told=self.read_grid,
            unread=self.left_unread,
            where=document.where,
            where_key=document.where_key,
        )

    def reject(self, faults: Iterable[Fault], *, document: Places | None = None) -> NoReturn:
        """Say what is wrong with the input and end the command.

        Args:
            faults: what is wrong.
            document: the request, where the faults tell their places in it by JSON pointers.
        """
        faults = tuple(faults)
        self.data(invalid_data(faults, lexicon=self.data_lexicon))
        for fault in faults:
            self.tell_fault(fault, document)
        raise SystemExit(Exit.FAILED if any(fault.code in _OF_THE_SYSTEM for fault in faults) else Exit.INVALID)

    def tell_fault(self, fault: Fault, document: Places | None = None) -> None:
        """Say on standard error what is wrong."""
        text = fault_text(self.lexicon, fault, None if document is None else document.where_pointer(fault.where))
        self.text([printed(text, Role.DOUBT)], err=True)

    def data(self, data: Mapping[str, Any]) -> None:
        """Print data, where JSON was asked for: UTF-8 whatever the terminal has."""
        if self.is_json:
            click.echo(json_text(data).encode(), nl=False)

    def text(self, lines: Iterable[PrintedLine], *, err: bool = False) -> None:
        """Print a text."""
        for line in lines:
            click.echo(click.style(line.text, **_STYLES[line.role]), err=err)

    def read_as(self, name: str, encoding: str) -> None:
        """Say of a text that it is not UTF-8."""
        for line in read_as(name, encoding, self.lexicon):
            self.text([printed(line, Role.ASIDE)], err=True)

    def read_grid(self, grid: "Grid") -> None:
        """Say how a table was read, where it is not as it looks."""
        self.read_table(grid.name, grid)

    def read_table(self, name: str, table: "AsRead") -> None:
        """Say of a table that it is not UTF-8, and what of it is read that a spreadsheet does not show."""
        self.read_as(name, table.encoding)
        for line in read_though_hidden(name, table.hidden, table.hidden_columns, self.lexicon):
            self.text([printed(line, Role.ASIDE)], err=True)

    def left_unread(self, name: str, columns: Sequence[str]) -> None:
        """Say which columns of a table nothing was read of."""
        if columns:
            self.text([printed(columns_unread(name, columns, self.lexicon), Role.ASIDE)], err=True)


def fault_text(lexicon: Lexicon, fault: Fault, place: str | None = None) -> str:
    """What is wrong and where, as one line."""
    return _text(lexicon, fault, Phrase.FAILED if fault.code in _OF_THE_SYSTEM else Phrase.INVALID, place)


def _text(lexicon: Lexicon, trouble: Fault | Refusal, phrase: Phrase, place: str | None) -> str:
    label = f"{lexicon.phrases[phrase]} [{trouble.code}]"
    told = labelled(lexicon, label, trouble_sentence(lexicon, trouble))
    return f"{trouble.where if place is None else place}: {told}"


_STYLES: Mapping[Role, dict[str, Any]] = {
    Role.TITLE: {"bold": True},
    Role.HEADING: {"bold": True},
    Role.TEXT: {"reset": False},
    Role.RESULT: {"reset": False},
    Role.DOUBT: {"fg": "yellow"},
    Role.ASIDE: {"dim": True},
}
