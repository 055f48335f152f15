"""What the form is filled in with: the customer of ``REQUEST``."""

__all__ = ["FILLED"]

FILLED = {
    "area": "cn-guangxi",
    "month": "2024-06",
    "class": "industrial_commercial",
    "billing": "two_part",
    "voltage": "110kV",
    "purchase": "agent",
    "time_of_use": "yes",
    "mode": "capacity",
    "transformers": "63000 63000",
    "contract": "",
    "standard": "0.90",
    "read": "yes",
    "multiplier": "660000",
    "digits": "6",
    "opening_peak": "0",
    "closing_peak": "0.2",
    "opening_flat": "0",
    "closing_flat": "0.16",
    "opening_valley": "0",
    "closing_valley": "0.38",
    "opening_reactive_forward": "0",
    "closing_reactive_forward": "0.3",
}
