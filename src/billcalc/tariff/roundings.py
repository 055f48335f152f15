"""The type of the steps that tariffs and conventions round to."""

from billcalc.fields import AboveZero

__all__ = ["RoundingStep"]

RoundingStep = AboveZero
"""The last place that is kept, such as 0.01; above zero."""
