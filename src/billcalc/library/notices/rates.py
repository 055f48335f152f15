"""From the file of a rate of the URDB kind to documents of the library: all of them, or none."""

from collections.abc import Mapping
from contextlib import suppress
from decimal import Decimal
from pathlib import Path

from billcalc.fields import JsonNumber, validated
from billcalc.fields.validating import pointer_of
from billcalc.files.disk import make_directory
from billcalc.files.documents import Document, parse_document, read_document
from billcalc.files.writing import write_file
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.rate_reasons import RateReason
from billcalc.kernel.troubles import Fault, InvalidInput
from billcalc.notices.urdb_documents import RateImport, rate_documents
from billcalc.notices.urdb_rate import UrdbRate, said_beside
from billcalc.tariff.documents import AnyDocument
from billcalc.vocabulary import AREAS

__all__ = ["import_rate", "lay_down", "said_in"]


def import_rate(path: str, asked: RateImport) -> dict[str, str]:
    """The documents of the one rate in a file, by their ids.

    Raises:
        InvalidInput: with everything in it that is wrong or cannot be expressed, at its place in the file.
    """
    if asked.area in AREAS or "-" not in asked.area:
        facts = {"reason": RateReason.RATE_AREA, "value": asked.area}
        raise InvalidInput([Fault(FaultCode.NOT_EXPRESSED, "--area", facts)])
    document = read_document(path)
    data, at = _rate_of(document)

    def where(path: tuple[int | str, ...]) -> str:
        return f"{document.where((*at, *path))} {pointer_of(path)}"

    rate = validated(UrdbRate, _numbers_as_texts(data), where=where)
    documents = dict(rate_documents(rate, asked))
    for name, text in documents.items():
        validated(AnyDocument, parse_document(text, name=f"{name}.yaml").data)
    return documents


def said_in(path: str) -> tuple[tuple[str, str], ...]:
    """What the one rate in a file says that none of its documents has, by its key."""
    return tuple(said_beside(_numbers_as_texts(_rate_of(read_document(path))[0])))


def _rate_of(document: Document) -> tuple[object, tuple[str | int, ...]]:
    """The rate, which may be the one entry of an answer of the database, and its path."""
    data = document.data
    if isinstance(data, Mapping) and isinstance(items := data.get("items"), list):
        if len(items) != 1:
            facts = {"reason": RateReason.RATES_OF_A_FILE, "count": str(len(items))}
            raise InvalidInput([Fault(FaultCode.NOT_EXPRESSED, document.where(("items",)), facts)])
        return items[0], ("items", 0)
    return data, ()


def _numbers_as_texts(data: object) -> object:
    """The data with numbers as texts: rates have bare ones, which are exact in their source all the same."""
    if isinstance(data, Mapping):
        return {key: _numbers_as_texts(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_numbers_as_texts(value) for value in data]
    if isinstance(data, JsonNumber):
        with suppress(ArithmeticError):  # a number that no text has is told where it is read
            return f"{Decimal(data):f}"
    return data


def lay_down(documents: Mapping[str, str], root: Path) -> list[Path]:
    """Write the documents where they belong in a directory of tariffs; nothing that is there is written over.

    Raises:
        InvalidInput: where one of them is there.
        OSError: when one cannot be written.
    """
    targets = {root / f"{name}.yaml": text for name, text in documents.items()}
    there = [str(target) for target in targets if target.exists()]
    if there:
        faults = (Fault(FaultCode.DUPLICATE_DOCUMENT, each, {"first": each, "second": each}) for each in there)
        raise InvalidInput(faults)
    for target, text in targets.items():
        make_directory(target.parent)
        write_file(target, text)
    return list(targets)
