"""The places of the numbers that a plan leaves open."""

from typing import NamedTuple

__all__ = ["LAST_DIGIT", "Slot"]

LAST_DIGIT = "last digit"
"""The use of a number's slot that holds the place value of the last digit it is written to, 0.01 of 0.50."""


class Slot(NamedTuple):
    """One number that a plan leaves open: the customer's, or one that dates and intervals decide.

    Attributes:
        where: the JSON pointer of the number in the request, or of the list that it is computed of; empty for days.
        use: which use of the number, where it has two (a reading at a cut opens one run and closes another); of a
            computed one, what it is.
    """

    where: str
    use: str = ""
