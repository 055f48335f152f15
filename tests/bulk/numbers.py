"""The numbers of invented accounts: of all sizes, mostly sound, sometimes none at all."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from random import Random
from typing import Any

from tests.bulk.accounts import Number, make_structure

WRONG = ("", "abc", "1e5", "1_000", "１２", "-", "1.", ".5", "NaN", "+1", "1" * 41)


def accounts(random: Random, count: int, *, per_structure: int) -> Iterator[tuple[str, Any]]:
    """Names and requests, a few of each structure one after the other."""
    structure: Any = {}
    for number in range(count):
        if number % per_structure == 0:
            structure = make_structure(random)
        yield f"A{number:07d}", Numbers(random).filled(structure)


class Numbers:
    """Chooses the numbers of one account."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self._shown: dict[str, Decimal] = {}
        self._scale = random.choice((0, 0, 1, 2, 2, 3))
        self._huge = random.random() < 0.03
        self._odd = random.random() < 1 / 12

    def filled(self, data: Any) -> Any:
        """The data with a text of digits for each ``Number``."""
        if isinstance(data, dict):
            return {key: self.filled(value) for key, value in data.items()}
        if isinstance(data, list):
            return [self.filled(value) for value in data]
        if not isinstance(data, Number):
            return data
        if self._odd and self.random.random() < 0.1:
            return self.odd(data)
        return self.text(self.reading(data) if "reading" in data.kind else self.sound(data.kind))

    def odd(self, number: Number) -> str:
        """A text that is no number, or one that is negative, far too large, far too exact or not within its range."""
        return self.random.choice(
            (
                self.random.choice(WRONG),
                f"-{self.random.randint(1, 99)}.5",
                str(10 ** self.random.choice((15, 18, 19, 25, 38))),
                f"0.{self.random.randint(1, 9):0{self.random.choice((13, 20, 37))}}",
                "1.00000000000000000000000001",
                "2",
                "0",
            )
        )

    def text(self, number: Decimal) -> str:
        """Digits, sometimes with zeros that say nothing."""
        text = f"{number:f}"
        return text + "00" if "." in text and self.random.random() < 0.2 else text

    def reading(self, number: Number) -> Decimal:
        """What a register shows: mostly more than before."""
        steps = (0, 1) if number.kind == "small_reading" else (0, 100, 1000, 10**4, 10**4)
        step = self._decimal(self.random.choice(steps), self._scale)
        shown = self._shown.get(number.register, self._decimal(10**5, self._scale)) + step
        if self.random.random() < 0.002:
            shown = step
        self._shown[number.register] = shown
        return shown

    def sound(self, kind: str) -> Decimal:
        """A number of a kind, of everyday size or at the edge of what is promised."""
        top = 10**12 if self._huge else 10**6
        choices: dict[str, Callable[[], Decimal]] = {
            "kwh": lambda: top // 100 + self._decimal(top, self.random.choice((0, 0, 2))),
            "given_kwh": lambda: self._decimal(top, self.random.choice((0, 4, 8))),
            "small_kwh": lambda: self._decimal(50, self.random.choice((0, 1))),
            "kva": lambda: self._decimal(10**5, self.random.choice((0, 0, 1))),
            "kw": lambda: self._decimal(self.random.choice((10**3, 10**6)), self.random.choice((0, 2, 4))),
            "shown_kw": lambda: self._decimal(10, 4),
            "multiplier": lambda: Decimal(self.random.choice((1, 30, 600, 3000, 660000, 10**7 if self._huge else 1))),
            "one": lambda: Decimal(1),
            "ratio": lambda: self._decimal(1, self.random.choice((1, 2, 4))),
            "signed_ratio": lambda: self._signed(self._decimal(1, 4)),
            "cosphi": lambda: self._decimal(1, self.random.choice((2, 2, 3))),
            "price": lambda: self._signed(self._decimal(1, self.random.choice((2, 6, 12)))),
            "share": lambda: Decimal(self.random.choice((0, 1, 2, 3, 7))),
            "money": lambda: self._signed(self._decimal(10**13 if self._huge else 10**5, 2)),
        }
        return choices[kind]()

    def _decimal(self, top: int, scale: int) -> Decimal:
        return Decimal(self.random.randint(0, top * 10**scale)).scaleb(-scale)

    def _signed(self, number: Decimal) -> Decimal:
        return -number if self.random.random() < 0.3 else number
