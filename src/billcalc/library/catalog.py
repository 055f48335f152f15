"""Read a tariff library: the documents of a directory, by the areas that are wanted, with the version of the whole.

Which area a document is for follows from where it lies, so a bill of one area parses the nation's documents and that
area's. The version is of all files, read or not: it names the library and not what was needed of it.
"""

import os
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from billcalc.fields import validated
from billcalc.files.documents import Document, parse_document
from billcalc.files.positions import Path as DataPath
from billcalc.files.system_errors import reading_fault
from billcalc.files.text import Text, read_text
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.collecting import not_collecting
from billcalc.kernel.reasons import Reason
from billcalc.kernel.troubles import Fault, InvalidInput
from billcalc.library.cache import Documents, LibraryCache, cache_directory
from billcalc.tariff.catalog import Catalog, places_of
from billcalc.tariff.documents import AnyDocument, Header
from billcalc.tariff.plausibility import OF_ANY_AREA
from billcalc.tariff.time_of_use import amended
from billcalc.vocabulary import Kind

if TYPE_CHECKING:
    from billcalc.tariff.findings import Finding

__all__ = ["Library", "areas_of", "check_library", "limits_for", "load_catalog", "load_library", "shipped_tariffs"]

NATIONAL = "national"
"""The place of what holds in the whole country: ``cn/national`` is of the area ``cn``."""

CACHED_FROM = 32
"""Of how many documents on a library is cached: a smaller one is read as soon."""

_SUFFIX = ".yaml"
_LIKE_DOCUMENTS = (".yaml", ".yml", ".json")


@dataclass(frozen=True, slots=True, eq=False)
class Library:
    """Tariffs that were read, and where each value stood.

    Attributes:
        catalog: the documents.
        root: the directory.
    """

    catalog: Catalog
    root: Path
    _read: dict[str, Document] = field(repr=False)

    def where(self, document: str, path: DataPath = ()) -> str:
        """``file:line:column`` of a value of a document; the directory of a series for what is of no document."""
        if self.catalog.document(document) is None:
            return str(self.root / document)
        return self.read(document).where(path)

    def read(self, document: str) -> Document:
        """What stands in the file of a document; it is read anew where the cache had it.

        Raises:
            InvalidInput: where the file is not there any more, or not what it was.
        """
        if document not in self._read:
            text = read_text(self.root / f"{document}{_SUFFIX}")
            self._read[document] = parse_document(text.content, name=text.name)
        return self._read[document]


def shipped_tariffs() -> Path:
    """The tariffs that came with the package, or those of the repository that it runs from."""
    package = Path(__file__).parents[1]
    inside = package / "_tariffs"
    return inside if inside.is_dir() else package.parents[1] / "tariffs"


def areas_of(root: Path) -> tuple[str, ...]:
    """The areas that a directory of tariffs has documents for, by where they lie; none of them is parsed.

    Raises:
        InvalidInput: where it is no directory of tariffs.
    """
    return tuple(sorted({_area_of(name) for name in _names(root)}))


def load_catalog(root: Path | None = None, *, areas: Collection[str] | None = None) -> Catalog:
    """Read the tariffs of a directory.

    Args:
        root: by default the shipped ones.
        areas: such as ``cn-guangxi``: only their documents are parsed, and those of what they lie in; by default all.

    Raises:
        InvalidInput: with every fault of every file that was parsed, and its place.
    """
    return load_library(root, areas=areas).catalog


def load_library(root: Path | None = None, *, areas: Collection[str] | None = None) -> Library:
    """As ``load_catalog``; the library also knows where each value stood."""
    root = shipped_tariffs() if root is None else root
    wanted = None if areas is None else {OF_ANY_AREA, *(place for area in areas for place in places_of(area))}
    version = sha256()
    faults: list[Fault] = []
    texts: dict[str, dict[str, Text | InvalidInput]] = {}
    names = _names(root)
    for name in names:
        area = _area_of(name)
        try:
            text = read_text(os.path.join(root, name))
        except InvalidInput as error:
            texts.setdefault(area, {})[name] = error
            continue
        version.update(f"{name}\0{len(text.content)}\0{text.content}\0".encode())
        if wanted is None or area in wanted:
            texts.setdefault(area, {})[name] = text
    above = cache_directory(os.environ) if len(names) >= CACHED_FROM else None
    read = _Areas(LibraryCache(above, root), faults)
    with not_collecting():
        found = [read.documents(area, of_area) for area, of_area in texts.items()]
        stated = [document for each in found for document in each.stated]
        whole = [document for each in found for document in each.whole]
        library = Library(Catalog([]), root, read.parsed)
        try:
            library = replace(library, catalog=Catalog(stated, whole=whole, version=version.hexdigest()))
        except InvalidInput as error:
            faults.extend(replace(fault, where=_place_of(fault, library.read(fault.where))) for fault in error.faults)
    if faults:
        raise InvalidInput(faults)
    return library


@dataclass(frozen=True, slots=True)
class _Areas:
    """Reads the documents of areas.

    Attributes:
        faults: of those that were read.
        parsed: by id what was parsed, and did not come out of the cache.
    """

    cache: LibraryCache
    faults: list[Fault]
    parsed: dict[str, Document] = field(default_factory=dict)

    def documents(self, area: str, texts: Mapping[str, Text | InvalidInput]) -> Documents:
        """The documents of an area: of the cache, or parsed and then kept in it; of a faulty area none is kept."""
        content = [(name, text.content) for name, text in texts.items() if isinstance(text, Text)]
        cached = self.cache.read(area, content) if len(content) == len(texts) else None
        if cached is not None:
            return cached
        stated: list[Header] = []
        faults: list[Fault] = []
        for name, text in texts.items():
            try:
                if isinstance(text, InvalidInput):
                    raise text
                stated.append(_document(text, name.removesuffix(_SUFFIX), self.parsed))
            except InvalidInput as error:
                faults.extend(error.faults)
        documents = Documents(tuple(stated), tuple(stated))
        try:
            documents = Documents(documents.stated, amended(stated))
        except InvalidInput as error:
            faults.extend(replace(each, where=_place_of(each, self.parsed[each.where])) for each in error.faults)
        if not faults:
            self.cache.write(area, content, documents)
        self.faults.extend(faults)
        return documents


def _names(root: Path) -> list[str]:
    """The documents under a directory as ``cn/guangxi/levies/2024-06.yaml``, in order; what is hidden is not one.

    Raises:
        InvalidInput: where there is none, or a file that somebody may have meant as one.
    """
    if not os.path.isdir(root):
        raise InvalidInput([Fault(FaultCode.CANNOT_READ, str(root), {"reason": Reason.DIRECTORY_MISSING})])
    names: list[str] = []
    unread: list[OSError] = []
    top = os.fspath(root)
    for directory, inside, files in os.walk(top, onerror=unread.append):
        inside[:] = [name for name in inside if not name.startswith(".")]
        place = directory[len(top) :].replace(os.sep, "/")
        names.extend((place + "/" + name).lstrip("/") for name in files if not name.startswith("."))
    if unread:
        raise InvalidInput(reading_fault(error, str(error.filename)) for error in unread)
    meant = sorted(name for name in names if name.lower().endswith(_LIKE_DOCUMENTS) and not name.endswith(_SUFFIX))
    if meant:
        facts = {"reason": Reason.NAME_OF_A_DOCUMENT, "suffix": _SUFFIX}
        raise InvalidInput([Fault(FaultCode.CANNOT_READ, str(root / name), facts) for name in meant])
    documents = sorted(name for name in names if name.endswith(_SUFFIX))
    if not documents:
        raise InvalidInput([Fault(FaultCode.EMPTY, str(root))])
    return documents


def _area_of(name: str) -> str:
    """The area of the document of a name: ``cn-guangxi`` of ``cn/guangxi/levies/2024-06``."""
    nation, _, rest = name.partition("/")
    place = rest.partition("/")[0]
    return nation if place == NATIONAL else f"{nation}-{place}"


def _document(text: Text, name: str, read: dict[str, Document]) -> Header:
    """Parse a document and see that it is what its place says.

    Raises:
        InvalidInput: with its faults.
    """
    parsed = parse_document(text.content, name=text.name)
    document = validated(AnyDocument, parsed.data, where=parsed.where, where_key=parsed.where_key).root
    if misplaced := list(_misplaced(document, name, parsed)):
        raise InvalidInput(misplaced)
    read[document.id] = parsed
    return document


def _place_of(fault: Fault, document: Document) -> str:
    """Where a document tells what makes it clash with another: since when it is in force, or what it amends."""
    if fault.code is not FaultCode.OVERLAPPING_DOCUMENTS:
        return document.where(("amends",))
    assert isinstance(document.data, dict)
    return document.where_key(("effective" if "effective" in document.data else "seen_in_force",))


def _misplaced(document: Header, name: str, parsed: Document) -> Iterator[Fault]:
    parts = name.split("/")
    if len(parts) != 4:
        yield Fault(FaultCode.INCONSISTENT, parsed.where(()), {"reason": Reason.DOCUMENT_PLACE})
        return
    for key, stated, by_place in (
        ("id", document.id, name),
        ("kind", document.kind.value, parts[2]),
        ("area", document.area, _area_of(name)),
    ):
        if stated != by_place:
            facts = {"reason": Reason.OTHER_PLACE, "key": key, "value": str(stated), "expected": str(by_place)}
            yield Fault(FaultCode.INCONSISTENT, parsed.where((key,)), facts)


def limits_for(catalog: Catalog) -> Catalog:
    """The catalog that tells what is plausible: the library's own, or the shipped one where it does not."""
    has_limits = any(document.kind is Kind.PLAUSIBILITY for document in catalog.documents)
    return catalog if has_limits else load_catalog(areas=["cn"])


def check_library(library: Library, *, fixtures: Path | None = None) -> "tuple[Finding, ...]":
    """The findings of ``tariff.check``, and the real bills that documents name and ``fixtures`` does not have.

    Args:
        library: read without ``areas``, so that all is checked.
        fixtures: the directory that holds the bills, each in a kind's directory such as ``official``; None where it is
            not at hand.
    """
    # Here and not above: a bill needs the tariffs and not their check, and starting should take no longer for it.
    from billcalc.tariff.check import check
    from billcalc.tariff.findings import Finding, FindingCode, in_order

    found = list(check(library.catalog, limits_for(library.catalog)))
    kept = None if fixtures is None else {path.name for path in fixtures.glob("*/*") if path.is_dir()}
    for document in library.catalog.documents:
        for number, fixture in enumerate(document.fixtures):
            if kept is not None and fixture not in kept:
                facts = {"fixture": fixture}
                found.append(Finding(FindingCode.FIXTURE_MISSING, document.id, ("fixtures", number), facts))
    return in_order(found)
