"""A place of a request that nothing depends on."""

from typing import NamedTuple

from billcalc.kernel.troubles import Severity

__all__ = ["Unread"]


class Unread(NamedTuple):
    """The place of what is not read, and how much that matters.

    Attributes:
        value: what stands there, where the place alone does not tell it: an entry of a list.
    """

    where: str
    severity: Severity
    value: str = ""

    @property
    def key(self) -> str:
        """Its path as the columns of a table name it, and its value."""
        path = self.where.strip("/").replace("/", ".")
        return f"{path} ({self.value})" if self.value else path
