"""The sentences of problems; ``kernel.wording`` has them beside those of faults and refusals."""

from collections.abc import Mapping

from billcalc.kernel.codes import FaultCode, ProblemCode, RefusalCode, Wording

__all__ = ["PROBLEM_WORDING"]

PROBLEM_WORDING: Mapping[FaultCode | RefusalCode | ProblemCode, Wording] = {
    ProblemCode.CONVENTION_UNDOCUMENTED: Wording(
        "no document tells {key} for {area}; {chosen} was used",
        "compare with an issued bill of the area and record the convention",
    ),
    ProblemCode.DOCUMENT_UNVERIFIED: Wording(
        "{document} is known but has not been seen ({evidence})",
        "check it against the official text before relying on the lines that cite it",
    ),
    ProblemCode.DOCUMENT_PAST_SEEN: Wording(
        "{document} was last seen in force on {last}; {day} is later",
        "check that it was still in force",
    ),
    ProblemCode.GIVEN_FACT: Wording("{fact} was given with the request and not computed", "check it at its source"),
    ProblemCode.BAND_NOT_MEASURED: Wording(
        "metering point {point} tells nothing of band {register}, which group {group} has a price of",
        "give its register (0 where nothing was used), or say not_installed: [{register}]",
    ),
    ProblemCode.TOTAL_DIFFERS_FROM_BANDS: Wording(
        "metering point {point}: the total register shows {total} kWh, its bands together {bands} kWh",
        "check the meter if the difference is more than rounding",
    ),
    ProblemCode.ENERGY_SPLIT_BY_DAYS: Wording(
        "metering point {point} was not read on {day}, so its energy was split by days",
        "a reading of that day would settle it",
    ),
    ProblemCode.DEMAND_NOT_READ: Wording(
        "supply point {supply_point}: nothing tells the maximum demand of {of} from {start} to {end}, so the contract "
        "alone was billed for {span}",
        "give the demand register's reading at both ends; a demand of the whole cycle has no place in a part of it",
    ),
    ProblemCode.DISCOUNT_NOT_TESTED: Wording(
        "supply point {supply_point}: the discount for intensive use was not tested, because {missing} is not told",
        "give the transformers of every supply point and the energy of every metering point",
    ),
    ProblemCode.DISCOUNT_CAPACITY_CHANGED: Wording(
        "supply point {supply_point}: the contract capacity changed in the period, so the discount for intensive use "
        "was tested with its average by days",
        "ask which capacity the area's utility compares with",
    ),
    ProblemCode.CAPACITY_REPLACED: Wording(
        "supply point {supply_point}: transformers took each other's place in a cycle of {days} days; the capacity "
        "that stayed in service was billed as one month",
        "ask whether the area's utility bills each transformer by its own days",
    ),
    ProblemCode.CHANGE_NOT_COUNTED: Wording(
        "supply point {supply_point}: the {change} of {of} from {day} on is not billed as it is told: {reason} "
        "({rule})",
        "check the order; with conventions.basic.changes: as_stated it is billed as it is told",
    ),
    ProblemCode.CHANGE_UNSETTLED: Wording(
        "supply point {supply_point}: the {change} of {of} from {day} on is billed as it is told: {reason} ({rule})",
        "tell the day of its end where it is known",
    ),
    ProblemCode.CHANGE_AGAINST_RULES: Wording(
        "supply point {supply_point}: the {change} of {of} on {day}: {reason} ({rule})",
        "check the order; it is billed as it is told",
    ),
    ProblemCode.TWO_PART_BELOW_THRESHOLD: Wording(
        "supply point {supply_point}: {capacity} kVA are left from {day} on, less than the {least} kVA from which "
        "there are two parts ({rule})",
        "change the group to one part from that day on where the law asks for it",
    ),
    ProblemCode.MUTUAL_STANDBY: Wording(
        "supply point {supply_point}: its lines stand by for each other, and sources differ whether all of them are "
        "billed or the largest ({rule})",
        "ask which the area's utility bills",
    ),
    ProblemCode.DISCOUNT_PART_PERIOD: Wording(
        "supply point {supply_point}: the energy of a part of the cycle was compared with the full capacity and does "
        "not reach the discount for intensive use; with the capacity by days it would",
        "ask how the area's utility tests the month of a connection or an end",
    ),
    ProblemCode.DEMAND_DIFFERS: Wording(
        "supply point {supply_point}: the given maximum demand is {given} kW and the meters show {read} kW; the given "
        "one was billed, or where the terms change in the month and the meters tell each part, theirs",
        "check which of the two is right",
    ),
    ProblemCode.NO_ENERGY_USED: Wording(
        "{scope} used no active energy, so nothing was adjusted by its power factor on {span}",
        "check that its meters count; a plant that stands still pays its basic charge without an adjustment",
    ),
    ProblemCode.SETTLED_POWER_FACTOR: Wording(
        "{scope}: an estimate was settled below zero, and the power factor of what is left is {cosphi}, which adds "
        "{ratio} of the base of {span}",
        "settle the estimated months together, or give the power factor of the month's own use",
    ),
    ProblemCode.GIVEN_AND_COMPUTED: Wording(
        "the given line {line} of group {group} is billed beside {component}, which is calculated as well",
        "name {component} under supplies where the line stands for it; give the line another code where it does not",
    ),
    ProblemCode.AMOUNT_DIFFERS: Wording(
        "the given line {line} has the amount {amount}, and its {kwh} kWh at {price} make {product}: more than "
        "rounding lies between them",
        "check which of the three is right; leave the energy or the price out where they do not make the amount",
    ),
    ProblemCode.GIVEN_AGAINST_BASE: Wording(
        "the given line {line} was adjusted, as it says, though the convention power_factor.base leaves its section "
        "{section}, code or group out",
        "compare with the printed base; leave power_factor out, or state the base of the account",
    ),
    ProblemCode.RATIO_NOT_IN_TABLE: Wording(
        "no power factor has the given ratio {ratio}: the table of standard {standard} goes from {least} to {most}",
        "write it as a fraction (0.75 % less is -0.0075), or check the standard",
    ),
    ProblemCode.REST_NOT_TOLD: Wording(
        "the convention {key} was not applied to {lines} of group {group}: {rest} names {count} of these lines, and "
        "one must take what the others leave",
        "name the line that takes the rest, or state an empty list where the convention is not meant",
    ),
    ProblemCode.GIVEN_PARTLY_ASSESSED: Wording(
        "the given line {line} is of the whole period and was adjusted in full, though {scope} is not assessed on "
        "{span}",
        "give it in two lines, the part of those days with power_factor: none",
    ),
    ProblemCode.MINIMUM_WITH_ADJUSTMENT: Wording(
        "the minimum {line} is told of the bill; the power-factor adjustment was counted towards it",
        "ask whether the adjustment counts, and have the document name the sections (minimum_of)",
    ),
    ProblemCode.SUPPLIES_NOTHING: Wording(
        "the given line {line} stands for {component}, which group {group} does not pay",
        "check the code: what is not named as supplied is billed beside the given line",
    ),
    ProblemCode.EXCESS_DEMAND: Wording(
        "the maximum demand {metered} kW exceeds the contract's limit {limit} kW; the excess was charged by {rule}",
        "check how the area charges the band between the contract and the limit",
    ),
    ProblemCode.ESTIMATED_READING: Wording(
        "metering point {point} was not read on {day}: its reading is an estimate",
        "let the next actual reading settle it, with this one, of kind estimated, as its opening",
    ),
    ProblemCode.BELOW_ESTIMATE: Wording(
        "register {register} of metering point {point} shows less than was estimated before: {energy} kWh are settled",
        "check the estimate and the reading",
    ),
    ProblemCode.ROLLOVER_LARGE: Wording(
        "register {register} of metering point {point} counted {counted} through zero: over half of its range {range}",
        "check the readings and the meter's digits: it may have run backwards",
    ),
    ProblemCode.ENERGY_FED_BACK: Wording(
        "metering point {point} fed back {energy} kWh, which are not billed",
        "give them as a line or a quantity where the contract pays for them",
    ),
    ProblemCode.FROM_INTERVALS: Wording(
        "metering point {point}: {fact} was computed from intervals of {step} minutes", "check them at their source"
    ),
    ProblemCode.INTERVALS_FILLED: Wording(
        "metering point {point}: {count} intervals are missing, the first at {start}; {kwh} kWh were billed for "
        "them by the rule {fill}",
        "give them, or settle the difference when they are known",
    ),
    ProblemCode.INTERVALS_DIFFER: Wording(
        "metering point {point}: register {register} shows {read} kWh, and {intervals} kWh were billed from intervals",
        "check the meter, its multiplier and the intervals if the difference is more than rounding",
    ),
    ProblemCode.REGISTER_UNREAD: Wording(
        "nothing tells what register {register} of metering point {point} counted from {start} to {end}; the bill does "
        "not need it",
        "give its readings of both days where it is to be counted (the reading at the end of {last} is at: {end})",
    ),
    ProblemCode.DEMAND_ABOVE_CAPACITY: Wording(
        "supply point {supply_point}: the maximum demand {demand} kW is more than its transformers bear, {limit} kW",
        "check the reading, the multiplier and the transformers",
    ),
    ProblemCode.DEMAND_ABOVE_ENERGY: Wording(
        "supply point {supply_point}: a maximum demand of {demand} kW lasts {minutes} minutes and takes more than the "
        "{energy} kWh of {span}",
        "check the demand, the energy and their multipliers: one of them may be misread",
    ),
    ProblemCode.INTERVAL_ABOVE_CAPACITY: Wording(
        "metering point {point}: the interval from {start} is of {kw} kW, more than the transformers bear, {limit} kW",
        "check the value at its source",
    ),
    ProblemCode.STATED_WITHOUT_EFFECT: Wording(
        "{key} is stated, and nothing on this bill depends on it",
        "leave it out, or check what it was meant to decide",
    ),
    ProblemCode.SECTION_NOT_PRICED: Wording(
        "group {group} pays nothing for {section}, which the price of its class has in {area}",
        "give its price or its line, or say price_sheet.not_charged: [{section}] where that is meant",
    ),
    ProblemCode.BANDS_AT_ONE_PRICE: Wording(
        "group {group} is billed by time of use, and its energy has one price in all bands",
        "give the price of each band (equal ones where that is meant), or say time_of_use: false",
    ),
}
