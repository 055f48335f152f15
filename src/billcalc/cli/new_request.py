"""The text of a new request: YAML with a comment beside what a clerk will want to change."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from dateutil.relativedelta import relativedelta

from billcalc.agreement.models import BasicMode
from billcalc.kernel.decimals import decimal_text
from billcalc.metering.models import ENERGY_REGISTERS, REACTIVE_REGISTERS, Register
from billcalc.vocabulary import AREAS, Billing, CustomerClass, Purchase, Voltage
from billcalc.words.language import Language
from billcalc.words.questions import NOTES, Note

__all__ = ["Customer", "Meter", "request_text"]


@dataclass(frozen=True, slots=True)
class Meter:
    """What turns its readings into energy."""

    multiplier: Decimal
    digits: int


@dataclass(frozen=True, slots=True)
class Customer:
    """What was answered.

    Attributes:
        start: the first day of the month.
        kva: of each transformer [kVA].
        contract: the contracted demand [kW].
        standard: of the power factor, or ``none``.
        meter: None where only quantities are known.
        shown: by register the opening and the closing reading, or 0 and the quantity.
    """

    area: str
    start: date
    customer_class: CustomerClass
    billing: Billing
    voltage: Voltage
    purchase: Purchase
    time_of_use: bool
    mode: BasicMode
    kva: tuple[Decimal, ...]
    contract: Decimal | None
    standard: str
    meter: Meter | None
    shown: Mapping[Register, tuple[Decimal, Decimal]]

    @property
    def end(self) -> date:
        """The first day after the month."""
        return self.start + relativedelta(months=1)


def request_text(customer: Customer, language: Language) -> str:
    """The request of a customer, with comments in a language."""
    return "\n".join([*_head(customer, language), *_agreement(customer, language), *_point(customer, language), ""])


def _head(customer: Customer, language: Language) -> Iterator[str]:
    days = f"{{from: {customer.start}, to: {customer.end}}}"
    yield f"# {NOTES[Note.HEAD].of(language)}"
    yield f"area: {customer.area}{_note(AREAS[customer.area][0])}"
    yield f"cycle: {days}{_note(NOTES[Note.CYCLE].of(language))}"
    yield f"period: {days}"


def _agreement(customer: Customer, language: Language) -> Iterator[str]:
    yield f"agreement:{_note(NOTES[Note.AGREEMENT].of(language))}"
    yield f"- from: {customer.start}"
    yield "  groups:"
    yield f"    main:{_note(NOTES[Note.GROUP].of(language))}"
    for key, word in (
        ("class", customer.customer_class),
        ("billing", customer.billing),
        ("voltage", customer.voltage),
        ("purchase", customer.purchase),
    ):
        yield f'      {key}: "{word.value}"{_note(word.aliases[0])}'
    yield f"      time_of_use: {str(customer.time_of_use).lower()}"
    yield "  supply_points:"
    yield "    S1:"
    yield f'      power_factor_standard: "{customer.standard}"{_note(NOTES[Note.STANDARD].of(language))}'
    if customer.kva:
        yield f"      transformers:{_note(NOTES[Note.TRANSFORMERS].of(language))}"
    for number, kva in enumerate(customer.kva, 1):
        yield f'      - {{id: T{number}, kva: "{decimal_text(kva)}", state: in_service}}'
    yield f"  basic:{_note(NOTES[Note.BASIC].of(language))}"
    yield f"    mode: {customer.mode.value}"
    if customer.contract is not None:
        yield f'    contracts: {{regular: "{decimal_text(customer.contract)}"}}'


def _point(customer: Customer, language: Language) -> Iterator[str]:
    yield "metering_points:"
    yield "- id: M1"
    yield "  group: main"
    yield "  supply_point: S1"
    yield f"  side: high{_note(NOTES[Note.POINT].of(language))}"
    if customer.standard != "none" and Register.REACTIVE_REVERSE not in customer.shown:
        yield f"  not_installed: [reactive_reverse]{_note(NOTES[Note.NOT_INSTALLED].of(language))}"
    if customer.meter is None:
        yield from _given(customer, language)
    else:
        yield "  config:"
        multiplier, digits = decimal_text(customer.meter.multiplier), customer.meter.digits
        yield f'  - {{from: {customer.start}, meter: A, multiplier: "{multiplier}", digits: {digits}}}'
        yield f"  readings:{_note(NOTES[Note.READINGS].of(language))}"
        for index, (day, kind) in enumerate(((customer.start, "opening"), (customer.end, "closing"))):
            yield f"  - at: {day}"
            yield f"    kind: {kind}"
            for register, shown in customer.shown.items():
                if index or register is not Register.MAXIMUM_DEMAND:
                    yield f'    {register.value}: "{decimal_text(shown[index])}"{_note(register.aliases[0])}'
    if customer.purchase is Purchase.MARKET:
        yield from _own_price(customer, language)


def _given(customer: Customer, language: Language) -> Iterator[str]:
    yield f"  given:{_note(NOTES[Note.GIVEN].of(language))}"
    for key, registers in (("kwh", ENERGY_REGISTERS), ("kvarh", REACTIVE_REGISTERS)):
        told = {register: shown[1] for register, shown in customer.shown.items() if register in registers}
        if told:
            yield f"    {key}:"
        for register, quantity in told.items():
            yield f'      {register.value}: "{decimal_text(quantity)}"{_note(register.aliases[0])}'
    if Register.MAXIMUM_DEMAND in customer.shown:
        yield f'    demand_kw: "{decimal_text(customer.shown[Register.MAXIMUM_DEMAND][1])}"'


def _own_price(customer: Customer, language: Language) -> Iterator[str]:
    """The place for the customer's own prices: they have no default, so the request asks for them when it is billed."""
    bands = [register.value for register in customer.shown if register in ENERGY_REGISTERS]
    yield f"# {NOTES[Note.MARKET].of(language)}"
    yield "# price_sheet:"
    yield "#   title: market contract"
    prices = ", ".join([f'{band}: ""' for band in bands])
    yield f"#   prices: {{purchase: {{{prices}}}}}"


def _note(text: str) -> str:
    return f"  # {text}"
