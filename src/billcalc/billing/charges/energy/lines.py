"""The lines of energy × price, alone and where their amounts hang together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from billcalc.billing.charges import components
from billcalc.billing.charges.energy.records import EnergyLinePlan, SurchargePlan
from billcalc.billing.evaluated import EvaluatedLine, of_band
from billcalc.billing.pricing import part_prices
from billcalc.billing.quantities import Quantities
from billcalc.billing.tiers.energies import counted_energy
from billcalc.kernel.codes import RefusalCode
from billcalc.kernel.terms import Term
from billcalc.kernel.troubles import Refusal
from billcalc.kernel.units import KWH, MONEY
from billcalc.kernel.values import Arithmetic, Rounding, Value, named, total
from billcalc.vocabulary import Band, Grain

__all__ = ["energy_lines"]


@dataclass(frozen=True, slots=True)
class _Priced:
    """A line with its prices and amounts.

    Attributes:
        parts: the prices of each component [money/kWh].
        prices: of the line, by band or under ``total`` [money/kWh].
        amounts: of each grain [money].
    """

    plan: EnergyLinePlan
    billed: components.BilledQuantity
    parts: Sequence[Mapping[Band, Value]]
    prices: Mapping[Band, Value]
    amounts: Mapping[Band, Value]


def energy_lines(
    plans: Sequence[EnergyLinePlan], quantities: Quantities, arithmetic: Arithmetic
) -> list[EvaluatedLine]:
    """The lines of energy × price of a bill."""
    found: list[EvaluatedLine] = []
    for plan in plans:
        _require_priced(plan, quantities, arithmetic)
        line = _priced(plan, quantities, arithmetic, sharp_at_peak=plan.sharp_at_peak)
        if line is None:
            continue
        if plan.joint:
            others = _others(plan, plan.joint, plans, quantities, arithmetic)
            line = replace(line, amounts=_rest_of_joint(line, others))
        if plan.surcharge is not None and Band.SHARP in line.billed.by_band:
            line, surcharge = _surcharged(line, plan.surcharge, plans, quantities, arithmetic)
            found.append(surcharge)
        found.extend(_printed(line))
    return found


def _priced(
    plan: EnergyLinePlan, quantities: Quantities, arithmetic: Arithmetic, *, sharp_at_peak: bool
) -> _Priced | None:
    """A line by itself; None where there is no energy of it."""
    billed = _billed(plan, quantities, arithmetic)
    if billed is None:
        return None
    parts = [part_prices(part, f"{MONEY}/{KWH}", arithmetic) for part in plan.parts]
    if sharp_at_peak:
        parts = [{**prices, Band.SHARP: prices[Band.PEAK]} if Band.PEAK in prices else prices for prices in parts]
    prices = _line_prices(parts, billed, plan.name.code)
    amounts = _amounts(plan, billed, parts)
    if plan.round_per is Grain.TOTAL:
        amounts = {band: named(Term.AMOUNT, amount, plan.name.code) for band, amount in amounts.items()}
    return _Priced(plan, billed, parts, prices, amounts)


def _amounts(
    plan: EnergyLinePlan, billed: components.BilledQuantity, parts: Sequence[Mapping[Band, Value]]
) -> Mapping[Band, Value]:
    """The amounts of the components of a line by grain: of their prices added, or each rounded by itself [money]."""
    together = [[prices] for prices in parts] if plan.each_part else [parts]
    made = [
        components.grains(
            quantity=billed,
            prices=_line_prices(each, billed, plan.name.code),
            round_per=plan.round_per,
            rounding=plan.rounding,
        )
        for each in together
    ]
    if len(made) == 1:
        return made[0]
    return {band: total([amounts[band] for amounts in made]) for band in made[0]}


def _line_prices(
    parts: Sequence[Mapping[Band, Value]], billed: components.BilledQuantity, code: str
) -> dict[Band, Value]:
    banded = any(band is not Band.TOTAL for prices in parts for band in prices)
    bands = billed.by_band if banded else (Band.TOTAL,)
    return {band: components.line_price(parts=parts, band=band, component=code) for band in bands}


def _printed(line: _Priced) -> list[EvaluatedLine]:
    """The line as it prints: band by band, or as one."""
    plan, billed, prices = line.plan, line.billed, line.prices
    bases = _bases(plan, billed, line.parts, line.amounts)
    if plan.print_per is Grain.BAND:
        return [
            _line(plan, band, billed.by_band[band], prices.get(band, prices.get(Band.TOTAL)), amount, bases.get(band))
            for band, amount in line.amounts.items()
        ]
    base = total(list(bases.values())) if bases else None
    return [_line(plan, None, billed.whole, prices.get(Band.TOTAL), total(list(line.amounts.values())), base)]


def _line(
    plan: EnergyLinePlan, band: Band | None, quantity: Value, price: Value | None, amount: Value, base: Value | None
) -> EvaluatedLine:
    return EvaluatedLine(
        name=plan.name,
        band=band,
        quantity=quantity,
        unit=KWH,
        price=price,
        amount=amount if plan.round_per is Grain.TOTAL else named(Term.AMOUNT, amount, plan.name.code),
        scope=plan.scope,
        base=base,
    )


def _others(
    plan: EnergyLinePlan,
    codes: Sequence[str],
    plans: Sequence[EnergyLinePlan],
    quantities: Quantities,
    arithmetic: Arithmetic,
    *,
    sharp_at_peak: bool = True,
) -> list[_Priced]:
    """The lines of some codes beside one, as they print, or with their sharp energy at sharp prices."""
    mine = (plan.name.group, plan.pieces)
    beside = ((each, sharp_at_peak and each.sharp_at_peak) for each in plans if (each.name.group, each.pieces) == mine)
    found = [_priced(each, quantities, arithmetic, sharp_at_peak=at) for each, at in beside if each.name.code in codes]
    return [each for each in found if each is not None]


def _rest_of_joint(line: _Priced, others: Sequence[_Priced]) -> Mapping[Band, Value]:
    """What the others leave of the amounts that are rounded as one."""
    plan = line.plan
    parts = [prices for each in (line, *others) for prices in each.parts]
    joint = components.grains(
        quantity=line.billed,
        prices=_line_prices(parts, line.billed, plan.name.code),
        round_per=plan.round_per,
        rounding=plan.rounding,
    )
    return components.rest_of_joint(joint=joint, others=[each.amounts for each in others], of=(plan.name.code,))


def _surcharged(
    line: _Priced,
    plan: SurchargePlan,
    plans: Sequence[EnergyLinePlan],
    quantities: Quantities,
    arithmetic: Arithmetic,
) -> tuple[_Priced, EvaluatedLine]:
    """A line that takes what the surcharge and the others leave in sharp hours, and the surcharge."""
    energy = line.billed.by_band[Band.SHARP]
    at_peak = _others(line.plan, plan.lines, plans, quantities, arithmetic)
    as_sharp = _others(line.plan, plan.lines, plans, quantities, arithmetic, sharp_at_peak=False)
    price = components.surcharge_price(
        peak=[part_prices(part, f"{MONEY}/{KWH}", arithmetic)[Band.PEAK] for part in plan.parts],
        factor=arithmetic.constant(plan.factor, term=Term.SURCHARGE_FACTOR, source=plan.factor_source),
        rounding=plan.rounding,
        of=(plan.code,),
    )
    quantity = components.BilledQuantity.of({Band.SHARP: energy})
    fen = Rounding(line.plan.rounding.step)
    made = components.grains(quantity=quantity, prices={Band.SHARP: price}, round_per=Grain.BAND, rounding=fen)
    rest = components.rest_of_surcharge(
        sharp=[line.amounts[Band.SHARP], *(each.amounts[Band.SHARP] for each in as_sharp)],
        others=[made[Band.SHARP], *(each.amounts[Band.SHARP] for each in at_peak)],
        of=(line.plan.name.code, Band.SHARP.value),
    )
    shown = components.line_price(
        parts=[part_prices(part, f"{MONEY}/{KWH}", arithmetic) for part in line.plan.parts],
        band=Band.PEAK,
        component=line.plan.name.code,
    )
    taken = replace(line, prices={**line.prices, Band.SHARP: shown}, amounts={**line.amounts, Band.SHARP: rest})
    amount = made[Band.SHARP]
    named_so = replace(line.plan, name=replace(line.plan.name, code=plan.code, label=plan.label))
    base = amount if all(part.in_base for part in plan.parts) else None
    return taken, _line(named_so, Band.SHARP, energy, price, amount, base)


def _require_priced(plan: EnergyLinePlan, quantities: Quantities, arithmetic: Arithmetic) -> None:
    """Refuse energy in a band that one of the line's components has no price in."""
    for each in plan.unpriced:
        where, energy = "/metering_points", quantities.energy(group=plan.name.group, pieces=plan.pieces, band=each.band)
        if each.slot is not None:
            where, energy = each.slot.where, arithmetic.input(each.slot)
        if energy is not None:
            facts = {"group": plan.name.group, "band": each.band.value, "component": each.component}
            refusal = Refusal(RefusalCode.BAND_WITHOUT_PRICE, where, {**facts, "document": each.document})
            arithmetic.require(energy <= 0, refusal)
            arithmetic.require(energy >= 0, refusal)


def _billed(plan: EnergyLinePlan, quantities: Quantities, arithmetic: Arithmetic) -> components.BilledQuantity | None:
    if plan.slots:
        return components.BilledQuantity.of({band: arithmetic.input(slot) for band, slot in plan.slots})
    if plan.counted is not None:
        return counted_energy(
            plan.counted, quantities=quantities, pieces=plan.pieces, bands=plan.bands, arithmetic=arithmetic
        )
    return quantities.billed(group=plan.name.group, pieces=plan.pieces, bands=plan.bands)


def _bases(
    plan: EnergyLinePlan,
    billed: components.BilledQuantity,
    prices_by_part: Sequence[Mapping[Band, Value]],
    amounts: Mapping[Band, Value],
) -> dict[Band, Value]:
    """What the power-factor base takes of a line: all of it, or all but its excluded components, grain by grain."""
    excluded = [prices for part, prices in zip(plan.parts, prices_by_part, strict=True) if not part.in_base]
    if len(excluded) == len(plan.parts):
        return {}
    if not excluded:
        return dict(amounts)
    out = _amounts(plan, billed, excluded)
    return {
        band: amount - named(Term.EXCLUDED_PART, out[band], plan.name.code, plan.name.group, *of_band(band))
        for band, amount in amounts.items()
    }
