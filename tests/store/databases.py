"""The databases that a store may be in: a file, and a server that the tests start from the distribution's package."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

__all__ = ["NO_SERVER", "server"]

_PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
NO_SERVER = (
    "PostgreSQL is not installed (Debian: apt-get install postgresql), so the store was NOT tried in it; "
    "BILLCALC_POSTGRES=required makes this a failure"
)


@contextmanager
def server(folder: Path) -> Iterator[str]:
    """A server of its own in a folder, reached by a socket there; gives the URL of its database."""
    if not _PROGRAMS:
        if os.environ.get("BILLCALC_POSTGRES") == "required":
            pytest.fail(NO_SERVER)
        pytest.skip(NO_SERVER)
    programs = _PROGRAMS[-1].parent
    user = "postgres" if os.geteuid() == 0 else None  # the server refuses to be root's
    data, sockets = folder / "data", folder / "sockets"
    for each in (data, sockets):
        each.mkdir(parents=True)
        each.chmod(0o700)
        if user is not None:
            shutil.chown(each, user)

    def run(program: str, *arguments: str) -> None:
        subprocess.run([programs / program, *arguments], user=user, check=True, stdout=subprocess.DEVNULL, cwd="/")

    run(
        "initdb",
        "--no-sync",
        "--auth=trust",
        "--username=billcalc",
        "--encoding=UTF8",
        "--locale=C",
        f"--pgdata={data}",
    )
    options = f"-c listen_addresses= -c unix_socket_directories={sockets} -c fsync=off -c max_connections=20"
    run("pg_ctl", "start", "--wait", f"--pgdata={data}", f"--log={data}/log", f"--options={options}")
    try:
        yield f"postgresql://billcalc@/postgres?host={sockets}"
    finally:
        with suppress(subprocess.CalledProcessError):
            run("pg_ctl", "stop", "--mode=immediate", f"--pgdata={data}")
