"""The questions of a form, and the customer that the answers in its cells make."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from billcalc.agreement.models import BasicMode
from billcalc.cli import answers_taken as taken
from billcalc.cli.new_request import Customer, Meter, request_text
from billcalc.fields.cells import Cell, Row
from billcalc.kernel.closed_lists import Word, normal
from billcalc.kernel.decimals import ZERO
from billcalc.metering.models import ENERGY_REGISTERS, REACTIVE_REGISTERS, Register
from billcalc.tables.form_workbook import Asked
from billcalc.tables.grid import Grid
from billcalc.vocabulary import AREAS, STANDARDS, Billing, CustomerClass, Purchase, Voltage
from billcalc.words.forms import FORM, NOTES_OF_QUESTIONS, UNITS_OF_QUESTIONS
from billcalc.words.language import Language
from billcalc.words.questions import ASKED, AnswerFault, Question

__all__ = ["Key", "Trouble", "answered", "asked", "customer_of", "filled_request"]

_T = TypeVar("_T")

REGISTERS = (
    *(Register.TOTAL, Register.SHARP, Register.PEAK, Register.FLAT, Register.VALLEY, Register.DEEP_VALLEY),
    *(Register.REACTIVE_FORWARD, Register.REACTIVE_REVERSE, Register.MAXIMUM_DEMAND),
)
_MODES = (BasicMode.CAPACITY, BasicMode.CONTRACTED, BasicMode.ACTUAL)
_WORDS: Mapping[Question, Sequence[Word]] = {
    Question.CLASS: tuple(CustomerClass),
    Question.BILLING: tuple(Billing),
    Question.VOLTAGE: tuple(Voltage),
    Question.PURCHASE: tuple(Purchase),
    Question.MODE: _MODES,
}
_OF_REGISTERS = (Question.OPENING, Question.CLOSING, Question.ENERGY)
_NUMBERS = (Question.CONTRACT, Question.MULTIPLIER, Question.DIGITS, *_OF_REGISTERS)
_DEFAULTS = {Question.MULTIPLIER: "1", Question.DIGITS: "6"}
_ASKED_ONCE = (
    *(Question.AREA, Question.MONTH, Question.CLASS, Question.BILLING, Question.VOLTAGE, Question.PURCHASE),
    *(Question.TIME_OF_USE, Question.MODE, Question.TRANSFORMERS, Question.CONTRACT, Question.STANDARD),
    *(Question.MULTIPLIER, Question.DIGITS),
)

Key = tuple[Question, Register | None]
"""A question, and of which register it is asked."""


def _keys() -> Iterator[Key]:
    yield from ((question, None) for question in _ASKED_ONCE)
    for register in REGISTERS:
        kinds = _OF_REGISTERS[1:] if register is Register.MAXIMUM_DEMAND else _OF_REGISTERS
        yield from ((question, register) for question in kinds)


def _label(key: Key, language: Language) -> str:
    question, register = key
    return ASKED[question].of(language).format(register="" if register is None else _called(register, language))


def _called(word: Word, language: Language) -> str:
    return word.aliases[0] if language is Language.CHINESE else word.value


def asked(language: Language) -> list[Asked]:
    """The questions of the form in a language."""
    found = []
    for key in _keys():
        question = key[0]
        unit, note = _unit(key, language), NOTES_OF_QUESTIONS[question].of(language)
        is_number = question in _NUMBERS
        default = _DEFAULTS.get(question, "")
        found.append(Asked(_label(key, language), unit, note, _choices(question, language), is_number, default))
    return found


def _unit(key: Key, language: Language) -> str:
    """The unit of an answer, or of the quantity of a register."""
    question, register = key
    if question in UNITS_OF_QUESTIONS:
        return UNITS_OF_QUESTIONS[question].of(language)
    if question is not Question.ENERGY:
        return ""
    chinese, english = ("千瓦", "kW") if register is Register.MAXIMUM_DEMAND else ("千瓦时", "kWh")
    if register in REACTIVE_REGISTERS:
        chinese, english = "千乏时", "kvarh"
    return chinese if language is Language.CHINESE else english


def _choices(question: Question, language: Language) -> tuple[str, ...]:
    if question is Question.AREA:
        chinese = tuple(names[0] for code, names in AREAS.items() if code.startswith("cn-"))
        return chinese if language is Language.CHINESE else tuple(code for code in AREAS if code.startswith("cn-"))
    if question is Question.TIME_OF_USE:
        return FORM["yes"].of(language), FORM["no"].of(language)
    if question is Question.STANDARD:
        return tuple(STANDARDS)
    return tuple(_called(word, language) for word in _WORDS.get(question, ()))


def _key_of(label: str) -> Key | None:
    """The question that stands in a cell, in either language; None where there is none."""
    return _BY_LABEL.get(normal(label))


_BY_LABEL: Mapping[str, Key] = {normal(_label(key, language)): key for language in Language for key in _keys()}
_BESIDE: Mapping[Key, Collection[str]] = {
    key: {
        "",
        *(normal(_unit(key, language)) for language in Language),
        *(normal(NOTES_OF_QUESTIONS[key[0]].of(language)) for language in Language),
    }
    for key in _keys()
}
"""By question what the form has beside its answer."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """An answer that cannot be taken.

    Attributes:
        where: the address of its cell, or of the form.
        fault: why.
        facts: what the sentence needs.
    """

    where: str
    fault: AnswerFault
    facts: Mapping[str, str]


@dataclass(slots=True)
class _Reader:
    """Takes answers, and keeps what cannot be taken."""

    told: Mapping[Key, Cell]
    where: str
    language: Language
    troubles: list[Trouble] = field(default_factory=list)
    used: set[Key] = field(default_factory=set)

    def has(self, question: Question, register: Register | None = None) -> bool:
        return (question, register) in self.told

    def ask(
        self, question: Question, take: Callable[[str], _T], otherwise: _T, *, register: Register | None = None
    ) -> _T:
        """The answer to a question that needs one."""
        key = (question, register)
        self.used.add(key)
        if key not in self.told:
            self._trouble(self.where, AnswerFault.MISSING, known=_label(key, self.language))
            return otherwise
        cell = self.told[key]
        try:
            return take(cell.text)
        except taken.Rejected as rejected:
            self._trouble(cell.where, rejected.fault, answer=cell.text, known=rejected.known)
            return otherwise

    def word(self, question: Question, otherwise: Any) -> Any:
        """The answer to a question for one of some words."""
        words = _WORDS[question]
        return self.ask(question, taken.one_of(words, ", ".join(_choices(question, self.language))), otherwise)

    def finish(self) -> None:
        """Tell what was answered and is not needed."""
        for key, cell in self.told.items():
            is_default = cell.text == _DEFAULTS.get(key[0])
            if key not in self.used and not is_default:
                self._trouble(cell.where, AnswerFault.NEEDLESS, answer=cell.text)

    def _trouble(self, where: str, fault: AnswerFault, **facts: str) -> None:
        self.troubles.append(Trouble(where, fault, facts))

    def mixed(self) -> None:
        """Tell that there are readings and quantities."""
        self._trouble(self.where, AnswerFault.READ_OR_TOLD)


def answered(cells: Iterator[tuple[Cell, Cell]]) -> tuple[dict[Key, Cell], list[Trouble]]:
    """The filled cells by their questions, and questions that are none or stand there twice."""
    found: dict[Key, Cell] = {}
    troubles: list[Trouble] = []
    for label, answer in cells:
        key = _key_of(label.text)
        if key is None or key in found:
            fault = AnswerFault.UNKNOWN if key is None else AnswerFault.TWICE
            troubles.append(Trouble(label.where, fault, {"answer": label.text}))
        elif answer.text:
            found[key] = answer
    return found, troubles


def filled_request(grid: Grid, language: Language) -> tuple[str, list[Trouble]]:
    """The request that a form of one customer makes, as YAML; nothing, where there are answers that cannot be taken.

    Args:
        grid: the cells of the form.
        language: of what is said in messages and in the request.
    """
    told, troubles = answered((cells[0], cells[1]) for cells in grid.rows[1:] if len(cells) > 1)
    customer, more = customer_of(told, where=grid.name, language=language)
    troubles += [*more, *_beside(grid.rows[1:])]
    return "" if troubles else request_text(customer, language), troubles


def _beside(rows: Iterable[Row]) -> Iterator[Trouble]:
    """What stands beside the answers and is not what the form says there, such as another unit: it decides nothing."""
    for cells in rows:
        key = _key_of(cells[0].text)
        known = ("",) if key is None else _BESIDE[key]
        for cell in cells[2:]:
            if normal(cell.text) not in known:
                yield Trouble(cell.where, AnswerFault.NOT_READ, {"answer": cell.text})


def customer_of(told: Mapping[Key, Cell], *, where: str, language: Language) -> tuple[Customer, list[Trouble]]:
    """The customer that answers make, and what of them cannot be taken.

    Args:
        told: the filled cells by question.
        where: what messages call the form, or its row.
        language: of the questions in messages.
    """
    reader = _Reader(told, where, language)
    area = reader.ask(Question.AREA, taken.area, "")
    start = reader.ask(Question.MONTH, taken.month, _NO_DAY)
    customer_class = reader.word(Question.CLASS, CustomerClass.INDUSTRIAL_COMMERCIAL)
    is_catalogue = customer_class in (CustomerClass.RESIDENTIAL, CustomerClass.AGRICULTURAL)
    billing, purchase = Billing.ONE_PART, Purchase.CATALOGUE
    if not is_catalogue:
        billing = reader.word(Question.BILLING, billing)
        purchase = reader.word(Question.PURCHASE, purchase)
    mode = reader.word(Question.MODE, BasicMode.CAPACITY) if billing is Billing.TWO_PART else BasicMode.EXEMPT
    standard = reader.ask(Question.STANDARD, taken.standard, "none")
    meter, shown = _quantities(reader, needs_reactive=standard != "none", needs_demand=mode in _MODES[1:])
    customer = Customer(
        area=area,
        start=start,
        customer_class=customer_class,
        billing=billing,
        voltage=reader.ask(Question.VOLTAGE, taken.voltage, Voltage.FROM_1_TO_10),
        purchase=purchase,
        time_of_use=reader.ask(Question.TIME_OF_USE, taken.yes, otherwise=False),
        mode=mode,
        kva=reader.ask(Question.TRANSFORMERS, taken.numbers, ()) if billing is Billing.TWO_PART else (),
        contract=reader.ask(Question.CONTRACT, taken.number, ZERO) if mode is BasicMode.CONTRACTED else None,
        standard=standard,
        meter=meter,
        shown=shown,
    )
    reader.finish()
    return customer, reader.troubles


_NO_DAY = taken.month("1900-01")


def _quantities(reader: _Reader, *, needs_reactive: bool, needs_demand: bool) -> tuple[Meter | None, Any]:
    """The meter, and by register what it showed first and last; without readings no meter, 0 and the quantity."""
    needed = [each for each in REGISTERS if any(reader.has(question, each) for question in _OF_REGISTERS)]
    if not any(each in ENERGY_REGISTERS for each in needed):
        needed.insert(0, Register.TOTAL)
    for register, is_needed in ((Register.REACTIVE_FORWARD, needs_reactive), (Register.MAXIMUM_DEMAND, needs_demand)):
        if is_needed and register not in needed:
            needed.append(register)
    read = any(reader.has(question, each) for question in _OF_REGISTERS[:2] for each in REGISTERS)
    if read and any(reader.has(Question.ENERGY, each) for each in REGISTERS):
        reader.mixed()
    if not read:
        return None, {each: (ZERO, reader.ask(Question.ENERGY, taken.number, ZERO, register=each)) for each in needed}
    meter = Meter(reader.ask(Question.MULTIPLIER, taken.number, ZERO), reader.ask(Question.DIGITS, taken.digits, 6))
    shown = {}
    for each in needed:
        opening = ZERO
        if each is not Register.MAXIMUM_DEMAND:  # it is reset at each reading
            opening = reader.ask(Question.OPENING, taken.number, ZERO, register=each)
        shown[each] = opening, reader.ask(Question.CLOSING, taken.not_below(opening), opening, register=each)
    return meter, shown
