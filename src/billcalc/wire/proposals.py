"""Proposals for a mapping as data."""

from typing import TypedDict

from billcalc.audit.proposals import Proposal
from billcalc.wire.schema import Number
from billcalc.words.naming import money

__all__ = ["ProposalData", "proposal_data"]


class ProposalData(TypedDict):
    """A printed name that has no meaning yet, and our codes that make its amount."""

    name: str
    rows: list[int]
    codes: list[str]
    band: str | None
    amount: Number


def proposal_data(proposal: Proposal) -> ProposalData:
    """A proposal as plain data."""
    return {
        "name": proposal.name,
        "rows": list(proposal.rows),
        "codes": list(proposal.codes),
        "band": None if proposal.band is None else proposal.band.value,
        "amount": money(proposal.amount),
    }
