"""``billcalc new``: ask what a bill needs, and write a request with comments."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

import click

from billcalc.agreement.models import BasicMode
from billcalc.cli import answers_taken as taken
from billcalc.cli.answers import FILE, Answers, language_option
from billcalc.cli.exits import Exit, epilog
from billcalc.cli.new_request import Customer, Meter, request_text
from billcalc.files.writing import write_file
from billcalc.kernel.closed_lists import Word
from billcalc.metering.models import Register
from billcalc.vocabulary import Billing, CustomerClass, Purchase
from billcalc.words.language import Language
from billcalc.words.questions import ASKED, NOTES, REFUSALS_OF_ANSWERS, Note, Question

__all__ = ["new"]

_EPILOG = epilog("new", "billcalc new", "billcalc new --out august.yaml --lang zh")
_T = TypeVar("_T")
_W = TypeVar("_W", bound=Word)


@click.command(epilog=_EPILOG)
@click.option("--out", type=FILE, default=Path("request.yaml"), show_default=True)
@language_option()
def new(*, out: Path, lang: str | None) -> None:
    """Ask a few questions and write a request with comments, which ``billcalc bill`` then bills."""
    language = Answers("table", lang).language
    if out.exists():
        click.echo(NOTES[Note.EXISTS].of(language).format(path=out), err=True)
        raise SystemExit(Exit.INVALID)
    customer = _asked(_Dialogue(language))
    write_file(out, request_text(customer, language))
    click.echo(NOTES[Note.WRITTEN].of(language).format(path=out))


class _Dialogue:
    """Asks in a language until an answer can be taken."""

    def __init__(self, language: Language) -> None:
        self._language = language

    def ask(
        self, question: Question, take: Callable[[str], _T], *, default: str | None = None, register: str = ""
    ) -> _T:
        """The answer to a question."""
        text = ASKED[question].of(self._language).format(register=self._register(register))
        while True:
            answer: str = click.prompt(text, default=default, prompt_suffix="：" if self._chinese else ": ").strip()
            try:
                return take(answer)
            except taken.Rejected as rejected:
                said = REFUSALS_OF_ANSWERS[rejected.fault].of(self._language)
                click.echo(said.format(answer=answer, known=rejected.known))

    def word(self, question: Question, words: Sequence[_W], default: _W | None = None) -> _W:
        """The answer to a question for one of some words."""
        take = taken.one_of(words, self.listed([self.called(word) for word in words]))
        return self.ask(question, take, default=None if default is None else self.called(default))

    def called(self, word: Word) -> str:
        """A word as the reader calls it."""
        return word.aliases[0] if self._chinese else word.value

    def listed(self, words: Sequence[str]) -> str:
        """Some words after each other."""
        return ("、" if self._chinese else ", ").join(words)

    @property
    def no(self) -> str:
        """No, as the reader says it."""
        return "否" if self._chinese else "no"

    @property
    def _chinese(self) -> bool:
        return self._language is Language.CHINESE

    def _register(self, register: str) -> str:
        return self.called(Register(register)) if register else ""


def _asked(dialogue: _Dialogue) -> Customer:
    """Everything that a bill of one month needs, with no question that another answer makes needless."""
    area = dialogue.ask(Question.AREA, taken.area)
    start = dialogue.ask(Question.MONTH, taken.month)
    customer_class = dialogue.word(Question.CLASS, list(CustomerClass), CustomerClass.INDUSTRIAL_COMMERCIAL)
    is_catalogue = customer_class in (CustomerClass.RESIDENTIAL, CustomerClass.AGRICULTURAL)
    billing = Billing.ONE_PART if is_catalogue else dialogue.word(Question.BILLING, list(Billing))
    voltage = dialogue.ask(Question.VOLTAGE, taken.voltage)
    purchase = Purchase.CATALOGUE if is_catalogue else dialogue.word(Question.PURCHASE, list(Purchase), Purchase.AGENT)
    by_bands = dialogue.ask(Question.TIME_OF_USE, taken.yes)
    mode, contract = BasicMode.EXEMPT, None
    kva: tuple[Decimal, ...] = ()
    if billing is Billing.TWO_PART:
        modes = (BasicMode.CAPACITY, BasicMode.CONTRACTED, BasicMode.ACTUAL)
        mode = dialogue.word(Question.MODE, modes)
        kva = dialogue.ask(Question.TRANSFORMERS, taken.numbers)
        contract = dialogue.ask(Question.CONTRACT, taken.number) if mode is BasicMode.CONTRACTED else None
    standard = dialogue.ask(Question.STANDARD, taken.standard)
    bands = (
        dialogue.ask(
            Question.REGISTERS, taken.registers, default=dialogue.listed([dialogue.called(each) for each in _USUAL])
        )
        if by_bands
        else (Register.TOTAL,)
    )
    registers = [*bands]
    if standard != "none":
        registers.append(Register.REACTIVE_FORWARD)
        if dialogue.ask(Question.REVERSE, taken.yes, default=dialogue.no):
            registers.append(Register.REACTIVE_REVERSE)
    if mode in (BasicMode.CONTRACTED, BasicMode.ACTUAL):
        registers.append(Register.MAXIMUM_DEMAND)
    meter, shown = _quantities(dialogue, registers)
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


_USUAL = (Register.PEAK, Register.FLAT, Register.VALLEY)


def _quantities(
    dialogue: _Dialogue, registers: Sequence[Register]
) -> tuple[Meter | None, dict[Register, tuple[Decimal, Decimal]]]:
    """The meter, and by register what it showed first and last; without readings no meter, 0 and the quantity."""
    if not dialogue.ask(Question.READ, taken.yes):
        none = Decimal(0)
        return None, {each: (none, dialogue.ask(Question.ENERGY, taken.number, register=each)) for each in registers}
    meter = Meter(
        dialogue.ask(Question.MULTIPLIER, taken.number, default="1"),
        dialogue.ask(Question.DIGITS, taken.digits, default="6"),
    )
    shown: dict[Register, tuple[Decimal, Decimal]] = {}
    for each in registers:
        opening = Decimal(0)
        if each is not Register.MAXIMUM_DEMAND:  # it is reset at each reading
            opening = dialogue.ask(Question.OPENING, taken.number, register=each)
        shown[each] = opening, dialogue.ask(Question.CLOSING, taken.not_below(opening), register=each)
    return meter, shown
