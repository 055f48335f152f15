"""The ratios or hours of another season's or year's time of use."""

from collections.abc import Iterator

from billcalc.audit.diagnose.cause import ANYTHING, Cause, Edit, Instance, Situation, Stage
from billcalc.audit.diagnose.documents import in_place_of, neighbours
from billcalc.vocabulary import Kind

__all__ = ["TIME_OF_USE_TABLE"]


def _find(situation: Situation) -> Iterator[Instance]:
    for current, other in neighbours(situation, Kind.TIME_OF_USE, (-1, 1)):
        facts = {"document": other.id, "right": current.id}
        edit = Edit(catalog=in_place_of(current, other))
        yield Instance("time_of_use_table", "tariff.time_of_use", other.id, Stage.DOCUMENTS, ANYTHING, edit, facts)


TIME_OF_USE_TABLE = Cause("time_of_use_table", _find)
