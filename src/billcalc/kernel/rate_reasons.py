"""Why a rate of the URDB kind becomes no documents: a closed list, said by ``words`` as the other reasons are."""

from enum import StrEnum

__all__ = ["RateReason"]


class RateReason(StrEnum):
    """What of a rate no document can say."""

    RATE_TIERS = "rate_tiers"
    RATE_TIER_ENDS = "rate_tier_ends"
    RATE_SELL = "rate_sell"
    RATE_UNIT = "rate_unit"
    RATE_SCHEDULE = "rate_schedule"
    RATE_PERIOD = "rate_period"
    RATE_LOOKBACK = "rate_lookback"
    RATE_BANDS = "rate_bands"
    RATE_DAYS = "rate_days"
    RATE_AREA = "rate_area"
    RATES_OF_A_FILE = "rates_of_a_file"
