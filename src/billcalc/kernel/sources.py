"""Where a figure or a rule comes from, and how well it was seen."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Evidence", "Source", "weakest"]


class Evidence(StrEnum):
    """How a document's content was seen; declared from the strongest to the weakest."""

    OFFICIAL_TEXT = "official_text"
    OFFICIAL_QUOTED = "official_quoted"
    SECONDARY = "secondary"
    INFERRED = "inferred"
    UNVERIFIED = "unverified"
    GIVEN = "given"
    """Stated in the request: as good as the requester's word; it proves nothing about a published price."""


_RANK = {evidence: rank for rank, evidence in enumerate(Evidence)}


@dataclass(frozen=True, slots=True)
class Source:
    """One document (or the request itself) as a line cites it.

    Attributes:
        id: the tariff document's id, such as ``cn/guangxi/levies/2024-06``, or ``request``.
        title: the document's title, as printed.
        evidence: how it was seen.
        number: its document number, or None when it has none.
        clause: the article or table, or None.
        url: where it was read, or None.
    """

    id: str
    title: str
    evidence: Evidence
    number: str | None = None
    clause: str | None = None
    url: str | None = None


def weakest(evidence: Iterable[Evidence]) -> Evidence:
    """The weakest grade among some: what a bill that rests on all of them can claim; of none, the strongest.

    >>> weakest([Evidence.OFFICIAL_TEXT, Evidence.INFERRED]).value
    'inferred'
    """
    return max(evidence, key=_RANK.__getitem__, default=Evidence.OFFICIAL_TEXT)
