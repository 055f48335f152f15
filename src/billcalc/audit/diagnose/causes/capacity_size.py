"""Another size of a transformer."""

from collections.abc import Iterator
from functools import partial

from billcalc.audit.diagnose.capacity import reach_of_transformers
from billcalc.audit.diagnose.cause import Cause, Place, Situation, Stage

__all__ = ["CAPACITY_SIZE"]


def _places(situation: Situation) -> Iterator[Place]:
    from billcalc.audit.diagnose.mistaken import sizes  # which needs the packages of bulk

    made = () if situation.ratings is None else tuple(situation.ratings.transformers.all())
    for index, entry in situation.entries():
        for name, point in entry["supply_points"].items():
            for number, transformer in enumerate(point.get("transformers", ())):
                yield Place(
                    cause="capacity_size",
                    slot=f"{name}.{transformer['id']}.{index}.kva",
                    stage=Stage.FILE,
                    path=("agreement", index, "supply_points", name, "transformers", number, "kva"),
                    reach=reach_of_transformers(situation),
                    right=transformer["kva"],
                    mistaken=partial(sizes, made=made),
                    facts={"id": transformer["id"]},
                )


CAPACITY_SIZE = Cause("capacity_size", places=_places)
