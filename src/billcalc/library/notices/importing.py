"""From the file of a notice to a document of the library: read, check, keep what was read; later lay the document down.

Two steps, so that a person looks in between: the first keeps the reading beside the notice, the second lays down the
document of exactly that reading, whole or not at all.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from billcalc.fields import validated
from billcalc.files.disk import make_directory
from billcalc.files.documents import parse_document
from billcalc.files.text import read_text
from billcalc.files.writing import write_file
from billcalc.kernel.troubles import InvalidInput
from billcalc.library.catalog import Library, limits_for, load_library
from billcalc.library.notices.reading import NoticeFile
from billcalc.notices.checks import check_alone
from billcalc.notices.checks_library import LastMonth, check_against, last_month
from billcalc.notices.checks_words import check_words
from billcalc.notices.document import Publication, document_id, document_text
from billcalc.notices.findings import NoticeCode, NoticeFinding, NoticeRejected, NoticeSeverity
from billcalc.notices.printing import reading_data
from billcalc.notices.reading import Correction, Reading, read_tables
from billcalc.tariff.catalog import Catalog
from billcalc.tariff.check_totals import TOLERANCE
from billcalc.tariff.documents import AnyDocument
from billcalc.tariff.findings import Finding
from billcalc.vocabulary import Kind
from billcalc.wire.json_writing import json_text
from billcalc.words.language import Language

if TYPE_CHECKING:
    from billcalc.tariff.findings import Finding

__all__ = ["Asked", "Imported", "accept", "import_notice", "keep"]

_STAGING_BYTES_MAX = 1 << 24
_NEAR = f"printed within {TOLERANCE} of the sums of the parts, each of which was rounded"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for, and told of the notice by whoever imports it.

    Attributes:
        area: such as ``cn-anhui``.
        day: the first of the month.
        title: of the notice, where it prints none; else None.
        url: where the notice was published, or None.
        corrections: of misprints.
        fewer: whether rows and bands of last month may be gone.
        recorded_on: the day of the import.
    """

    area: str
    day: date
    recorded_on: date
    title: str | None = None
    url: str | None = None
    corrections: Sequence[Correction] = ()
    fewer: bool = False


@dataclass(frozen=True, slots=True)
class Imported:
    """What was read, and what comes of it.

    Attributes:
        reading: with its findings.
        last: the month before.
        target: where the document belongs.
        text: the document; None where something is wrong.
        staged: what is kept for a person to look at: what was read, cell by cell, and from which bytes.
    """

    reading: Reading
    last: LastMonth
    target: Path
    text: str | None = field(repr=False)
    staged: str = field(repr=False)


def import_notice(file: NoticeFile, asked: Asked, tariffs: Path) -> Imported:
    """Read a notice, check it against itself and against the library, and make its document.

    Raises:
        InvalidInput: where the library cannot be read.
        NoticeRejected: where the area is not known.
    """
    library = load_library(tariffs, areas=[asked.area])
    if all(document.area != asked.area for document in library.catalog.documents):
        _reject_area(asked.area, tariffs, file.name)
    month = f"{asked.day:%Y-%m}"
    identity = document_id(asked.area, month)
    reading = read_tables(file.grids, source=file.name, corrections=asked.corrections)
    reading.findings[:0] = file.findings
    if any(document.id == identity for document in library.catalog.documents):
        reading.find(NoticeCode.DOCUMENT_EXISTS, document=identity)
    plausible = limits_for(library.catalog).find(Kind.PLAUSIBILITY, asked.area, asked.day)
    check_words(reading, area=asked.area, day=asked.day)
    check_alone(reading, plausible=None if plausible is None else plausible.document)
    check_against(reading, library.catalog, area=asked.area, day=asked.day, fewer=asked.fewer)
    last = last_month(library.catalog, asked.area, asked.day)
    title = asked.title or next((line.text for line in reading.titles if "价" in line.text), None)
    if title is None:
        reading.find(NoticeCode.TITLE_MISSING)
    publication = Publication(title or "", asked.url, asked.recorded_on, _note(file, reading))
    target = tariffs / f"{identity}.yaml"
    text = None if _has_errors(reading) else _document(reading, publication, asked, library, last)
    staged = _staged(file, identity, publication, reading)
    return Imported(reading, last, target, None if _has_errors(reading) else text, staged)


def _staged(file: NoticeFile, identity: str, publication: Publication, reading: Reading) -> str:
    told: dict[str, Any] = {"document": identity, "notice": file.name, "sha256": file.sha256}
    told |= {"title": publication.title, "url": publication.url, "note": publication.note}
    return json_text({**told, **reading_data(reading)})


def _has_errors(reading: Reading) -> bool:
    """Whether anything keeps the document from being written."""
    return any(each.severity is NoticeSeverity.ERROR for each in reading.findings)


def _reject_area(area: str, tariffs: Path, name: str) -> None:
    known = sorted({document.area for document in load_library(tariffs).catalog.documents if "-" in document.area})
    facts = {"area": area, "known": ", ".join(known)}
    raise NoticeRejected([NoticeFinding(NoticeCode.AREA_UNKNOWN, name, facts)])


def _note(file: NoticeFile, reading: Reading) -> str:
    told = [f"Imported from {Path(file.name).name}, SHA-256 {file.sha256}."]
    told += [
        f"{each.where.rpartition(':')[2]}: {each.sentence(Language.ENGLISH)}."
        for each in reading.findings
        if each.code is NoticeCode.CORRECTED
    ]
    return " ".join(told)


def _document(reading: Reading, publication: Publication, asked: Asked, library: Library, last: LastMonth) -> str:
    """The text of the document; what the check of the library finds wrong with it is found in the reading.

    The sums were checked before, so what the library's check finds apart is near: the document says that itself.
    """
    from billcalc.tariff.findings import FindingCode, FindingSeverity

    codes = {
        FindingSeverity.ERROR: NoticeCode.DOCUMENT_FAULTY,
        FindingSeverity.WARNING: NoticeCode.DOCUMENT_DOUBTED,
    }
    written = partial(document_text, reading, area=asked.area, day=asked.day, last=last.document)
    try:
        text = written(publication)
        found = _check(text, library)
        if any(finding.code is FindingCode.TOTAL_NEAR for finding in found):
            publication = replace(publication, acknowledged={FindingCode.TOTAL_NEAR.value: _NEAR})
            text = written(publication)
            found = _check(text, library)
    except InvalidInput as error:
        reading.find_checked(NoticeCode.DOCUMENT_FAULTY, error.faults)
        return ""
    for finding in found:
        reading.find_checked(codes[finding.severity], [finding])
    return text


def _check(text: str, library: Library) -> "tuple[Finding, ...]":
    """What the check of the library finds wrong with a document.

    Raises:
        InvalidInput: where it does not go with the other documents.
    """
    from billcalc.tariff.check import check
    from billcalc.tariff.findings import FindingSeverity

    parsed = parse_document(text, name="document.yaml")
    document = validated(AnyDocument, parsed.data, where=parsed.where).root
    catalog = Catalog([*library.catalog.documents, document])
    return tuple(
        finding
        for finding in check(catalog, limits_for(library.catalog))
        if finding.document == document.id and finding.severity is not FindingSeverity.COVERAGE
    )


def keep(imported: Imported, staging: Path) -> None:
    """Keep what was read in a file, for a person to look at.

    Raises:
        OSError: when it cannot be written.
    """
    write_file(staging, imported.staged)


def accept(imported: Imported, staging: Path) -> None:
    """Lay the document down, whole or not at all, where exactly this reading was kept before.

    Raises:
        NoticeRejected: where the file of the reading is missing or tells another one.
        OSError: when the document cannot be written.
    """
    assert imported.text is not None, "what has errors is not accepted"
    try:
        seen = read_text(staging, max_bytes=_STAGING_BYTES_MAX).content
    except InvalidInput:
        seen = None
    if seen != imported.staged:
        facts = {"staging": str(staging)}
        raise NoticeRejected([NoticeFinding(NoticeCode.NOT_SEEN, imported.reading.source, facts)])
    make_directory(imported.target.parent)
    write_file(imported.target, imported.text)
