"""A database in memory for what is larger than it: joins, and looking for what comes twice."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa

from billcalc.files import disk
from billcalc.files.system_errors import error_told_in

__all__ = ["connected"]


@contextmanager
def connected(scratch: Path | None, *, memory: str) -> Iterator[tuple[Any, Path]]:
    """A database in memory, with a directory for what does not fit.

    Args:
        scratch: where that directory is; by default among those of the system.
        memory: what the database may hold, as DuckDB writes it.

    Raises:
        OSError: instead of its own errors: the queries are ours, so it is the disk or the memory.
    """
    import duckdb

    with disk.scratch_directory(scratch) as spill, duckdb.connect() as connection:
        try:
            connection.execute(f"SET memory_limit='{memory}'")
            connection.execute("SET temp_directory=?", [spill])
            connection.execute("SET preserve_insertion_order=false")
            yield connection, Path(spill)
        except (duckdb.Error, pa.ArrowException) as error:
            raise error_told_in(str(error)) or OSError(str(error)) from None
