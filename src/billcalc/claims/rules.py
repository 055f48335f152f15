"""The rules that claims follow, as dated documents: rates, multiples, ceilings and hours, each with its clause."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated

from pydantic import Field

from billcalc.claims.case import Act, Use
from billcalc.fields import AboveZero, Day, Flag, Id, Model, NotNegative, Text, at_most
from billcalc.kernel.sources import Evidence, Source

__all__ = ["ActRule", "ClaimRules", "LateFeeRule", "TheftRule", "rules_in_force"]


class _Clause(Model):
    """Where a rule stands; the article only where it was seen."""

    clause: Text | None = None
    evidence: Evidence
    url: Text | None = None


class LateFeeRule(_Clause):
    """What a day of a debt costs, as a part of it.

    Attributes:
        residential: of households [1/day].
        same_year: of others, on the days of the year in which it was due [1/day].
        later_year: of others, on the days after it [1/day].
        least: a fee is at least that [CNY].
    """

    residential: AboveZero
    same_year: AboveZero
    later_year: AboveZero
    least: NotNegative


class _Multiple(_Clause):
    """A multiple of what is made good.

    Attributes:
        is_ceiling: the multiple is decided for each case, and no more than this.
    """

    multiple: AboveZero | None = None
    is_ceiling: Flag = False


class ActRule(_Multiple):
    """What a breach costs beside what is made good.

    Attributes:
        rate: where nothing is made good [CNY/kW, or CNY each time].
        residential: the rate of households, where they have one of their own.
    """

    act: Act
    rate: AboveZero | None = None
    residential: AboveZero | None = None


class TheftRule(_Multiple):
    """What theft costs, and for how long it is taken to have gone on where nobody knows [day, h]."""

    days: AboveZero
    hours: dict[Use, AboveZero]


class ClaimRules(Model):
    """A document of rules, in force from a day on.

    Attributes:
        month_days: a day of use is this part of a month [day].
    """

    id: Id
    title: Text
    number: Text | None = None
    start: Day = Field(alias="from")
    month_days: AboveZero
    late_fee: LateFeeRule
    acts: Annotated[tuple[ActRule, ...], at_most("words")]
    theft: TheftRule
    unmetered: _Clause

    def source(self, rule: _Clause) -> Source:
        """A rule as it is cited."""
        return Source(self.id, self.title, rule.evidence, number=self.number, clause=rule.clause, url=rule.url)

    def of(self, act: Act) -> ActRule:
        """The rule of an act; each document has one for every act."""
        return next(rule for rule in self.acts if rule.act is act)


def rules_in_force(documents: Sequence[ClaimRules], day: date) -> ClaimRules:
    """The document in force on a day: the latest that has begun; there is one."""
    return max((each for each in documents if each.start <= day), key=lambda each: each.start)
