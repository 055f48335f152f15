"""The layout of a table that has both: what bills are calculated from, and what was issued."""

from collections.abc import Mapping

from pydantic import Field

from billcalc.fields import Model
from billcalc.runs.issued_tables import IssuedTable

__all__ = ["TableLayout"]


class TableLayout(Model):
    """What the columns of a table of bills are.

    Attributes:
        requests: column → place in the request; ``month`` is the cycle and the period.
        separators: whether numbers have separators of thousands.
        issued: the amounts.
    """

    requests: Mapping[str, str] = Field(min_length=1)
    separators: bool = False
    issued: IssuedTable
