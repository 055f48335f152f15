"""The checks: formulas over facts. What each fact is stands in ``facts``, what is said in ``words``, limits in data.

A fact of the month before has ``_1`` behind its name, of two and three months before ``_2`` and ``_3``, of the same
month of the year before ``_12``, of the bill before, which may be one of the same days, ``_0``. Shares are compared
across: a·E₀ − a₀·E in place of a ÷ E − a₀ ÷ E₀, so that nothing is rounded.
"""

from decimal import Decimal

from billcalc.audit.checks.check import Check, Kind, Level, both, either, made, when
from billcalc.kernel.values import Rounding, Value, absolute, cosphi, maximum, minimum, total

__all__ = ["CHECKS"]

_HOURS = 24
_MEAN_OF = 3


def period_gap(first_day: Value, end_day_1: Value, *, limit: Decimal) -> Value:
    """Days lie between two bills."""
    return when(first_day - end_day_1 > limit, first_day)


def period_overlap(first_day: Value, end_day_1: Value) -> Value:
    """Days are in two bills."""
    return when(first_day < end_day_1, first_day)


def period_length_abnormal(days: Value, days_1: Value, days_2: Value, days_3: Value, *, limit: Decimal) -> Value:
    """A bill is for many more or fewer days than the median of the three before."""
    middle = maximum(minimum(days_1, days_2), minimum(maximum(days_1, days_2), days_3))
    return when(absolute(days - middle) > limit, days)


def duplicate_bill(
    first_day: Value, first_day_0: Value, kwh: Value, kwh_0: Value, money: Value, money_0: Value
) -> Value:
    """The same period, or the same energy and the same money to the fen."""
    same = both(_equal(kwh, kwh_0), _equal(money, money_0), when(kwh > 0, kwh))
    return either(_equal(first_day, first_day_0), same)


def zero_total_with_energy(kwh: Value, money: Value) -> Value:
    """Energy without money."""
    return both(when(kwh > 0, kwh), _equal(money, kwh * 0))


def negative_item(negative_lines: Value) -> Value:
    """A line below zero that is no adjustment and no refund."""
    return when(negative_lines > 0, negative_lines)


def facts_disagree(active_kwh: Value, reactive_kvarh: Value, cosphi_told: Value, *, step: Decimal) -> Value:
    """The power factor is not that of its energies, rounded to a step."""
    return _differ(cosphi(active_kwh, reactive_kvarh, Rounding(step)), cosphi_told)


def two_part_not_applied(kva: Value, two_part: Value, industrial: Value, *, limit: Decimal) -> Value:
    """An industrial or commercial customer of this capacity pays no basic charge."""
    return both(when(kva >= limit, kva), when(industrial > 0, kva), _equal(two_part, kva * 0))


def one_part_with_basic_charge(two_part: Value, exempt: Value, basic_money: Value) -> Value:
    """A basic charge without two parts, or two parts without one."""
    charged = when(absolute(basic_money) > 0, basic_money)
    liable = both(when(two_part > 0, two_part), _equal(exempt, two_part * 0))
    return either(both(charged, _equal(two_part, two_part * 0)), both(liable, _equal(charged, two_part * 0)))


def basic_exemption_without_ground(exempt: Value) -> Value:
    """Nothing in the file says why no basic charge is paid."""
    return when(exempt > 0, exempt)


def one_and_half_price(agent: Value, agent_1: Value, one_and_half: Value, market_1: Value) -> Value:
    """One and a half times the agency price without having left the market, or the single one after having left it."""
    stayed = both(when(one_and_half > 0, one_and_half), when(agent_1 > 0, agent_1))
    return either(stayed, both(when(agent > 0, agent), when(market_1 > 0, market_1)))


def levy_exemption_without_ground(kwh: Value, levies_apart: Value, levy_money: Value) -> Value:
    """Energy at prices that have no surcharges in them, and none is paid."""
    return both(when(kwh > 0, kwh), when(levies_apart > 0, kwh), _equal(levy_money, kwh * 0))


def fixed_share_implausible(kwh: Value, residential_kwh: Value, by_share: Value, *, limit: Decimal) -> Value:
    """A share that was agreed on gives residents much of the energy."""
    return both(when(by_share > 0, kwh), when(residential_kwh > kwh * limit, kwh))


def band_share_shift(
    sharp_kwh: Value, sharp_kwh_1: Value,
    peak_kwh: Value, peak_kwh_1: Value,
    flat_kwh: Value, flat_kwh_1: Value,
    valley_kwh: Value, valley_kwh_1: Value,
    deep_valley_kwh: Value, deep_valley_kwh_1: Value,
    *, limit: Decimal,
) -> Value:  # fmt: skip
    """The share of a band is another one than the month before."""
    now = (sharp_kwh, peak_kwh, flat_kwh, valley_kwh, deep_valley_kwh)
    before = (sharp_kwh_1, peak_kwh_1, flat_kwh_1, valley_kwh_1, deep_valley_kwh_1)
    return _shifted(now, before, limit)


def band_share_implausible(
    sharp_kwh: Value, peak_kwh: Value, flat_kwh: Value, valley_kwh: Value, deep_valley_kwh: Value, *, limit: Decimal
) -> Value:
    """All is flat, or the expensive bands have nearly all."""
    whole = total((sharp_kwh, peak_kwh, flat_kwh, valley_kwh, deep_valley_kwh))
    all_flat = both(_equal(flat_kwh, whole), when(whole > 0, whole))
    return either(all_flat, when(sharp_kwh + peak_kwh > whole * limit, whole))


def registers_swapped(
    peak_kwh: Value, peak_kwh_1: Value,
    flat_kwh: Value, flat_kwh_1: Value,
    valley_kwh: Value, valley_kwh_1: Value,
    *, limit: Decimal, least: Decimal,
) -> Value:  # fmt: skip
    """The shares of two bands are nearer to the month before when they are exchanged."""
    peak, flat, valley = peak_kwh, flat_kwh, valley_kwh
    now, before = total((peak, flat, valley)), total((peak_kwh_1, flat_kwh_1, valley_kwh_1))

    def distance(first: Value, second: Value, third: Value) -> Value:
        pairs = ((first, peak_kwh_1), (second, flat_kwh_1), (third, valley_kwh_1))
        return total([absolute(ours * before - theirs * now) for ours, theirs in pairs])

    usual = distance(peak, flat, valley)
    exchanged = (distance(flat, peak, valley), distance(valley, flat, peak), distance(peak, valley, flat))
    nearest = minimum(minimum(exchanged[0], exchanged[1]), exchanged[2])
    return both(when(nearest < usual * limit, now), when(usual > now * before * least, now))


def class_share_shift(
    kwh: Value, kwh_1: Value, residential_kwh: Value, residential_kwh_1: Value,
    agricultural_kwh: Value, agricultural_kwh_1: Value, *, limit: Decimal,
) -> Value:  # fmt: skip
    """The share of a class is another one than the month before."""
    rest, rest_1 = kwh - residential_kwh - agricultural_kwh, kwh_1 - residential_kwh_1 - agricultural_kwh_1
    now, before = (residential_kwh, agricultural_kwh, rest), (residential_kwh_1, agricultural_kwh_1, rest_1)
    return _shifted(now, before, limit)


def basic_charge_jump(basic_money: Value, basic_money_1: Value, *, limit: Decimal) -> Value:
    """The basic charge is far from that of the month before."""
    return when(absolute(basic_money - basic_money_1) > absolute(basic_money_1) * limit, basic_money)


def capacity_overrun(demand_kw: Value, running_kva: Value, by_capacity: Value, *, limit: Decimal) -> Value:
    """Paid by capacity, and the demand is far above it."""
    return both(when(by_capacity > 0, demand_kw), when(demand_kw > running_kva * limit, demand_kw))


def demand_below_floor(demand_kw: Value, running_kva: Value, by_contract: Value, *, limit: Decimal) -> Value:
    """Paid by contracted demand, and the demand is below the floor."""
    return both(when(by_contract > 0, demand_kw), when(demand_kw < running_kva * limit, demand_kw))


def contract_below_floor(contract_kw: Value, running_kva: Value, *, limit: Decimal) -> Value:
    """The contracted demand is below the least that may be agreed."""
    return when(contract_kw < running_kva * limit, contract_kw)


def sealed_but_running(kwh: Value, days: Value, kva: Value, running_kva: Value, *, limit: Decimal) -> Value:
    """More energy than what runs can take, while something is sealed."""
    return both(when(running_kva < kva, kva), when(kwh > running_kva * days * _HOURS * limit, kwh))


def demand_zero(kwh: Value, demand_kw: Value) -> Value:
    """Energy without demand."""
    return both(when(kwh > 0, kwh), _equal(demand_kw, kwh * 0))


def demand_repeats(demand_kw: Value, demand_kw_1: Value) -> Value:
    """The demand is that of the month before."""
    return both(when(demand_kw > 0, demand_kw), _equal(demand_kw, demand_kw_1))


def standard_missing(kva: Value, standard: Value, industrial: Value, *, limit: Decimal) -> Value:
    """The power factor of a customer of this capacity is not assessed."""
    return both(when(kva >= limit, kva), when(industrial > 0, kva), _equal(standard, kva * 0))


def standard_against_class(standard: Value, farm: Value, *, of_farms: Decimal) -> Value:
    """The standard of farms at a customer who is none, or the other way round."""
    told = _equal(standard, standard * 0 + of_farms)
    return both(when(standard > 0, standard), _differ(told, farm))


def power_factor_shift(
    cosphi_told: Value, cosphi_told_1: Value, cosphi_told_2: Value, cosphi_told_3: Value, *, limit: Decimal
) -> Value:
    """The power factor is far from the mean of the three months before."""
    before = total((cosphi_told_1, cosphi_told_2, cosphi_told_3))
    return when(absolute(cosphi_told * _MEAN_OF - before) > limit * _MEAN_OF, cosphi_told)


def power_factor_below_standard(cosphi_told: Value, standard: Value) -> Value:
    """The power factor costs money."""
    return when(cosphi_told < standard, cosphi_told)


def power_factor_without_reactive(active_kwh: Value, reactive_kvarh: Value) -> Value:
    """Active energy without reactive energy."""
    return both(when(active_kwh > 0, active_kwh), _equal(reactive_kvarh, active_kwh * 0))


def reactive_above_active(
    active_kwh: Value, reactive_kvarh: Value, cosphi_told: Value, *, share: Decimal, least: Decimal
) -> Value:
    """Hardly any customer takes so much reactive energy."""
    much = when(reactive_kvarh > active_kwh * share, active_kwh)
    return either(much, when(cosphi_told < least, active_kwh))


def photovoltaic_power_factor(
    kwh: Value, kwh_12: Value, cosphi_told: Value, cosphi_told_12: Value, feeds_in: Value,
    *, share: Decimal, limit: Decimal,
) -> Value:  # fmt: skip
    """Fed in, half of the energy, and a lower power factor than a year before."""
    fell = when(cosphi_told_12 - cosphi_told >= limit, kwh)
    return both(when(feeds_in > 0, kwh), when(kwh < kwh_12 * share, kwh), fell)


def ratio_changed_without_order(multiplier: Value, multiplier_1: Value, exchanged: Value) -> Value:
    """Another multiplier than the month before, and no exchange was read."""
    return both(_differ(multiplier, multiplier_1), _equal(exchanged, multiplier * 0))


def opening_differs(opening: Value, closing_1: Value) -> Value:
    """The opening reading is not the closing one of the month before."""
    return _differ(opening, closing_1)


def zero_energy(kwh: Value, days: Value, running_kva: Value, *, limit: Decimal) -> Value:
    """Nothing was used for long."""
    return both(_equal(kwh, days * 0), when(days >= limit, days), when(running_kva > 0, days))


def energy_jump(kwh: Value, kwh_1: Value, *, limit: Decimal) -> Value:
    """The energy is far from that of the month before."""
    return when(absolute(kwh - kwh_1) > kwh_1 * limit, kwh)


def energy_against_last_year(kwh: Value, days: Value, kwh_12: Value, days_12: Value, *, limit: Decimal) -> Value:
    """The energy of a day is far from that of the year before."""
    return _far(kwh, days, kwh_12, days_12, limit)


def money_against_last_year(money: Value, days: Value, money_12: Value, days_12: Value, *, limit: Decimal) -> Value:
    """The money of a day is far from that of the year before."""
    return _far(money, days, money_12, days_12, limit)


def estimated_repeated(estimated: Value, estimated_1: Value) -> Value:
    """Two months in a row were not read."""
    return both(when(estimated > 0, estimated), when(estimated_1 > 0, estimated))


def estimate_suspected(kwh: Value, kwh_1: Value, kwh_2: Value, estimated: Value) -> Value:
    """Three months have the same energy, and none is marked as estimated."""
    same = both(_equal(kwh, kwh_1), _equal(kwh, kwh_2), when(kwh > 0, kwh))
    return both(same, _equal(estimated, kwh * 0))


def loss_missing(low_side: Value, loss_told: Value, high_voltage: Value) -> Value:
    """Measured below the transformer, and no rule of its loss."""
    return both(when(low_side > 0, low_side), when(high_voltage > 0, low_side), _equal(loss_told, low_side * 0))


def loss_on_high_side(low_side: Value, transformer_loss_kwh: Value) -> Value:
    """Measured above the transformer, and its loss is added once more."""
    return both(_equal(low_side, low_side * 0), when(transformer_loss_kwh > 0, low_side))


def loss_implausible(loss_kwh: Value, kwh: Value, *, limit: Decimal) -> Value:
    """The loss is a large share of the energy."""
    return when(loss_kwh > kwh * limit, kwh)


def change_review(changes: Value) -> Value:
    """An order of change in the cycle: a person looks at each of them."""
    return when(changes > 0, changes)


def correction_review(refund_lines: Value) -> Value:
    """A correction in the bill: a person looks at each of them."""
    return when(refund_lines > 0, refund_lines)


def correction_unfounded(bare_refunds: Value) -> Value:
    """A correction that tells neither what it is for nor the energy and the price that it was computed of."""
    return when(bare_refunds > 0, bare_refunds)


def change_without_order(
    kva: Value, kva_1: Value, running_kva: Value, running_kva_1: Value, changes: Value, changes_1: Value
) -> Value:
    """Other capacities than the month before, and neither month has an order of change."""
    differs = either(_differ(kva, kva_1), _differ(running_kva, running_kva_1))
    return both(differs, _equal(changes + changes_1, kva * 0))


def mode_changed_early(
    by_capacity: Value, by_capacity_1: Value, by_capacity_2: Value, by_capacity_3: Value,
    by_contract: Value, by_contract_1: Value, by_contract_2: Value, by_contract_3: Value,
) -> Value:  # fmt: skip
    """Another mode than the month before, and another change in the two months before that: a mode holds a quarter."""
    capacity, contract = (by_capacity, by_capacity_1, by_capacity_2, by_capacity_3), (
        by_contract, by_contract_1, by_contract_2, by_contract_3,
    )  # fmt: skip
    changed = [
        either(_differ(capacity[behind], capacity[behind + 1]), _differ(contract[behind], contract[behind + 1]))
        for behind in range(3)
    ]
    return both(changed[0], either(*changed[1:]))


def reading_day_moved(reading_day: Value, reading_day_1: Value, changes: Value, *, limit: Decimal) -> Value:
    """The cycle ends on another day than that of the month before, without an order."""
    moved = when(absolute(reading_day - reading_day_1) > limit, reading_day)
    return both(moved, _equal(changes, reading_day * 0))


def correction_repeated(
    refund_lines: Value, refund_lines_1: Value, refund_lines_2: Value, refund_lines_3: Value
) -> Value:
    """A correction, and another in one of the three months before."""
    before = total((refund_lines_1, refund_lines_2, refund_lines_3))
    return both(when(refund_lines > 0, refund_lines), when(before > 0, refund_lines))


def _equal(first: Value, second: Value) -> Value:
    return _differ(first, second) * -1 + 1


def _differ(first: Value, second: Value) -> Value:
    return when(absolute(first - second) > 0, first)


def _far(now: Value, days: Value, then: Value, days_then: Value, limit: Decimal) -> Value:
    return when(absolute(now * days_then - then * days) > absolute(then) * days * limit, now)


def _shifted(now: tuple[Value, ...], before: tuple[Value, ...], limit: Decimal) -> Value:
    """1 where one of the shares moved by more than the limit."""
    whole, whole_before = total(now), total(before)
    least = whole * whole_before * limit
    shifts = [absolute(ours * whole_before - theirs * whole) for ours, theirs in zip(now, before, strict=True)]
    return either(*(when(shift > least, shift) for shift in shifts))


_E, _W, _I, _STATIC = Level.CONTRADICTION, Level.IMPLAUSIBLE, Level.ADVICE, Kind.STATIC

CHECKS: tuple[Check, ...] = (
    made(period_gap, _W), made(period_overlap, _E), made(period_length_abnormal, _W), made(duplicate_bill, _E),
    made(facts_disagree, _W), made(zero_total_with_energy, _W), made(negative_item, _I),
    made(two_part_not_applied, _W, _STATIC), made(one_part_with_basic_charge, _W),
    made(one_and_half_price, _W), made(levy_exemption_without_ground, _W, _STATIC),
    made(basic_exemption_without_ground, _W, _STATIC), made(fixed_share_implausible, _W, _STATIC),
    made(band_share_shift, _W), made(band_share_implausible, _W), made(registers_swapped, _W),
    made(class_share_shift, _W),
    made(basic_charge_jump, _W), made(capacity_overrun, _W), made(demand_below_floor, _W),
    made(contract_below_floor, _W, _STATIC), made(sealed_but_running, _W), made(demand_zero, _E),
    made(demand_repeats, _W),
    made(standard_missing, _W, _STATIC), made(standard_against_class, _W, _STATIC), made(power_factor_shift, _W),
    made(power_factor_below_standard, _I), made(power_factor_without_reactive, _W), made(reactive_above_active, _W),
    made(photovoltaic_power_factor, _I),
    made(ratio_changed_without_order, _E, _STATIC), made(opening_differs, _E), made(zero_energy, _W),
    made(energy_jump, _W), made(energy_against_last_year, _W), made(money_against_last_year, _W),
    made(estimated_repeated, _W), made(estimate_suspected, _W),
    made(loss_missing, _E, _STATIC), made(loss_on_high_side, _E, _STATIC), made(loss_implausible, _W),
    made(change_review, _I), made(change_without_order, _E, _STATIC), made(correction_review, _I),
    made(correction_unfounded, _W), made(correction_repeated, _W), made(mode_changed_early, _E, _STATIC),
    made(reading_day_moved, _W),
)  # fmt: skip
"""All of them, by topic."""
