"""The cache of tariff documents: as good as the files and never better, and of nobody else."""

import os
import pickle
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from billcalc.files import disk
from billcalc.kernel import closed_lists
from billcalc.kernel.troubles import InvalidInput
from billcalc.library import cache as library_cache
from billcalc.library import catalog as reading
from billcalc.library.cache import (
    LIBRARIES_MAX,
    Documents,
    LibraryCache,
    cache_directory,
)
from billcalc.library.catalog import CACHED_FROM, load_library, shipped_tariffs

TEXTS = [("cn/national/clock/1991-09.yaml", "some text")]


@pytest.fixture(scope="module")
def documents() -> Documents:
    found = load_library(areas=["cn"]).catalog.documents
    return Documents(found, found)


@pytest.fixture
def above(tmp_path: Path) -> Path:
    return tmp_path / "caches"


@pytest.fixture
def cache(above: Path, tmp_path: Path) -> LibraryCache:
    return LibraryCache(above, tmp_path / "library")


def kept(above: Path) -> Path:
    [path] = above.glob("*/cn")
    return path


@pytest.mark.parametrize(
    ("environment", "directory"),
    [
        ({"BILLCALC_CACHE": "/somewhere", "HOME": "/home/user"}, Path("/somewhere")),
        ({"BILLCALC_CACHE": "", "HOME": "/home/user"}, None),
        ({"XDG_CACHE_HOME": "/caches", "HOME": "/home/user"}, Path("/caches/billcalc")),
        ({"XDG_CACHE_HOME": "", "HOME": "/home/user"}, Path("/home/user/.cache/billcalc")),
        ({}, None),
    ],
)
def test_where_caches_are_kept(environment: dict[str, str], directory: Path | None) -> None:
    assert cache_directory(environment) == directory


def test_what_was_written_is_read_for_the_user_alone(cache: LibraryCache, above: Path, documents: Documents) -> None:
    assert cache.read("cn", TEXTS) is None
    cache.write("cn", TEXTS, documents)

    assert cache.read("cn", TEXTS) == documents
    assert [path.stat().st_mode & 0o777 for path in (above, kept(above).parent)] == [0o700, 0o700]


@pytest.mark.parametrize(
    "texts",
    [
        [],
        [("cn/national/clock/1991-09.yaml", "some texT")],
        [("cn/national/clock/1991-10.yaml", "some text")],
        [*TEXTS, ("cn/national/clock/2000-01.yaml", "")],
    ],
)
def test_a_cache_of_other_files_is_not_read(
    cache: LibraryCache, documents: Documents, texts: list[tuple[str, str]]
) -> None:
    cache.write("cn", TEXTS, documents)

    assert cache.read("cn", texts) is None


def test_a_cache_of_another_program_is_not_read(
    cache: LibraryCache, documents: Documents, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache.write("cn", TEXTS, documents)
    monkeypatch.setattr(library_cache, "_program", lambda: b"another")

    assert cache.read("cn", TEXTS) is None


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: b"",
        lambda content: content[:-1],
        lambda content: content[:100] + bytes([content[100] ^ 1]) + content[101:],
        lambda content: bytes([content[0] ^ 1]) + content[1:],
    ],
)
def test_a_damaged_cache_is_not_read_and_written_anew(
    cache: LibraryCache, above: Path, documents: Documents, damage: Callable[[bytes], bytes]
) -> None:
    cache.write("cn", TEXTS, documents)
    kept(above).write_bytes(damage(kept(above).read_bytes()))

    assert cache.read("cn", TEXTS) is None
    cache.write("cn", TEXTS, documents)
    assert cache.read("cn", TEXTS) == documents


def test_a_cache_that_is_too_large_to_be_one_is_not_read(
    cache: LibraryCache, documents: Documents, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache.write("cn", TEXTS, documents)
    monkeypatch.setattr(library_cache, "_BYTES_MAX", 10)

    assert cache.read("cn", TEXTS) is None


class Calling:
    """Something that calls a function when it is unpickled."""

    def __init__(self, function: Any, *arguments: object) -> None:
        self._call = function, arguments

    def __reduce__(self) -> Any:
        return self._call


@pytest.mark.parametrize(
    "content",
    [
        lambda path: Calling(os.mkdir, str(path)),
        lambda path: Calling(disk.make_directory, path),
        lambda path: Calling(closed_lists.nearest, str(path), {}),
        lambda path: Calling(exec, f"import os; os.mkdir({str(path)!r})"),
        lambda path: ("no documents",),
    ],
)
def test_a_cache_that_was_made_up_makes_nothing(
    cache: LibraryCache, above: Path, documents: Documents, tmp_path: Path, content: Callable[[Path], object]
) -> None:
    cache.write("cn", TEXTS, documents)
    made = tmp_path / "made"
    payload = pickle.dumps(content(made))
    sealed = kept(above).read_bytes()[: sha256().digest_size] + sha256(payload).digest()
    kept(above).write_bytes(sealed + payload)

    assert cache.read("cn", TEXTS) is None
    assert not made.exists()


@pytest.mark.parametrize("place", [lambda path: path, lambda path: path.parent, lambda path: path.parents[1]])
def test_a_cache_that_others_may_write_is_neither_read_nor_written(
    cache: LibraryCache, above: Path, documents: Documents, place: Callable[[Path], Path]
) -> None:
    cache.write("cn", TEXTS, documents)
    path = kept(above)
    place(path).chmod(0o777)
    before = path.read_bytes()

    assert cache.read("cn", TEXTS) is None
    cache.write("cn", [], documents)
    assert (path.read_bytes() == before) is (place(path) != path)


def test_a_cache_of_another_user_and_a_link_are_not_read(
    cache: LibraryCache, above: Path, documents: Documents, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    cache.write("cn", TEXTS, documents)
    with monkeypatch.context() as other:
        other.setattr(os, "geteuid", lambda: kept(above).stat().st_uid + 1)
        assert cache.read("cn", TEXTS) is None
    moved = kept(above).rename(tmp_path / "elsewhere")
    (above / cache._name / "cn").symlink_to(moved)
    assert cache.read("cn", TEXTS) is None


def test_where_nobody_tells_whose_a_file_is_there_is_no_cache(
    above: Path, documents: Documents, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(os, "geteuid")
    cache = LibraryCache(above, Path("library"))
    cache.write("cn", TEXTS, documents)

    assert cache.read("cn", TEXTS) is None
    assert not above.exists()


def test_a_cache_that_cannot_be_written_is_no_error(tmp_path: Path, documents: Documents) -> None:
    (tmp_path / "caches").write_text("a file")
    LibraryCache(tmp_path / "caches", tmp_path).write("cn", TEXTS, documents)

    assert (tmp_path / "caches").read_text() == "a file"


def test_the_caches_of_a_few_libraries_are_kept(above: Path, documents: Documents, tmp_path: Path) -> None:
    for number in range(LIBRARIES_MAX + 2):
        LibraryCache(above, tmp_path / str(number)).write("cn", TEXTS, documents)
        os.utime(above / LibraryCache(above, tmp_path / str(number))._name, (number, number))

    assert len(list(above.iterdir())) == LIBRARIES_MAX
    assert LibraryCache(above, tmp_path / "0").read("cn", TEXTS) is None
    assert LibraryCache(above, tmp_path / str(LIBRARIES_MAX + 1)).read("cn", TEXTS) == documents


# Libraries


@pytest.fixture
def cached(above: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("BILLCALC_CACHE", str(above))
    return above


def nothing_parsed(*_: object, **__: object) -> None:
    raise AssertionError("a file was parsed")


def test_a_library_that_was_read_is_not_parsed_again(cached: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = load_library(areas=["cn-anhui"])
    with monkeypatch.context() as parsing:
        parsing.setattr(reading, "parse_document", nothing_parsed)
        second = load_library(areas=["cn-anhui"])

    assert second.catalog.documents == first.catalog.documents
    assert second.catalog.series == first.catalog.series
    assert second.catalog.version == first.catalog.version
    identity = "cn/anhui/levies/2023-06"
    assert second.where(identity, ("effective",)) == first.where(identity, ("effective",))
    assert second.where("cn/anhui/levies") == str(shipped_tariffs() / "cn/anhui/levies")


def library(root: Path, *, documents: int = CACHED_FROM) -> Path:
    text = (shipped_tariffs() / "cn/national/clock/1991-09.yaml").read_text("utf-8")
    for number in range(documents):
        path = root / f"cn/area{number}/clock/1991-09.yaml"
        path.parent.mkdir(parents=True)
        told = text.replace("cn/national/", f"cn/area{number}/").replace("area: cn\n", f"area: cn-area{number}\n")
        path.write_text(told, "utf-8")
    return root


def test_a_small_library_is_not_cached(cached: Path, tmp_path: Path) -> None:
    load_library(library(tmp_path / "small", documents=CACHED_FROM - 1))
    assert not cached.exists()

    load_library(library(tmp_path / "large"), areas=["cn-area1"])
    assert [path.name for path in cached.glob("*/*")] == ["cn-area1"]


def test_a_changed_file_is_what_counts_and_a_faulty_area_is_told_each_time(cached: Path, tmp_path: Path) -> None:
    root = library(tmp_path / "library")
    load_library(root)
    path = root / "cn/area1/clock/1991-09.yaml"
    state = path.stat()
    path.write_text(path.read_text("utf-8").replace("+08:00", "+09:00"), "utf-8")
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))
    [clock] = load_library(root, areas=["cn-area1"]).catalog.documents

    assert clock.offset == "+09:00"  # type: ignore[attr-defined]
    path.write_text("area: cn-area1\n", "utf-8")
    for _ in range(2):
        with pytest.raises(InvalidInput, match="missing_key"):
            load_library(root)
