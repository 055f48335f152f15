"""A layout that comes with the program: the words of one utility's bills, whatever an export calls its columns."""

from collections.abc import Mapping, Sequence

from pydantic import Field

from billcalc.audit.layout import Column, Layout
from billcalc.fields import Model, Text
from billcalc.fields.printed_names import listed_name
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.troubles import Fault, InvalidInput

__all__ = ["ReadyLayout", "Titles"]


class Titles(Model):
    """What it is called in each language."""

    en: Text
    zh: Text


class ReadyLayout(Layout):
    """The words of a utility's bills.

    Attributes:
        called: its names besides that of its file; the first is its Chinese name.
        title: of the utility.
        heads: of tables, by what they mean; of several for one column a table has one.
    """

    called: tuple[Text, ...] = Field(min_length=1)
    title: Titles
    heads: Mapping[Text, Column]

    def fitted(self, head: Sequence[str], *, where: str) -> Layout:
        """The layout for a table with a head: of several heads that mean one column, the first that it has.

        Args:
            head: the names of the columns.
            where: the place of the table.

        Raises:
            InvalidInput: where no column has the amounts, or none the names.
        """
        found: dict[Column, str] = {}
        for name in head:
            listed = listed_name(name, self.heads)
            if listed is not None:
                found.setdefault(self.heads[listed], name)
        missing = [column for column in (Column.NAME, Column.AMOUNT) if column not in found]
        if missing:
            known = ", ".join(head)
            names = [" / ".join(name for name, held in self.heads.items() if held is column) for column in missing]
            facts = [{"kind": "column", "id": name, "known": known} for name in names]
            raise InvalidInput([Fault(FaultCode.UNKNOWN_REFERENCE, where, each) for each in facts])
        return self.model_copy(update={"columns": {name: column for column, name in found.items()}})
