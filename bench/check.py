"""How the check of a library grows with its documents: with more areas, and with more months of one area.

The documents are the shipped ones under other names, so every rule has something to look at. Each row is medians of the
processor time of interleaved runs; the bar is that twice the documents take at most 2.2 times as long.
"""

import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import date

from billcalc.library.catalog import load_catalog
from billcalc.tariff.catalog import Catalog
from billcalc.tariff.check import check
from billcalc.tariff.documents import Header
from billcalc.tariff.headers import Effective
from billcalc.vocabulary import Kind

RUNS = 5
SIZES = (500, 1_000, 2_000)
AREA = "cn-guangxi"
UNDATED = (Kind.PLAUSIBILITY,)


def of_areas(documents: Iterable[Header], wanted: int) -> list[Header]:
    """So many documents: a nation's, and those of one area under many names."""
    known = list(documents)
    made = [each for each in known if each.area != AREA]
    own = [each for each in known if each.area == AREA]
    names = {each.id: each.id.split("/") for each in own}
    number = 0
    while len(made) < wanted:
        place = f"area{number}"
        of_place = {old: "/".join((nation, place, *rest)) for old, (nation, _, *rest) in names.items()}
        for each in own:
            changes = {"id": of_place[each.id], "area": f"cn-{place}"}
            changes |= {key: of_place[told] for key in ("supersedes", "amends") if (told := getattr(each, key, None))}
            made.append(each.model_copy(update=changes))
        number += 1
    return made


def of_months(documents: Iterable[Header], wanted: int) -> list[Header]:
    """So many documents: the last of each kind, again for each month, as if all prices and rules came monthly."""
    last = {(each.kind, each.area): each for each in documents}
    undated = [each for each in last.values() if each.kind in UNDATED]
    dated = [each for each in last.values() if each.kind not in UNDATED]
    made = undated
    month = 0
    while len(made) < wanted:
        starts, ends = (date(1900 + each // 12, each % 12 + 1, 1) for each in (month, month + 1))
        effective = Effective.model_validate({"from": starts, "repealed_on": ends})
        for each in dated:
            name = f"{each.id.rpartition('/')[0]}/{starts:%Y-%m}"
            made.append(each.model_copy(update={"id": name, "effective": effective, "seen_in_force": None}))
        month += 1
    return made


def medians(catalogs: Sequence[Catalog]) -> list[float]:
    """The processor time of checking each, the runs of one between those of the others."""
    used: list[list[float]] = [[] for _ in catalogs]
    for _ in range(RUNS):
        for times, catalog in zip(used, catalogs, strict=True):
            before = time.process_time()
            check(catalog)
            times.append(time.process_time() - before)
    return [statistics.median(times) for times in used]


def report(name: str, make: Callable[[Iterable[Header], int], list[Header]]) -> None:
    """Print a row for each size, beside the size before it."""
    shipped = load_catalog(areas=[AREA]).documents
    made = [make(shipped, size) for size in SIZES]
    times = medians([Catalog(documents, whole=documents) for documents in made])
    before: float | None = None
    for documents, seconds in zip(made, times, strict=True):
        ratio = "" if before is None else f"{seconds / before:6.2f} of the row above"
        print(f"{name:24} {len(documents):6,} documents {seconds * 1e3:9.1f} ms {ratio}")
        before = seconds


def main() -> None:
    """Measure both growths."""
    report("more areas", of_areas)
    report("more months of an area", of_months)


if __name__ == "__main__":
    main()
