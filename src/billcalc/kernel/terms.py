"""The names of everything a derivation can speak of: the glossary's identifiers, one word, one meaning."""

from enum import StrEnum

__all__ = ["Term"]


class Term(StrEnum):
    """What a value is. ``explain`` has the English and the Chinese word for each."""

    # metering
    OPENING_READING = "opening_reading"
    CLOSING_READING = "closing_reading"
    MULTIPLIER = "multiplier"
    ROLLOVER_RANGE = "rollover_range"
    READ_ENERGY = "read_energy"
    METERED_ENERGY = "metered_energy"
    FLAT_REMAINDER = "flat_remainder"
    REMAINING_ENERGY = "remaining_energy"
    GIVEN_ENERGY = "given_energy"
    INTERVAL_ENERGY = "interval_energy"
    SUB_METERED_ENERGY = "sub_metered_energy"
    SUB_METER_SHARE = "sub_meter_share"
    FIXED_ENERGY = "fixed_energy"
    BILLED_ENERGY = "billed_energy"
    SPLIT_ENERGY = "split_energy"
    DAYS = "days"
    DAYS_OF_CYCLE = "days_of_cycle"
    WEIGHTED_DAYS = "weighted_days"
    WEIGHTED_DAYS_OF_CYCLE = "weighted_days_of_cycle"

    # basic charge
    CAPACITY = "capacity"
    KEPT_CAPACITY = "kept_capacity"
    DAYS_APART = "days_apart"
    DUE_SHARE = "due_share"
    CAPACITY_DAYS = "capacity_days"
    BILLED_CAPACITY = "billed_capacity"
    RUNNING_CAPACITY = "running_capacity"
    CONTRACTED_DEMAND = "contracted_demand"
    FLOOR_SHARE = "floor_share"
    DEMAND_FLOOR = "demand_floor"
    DEMAND_BASIS = "demand_basis"
    DEMAND_LIMIT = "demand_limit"
    MAXIMUM_DEMAND = "maximum_demand"
    DEMAND_SHARE = "demand_share"
    DEMAND_PART = "demand_part"
    BILLED_DEMAND = "billed_demand"
    CYCLE_ENERGY = "cycle_energy"
    DISCOUNT_THRESHOLD = "discount_threshold"
    DISCOUNT_FACTOR = "discount_factor"
    DISCOUNT_LIMIT = "discount_limit"
    DISCOUNTED_PRICE = "discounted_price"
    CONTRACT_CAPACITY = "contract_capacity"

    # prices and amounts
    UNIT_PRICE = "unit_price"
    FLOAT_RATIO = "float_ratio"
    FLOATED_PRICE = "floated_price"
    BAND_AMOUNT = "band_amount"
    JOINT_AMOUNT = "joint_amount"
    SURCHARGE_FACTOR = "surcharge_factor"
    AMOUNT = "amount"
    BILLED_BEFORE = "billed_before"
    GIVEN_AMOUNT = "given_amount"
    EXCLUDED_PART = "excluded_part"
    BILLED_QUANTITY = "billed_quantity"
    MONTHS = "months"
    LEAST_DUE = "least_due"
    COUNTED_TOWARDS = "counted_towards"

    # power factor
    ACTIVE_ENERGY = "active_energy"
    REACTIVE_ENERGY = "reactive_energy"
    POWER_FACTOR = "power_factor"
    POWER_FACTOR_RATIO = "power_factor_ratio"
    POWER_FACTOR_BASE = "power_factor_base"
    LINE_ADJUSTMENT = "line_adjustment"

    TOTAL = "total"
