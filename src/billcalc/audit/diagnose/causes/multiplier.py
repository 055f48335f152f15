"""Another multiplier: another ratio of the current transformers, or ten times it or a tenth."""

from collections.abc import Iterator
from functools import partial

from billcalc.audit.diagnose.cause import ANYTHING, Cause, Place, Situation, Stage

__all__ = ["MULTIPLIER"]


def _places(situation: Situation) -> Iterator[Place]:
    from billcalc.audit.diagnose.mistaken import ratios  # which needs the packages of bulk

    currents = () if situation.ratings is None else tuple(situation.ratings.currents.all())
    for index, point in situation.points():
        for number, config in enumerate(point.get("config", ())):
            yield Place(
                cause="multiplier",
                slot=f"{point['id']}.{number}.multiplier",
                stage=Stage.READINGS,
                path=("metering_points", index, "config", number, "multiplier"),
                reach=ANYTHING,
                right=config["multiplier"],
                mistaken=partial(ratios, currents=currents),
                facts={"point": point["id"]},
                is_straight=True,
            )


MULTIPLIER = Cause("multiplier", places=_places)
