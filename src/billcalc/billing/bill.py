"""The bill: printed lines with their derivation, facts, problems and totals."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from typing import Any

from billcalc.billing.evaluate import EvaluatedLine, Evaluation
from billcalc.billing.evaluated import FEN
from billcalc.billing.losses.energies import PointLoss
from billcalc.billing.plan import Plan
from billcalc.kernel.decimals import EXACT, ONE, ZERO, exact_sum
from billcalc.kernel.derived import Derived
from billcalc.kernel.numbers import quotient_number
from billcalc.kernel.scalars import number_of
from billcalc.kernel.sources import Evidence, Source
from billcalc.kernel.spans import Span
from billcalc.kernel.steps import Step, sources_of, steps_of
from billcalc.kernel.troubles import Problem
from billcalc.kernel.units import in_currency
from billcalc.kernel.values import Value
from billcalc.tariff.catalog import Fingerprint
from billcalc.vocabulary import Band, Section

__all__ = [
    "Bill",
    "BilledMonth",
    "Figures",
    "Line",
    "LossFact",
    "NumberOf",
    "PowerFactorFact",
    "figures_of",
    "make_bill",
]

NumberOf = Callable[[Value], Decimal]
"""Tells the number of a value."""
_AVERAGE_STEP = Decimal("0.00001")
"""What the average price is shown to, as bills of Chongqing, Hubei and Shandong print it; no amount is made of it."""
_ORDER = {section: rank for rank, section in enumerate(Section)}

Where = Callable[[str], str]
"""Tells where a place of the request of a month is in that of several."""


@dataclass(frozen=True)
class Line:
    """One printed line.

    Attributes:
        code: the component or charge; with group, band and span it is the line's name.
        group: the billing group; for a power-factor line its scope.
        quantity: what the price multiplies [unit]; for a power-factor line the base [money].
        price: [money per unit]; for a power-factor line its ratio [1].
        amount: [money].
        given: it was stated in the request.
        derivation: the derived values of amount and quantity; empty for plain values.
        where: told where the line is of one of several months.
    """

    code: str
    label: str | None
    section: Section
    group: str
    band: Band | None
    span: Span
    quantity: Decimal | None
    unit: str
    price: Decimal | None
    amount: Decimal
    given: bool
    derivation: tuple[Derived, ...] = field(repr=False, compare=False)
    where: Where | None = field(default=None, repr=False, compare=False)

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """How it came about, operands before results; empty for plain values and given lines."""
        return _steps(self.derivation[0], self.where) if self.derivation and not self.given else ()

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """The documents it rests on."""
        return tuple(dict.fromkeys(source for value in self.derivation for source in sources_of(value)))

    def counting(self, quantity: Decimal | None, price: Decimal | None, amount: Decimal) -> "Line":
        """The same line of another bill of its plan, by plain values: a copy of all else at once."""
        line = object.__new__(Line)
        line.__dict__.update(self.__dict__, quantity=quantity, price=price, amount=amount)
        return line


@dataclass(frozen=True, slots=True)
class PowerFactorFact:
    """The power factor of one scope: what was measured and what the table gives."""

    scope: str
    active_kwh: Decimal | None
    reactive_kvarh: Decimal | None
    cosphi: Decimal | None
    ratio: Decimal | None


@dataclass(frozen=True)
class LossFact:
    """What a metering point lost on some days, which is billed with what its meter showed.

    Attributes:
        kwh, kvarh: the whole loss; the reactive one where it is computed [kWh and kvarh].
        transformer_kwh, line_kwh: of which what is a transformer's and what a line's; None where there is none [kWh].
        derivation: the derived values of the whole loss; empty for plain values.
        where: told where the loss is of one of several months.
    """

    point: str
    span: Span
    kwh: Decimal
    kvarh: Decimal | None
    transformer_kwh: Decimal | None
    line_kwh: Decimal | None
    derivation: tuple[Derived, ...] = field(repr=False, compare=False)
    where: Where | None = field(default=None, repr=False, compare=False)

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """How it came about, operands before results; the active loss before the reactive one."""
        return tuple(dict.fromkeys(step for value in self.derivation for step in _steps(value, self.where)))

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """The documents it rests on: the rules that it is borne by, and those of the transformers."""
        return tuple(dict.fromkeys(source for value in self.derivation for source in sources_of(value)))


@dataclass(frozen=True, slots=True)
class BilledMonth:
    """A month of a bill of several.

    Attributes:
        total: what it comes to by itself [money].
    """

    cycle: Span
    period: Span
    total: Decimal


@dataclass(frozen=True, slots=True)
class Bill:
    """A calculated bill.

    Attributes:
        id: the hash of the request, the resolved values used and the engine's version.
        tariff_set: the hash of the tariff documents the catalog held.
        evidence: the weakest evidence the bill rests on.
        kwh: billed energy by group and band [kWh].
        losses: what of it was lost behind no meter.
        sections: the sum of each section [money]; they add up to ``total``.
        total: [money].
        total_step: what the sum of the sections is rounded to [money].
        request: as data, as its identity is the hash of.
        documents: the fingerprint of each document that the bill rests on, by its id.
        months: those of a bill of several; they add up to ``total``.
        tax_inside: the rate of the tax that the prices contain; None where it is not told [1].
    """

    id: str
    version: str
    tariff_set: str
    area: str
    currency: str
    cycle: Span
    period: Span
    lines: tuple[Line, ...]
    kwh: Mapping[str, Mapping[Band, Decimal]]
    power_factors: tuple[PowerFactorFact, ...]
    sections: Mapping[Section, Decimal]
    total: Decimal
    total_step: Decimal
    evidence: Evidence
    problems: tuple[Problem, ...]
    sources: tuple[Source, ...]
    request: Mapping[str, Any]
    documents: Mapping[str, Fingerprint]
    losses: tuple[LossFact, ...] = ()
    months: tuple[BilledMonth, ...] = ()
    tax_inside: Decimal | None = None

    @property
    def average_price(self) -> Decimal | None:
        """The total ÷ the billed energy, as bills print it [money/kWh]; None where no energy is billed."""
        kwh = exact_sum(each for by_band in self.kwh.values() for each in by_band.values())
        return quotient_number(self.total, kwh, _AVERAGE_STEP) if kwh > 0 else None

    @property
    def tax(self) -> Decimal | None:
        """What of the total is tax, to the fen: total × rate ÷ (1 + rate) [money]; None where no rate is told.

        Source: the document of the price structure; of Taiwan 台灣電力公司詳細電價表, 第五章 八、(一): total ÷ 1.05.
        """
        if self.tax_inside is None:
            return None
        without = quotient_number(self.total, EXACT.add(ONE, self.tax_inside), FEN.step)
        return EXACT.subtract(self.total, without)


@dataclass(frozen=True, slots=True)
class Figures:
    """What a bill has of an evaluation; its attributes are the bill's."""

    lines: tuple[Line, ...]
    kwh: Mapping[str, Mapping[Band, Decimal]]
    power_factors: tuple[PowerFactorFact, ...]
    losses: tuple[LossFact, ...]
    total: Decimal


def lines_of(plan: Plan, evaluation: Evaluation, number: NumberOf = number_of) -> tuple[Line, ...]:
    """The lines of an evaluation in the order of printing."""
    optional = _optional(number)
    made = (_line(each, plan.currency, number, optional) for each in evaluation.lines)
    return tuple(sorted(made, key=lambda line: _ORDER[line.section]))


def figures_of(lines: tuple[Line, ...], evaluation: Evaluation, number: NumberOf = number_of) -> Figures:
    """What a bill has of an evaluation beside its lines, and these."""
    optional = _optional(number)
    return Figures(
        lines=lines,
        kwh=_energies(evaluation, number),
        power_factors=tuple(
            PowerFactorFact(
                scope=fact.scope,
                active_kwh=optional(fact.active),
                reactive_kvarh=optional(fact.reactive),
                cosphi=optional(fact.cosphi),
                ratio=optional(fact.ratio),
            )
            for fact in evaluation.facts.scopes
        ),
        losses=tuple(_loss(each, number, optional) for each in evaluation.quantities.losses),
        total=number(evaluation.total),
    )


def make_bill(
    plan: Plan,
    figures: Figures,
    *,
    bill_id: str,
    version: str,
    tariff_set: str,
    problems: Sequence[Problem],
    request: Mapping[str, Any],
    documents: Mapping[str, Fingerprint],
) -> Bill:
    """The bill of a plan and its figures."""
    sections: dict[Section, Decimal] = {}
    for line in figures.lines:
        sections[line.section] = EXACT.add(sections.get(line.section, ZERO), line.amount)
    return Bill(
        id=bill_id,
        version=version,
        tariff_set=tariff_set,
        area=plan.area,
        currency=plan.currency,
        cycle=plan.cycle,
        period=plan.period,
        lines=figures.lines,
        kwh=figures.kwh,
        power_factors=figures.power_factors,
        sections=sections,
        total=figures.total,
        total_step=plan.total_rounding.step,
        evidence=plan.evidence,
        problems=tuple(problems),
        sources=plan.documents,
        request=request,
        documents=documents,
        losses=figures.losses,
        tax_inside=plan.tax_inside,
    )


def _steps(root: Derived, where: Where | None) -> tuple[Step, ...]:
    """The steps that lead to a value, with places of the request that it is billed by."""
    return steps_of(root) if where is None else tuple(_placed(step, where) for step in steps_of(root))


def _placed(step: Step, where: Where) -> Step:
    operands = (each if each.pointer is None else replace(each, pointer=where(each.pointer)) for each in step.operands)
    return replace(step, operands=tuple(operands))


_OptionalOf = Callable[[Value | None], Decimal | None]


def _optional(number: NumberOf) -> _OptionalOf:
    return lambda value: None if value is None else number(value)


def _loss(loss: PointLoss, number: NumberOf, optional: _OptionalOf) -> LossFact:
    return LossFact(
        point=loss.point,
        span=loss.span,
        kwh=number(loss.whole.active),
        kvarh=optional(loss.whole.reactive),
        transformer_kwh=optional(None if loss.transformer is None else loss.transformer.active),
        line_kwh=optional(None if loss.line is None else loss.line.active),
        derivation=tuple(value for value in (loss.whole.active, loss.whole.reactive) if isinstance(value, Derived)),
    )


def _line(line: EvaluatedLine, currency: str, number: NumberOf, optional: _OptionalOf) -> Line:
    return Line(
        code=line.name.code,
        label=line.name.label,
        section=line.name.section,
        group=line.name.group,
        band=line.band,
        span=line.name.span,
        quantity=optional(line.quantity),
        unit=in_currency(line.unit, currency),
        price=optional(line.price),
        amount=number(line.amount),
        given=line.given,
        derivation=tuple(value for value in (line.amount, line.quantity) if value.__class__ is Derived),
    )


def _energies(evaluation: Evaluation, number: NumberOf) -> dict[str, dict[Band, Decimal]]:
    found: dict[str, dict[Band, Decimal]] = {}
    for part in evaluation.quantities.parts:
        by_band = found.setdefault(part.group, {})
        for band, energy in part.kwh.items():
            by_band[band] = EXACT.add(by_band.get(band, ZERO), number(energy))
    return found
