"""What an office agrees on about findings, as dated documents."""

from collections.abc import Iterable
from datetime import date

from pydantic import Field

from billcalc.audit.diagnose.cells import fen_of
from billcalc.audit.findings.acts import Rules
from billcalc.fields import Day, Id, Model, NotNegative, Text

__all__ = ["RulesDocument", "rules_of"]


class RulesDocument(Model):
    """Rules from a day on.

    Attributes:
        changed_by: who decided on them.
        two_persons_above: corrections of more are not made by who confirmed the finding [money].
    """

    id: Id
    start: Day = Field(alias="from")
    changed_by: Text
    source: Text
    two_persons_above: NotNegative


def rules_of(documents: Iterable[RulesDocument], day: date) -> Rules:
    """The rules of a day: of the document that began last.

    Args:
        documents: the later told goes before the one told earlier that began on the same day.
        day: of the act.
    """
    held = [document for document in documents if document.start <= day]
    last = max(enumerate(held), key=lambda pair: (pair[1].start, pair[0]))[1]
    return Rules(two_persons_above_fen=fen_of(last.two_persons_above))
