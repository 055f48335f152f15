"""Run a rule on derived and on plain values, and see that the numbers are the same."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Protocol, TypeVar

from billcalc.kernel.derived import Derived
from billcalc.kernel.plain import Plain
from billcalc.kernel.scalars import number_of
from billcalc.kernel.sources import Evidence, Source
from billcalc.kernel.terms import Term
from billcalc.kernel.values import Rounding, Value

FEN = Rounding(Decimal("0.01"))
RULES = Source("cn/national/basic_charge_rules/2016-06", "完善两部制电价用户基本电价执行方式", Evidence.SECONDARY)

_K = TypeVar("_K")


class Make(Protocol):
    """Makes a value of one kind."""

    def __call__(self, number: str | int | Decimal, unit: str = "1", term: Term = Term.AMOUNT) -> Value: ...


def derived(number: str | int | Decimal, unit: str = "1", term: Term = Term.AMOUNT) -> Derived:
    """A number with its unit."""
    return Derived(Decimal(number), unit, "given", term=term)


def plain(number: str | int | Decimal, unit: str = "1", term: Term = Term.AMOUNT) -> Plain:
    """The same without."""
    return Plain(Decimal(number))


def on_both(rule: Callable[[Make], Value]) -> Decimal:
    """What a rule gives on derived and on plain values."""
    with_memory = number_of(rule(derived))
    assert number_of(rule(plain)) == with_memory
    return with_memory


def all_on_both(rule: Callable[[Make], Sequence[Value]]) -> list[Decimal]:
    """The same of a rule with several results."""
    with_memory = [number_of(value) for value in rule(derived)]
    assert [number_of(value) for value in rule(plain)] == with_memory
    return with_memory


def each_on_both(rule: Callable[[Make], Mapping[_K, Value]]) -> dict[_K, Decimal]:
    """The same of a rule whose results have keys."""
    with_memory = {key: number_of(value) for key, value in rule(derived).items()}
    assert {key: number_of(value) for key, value in rule(plain).items()} == with_memory
    return with_memory
