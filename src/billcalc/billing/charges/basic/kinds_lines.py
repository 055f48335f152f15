"""The lines of a basic charge by contracts of several kinds."""

from collections.abc import Sequence
from dataclasses import replace

from billcalc.billing.charges.basic import rule as basic
from billcalc.billing.charges.basic.amounts import demand_lines, price_of, proration_of
from billcalc.billing.charges.basic.records import BandDemand, KindsPlan
from billcalc.billing.charges.charge import Known
from billcalc.billing.doubts import Doubt, OtherReading, Reading
from billcalc.billing.evaluated import EvaluatedLine
from billcalc.billing.quantities import maximum_demand
from billcalc.kernel.codes import ProblemCode, RefusalCode
from billcalc.kernel.reasons import Reason
from billcalc.kernel.terms import Term
from billcalc.kernel.troubles import Problem, Refusal, Severity
from billcalc.kernel.units import KW
from billcalc.kernel.values import Arithmetic, Value, choose, named, total

__all__ = ["kinds_lines"]


def kinds_lines(plan: KindsPlan, known: Known, arithmetic: Arithmetic, of: Sequence[str]) -> list[EvaluatedLine]:
    """What one price is paid for: the contracts that it is for, and the excess that it prices."""
    terms, source, name = plan.terms, plan.terms.rule_source, (plan.terms.supply_point,)
    share = arithmetic.constant(plan.less_share, term=Term.DUE_SHARE, source=source)
    contracts = [arithmetic.input(slot) for slot in plan.contracts] or [_none(arithmetic)]
    less = [arithmetic.input(slot) for slot in plan.less]
    due = basic.contracts_due(contracts=contracts, less=less, share=share, source=source, of=name)
    metered = [_metered(band, plan, known, arithmetic) for band in plan.bands]
    demand = total(metered) if metered else None
    if plan.idle_share is not None:
        idle = arithmetic.constant(plan.idle_share, term=Term.DUE_SHARE, source=source)
        energy = known.quantities.energy_at(terms.supply_point)
        used = _none(arithmetic) if demand is None else demand
        due = basic.idle_basis(metered=used, energy=energy, basis=due, share=idle, source=source, of=name)
    excess = total(_excesses(plan, metered, arithmetic) or [_none(arithmetic)])
    price = price_of(terms, KW, arithmetic)
    billed = named(Term.BILLED_DEMAND, due + excess, *name, source=source)
    apart = None if plan.excess_adjusted else excess
    lines = demand_lines(terms, billed, apart, price, proration_of(terms, arithmetic), of, arithmetic)
    return [replace(line, demand=demand) for line in lines]


def _none(arithmetic: Arithmetic) -> Value:
    return arithmetic.constant(0, term=Term.CONTRACTED_DEMAND, unit=KW)


def _metered(band: BandDemand, plan: KindsPlan, known: Known, arithmetic: Arithmetic) -> Value:
    name, losses = plan.terms.supply_point, known.facts.losses
    return maximum_demand(band.metered, arithmetic, of=name, band=band.name, rounding=plan.rounding, losses=losses)


def _excesses(plan: KindsPlan, metered: Sequence[Value], arithmetic: Arithmetic) -> list[Value]:
    """What is charged of the excess of each band that the plan's price is for; every band is counted for the later."""
    terms, charged = plan.terms, []
    counted = _none(arithmetic)
    for band, demand in zip(plan.bands, metered, strict=True):
        slots = [arithmetic.input(slot) for slot in band.covered] or [_none(arithmetic)]
        of = (terms.supply_point, band.name)
        covered = named(Term.DEMAND_COVERED, total(slots), *of, source=terms.rule_source)
        net, due, counted = basic.excess_of_band(
            metered=demand,
            covered=covered,
            counted=counted,
            over_steps=plan.over_steps,
            source=terms.rule_source,
            of=of,
            from_counted=plan.from_counted,
        )
        if band.price == plan.price:
            _report(plan, band, demand, covered, net, arithmetic)
            charged.append(due)
    return charged


def _report(
    plan: KindsPlan, band: BandDemand, demand: Value, covered: Value, net: Value, arithmetic: Arithmetic
) -> None:
    """Tell of an excess that is charged; refuse demand that no contract covers, for which other multiples hold.

    Source: 台灣電力公司詳細電價表（經能字第11458000380號）, 第五章 八、(六); 第三章 七、(六); 第四章 八、(六).
    """
    terms = plan.terms
    where = f"/facts/{terms.supply_point}/demand_by_band_kw/{band.name}"
    facts = {"supply_point": terms.supply_point, "band": band.name}
    refusal = Refusal(RefusalCode.NOT_SUPPORTED, where, {"what": Reason.BAND_WITHOUT_CONTRACT, **facts})
    arithmetic.require(choose(covered > 0, _none(arithmetic), demand) <= 0, refusal)
    told = {**facts, "rule": terms.rule_source.id}
    problem = Problem(ProblemCode.EXCESS_OF_BANDS, Severity.NOTE, where, told)
    if band is not plan.bands[0]:
        other = OtherReading(Reading.FROM_COUNTED, ((plan, replace(plan, from_counted=True)),))
        problem = Doubt(ProblemCode.EXCESS_OF_BANDS, Severity.DOUBT, where, told, others=(other,))
    arithmetic.report(net > 0, problem, kw=net, limit=covered)
