"""Cases of corrections on the disk: the case with the months that it names, the rules, and corrections made before."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from billcalc.billing.request import Request
from billcalc.corrections.case import Case
from billcalc.corrections.rebill import Correction, Earlier, rebill, undone
from billcalc.corrections.rules import CorrectionRules
from billcalc.fields import validated
from billcalc.files.documents import Document, read_document
from billcalc.files.loading import load
from billcalc.files.text import MAX_BYTES
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.reasons import Reason
from billcalc.kernel.troubles import Fault, InvalidInput, Refusal
from billcalc.tariff.catalog import Catalog
from billcalc.wire.corrections import bill_hashes, earlier_of

__all__ = ["CaseFile", "correction_rules", "read_case", "read_earlier", "read_made", "undo"]

_SHIPPED = Path(__file__).parents[1] / "corrections" / "documents"
_FILES = ("1996-10-08.yaml", "2024-06-01.yaml")


@cache
def correction_rules() -> tuple[CorrectionRules, ...]:
    """The documents that come with the program."""
    return tuple(load(CorrectionRules, _SHIPPED / name) for name in _FILES)


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A case, and where its parts stand.

    Attributes:
        months: by place, the documents of the months that are files of their own.
    """

    case: Case
    document: Document
    months: dict[int, Document]

    def where_pointer(self, pointer: str) -> str:
        """Where a JSON pointer into the case leads: a place in a month's request is one of its own file."""
        for number, document in self.months.items():
            above = f"/months/{number}/billed/"
            if pointer.startswith(above):
                return document.where_pointer(pointer[len(above) - 1 :])
        return self.document.where_pointer(pointer)


def read_case(source: str, *, max_bytes: int = MAX_BYTES) -> CaseFile:
    """Read a case, a path or ``-``; a month that is a text is the file of its request, beside the case.

    Raises:
        InvalidInput: where the case or a month cannot be read, with every fault of the one that was read last.
    """
    document = read_document(source, max_bytes=max_bytes)
    folder = Path() if source == "-" else Path(source).parent
    data, months = document.data, {}
    if isinstance(data, dict) and isinstance(data.get("months"), list):
        told = list(data["months"])
        for number, month in enumerate(told):
            name = month.get("billed") if isinstance(month, dict) else None
            if isinstance(name, str):
                months[number] = read_document(str(folder / name), max_bytes=max_bytes)
                told[number] = {**month, "billed": _request(months[number])}
        data = {**data, "months": told}
    return CaseFile(validated(Case, data, where=document.where, where_key=document.where_key), document, months)


def _request(document: Document) -> Request:
    return validated(Request, document.data, where=document.where, where_key=document.where_key)


def read_earlier(paths: Sequence[Path]) -> tuple[Earlier, ...]:
    """The corrections that were made before, each by its JSON.

    Raises:
        InvalidInput: where one cannot be read, or is no correction.
    """
    return tuple(_earlier(path) for path in paths)


def _earlier(path: Path) -> Earlier:
    data: Any = read_document(str(path)).data
    return earlier_of(data, where=str(path))


def read_made(source: str, *, max_bytes: int = MAX_BYTES) -> tuple[Earlier, CaseFile]:
    """Read a correction by its JSON, a path or ``-``, with its case.

    Raises:
        InvalidInput: where it cannot be read, or is no correction.
    """
    document = read_document(source, max_bytes=max_bytes)
    made = earlier_of(document.data, where=document.name)
    case = validated(Case, made.case, where=lambda path: document.where(("stated", *path)))
    return made, CaseFile(case, document, {})


def undo(made: Earlier, case: Case, catalog: Catalog, *, earlier: Sequence[Earlier] = ()) -> Correction | Refusal:
    """What undoes a correction: with its documents it comes to nothing, line by line.

    Args:
        made: the correction, as its data tell it.
        case: its case.
        catalog: the tariffs.
        earlier: other corrections, of which one may have undone it before.

    Raises:
        InvalidInput: where it was undone before, is an undoing itself, or comes out with other documents.
    """
    if made.undoes is not None or made.statement in {each.undoes for each in earlier}:
        raise _inconsistent(Reason.UNDONE_BEFORE, made)
    correction = rebill(case, catalog, correction_rules())
    if isinstance(correction, Refusal):
        return correction
    if bill_hashes(correction) != made.documents:
        raise _inconsistent(Reason.OTHER_DOCUMENTS, made)
    return undone(correction, made.statement)


def _inconsistent(reason: Reason, made: Earlier) -> InvalidInput:
    return InvalidInput([Fault(FaultCode.INCONSISTENT, "/documents", {"reason": reason, "id": made.id})])
