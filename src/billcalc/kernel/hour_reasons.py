"""Why prices by interval are not billed: a closed list, said by ``words`` as the other reasons are."""

from enum import StrEnum

__all__ = ["HourReason"]


class HourReason(StrEnum):
    """What of prices by interval does not go together with a component, with energy, or with an area."""

    SERIES_OF_COMPONENT = "series_of_component"
    SERIES_FINER = "series_finer"
    SERIES_NOT_ALIGNED = "series_not_aligned"
    SERIES_WITHOUT_INTERVALS = "series_without_intervals"
    SERIES_OF_PARTS = "series_of_parts"
    PRICE_UNIT = "price_unit"
    PRICE_CURRENCY = "price_currency"
