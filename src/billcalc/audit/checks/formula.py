"""The formula of a check in words: its own rule, run over facts that are names in place of numbers.

A value here is a text, so that what is said of a rule is what it computes. 1 and 0 stand for true and false in rules,
and are told as the conditions that they are.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, NoReturn, Self

from billcalc.audit.checks.check import Check
from billcalc.audit.checks.say import fact_words, limit_words
from billcalc.kernel.decimals import decimal_text
from billcalc.kernel.sources import Source
from billcalc.kernel.terms import Term
from billcalc.kernel.values import Number, Rounding, Value
from billcalc.words.language import Pair
from billcalc.words.lexicon import Lexicon

__all__ = ["Formula", "formula_of"]

_AND, _OR = Pair(" and ", "，且 "), Pair(" or ", "，或 ")
_NOT = Pair("not {truth}", "非 {truth}")
_SMALLER = Pair("the smaller of ({a}; {b})", "（{a}；{b}）中较小者")
_LARGER = Pair("the larger of ({a}; {b})", "（{a}；{b}）中较大者")
_COSPHI = Pair("cosφ of ({a}; {b}) to {step}", "由（{a}；{b}）算出、按{step}取整的 cosφ")
_JOINED, _COMPARED, _SUM, _PRODUCT, _ATOM = range(5)
_OTHERWISE: Mapping[str, str] = {"=": "≠", "≠": "=", ">": "≤", "<": "≥", "≥": "<", "≤": ">"}


class Formula(Value):
    """A number or a condition as it is said.

    Attributes:
        text: what is said.
        strength: how tightly its parts hold together; what is looser is put in brackets.
        parts: of a condition, the conditions that it is joined of; each is said by itself.
        joiner: between them.
        compared: of a comparison its two sides and the sign between them.
        of: of a difference its two sides, of what was made absolute or negative that itself.
    """

    __slots__ = ("compared", "joiner", "kind", "lexicon", "of", "parts", "strength", "text")

    def __init__(
        self,
        lexicon: Lexicon,
        text: str,
        strength: int = _ATOM,
        *,
        kind: str = "",
        of: Sequence["Formula"] = (),
        compared: tuple["Formula", str, "Formula"] | None = None,
        parts: Sequence["Formula"] = (),
        joiner: Pair | None = None,
    ) -> None:
        self.lexicon, self.text, self.strength, self.kind, self.of = lexicon, text, strength, kind, of
        self.compared, self.parts, self.joiner = compared, parts, joiner

    @property
    def is_truth(self) -> bool:
        """Whether it is a condition."""
        return self.strength <= _COMPARED or self.kind == "not"

    def __add__(self, other: Value | Number) -> "Formula":
        told = self._told(other)
        if self.kind == "negated" and told.text == "1":
            return self.of[0].otherwise()
        return told if self.text == "0" else self._joined(told, "+", _SUM)

    def __sub__(self, other: Value | Number) -> "Formula":
        told = self._told(other)
        return self if told.text == "0" else self._joined(told, "−", _SUM, kind="difference", bind=_PRODUCT)

    def __mul__(self, other: Value | Number) -> "Formula":
        told = self._told(other)
        if told.text == "0":
            return told
        return -self if told.text == "-1" else self._joined(told, "×", _PRODUCT)

    def __neg__(self) -> "Formula":
        return Formula(self.lexicon, f"−{self.within(_PRODUCT)}", _SUM, kind="negated", of=(self,))

    def __lt__(self, other: Value | Number) -> "Formula":
        return self._compared("<", other)

    def __le__(self, other: Value | Number) -> "Formula":
        return self._compared("≤", other)

    def __gt__(self, other: Value | Number) -> "Formula":
        return self._compared(">", other)

    def __ge__(self, other: Value | Number) -> "Formula":
        return self._compared("≥", other)

    def choose(self, then: Value, otherwise: Value) -> "Formula":
        """A condition, which rules hand on as 1 and 0."""
        assert (self._told(then).text, self._told(otherwise).text) == ("1", "0"), "a check answers 1 or 0"
        return self

    def otherwise(self) -> "Formula":
        """The opposite of a condition."""
        if self.compared is not None:
            first, sign, second = self.compared
            return first._compared(_OTHERWISE[sign], second)
        text = _NOT.of(self.lexicon.language).format(truth=self.within(_ATOM))
        return Formula(self.lexicon, text, kind="not")

    def maximum(self, other: Value) -> "Formula":
        """The larger; of a value and its negative the value without its sign; of two conditions either."""
        told = self._told(other)
        if told.kind == "negated" and told.of[0] is self:
            return Formula(self.lexicon, f"|{self.text}|", kind="absolute", of=(self,))
        if self.is_truth:
            return self._either(told, _OR)
        return self._chosen(told, _LARGER)

    def minimum(self, other: Value) -> "Formula":
        """The smaller; of two conditions both."""
        told = self._told(other)
        return self._either(told, _AND) if self.is_truth else self._chosen(told, _SMALLER)

    def total(self, others: Sequence[Value]) -> "Formula":
        """The sum."""
        found: Formula = self
        for each in others:
            found += each
        return found

    def cosphi(self, reactive: Value, rounding: Rounding) -> "Formula":
        """The power factor."""
        return self._chosen(self._told(reactive), _COSPHI, step=self._told(rounding.step).text)

    def rounded(self, rounding: Rounding) -> NoReturn:
        """No check rounds."""
        raise NotImplementedError

    def quotient(self, divisor: Value, rounding: Rounding) -> NoReturn:
        """No check divides."""
        raise NotImplementedError

    def look_up(self, table: Mapping[Decimal, Decimal], source: Source | None, unit: str) -> NoReturn:
        """No check has a table."""
        raise NotImplementedError

    def allocate(self, weights: Sequence[Value], step: Decimal) -> NoReturn:
        """No check allocates."""
        raise NotImplementedError

    def named(self, term: Term, qualifiers: tuple[str, ...], source: Source | None) -> Self:
        """A fact has its name."""
        return self

    def within(self, strength: int) -> str:
        """The text, in brackets where what stands around it holds tighter."""
        return self.text if self.strength >= strength else f"({self.text})"

    def _told(self, other: Value | Number) -> "Formula":
        if isinstance(other, Formula):
            return other
        assert isinstance(other, Decimal | int), "values of two kinds met in one rule"
        return Formula(self.lexicon, decimal_text(Decimal(other)))

    def _joined(
        self, other: "Formula", sign: str, strength: int, *, kind: str = "", bind: int | None = None
    ) -> "Formula":
        text = f"{self.within(strength)} {sign} {other.within(strength if bind is None else bind)}"
        return Formula(self.lexicon, text, strength, kind=kind, of=(self, other))

    def _compared(self, sign: str, other: Value | Number) -> "Formula":
        told = self._told(other)
        if sign == ">" and told.text == "0" and self.kind == "absolute":
            return self.of[0]._differs()
        text = f"{self.within(_SUM)} {sign} {told.within(_SUM)}"
        return Formula(self.lexicon, text, _COMPARED, compared=(self, sign, told))

    def _differs(self) -> "Formula":
        """That it is not 0: of a difference that its sides differ, of a condition that it holds."""
        if self.kind == "difference":
            return self.of[0]._compared("≠", self.of[1])
        return self if self.is_truth else self._compared("≠", 0)

    def _either(self, other: "Formula", joiner: Pair) -> "Formula":
        parts = [part for each in (self, other) for part in (each.parts if each.joiner is joiner else (each,))]
        text = joiner.of(self.lexicon.language).join(part.within(_COMPARED) for part in parts)
        return Formula(self.lexicon, text, _JOINED, parts=parts, joiner=joiner)

    def _chosen(self, other: "Formula", pair: Pair, **told: str) -> "Formula":
        return Formula(self.lexicon, pair.of(self.lexicon.language).format(a=self.text, b=other.text, **told))


def formula_of(check: Check, lexicon: Lexicon) -> Formula:
    """Where a check speaks, in the words of a language."""
    facts = [Formula(lexicon, fact_words(lexicon, name)) for name in check.inputs]
    limits: dict[str, Any] = {name: Formula(lexicon, limit_words(lexicon, name)) for name in check.limits}
    found = check.rule(*facts, **limits)
    assert isinstance(found, Formula), "a rule makes what it is given"
    return found
