"""Every code of a fault, a refusal and a problem, with its English sentence: what is the matter, and what to do.

``docs/errors.md`` has a heading for each code and ``explain.chinese`` a Chinese sentence; tests keep the three equal.
"""

from billcalc.kernel.codes import FaultCode, ProblemCode, RefusalCode, Wording
from billcalc.kernel.problem_wording import PROBLEM_WORDING

__all__ = ["WORDING", "FaultCode", "ProblemCode", "RefusalCode", "Wording"]


WORDING: dict[FaultCode | RefusalCode | ProblemCode, Wording] = {
    FaultCode.CANNOT_READ: Wording("the input cannot be read: {reason}", "check its name, and that you may read it"),
    FaultCode.CANNOT_WRITE: Wording(
        "this cannot be written: {reason}", "check the name, the room on the disk, and that you may write there"
    ),
    FaultCode.SYSTEM_FAILED: Wording("the system does not go on: {reason}", "remove the cause and run again"),
    FaultCode.OUTPUT_CLASHES: Wording(
        "writing this would destroy {other}, which the same run reads or writes", "give the output a name of its own"
    ),
    FaultCode.INPUT_CHANGED: Wording(
        "the input was changed while it was read, so nothing was written",
        "let nothing write it during a run, and run again",
    ),
    FaultCode.OTHER_RUN: Wording(
        "the parts are of an interrupted run with other {differing}",
        "run that one again, or throw its parts away with --restart",
    ),
    FaultCode.PART_DAMAGED: Wording(
        "{count} parts were changed by something else while the run went on, so nothing was written",
        "run again: they are billed anew",
    ),
    FaultCode.TOO_MANY_ROWS: Wording("{rows} rows are more than the {limit} of a workbook", "write .parquet or .csv"),
    FaultCode.INTERNAL: Wording(
        "billcalc failed by a fault of its own: {what}", "report it, with what billcalc doctor prints"
    ),
    FaultCode.EMPTY: Wording("the input is empty", "give a document, or check its name"),
    FaultCode.TOO_LARGE: Wording(
        "the input is larger than {limit} bytes",
        "split it, or raise the limit with --max-bytes",
    ),
    FaultCode.TOO_DEEP: Wording(
        "the input is nested more than {limit} levels deep", "flatten it: no request needs that"
    ),
    FaultCode.TOO_MANY: Wording(
        "{count} entries stand here, and at most {limit} may",
        "leave out what is not needed, or bill it in several requests",
    ),
    FaultCode.SPAN_TOO_LONG: Wording(
        "the span from {start} to {end} has {days} days, and at most {limit} are billed at once",
        "bill it in several requests",
    ),
    FaultCode.TOO_MUCH_WORK: Wording(
        "the calculation takes more than {limit} s of a processor and was ended", "bill it in several requests"
    ),
    FaultCode.MORE_FAULTS: Wording("there are {count} more faults", "correct those that are told first"),
    FaultCode.NOT_TEXT: Wording("the input is not UTF-8 text (byte {byte})", "save it as UTF-8"),
    FaultCode.SYNTAX: Wording("the text cannot be read: {reason}", "correct it at this place"),
    FaultCode.STRAY_QUOTE: Wording(
        "the quoted cell that begins here is never closed, or goes on behind its closing quote",
        "put the whole cell in quotes, and write a quote inside it as two",
    ),
    FaultCode.SPOILT_NAME: Wording(
        '"{value}" is what a spreadsheet has left of a number: its other digits are lost',
        "export it again, with this column formatted as text before the digits are entered or opened",
    ),
    FaultCode.TWICE: Wording(
        "the account {account} came before for the same time, in row {row} of {file}",
        "keep one of the two rows; other months, or parts of one, are told by cycle and period",
    ),
    FaultCode.SEVERAL_MONTHS: Wording(
        "the account {account} has recomputed bills of several months, and the issued table does not tell its month",
        "name the column of the month (month: …), or compare the months one by one",
    ),
    FaultCode.SEVERAL_SHEETS: Wording(
        "several sheets of the workbook are filled: {known}", "name the one to read behind a #, as in {one}"
    ),
    FaultCode.OTHER_SEPARATOR: Wording(
        "between the names of the columns stands {separator}, and no comma", "save the table as CSV with commas"
    ),
    FaultCode.ALIAS: Wording("YAML anchors and aliases are not accepted ({name})", "write the value out"),
    FaultCode.DUPLICATE_KEY: Wording('the key "{key}" stands twice in one mapping', "keep one of them"),
    FaultCode.UNKNOWN_KEY: Wording('the key "{key}" is not known here', "use one of: {known}"),
    FaultCode.MISSING_KEY: Wording('the key "{key}" is missing', "add it"),
    FaultCode.UNKNOWN_WORD: Wording('"{value}" is not an accepted value', "use one of: {known}"),
    FaultCode.WRONG_TYPE: Wording("{reason}", "correct the value {value}"),
    FaultCode.NOT_A_NUMBER: Wording("{reason}", "correct the number"),
    FaultCode.JSON_NUMBER: Wording(
        "{value} is a JSON number, which many programs turn into a float",
        'write it as the string "{value}"',
    ),
    FaultCode.NEGATIVE: Wording("{value} is negative", "give a value of zero or more; a refund is a given line"),
    FaultCode.OUT_OF_RANGE: Wording("{value} is not within {range}", "correct the value"),
    FaultCode.SPAN_REVERSED: Wording(
        "the span from {start} to {end} does not end after it starts",
        "the end is the first day after the span",
    ),
    FaultCode.BAND_NOT_PRICED: Wording(
        'component "{component}" has no price for band "{band}"',
        "price the band; a component may list one without energy under unpriced, and of prices of the customer's own "
        "the one under total is that of all bands not named",
    ),
    FaultCode.OVERLAPPING_DOCUMENTS: Wording(
        "{first} and {second} are both in force on {span}",
        "end one with repealed_on, or let the later one supersede the other",
    ),
    FaultCode.DUPLICATE_DOCUMENT: Wording("{first} and {second} have one id", "rename one of the files"),
    FaultCode.DUPLICATE_ID: Wording('the id "{id}" stands twice', "give each its own id"),
    FaultCode.UNKNOWN_REFERENCE: Wording('there is no {kind} "{id}"', "use one of: {known}"),
    FaultCode.CYCLE_NOT_A_MONTH: Wording(
        "the cycle {span} is no month from one day to the same day; its first day after would be {meant}",
        "correct the cycle (to is the first day after it); two to twelve months are billed month by month",
    ),
    FaultCode.AGREEMENT_GAP: Wording(
        "the agreement says nothing about {span}",
        "let its first entry start on or before the first day billed",
    ),
    FaultCode.READINGS_NOT_ORDERED: Wording("the readings are not in the order of their days", "sort them by at"),
    FaultCode.READING_OUTSIDE: Wording(
        "the reading of {day} lies outside the billed period {span}",
        "a reading at the end of a day has the date of the next day",
    ),
    FaultCode.CLOSING_BELOW_OPENING: Wording(
        "register {register} ran backwards: the closing reading {closing} is below the opening reading {opening}",
        "if it went through zero, say rollover: [{register}] beside the closing reading; otherwise correct them",
    ),
    FaultCode.UNKNOWN_STANDARD: Wording(
        '"{value}" is not a power-factor standard',
        'use one of: {known}, or "none" where the supply point is not assessed',
    ),
    FaultCode.CAPACITY_MISSING: Wording(
        "the basic charge ({mode}) depends on the capacity of supply point {supply_point}, which has no transformer",
        "list its transformers with their kVA, or choose another basic mode",
    ),
    FaultCode.CONTRACT_MISSING: Wording(
        "the basic charge is by contracted demand but no contract of supply point {supply_point} is given",
        "give basic.contracts.{supply_point} in kW, or regular where only one supply point pays",
    ),
    FaultCode.INCONSISTENT: Wording("{reason}", "correct one of the two"),
    FaultCode.HOURS_WITHOUT_BAND: Wording(
        "{hours} from {day} on are in no band for {key}", "add them to a band, or state the remainder"
    ),
    FaultCode.READING_ABOVE_METER: Wording(
        "register {register} cannot show {reading}: its meter has {digits} digits before the decimal point",
        "correct the reading (a digit too many makes ten times the energy), or digits in the meter's config",
    ),
    FaultCode.READING_TOO_FINE: Wording(
        "register {register} cannot show {reading}: its meter has {decimals} digits after the decimal point",
        "correct the reading, or decimals in the meter's config",
    ),
    FaultCode.ROLLOVER_AND_RISE: Wording(
        "register {register} is marked to have gone through zero and rose from {opening} to {closing}",
        "leave the rollover mark out, or correct the readings",
    ),
    FaultCode.DEMAND_BELOW_MEAN: Wording(
        "supply point {supply_point}: the maximum demand {demand} kW is below the mean power of the {energy} kWh of "
        "{span}",
        "check the demand, the energy and their multipliers: one of them was misread",
    ),
    FaultCode.MULTIPLIER_ZERO: Wording(
        "the multiplier of the meter is 0, so that whatever it counted would be nothing",
        "give the product of its transformers' ratios, or 1 where it has none",
    ),
    FaultCode.AMOUNT_TOO_FINE: Wording(
        "the given amount {amount} is finer than a fen, so that the lines would not sum to the total",
        "give it as it is billed, with two decimals",
    ),
    FaultCode.INTERVAL_OUTSIDE: Wording(
        "the interval that starts at {start} by the clock of the area ({clock}) is of no day of {span}",
        "give the intervals of these days: a day begins at 00:00 by this clock, in whatever offset it is written",
    ),
    FaultCode.INTERVAL_NOT_ALIGNED: Wording(
        "the intervals start at {start} by the clock of the area, which is no multiple of {step} minutes",
        "let the first start on a multiple of the step",
    ),
    FaultCode.TIME_NOT_READ: Wording(
        "{value} is not read: a time is written with the year first, as {expected}", "write it so; the hour is 0 to 24"
    ),
    FaultCode.TIME_WITHOUT_ZONE: Wording(
        "{value} has no offset, and no zone is told", "write the offset, such as +08:00, or tell the zone of the clock"
    ),
    FaultCode.CLOCK_CHANGES: Wording(
        "{value} is not one time by the clock of {zone}, which changes then", "give its intervals with their offsets"
    ),
    FaultCode.STEP_DIFFERS: Wording(
        "the intervals here are {seen} minutes apart, and {step} minutes are said",
        "say the step that they have; where some are missing, give them with an empty value",
    ),
    FaultCode.HOURS_OF_DAY: Wording(
        "the heads do not make the hours of a day: missing {missing}; out of place or there twice {twice}; other heads "
        "{others}",
        "name each column by the time at which its interval starts (0:00, 0:15 …), or all by their ends, up to 24:00",
    ),
    FaultCode.SEVERAL_METERS: Wording(
        'the column "{column}" tells rows of several meters or channels apart: {known}',
        'read one at a time: meter="{first}"',
    ),
    FaultCode.UNKNOWN_AREA: Wording(
        'there is no area "{area}"',
        "take one of docs/codes.md (the nearest are {nearest}), or tell an area of your own under own_area",
    ),
    RefusalCode.NO_DOCUMENT: Wording(
        "no document of kind {kind} is in force in {area} on {day}",
        "add the document to the tariffs, or give its content with the request",
    ),
    RefusalCode.NO_PRICE: Wording(
        "no price of {wanted} for {key} on {day}",
        "add the row to the document {document}, or give a price sheet with the request",
    ),
    RefusalCode.PRICE_NOT_GIVEN: Wording(
        'component "{component}" is priced by the customer\'s own contract, and the request does not give the price',
        "give it under price_sheet.prices",
    ),
    RefusalCode.PRICE_PARTS_UNKNOWN: Wording(
        "the price sheet gives {component} as a total, and a part of it is needed: by the power-factor base, or beside "
        "a line or price of the request's own",
        "give a sheet by components, or a given line that stands for what is needed as a whole",
    ),
    RefusalCode.REGISTER_MISSING: Wording(
        "metering point {point} has no register {register}, which {needed_by} needs",
        "give its readings, or say not_installed: [{register}]",
    ),
    RefusalCode.READING_MISSING: Wording(
        "nothing tells what register {register} of metering point {point} counted from {start} to {end}",
        "give its readings of both days (the reading at the end of {last} is at: {end}), or the quantities as given",
    ),
    RefusalCode.CHANGE_WITHOUT_READING: Wording(
        "{what} changes on {day} and metering point {point} was not read then",
        "give a reading of that day",
    ),
    RefusalCode.DEMAND_MISSING: Wording(
        "supply point {supply_point} is billed by demand, and nothing tells the maximum demand of {of} from {start} to "
        "{end}",
        "give the demand register of each of its metering points at both ends, say not_installed: [maximum_demand] for "
        "one that is not to be added, or give facts.demand_kw",
    ),
    RefusalCode.NO_ACTIVE_ENERGY: Wording(
        "{scope} used reactive but no active energy, so its power factor would be 0.00",
        "decide power_factor.no_energy for the area, or give the ratio",
    ),
    RefusalCode.POWER_FACTOR_NOT_MEASURED: Wording(
        "the power factor of {scope} adjusts lines of this bill, and no {energy} energy was measured for it",
        "give the readings, or facts.{scope}.cosphi, or the standard none where it is not assessed",
    ),
    RefusalCode.NEGATIVE_ENERGY: Wording(
        "the billed energy of {group} in band {band} is below zero",
        "check the sub-meters and adjustments that are taken off it",
    ),
    RefusalCode.CHILD_ABOVE_PARENT: Wording(
        "sub-meter {child} takes more from band {band} of {point} than there is",
        "check the readings and the fixed quantity",
    ),
    RefusalCode.NOT_SUPPORTED: Wording("{what} is not calculated yet", "give the affected lines with the request"),
    RefusalCode.NO_BANDS: Wording(
        "{document} does not tell the bands of {key}", "add the rows to it, or give the energy by band"
    ),
    RefusalCode.BAND_WITHOUT_PRICE: Wording(
        "group {group} used energy in band {band}, and {component} has no price in it",
        "check the registers: {document} knows the band and gives it no price; where the energy is right, give the "
        "component with the request (price_sheet)",
    ),
    RefusalCode.EVENT_NOT_GIVEN: Wording(
        "the bands of {needed_by} depend on {measure} of {day}, which is not given", "give it under events"
    ),
    RefusalCode.INTERVALS_MISSING: Wording(
        "metering point {point}: {count} intervals are missing, the first at {start}",
        "give them, or choose how they are filled: zero or neighbours",
    ),
    RefusalCode.NOTHING_TO_FILL_FROM: Wording(
        "metering point {point}: all {count} intervals are missing, and there are no neighbours to fill them from",
        "give some of them, or the quantities as given",
    ),
    RefusalCode.OTHER_CURRENCY: Wording(
        "bills are calculated in CNY, and the area's currency is {currency}",
        "convert the prices and say CNY; there is no other way yet",
    ),
    RefusalCode.LOSS_NOT_CALCULATED: Wording(
        "metering point {point} is on the low side of a transformer of a customer on high voltage, and it is not told "
        "how the losses that come on top are calculated",
        "tell losses.transformer: by formula, coefficient, table, fixed or share; or none, where none is added by "
        "agreement or the energies have it in them",
    ),
    RefusalCode.LOSS_NOT_TOLD: Wording(
        "{document} does not tell what a transformer of series {series} and {kva} kVA, such as {transformer}, loses",
        "give its own numbers (p0_kw, pk_kw, i0_percent, uk_percent, or the bands of its table)",
    ),
    RefusalCode.LOSS_OF_NEGATIVE_ENERGY: Wording(
        "metering point {point} counted {energy} kWh, less than nothing, and the loss of that is not known",
        "settle the estimated months together, or tell the loss as fixed or as a share",
    ),
    RefusalCode.TRANSFORMERS_AT_REST: Wording(
        "metering point {point} counted {energy} kWh on {span}, and none of its transformers ran then",
        "check the states of the transformers and the readings",
    ),
    RefusalCode.ENERGY_NOT_MEASURED: Wording(
        "nothing tells the energy of metering point {point}: it has no {register} register",
        "give its readings, its intervals, or given.kwh",
    ),
    RefusalCode.TOTAL_REGISTER_MISSING: Wording(
        "the convention power_factor.active: total needs the total register of metering point {point}",
        "give its readings or given.kwh.total, or state power_factor.active: bands",
    ),
    RefusalCode.NOT_A_MONTH: Wording(
        "{what} is told by the month, and the cycle has {days} days",
        "give the cycle of one month; bill several months one by one",
    ),
    **PROBLEM_WORDING,
}
