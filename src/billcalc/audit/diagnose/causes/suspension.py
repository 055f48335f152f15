"""A transformer that is suspended billed, or one that is in service not billed."""

from collections.abc import Iterator

from billcalc.audit.diagnose.capacity import reach_of_transformers
from billcalc.audit.diagnose.cause import Cause, Edit, Instance, Situation, Stage
from billcalc.vocabulary import TransformerState

__all__ = ["SUSPENSION"]


def _find(situation: Situation) -> Iterator[Instance]:
    reach = reach_of_transformers(situation)
    for index, entry in situation.entries():
        for name, point in entry["supply_points"].items():
            for number, transformer in enumerate(point.get("transformers", ())):
                stated = transformer["state"]
                is_served = stated == TransformerState.IN_SERVICE
                wrong = (TransformerState.SUSPENDED if is_served else TransformerState.IN_SERVICE).value
                path = ("agreement", index, "supply_points", name, "transformers", number, "state")
                facts = {"id": transformer["id"], "day": str(entry["from"]), "right": stated, "wrong": wrong}
                slot, edit = f"{name}.{transformer['id']}.{index}.state", Edit(((path, wrong),))
                yield Instance("suspension", slot, wrong, Stage.FILE, reach, edit, facts)


SUSPENSION = Cause("suspension", _find)
