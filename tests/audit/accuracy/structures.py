"""The structures that bills are corrupted in: those of all official and published requests, with their possible errors."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from random import Random

from billcalc.audit.comparing import compare
from billcalc.audit.diagnose.cause import ANYTHING, Edit, Instance, Path, Stage
from billcalc.audit.diagnose.causes import CAUSES
from billcalc.audit.diagnose.cells import Cells, NotFen
from billcalc.audit.diagnose.diagnosis import Recomputed, recomputed
from billcalc.billing.request import Request
from billcalc.files.loading import load
from billcalc.kernel.decimals import decimal_text
from billcalc.kernel.troubles import Refusal
from billcalc.library.catalog import load_catalog
from billcalc.tariff.catalog import Catalog
from tests.audit.injecting import canonical, printed
from tests.documents import ROOT

__all__ = ["NAMES", "NUMBERS", "Structure", "is_of_request", "structure"]

NAMES = sorted(
    path.parent.name for kind in ("official", "published") for path in ROOT.glob(f"fixtures/{kind}/*/request.yaml")
)
"""The fixtures whose requests are billed."""

_RATIOS = [Decimal(each) for each in ("0.1", "10", "0.5", "2", "1.5", "0.75", "1.25", "0.8", "4", "0.25")]
"""Quotients of rated currents, and slips of the point."""
_HALF = 0.5
_SIZES = [Decimal(each) for each in (50, 100, 160, 200, 250, 315, 400, 500, 630, 800, 1000, 1250, 1600, 2000)]
"""Rated capacities of distribution transformers [kVA], GB/T 6451."""


def is_of_request(cause: Instance) -> bool:
    """Whether a cause changes the request alone."""
    return cause.edit.catalog is None and cause.edit.plan is None


@dataclass(frozen=True)
class Structure:
    """A request as it should be billed, and what may be wrong with a bill of it."""

    name: str
    ours: Recomputed
    words: tuple[Instance, ...]
    numbers: tuple[tuple[str, Path, Decimal], ...]

    def draw(self, random: Random) -> Instance:
        """One error of a kind that the library knows, each kind as likely as another."""
        kinds = sorted({each.cause for each in self.words} | {cause for cause, _, _ in self.numbers})
        kind = random.choice(kinds)
        if wrong := [each for each in self.words if each.cause == kind]:
            return random.choice(wrong)
        cause, path, stated = random.choice([each for each in self.numbers if each[0] == kind])
        text = decimal_text(_mistaken(random, cause, stated))
        return Instance(cause, "/".join(map(str, path)), text, _STAGES[cause], ANYTHING, Edit(((path, text),)))


_STAGES = {
    "multiplier": Stage.READINGS,
    "digit": Stage.READINGS,
    "digits_exchanged": Stage.READINGS,
    "given_quantity": Stage.READINGS,
    "capacity_size": Stage.FILE,
    "contract": Stage.FILE,
}


NUMBERS = frozenset(_STAGES)
"""The kinds that are wrong numbers."""


def _mistaken(random: Random, cause: str, stated: Decimal) -> Decimal:
    """A number as it may have been taken by mistake."""
    text = decimal_text(stated)
    if cause == "multiplier":
        made = [each for ratio in _RATIOS if (each := stated * ratio) == each.to_integral_value() and each]
        return random.choice(made)
    if cause == "capacity_size":
        return random.choice([each for each in _SIZES if each != stated])
    digits = [place for place, each in enumerate(text) if each.isdecimal()]
    if cause == "digits_exchanged" or (cause == "given_quantity" and random.random() < _HALF):
        pairs = [
            place for place in digits if text[place + 1 : place + 2].isdecimal() and text[place] != text[place + 1]
        ]
        if pairs:
            place = random.choice(pairs)
            return Decimal(text[:place] + text[place + 1] + text[place] + text[place + 2 :])
    place = random.choice(digits)
    return Decimal(
        text[:place] + random.choice([each for each in "0123456789" if each != text[place]]) + text[place + 1 :]
    )


@cache
def _tariffs(area: str) -> Catalog:
    return load_catalog(ROOT / "tariffs", areas=[area])


def structure(name: str) -> Structure | None:
    """The structure of a fixture; None of a bill whose amounts are finer than the fen, which is not diagnosed."""
    [path] = ROOT.glob(f"fixtures/*/{name}/request.yaml")
    request = load(Request, path)
    ours = recomputed(request, _tariffs(request.area))
    assert not isinstance(ours, Refusal), name
    try:
        where = ours.situation(Cells(compare(ours.bill, printed(ours.stacked.repricing.lines(())))))
    except NotFen:
        return None
    words = [each for cause in CAUSES for each in cause.find(where)]
    return Structure(name, ours, tuple(dict.fromkeys(words)), tuple(_numbers(request)))


def _numbers(request: Request) -> Iterator[tuple[str, Path, Decimal]]:
    """The numbers that may be mistaken, each with the cause that it is then."""
    data = canonical(request)
    for place, point in enumerate(data.get("metering_points", ())):
        here: Path = ("metering_points", place)
        for number, config in enumerate(point.get("config", ())):
            yield "multiplier", (*here, "config", number, "multiplier"), Decimal(config["multiplier"])
        for number, reading in enumerate(point.get("readings", ())):
            for register, text in reading["registers"].items():
                for cause in ("digit", "digits_exchanged"):
                    yield cause, (*here, "readings", number, "registers", register), Decimal(text)
        for key, told in point.get("given", {}).items():
            for name, text in told.items() if isinstance(told, dict) else ((None, told),):
                path = (*here, "given", key) if name is None else (*here, "given", key, name)
                yield "given_quantity", path, Decimal(text)
    for place, entry in enumerate(data["agreement"]):
        for name, text in entry["basic"].get("contracts", {}).items():
            yield "contract", ("agreement", place, "basic", "contracts", name), Decimal(text)
        for name, point in entry["supply_points"].items():
            for number, each in enumerate(point.get("transformers", ())):
                path = ("agreement", place, "supply_points", name, "transformers", number, "kva")
                yield "capacity_size", path, Decimal(each["kva"])
