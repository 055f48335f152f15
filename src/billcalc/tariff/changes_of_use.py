"""The law of changes of use: what a suspension must last, when a change counts, what stands by and is billed."""

from typing import Annotated, Literal

from pydantic import Field

from billcalc.fields import Count, Flag, Model, NotNegative, PartOfOne, Text
from billcalc.kernel.closed_lists import Word
from billcalc.kernel.sources import Evidence
from billcalc.tariff.headers import Header
from billcalc.vocabulary import Kind, TransformerState

__all__ = [
    "ChangesOfUse",
    "Condition",
    "DemandCondition",
    "ExchangeCondition",
    "MutualStandby",
    "NewUserCondition",
    "StandbyCondition",
    "StopCondition",
    "TermsCondition",
    "TwoPartCondition",
]


class Condition(Model):
    """What one article says.

    Attributes:
        article: the law and its article.
        evidence: how the article was seen, where that is worse or better than the document.
    """

    article: Text
    evidence: Evidence


class StopCondition(Condition):
    """What a suspension, or a reduction, must be.

    Attributes:
        least_days: one that is shorter leaves the charge due [day].
        most_months: of a suspension, in a calendar year; of a reduction, in all: what is longer is charged.
        most_times: in a calendar year.
        notice_days: from the application to the sealing, at least [day].
    """

    least_days: Count | None = None
    most_months: Count | None = None
    most_times: Count | None = None
    notice_days: Count | None = None


class NewUserCondition(Condition):
    """What new users pay of capacity that they stop.

    Attributes:
        months: how long after a connection or an increase they are new.
        share: of the charge, that stays due [1].
    """

    months: Count
    share: PartOfOne


class DemandCondition(Condition):
    """How customers who are billed by demand may stop or change.

    Attributes:
        whole_cycles: what changes inside a cycle counts from the next on.
        whole_capacity: only all of the capacity can be stopped.
    """

    whole_cycles: Flag
    whole_capacity: Flag


class TermsCondition(Condition):
    """When a term of the basic charge may be changed: its mode, or the contracted demand.

    Attributes:
        months: between two changes, at least.
        notice_days: from the application to the change, at least [day].
        working_days: those are working days.
    """

    months: Count
    notice_days: Count | None = None
    working_days: Flag = False


class ExchangeCondition(Condition):
    """How long another transformer may take the place of one that failed.

    Attributes:
        months: below 35 kV.
        months_from_35kV: from 35 kV on.
    """

    months: Count
    months_from_35kV: Count


class TwoPartCondition(Condition):
    """From which capacity on there is a charge of two parts.

    Attributes:
        from_kva: of the capacity that is not stopped [kVA].
    """

    from_kva: NotNegative


class MutualStandby(Word):
    """What is billed of lines that stand by for each other: all of them, or the largest."""

    ADDED = "added", "各路相加"
    LARGEST = "largest", "按最大的一路"


class StandbyCondition(Condition):
    """What is billed of transformers that stand by.

    Attributes:
        billed: the states in which a transformer's capacity is billed.
        mutual: what is billed of lines of supply that stand by for each other.
    """

    billed: Annotated[tuple[TransformerState, ...], Field(min_length=1)]
    mutual: MutualStandby


class ChangesOfUse(Header):
    """The conditions of changes of use; what a document does not tell is no condition.

    Attributes:
        suspension, reduction: of what is stopped for a time.
        new_users: of those who stop soon after they were connected.
        demand: of those who are billed by demand.
        mode, contract: of the mode of the basic charge, and of the contracted demand.
        actual: that demand may be billed as it was metered.
        exchange: of a transformer in the place of another.
        two_part: of what is left of the capacity.
        standby: of what does not run.
    """

    kind: Literal[Kind.CHANGES_OF_USE]
    suspension: StopCondition | None = None
    reduction: StopCondition | None = None
    new_users: NewUserCondition | None = None
    demand: DemandCondition | None = None
    mode: TermsCondition | None = None
    contract: TermsCondition | None = None
    actual: Condition | None = None
    exchange: ExchangeCondition | None = None
    two_part: TwoPartCondition | None = None
    standby: StandbyCondition
