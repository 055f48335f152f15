"""What every tariff document tells of itself: when it is in force, where it comes from, how well it was seen."""

from datetime import date

from pydantic import Field, model_validator

from billcalc.fields import Code, Day, Model, Text, fault_error
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.reasons import Reason
from billcalc.kernel.sources import Evidence, Source
from billcalc.kernel.spans import Span
from billcalc.vocabulary import Kind

__all__ = ["Effective", "Header", "Publication", "SeenInForce", "span_of"]


class Effective(Model):
    """When a document is in force; its end is its successor's start where ``repealed_on`` does not tell another."""

    start: Day = Field(alias="from")
    repealed_on: Day | None = None

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> "Effective":
        if self.repealed_on is not None and self.repealed_on <= self.start:
            raise fault_error(FaultCode.SPAN_REVERSED, start=str(self.start), end=str(self.repealed_on))
        return self


class SeenInForce(Model):
    """The first and last day on which a document of unknown start was seen in force, both inclusive."""

    first: Day
    last: Day

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> "SeenInForce":
        if self.last < self.first:
            raise fault_error(FaultCode.INCONSISTENT, reason=Reason.SEEN_REVERSED)
        return self


class Publication(Model):
    """The published document."""

    title: Text
    number: Text | None = None
    issuer: Text | None = None
    issued: Day | None = None
    url: Text | None = None
    clause: Text | None = None


class Header(Model):
    """What every document tells of itself.

    Attributes:
        id: where it lies in the library, without the suffix: ``cn/guangxi/levies/2024-06``.
        kind: what it states.
        area: the area it is for; ``cn`` for the nation.
        effective, seen_in_force: exactly one of them dates it.
        supersedes: the id of a document it corrects and takes the place of, on all its days.
        recorded_on: the day it was entered.
        fixtures: the real bills it was inferred from.
        acknowledged: by the code of a warning of ``billcalc tariffs check`` why the document is right all the same; no
            part of what it states.

    Left out: ``amends``, a document that changes a part of another, except where a kind says how (time of use).
    """

    id: Text
    kind: Kind
    area: Text
    effective: Effective | None = None
    seen_in_force: SeenInForce | None = None
    document: Publication
    evidence: Evidence
    recorded_on: Day
    supersedes: Text | None = None
    fixtures: tuple[Text, ...] = ()
    note: Text | None = None
    acknowledged: dict[Code, Text] = Field(default_factory=dict, exclude=True)

    @model_validator(mode="after")
    def _is_dated_once(self) -> "Header":
        if (self.effective is None) == (self.seen_in_force is None):
            raise fault_error(FaultCode.INCONSISTENT, reason=Reason.DATED_ONCE)
        return self

    @property
    def start(self) -> date:
        """The first day on which it can be applied."""
        if self.effective is not None:
            return self.effective.start
        assert self.seen_in_force is not None
        return self.seen_in_force.first

    @property
    def source(self) -> Source:
        """How a line cites it."""
        publication = self.document
        return Source(
            id=self.id,
            title=publication.title,
            number=publication.number,
            clause=publication.clause,
            url=publication.url,
            evidence=self.evidence,
        )


def span_of(header: Header, successor: date | None) -> Span:
    """The days a document is in force, given the start of the next of its kind and area (or None)."""
    end = header.effective.repealed_on if header.effective is not None else None
    return Span(header.start, end if end is not None else successor)
