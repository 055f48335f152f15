"""How long the pages take on the server, beyond what is calculated.

Each page is asked for in process, so the network and the parsing of HTTP are left out. Prints medians in milliseconds.
"""

from functools import partial

from bench.one_bill import microseconds
from billcalc.billing.calculate import calculate
from billcalc.billing.request import Request
from billcalc.files.loading import load
from tests.api.calling import P1, ROOT, tariffs
from tests.pages.visiting import REQUEST, Browser, browser

_RUNS = 30


def milliseconds(visitor: Browser, name: str, path: str) -> None:
    """Print how long a page takes."""
    times = sorted(microseconds(partial(visitor.get, path), runs=_RUNS))
    print(f"{name:60} {times[len(times) // 2] / 1000:8.1f} ms")


def main() -> None:
    """Print the table."""
    visitor, catalog = browser(), tariffs()
    for name, path in (
        ("the first page", "/zh/"),
        ("the form", "/zh/form"),
        ("what the tariffs cover", "/zh/tariffs"),
        ("the documents of an area", "/zh/tariffs/cn-guangxi"),
        ("what changed between two months", "/zh/tariffs/cn-guangxi/changes?first=2026-04&second=2026-05"),
    ):
        milliseconds(visitor, name, path)
    request = load(Request, ROOT / "fixtures" / "official" / P1 / "request.yaml")
    token = visitor.token()
    alone = sorted(microseconds(partial(calculate, request, catalog), runs=_RUNS))[_RUNS // 2] / 1000
    send = partial(visitor.post, "/zh/bill", token=token, request=("june.yaml", REQUEST))
    whole = sorted(microseconds(send, runs=_RUNS))[_RUNS // 2] / 1000
    print(f"{'a bill of a file: calculated':60} {alone:8.1f} ms")
    print(f"{'a bill of a file: the page, read and calculated':60} {whole:8.1f} ms")
    print(f"{'a bill of a file: beyond its calculation':60} {whole - alone:8.1f} ms")


if __name__ == "__main__":
    main()
