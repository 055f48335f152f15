"""Stores in both databases, with or without an audit in them."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from billcalc.store import opening
from billcalc.store.store import Store
from tests.store.databases import server


@pytest.fixture(scope="session", autouse=True)
def unsynced() -> Iterator[None]:
    """Nothing here loses its power: who is killed loses what it holds, and not what the system has."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(
            opening._SETTLED,
            "sqlite",
            ("PRAGMA busy_timeout={lock}000", "PRAGMA foreign_keys=ON", "PRAGMA synchronous=OFF"),
        )
        yield


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The URL of a server's database; its folder has a short name, for a socket's may not be long."""
    folder = Path(tempfile.mkdtemp(prefix="pg", dir="/tmp"))
    folder.chmod(0o755)
    try:
        with server(folder) as url:
            yield url
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a store may be that is not there yet."""
    if request.param == "sqlite":
        return str(tmp_path / "findings.sqlite")
    url: str = request.getfixturevalue("postgresql")
    engine = sa.create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as connection:
        connection.execute(sa.text("DROP SCHEMA public CASCADE"))
        connection.execute(sa.text("CREATE SCHEMA public"))
    engine.dispose()
    return url


@pytest.fixture
def file_store(tmp_path: Path) -> Iterator[Store]:
    """A new store in a file, for what does not depend on the database."""
    made = Store(str(tmp_path / "findings.sqlite"), make=True, lock_seconds=5)
    yield made
    made.close()


@pytest.fixture
def store(place: str) -> Iterator[Store]:
    """A new store."""
    made = Store(place, make=True, lock_seconds=5)
    yield made
    made.close()
