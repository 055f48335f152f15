"""Another size of a transformer."""

from collections.abc import Iterator
from decimal import Decimal

from billcalc.audit.diagnose.capacity import reach_of_transformers
from billcalc.audit.diagnose.cause import Cause, Edit, Instance, Situation, Stage
from billcalc.audit.diagnose.inverted import by_trial
from billcalc.audit.diagnose.mistaken import sizes
from billcalc.kernel.decimals import decimal_text

__all__ = ["CAPACITY_SIZE"]


def _find(situation: Situation) -> Iterator[Instance]:
    made = () if situation.ratings is None else tuple(situation.ratings.transformers.all())
    reach = reach_of_transformers(situation)
    for index, entry in situation.entries():
        for name, point in entry["supply_points"].items():
            for number, transformer in enumerate(point.get("transformers", ())):
                text = transformer["kva"]
                path = ("agreement", index, "supply_points", name, "transformers", number, "kva")
                for found in by_trial(situation, reach, path, Decimal(text) * 2 + 1, sizes(text, made)):
                    wrong = decimal_text(found)
                    facts = {"id": transformer["id"], "right": text, "wrong": wrong}
                    slot, edit = f"{name}.{transformer['id']}.{index}.kva", Edit(((path, wrong),))
                    yield Instance("capacity_size", slot, wrong, Stage.FILE, reach, edit, facts)


CAPACITY_SIZE = Cause("capacity_size", _find, by_effect=True)
