"""The rules that corrections follow, as dated documents: the clause, its evidence, and the numbers it has."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated

from pydantic import Field

from billcalc.corrections.case import Cause
from billcalc.fields import AboveZero, Day, Id, Model, Text, at_most
from billcalc.kernel.sources import Evidence, Source

__all__ = ["CorrectionRule", "CorrectionRules", "rule_in_force"]


class CorrectionRule(Model):
    """What a clause says of some causes.

    Attributes:
        clause: the article, where it was seen.
        share: the part of the time that is corrected [1].
        english, chinese: the rule in our own words.
    """

    causes: Annotated[tuple[Cause, ...], at_most("words")]
    clause: Text | None = None
    share: AboveZero
    english: Text
    chinese: Text
    evidence: Evidence
    url: Text | None = None


class CorrectionRules(Model):
    """A document of rules, in force from a day on.

    Attributes:
        factor_step: to what a correction factor with a root in it is rounded, and any is shown [1].
    """

    id: Id
    title: Text
    number: Text | None = None
    start: Day = Field(alias="from")
    factor_step: AboveZero
    rules: Annotated[tuple[CorrectionRule, ...], at_most("words")]

    def source(self, rule: CorrectionRule) -> Source:
        """A rule as it is cited."""
        return Source(self.id, self.title, rule.evidence, number=self.number, clause=rule.clause, url=rule.url)

    def of(self, cause: Cause) -> CorrectionRule:
        """The rule of a cause; each document has one for every cause."""
        return next(rule for rule in self.rules if cause in rule.causes)


def rule_in_force(documents: Sequence[CorrectionRules], day: date) -> CorrectionRules:
    """The document in force on a day: the latest that has begun, else the first."""
    begun = [each for each in documents if each.start <= day]
    return max(begun or documents[:1], key=lambda each: each.start)
