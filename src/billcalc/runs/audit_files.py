"""The files of an audit beside its tables: the rules of an office, and the documents of a correction."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from hashlib import file_digest
from pathlib import Path
from typing import Any

from pydantic import Field

from billcalc.audit.findings.acts import ActDocument
from billcalc.audit.findings.rules import RulesDocument
from billcalc.audit.findings.seeing import month_before
from billcalc.fields import Day, Model, validated
from billcalc.fields.shown import shown
from billcalc.files.documents import Document, read_document
from billcalc.files.loading import load
from billcalc.files.system_errors import reading_fault
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.reasons import Reason
from billcalc.kernel.troubles import Fault, InvalidInput

__all__ = ["correction_documents", "rules_documents"]

_SHIPPED = Path(__file__).parents[1] / "audit" / "findings" / "documents" / "2000-01-01.yaml"


@cache
def _shipped() -> RulesDocument:
    return load(RulesDocument, _SHIPPED)


def rules_documents(own: Sequence[str | Path] = ()) -> tuple[RulesDocument, ...]:
    """The rules that come with the program, then an office's own.

    Raises:
        InvalidInput: where one of these cannot be read.
    """
    return (_shipped(), *(load(RulesDocument, path) for path in own))


def correction_documents(path: str, month: str | None = None) -> list[dict[str, Any]]:
    """The documents that a file tells: ``{"documents": [{"kind": …, "sha256": …, "total_fen": …, "file": …}]}``.

    A ``file`` beside it is the document itself, and has the hash. A ``period`` tells the days that it is for: a
    correction may be of several months, each of which has its own finding. Other keys are for other readers.

    Args:
        path: of the file.
        month: of the finding; documents of other months are left out.

    Raises:
        InvalidInput: where the file tells none, or one is not what it is told to be.
    """
    document = read_document(path)
    listed = document.data.get("documents") if isinstance(document.data, Mapping) else None
    if not isinstance(listed, list):
        facts = {"reason": Reason.MAPPING_EXPECTED, "value": shown(document.data)}
        raise InvalidInput([Fault(FaultCode.MISSING_KEY, document.where(()), {"key": "documents", **facts})])
    found = []
    for number, each in enumerate(listed):
        told = {key: each[key] for key in ("kind", "sha256", "total_fen") if key in each} if _is_map(each) else each
        read = validated(ActDocument, told, where=_within(document, number))
        if _is_map(each) and "file" in each:
            _check_file(Path(path).parent / str(each["file"]), read, document.where(("documents", number, "file")))
        if month is None or _month(each, _within(document, number)) in (None, month):
            found.append(read.model_dump(mode="json"))
    return found


def _within(document: Document, number: int) -> Callable[[tuple[str | int, ...]], str]:
    """Where the parts of one entry stand in the file."""
    return lambda path: document.where(("documents", number, *path))


class _Days(Model):
    """The days that a document is for."""

    start: Day = Field(alias="from")
    end: Day = Field(alias="to")


def _month(each: Mapping[str, Any], where: Callable[[tuple[str | int, ...]], str]) -> str | None:
    """The month of the last day that a document is for; None where it tells no days."""
    if each.get("period") is None:
        return None
    days = validated(_Days, each["period"], where=lambda path: where(("period", *path)))
    return month_before(days.end)


def _is_map(each: object) -> bool:
    return isinstance(each, Mapping)


def _check_file(path: Path, told: ActDocument, where: str) -> None:
    try:
        with path.open("rb") as file:
            digest = file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise InvalidInput([reading_fault(error, str(path))]) from None
    if digest != told.sha256:
        raise InvalidInput([Fault(FaultCode.DOCUMENT_DIFFERS, where, {"file": str(path)})])
