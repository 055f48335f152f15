"""What a worker makes of the requests of one customer: the months beside each other, with a drawing of the money."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from billcalc.billing.bill import Bill
from billcalc.billing.calculate import calculate
from billcalc.billing.one_customer import months_apart
from billcalc.billing.request import Request
from billcalc.explain.library import days_text
from billcalc.kernel.decimals import EXACT, decimal_text, exact_sum
from billcalc.kernel.numbers import quotient_number
from billcalc.kernel.troubles import InvalidInput, Refusal
from billcalc.vocabulary import BANDS, Band, Section
from billcalc.words.lexicon import LEXICONS, Lexicon
from billcalc.words.naming import money
from billcalc_api.calculating import Answer, Tools
from billcalc_pages.account_demand import demand_values
from billcalc_pages.answers import Given, refused_page, wrong_page
from billcalc_pages.drawings import ROW, WIDTH, Step, bars
from billcalc_pages.forms import Upload
from billcalc_pages.rendering import HTML, Frame, page

__all__ = ["account_answer"]

_PRICE_STEP = Decimal("0.0001")
"""As bills print an average price [money/kWh]."""
_SHARE_STEP = Decimal("0.001")


class _Month(NamedTuple):
    """A bill in a row.

    Attributes:
        average: what a kWh costs with everything [money/kWh].
        base: the basic charge of it [money/kWh].
        shares: of the energy, in the order of the bands that any month has [%].
        cosphi: of each scope.
    """

    days: str
    kwh: str
    total: str
    average: str
    base: str
    shares: Sequence[str]
    cosphi: str


def account_answer(tools: Tools, frame: Frame, uploads: Sequence[Upload]) -> Answer:
    """The bills of some request files in the order of their days; or what is wrong with the first that has none."""
    months: list[tuple[Request, Bill, Upload, Given]] = []
    for upload in uploads:
        given = None
        with tools.limited():
            try:
                given = Given(upload, bytes_max=tools.bytes_max, language=frame.language)
                request = given.request()
                bill = calculate(request, tools.catalog)
            except InvalidInput as error:
                return wrong_page(frame, error, upload, given)
            if isinstance(bill, Refusal):
                return refused_page(frame, bill, upload, given)
        months.append((request, bill, upload, given))
    months.sort(key=lambda month: month[1].period.start)
    for (before, _, other, _), (request, _, upload, given) in pairwise(months):
        faults = [*months_apart(before, request, other=other.name)]
        if faults:
            return wrong_page(frame, InvalidInput(faults), upload, given)
    bills, lexicon = [bill for _, bill, _, _ in months], LEXICONS[frame.language]
    demands = demand_values([(request, bill) for request, bill, _, _ in months], tools.catalog, lexicon)
    body = page("account", frame, {**_shown(bills, lexicon), **demands})
    return Answer(200, body, HTML, (("bills", "pages_account", len(bills)),))


def _shown(bills: Sequence[Bill], lexicon: Lexicon) -> Mapping[str, object]:
    by_band = [_energies(bill) for bill in bills]
    bands = [band for band in (*BANDS, Band.TOTAL) if any(band in energies for energies in by_band)]
    months = [_month(bill, energies, bands, lexicon) for bill, energies in zip(bills, by_band, strict=True)]
    steps = [Step(month.days, bill.total, is_sum=True) for month, bill in zip(months, bills, strict=True)]
    return {
        "months": months,
        "bands": [lexicon.bands[band] for band in bands],
        "bars": bars(steps),
        "drawing_width": WIDTH,
        "drawing_height": len(steps) * ROW,
        "total": money(exact_sum(bill.total for bill in bills)),
        "kwh": decimal_text(exact_sum(kwh for energies in by_band for kwh in energies.values())),
    }


def _energies(bill: Bill) -> Mapping[Band, Decimal]:
    """Of all groups together [kWh]."""
    found: dict[Band, Decimal] = {}
    for bands in bill.kwh.values():
        for band, kwh in bands.items():
            found[band] = EXACT.add(found.get(band, Decimal(0)), kwh)
    return found


def _month(bill: Bill, energies: Mapping[Band, Decimal], bands: Sequence[Band], lexicon: Lexicon) -> _Month:
    kwh = exact_sum(energies.values())
    facts = [fact for fact in bill.power_factors if fact.cosphi is not None]
    return _Month(
        days=days_text(lexicon, bill.period),
        kwh=decimal_text(kwh),
        total=money(bill.total),
        average=_per(bill.total, kwh, _PRICE_STEP),
        base=_per(bill.sections.get(Section.NETWORK_CAPACITY, Decimal(0)), kwh, _PRICE_STEP),
        shares=[_percent(energies.get(band, Decimal(0)), kwh) for band in bands],
        cosphi=", ".join(decimal_text(fact.cosphi) for fact in facts if fact.cosphi is not None) or "—",
    )


def _per(amount: Decimal, kwh: Decimal, step: Decimal) -> str:
    return decimal_text(quotient_number(amount, kwh, step)) if kwh else "—"


def _percent(part: Decimal, whole: Decimal) -> str:
    if not whole:
        return "—"
    return f"{decimal_text(EXACT.multiply(quotient_number(part, whole, _SHARE_STEP), Decimal(100)))} %"
