"""The form for the usual customer: its fields, and the request that its answers make; faults beside their fields."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple, TypeVar

from billcalc.agreement.models import BasicMode
from billcalc.cli import answers_taken as taken
from billcalc.cli.new_request import Customer, Meter, request_text
from billcalc.kernel.closed_lists import Word
from billcalc.kernel.decimals import NumberError, parse_decimal
from billcalc.metering.models import ENERGY_REGISTERS, REACTIVE_REGISTERS, Register
from billcalc.vocabulary import AREAS, Billing, CustomerClass, Purchase, Voltage
from billcalc.words.customers import CUSTOMERS
from billcalc.words.language import Language
from billcalc.words.pages import PAGES, PageWord
from billcalc.words.questions import ASKED, REFUSALS_OF_ANSWERS, AnswerFault, Question

__all__ = ["REGISTERS", "AskedField", "asked_fields", "choices", "draft_of", "month_of"]

REGISTERS = (
    Register.TOTAL, Register.SHARP, Register.PEAK, Register.FLAT, Register.VALLEY, Register.DEEP_VALLEY,
    Register.REACTIVE_FORWARD, Register.REACTIVE_REVERSE, Register.MAXIMUM_DEMAND,
)  # fmt: skip
"""Those that the usual meter has; a request file may have more."""
_MODES = (BasicMode.CAPACITY, BasicMode.CONTRACTED, BasicMode.ACTUAL)
_YES_NO = ("yes", "no")
_STANDARDS = ("0.90", "0.85", "0.80", "none")
_ANSWERS = re.compile(r"\s*[（(](?=[^（()）]*[,、])[^（()）]*[）)]$")
_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")
_YEARS = range(1900, 2199)
_DIGITS_MAX = 12
_BY_CATALOGUE = (CustomerClass.RESIDENTIAL, CustomerClass.AGRICULTURAL)
_W = TypeVar("_W", bound=Word)


class AskedField(NamedTuple):
    """A field of the form.

    Attributes:
        options: of a list to choose from, each a value and its word; none where something is typed.
    """

    name: str
    label: str
    options: Sequence[tuple[str, str]] = ()
    value: str = ""


def asked_fields(language: Language) -> Mapping[str, AskedField]:
    """The fields by their names, with what is usual filled in."""
    chinese = language is Language.CHINESE
    unsaid = ("", "")
    yes_no = [unsaid, ("yes", PAGES[PageWord.YES].of(language)), ("no", PAGES[PageWord.NO].of(language))]
    areas = [(code, names[0] if chinese else code) for code, names in AREAS.items() if code != "cn"]
    standards = [unsaid] + [
        (each, PAGES[PageWord.NONE].of(language) if each == "none" else each) for each in _STANDARDS
    ]
    fields = (
        AskedField(Question.AREA, "", [unsaid, *areas]),
        AskedField(Question.MONTH, ""),
        AskedField(Question.CLASS, "", choices(CustomerClass, language)),
        AskedField(Question.BILLING, "", [unsaid, *choices(Billing, language)]),
        AskedField(Question.VOLTAGE, "", [unsaid, *choices(Voltage, language)]),
        AskedField(Question.PURCHASE, "", choices(Purchase, language), Purchase.AGENT.value),
        AskedField(Question.TIME_OF_USE, "", yes_no),
        AskedField(Question.MODE, "", [unsaid, *choices(_MODES, language)]),
        AskedField(Question.TRANSFORMERS, ""),
        AskedField(Question.CONTRACT, ""),
        AskedField(Question.STANDARD, "", standards),
        AskedField(Question.READ, "", yes_no),
        AskedField(Question.MULTIPLIER, "", value="1"),
        AskedField(Question.DIGITS, "", value="6"),
    )
    return {each.name: each._replace(label=_label(each, language)) for each in fields}


def _label(field: AskedField, language: Language) -> str:
    """What a field asks; the answers of a list are in the list, not in the question too."""
    asked = ASKED[Question(field.name)].of(language)
    return _ANSWERS.sub("", asked) if field.options and len(_ANSWERS.findall(asked)) == 1 else asked


def choices(words: type[Word] | Sequence[Word], language: Language) -> list[tuple[str, str]]:
    """The words of a closed list to choose from, each a value and its name."""
    if language is Language.CHINESE:
        return [(word.value, word.aliases[0]) for word in words]
    return [(word.value, CUSTOMERS[word.value].english if word.value in CUSTOMERS else word.value) for word in words]


def draft_of(told: Mapping[str, str], language: Language) -> tuple[str, Mapping[str, str]]:
    """The request that answers make, as YAML; or nothing, and by field why an answer cannot be taken."""
    taken = _Taken(told, language)
    customer = taken.customer()
    if customer is None or taken.wrong:
        return "", taken.wrong
    return request_text(customer, language), {}


def month_of(text: str) -> date | None:
    """The first day of a month, written as 2026-08; None where it is none."""
    parts = _MONTH.fullmatch(text)
    if parts is None or int(parts[1]) not in _YEARS or not 1 <= int(parts[2]) <= 12:
        return None
    return date(int(parts[1]), int(parts[2]), 1)


class _Taken:
    """Takes the answers of one form."""

    def __init__(self, told: Mapping[str, str], language: Language) -> None:
        self._told = told
        self._language = language
        self.wrong: dict[str, str] = {}

    def customer(self) -> Customer | None:
        start = self._month()
        area = self._told.get(Question.AREA, "")
        if area not in AREAS:
            self._refuse(Question.AREA, PAGES[PageWord.CHOOSE].of(self._language))
        customer_class = self._word(Question.CLASS, CustomerClass)
        is_catalogue = customer_class in _BY_CATALOGUE
        billing = Billing.ONE_PART if is_catalogue else self._word(Question.BILLING, Billing)
        voltage = self._word(Question.VOLTAGE, Voltage)
        purchase = Purchase.CATALOGUE if is_catalogue else self._word(Question.PURCHASE, Purchase)
        by_bands = self._one_of(Question.TIME_OF_USE, _YES_NO) == "yes"
        mode, kva, contract = self._basic(billing)
        standard = self._one_of(Question.STANDARD, _STANDARDS)
        meter, shown = self._readings(mode, standard)
        if self.wrong or start is None:
            return None
        return Customer(
            area=area,
            start=start,
            customer_class=customer_class,
            billing=billing,
            voltage=voltage,
            purchase=purchase,
            time_of_use=by_bands,
            mode=mode,
            kva=kva,
            contract=contract,
            standard=standard,
            meter=meter,
            shown=shown,
        )

    def _basic(self, billing: Billing) -> tuple[BasicMode, tuple[Decimal, ...], Decimal | None]:
        """How the basic charge is paid, which one-part customers do not; what is not asked of a mode is not read."""
        if billing is Billing.ONE_PART:
            return BasicMode.EXEMPT, (), None
        mode = self._word(Question.MODE, BasicMode)
        kva = self._kva()
        contract = None
        if mode is BasicMode.CONTRACTED:
            contract = self._number(Question.CONTRACT, self._told.get(Question.CONTRACT, ""))
        return mode, kva, contract

    def _kva(self) -> tuple[Decimal, ...]:
        """The capacity of each transformer [kVA]."""
        text = self._told.get(Question.TRANSFORMERS, "").strip()
        try:
            kva = taken.numbers(text)
        except taken.Rejected as rejected:
            self._refuse_with(Question.TRANSFORMERS, rejected.fault, text)
            return ()
        if not kva:
            self._refuse_with(Question.TRANSFORMERS, AnswerFault.NUMBER, text)
        return kva

    def _readings(self, mode: BasicMode, standard: str) -> tuple[Meter | None, dict[Register, tuple[Decimal, Decimal]]]:
        """The meter, and by register what it showed first and last; of registers that are not needed nothing."""
        shown = {register: self._shown(register) for register in self._needed(mode, standard)}
        if not any(register in ENERGY_REGISTERS for register in shown):
            self._refuse(f"closing_{Register.TOTAL.value}", PAGES[PageWord.NO_ENERGY].of(self._language))
        if self._one_of(Question.READ, _YES_NO) != "yes":
            return None, shown
        digits = self._told.get(Question.DIGITS, "").strip()
        if not (digits.isascii() and digits.isdecimal() and len(digits) < 3 and 1 <= int(digits) <= _DIGITS_MAX):
            self._refuse_with(Question.DIGITS, AnswerFault.DIGITS, digits)
            return None, shown
        return Meter(self._number(Question.MULTIPLIER, self._told.get(Question.MULTIPLIER, "")), int(digits)), shown

    def _needed(self, mode: BasicMode, standard: str) -> Iterator[Register]:
        """The registers that were filled in and that the bill asks for; one that has an opening reading was."""
        sides = ("closing",) if self._told.get(Question.READ) == "no" else ("opening", "closing")
        for register in REGISTERS:
            is_left_out = (register in REACTIVE_REGISTERS and standard == "none") or (
                register is Register.MAXIMUM_DEMAND and mode not in (BasicMode.CONTRACTED, BasicMode.ACTUAL)
            )
            is_told = any(self._told.get(f"{side}_{register.value}", "").strip() for side in sides)
            if not is_left_out and is_told:
                yield register

    def _shown(self, register: Register) -> tuple[Decimal, Decimal]:
        closing = self._number(f"closing_{register.value}", self._told.get(f"closing_{register.value}", ""))
        if register is Register.MAXIMUM_DEMAND or self._told.get(Question.READ) == "no":
            return Decimal(0), closing
        opening = self._number(f"opening_{register.value}", self._told.get(f"opening_{register.value}", ""))
        if opening > closing:
            self._refuse_with(f"closing_{register.value}", AnswerFault.DECREASES, str(closing))
        return opening, closing

    def _month(self) -> date | None:
        text = self._told.get(Question.MONTH, "").strip()
        month = month_of(text)
        if month is None:
            self._refuse_with(Question.MONTH, AnswerFault.MONTH, text)
        return month

    def _word(self, question: Question, words: type[_W]) -> _W:
        found = words.named(self._told.get(question, ""))
        if found is None:
            self._refuse(question, PAGES[PageWord.CHOOSE].of(self._language))
            return next(iter(words))
        return found

    def _one_of(self, question: Question, known: Sequence[str]) -> str:
        told = self._told.get(question, "")
        if told not in known:
            self._refuse(question, PAGES[PageWord.CHOOSE].of(self._language))
        return told

    def _number(self, name: str, text: str) -> Decimal:
        try:
            number = parse_decimal(text.strip())
            if number >= 0:
                return number
        except NumberError:
            pass
        self._refuse_with(name, AnswerFault.NUMBER, text)
        return Decimal(0)

    def _refuse_with(self, name: str, fault: AnswerFault, answer: str) -> None:
        self._refuse(name, REFUSALS_OF_ANSWERS[fault].of(self._language).format(answer=answer, known=""))

    def _refuse(self, name: str, text: str) -> None:
        self.wrong.setdefault(name, text)
