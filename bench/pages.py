"""How long the pages take on the server, beyond what is calculated.

Each page is asked for in process, so the network and the parsing of HTTP are left out. Prints medians in milliseconds.
"""

import statistics
from functools import partial

from bench.one_bill import Work, interleaved
from billcalc.billing.calculate import calculate
from billcalc.billing.request import Request
from billcalc.files.loading import load
from tests.api.calling import P1, ROOT, tariffs
from tests.pages.visiting import REQUEST, browser


def milliseconds(name: str, work: Work) -> float:
    """Print how long something takes, and return it [ms of processor time]."""
    found = statistics.median(interleaved({name: work})[name]) / 1000
    print(f"{name:60} {found:8.1f} ms")
    return found


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
        milliseconds(name, partial(visitor.get, path))
    request = load(Request, ROOT / "fixtures" / "official" / P1 / "request.yaml")
    token = visitor.token()
    alone = milliseconds("a bill of a file: calculated", partial(calculate, request, catalog))
    send = partial(visitor.post, "/zh/bill", token=token, request=("june.yaml", REQUEST))
    whole = milliseconds("a bill of a file: the page, read and calculated", send)
    print(f"{'a bill of a file: beyond its calculation':60} {whole - alone:8.1f} ms")


if __name__ == "__main__":
    main()
