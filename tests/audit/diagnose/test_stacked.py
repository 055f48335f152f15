"""Many bills at once: what a set of causes makes is not computed again where one of them has its plan alone."""

from typing import Any

import numpy as np
import pytest

from billcalc.audit.diagnose.cause import ANYTHING, Edit, Instance, Stage
from billcalc.audit.diagnose.stacked import Bills, Stacked
from billcalc.kernel.troubles import InvalidInput

ONE, OTHER = (Instance(code, code, "x", Stage.FILE, ANYTHING, Edit()) for code in ("one", "other"))


class Plans:
    """Knows the plan of each set of causes, by their codes."""

    def __init__(self, **plans: str) -> None:
        self._plans = plans

    def planned(self, causes: tuple[Instance, ...]) -> str:
        name = "_".join(each.cause for each in causes)
        if name not in self._plans:
            raise InvalidInput([])
        return self._plans[name]


@pytest.mark.parametrize(
    ("plans", "alike"),
    [
        ({"one_other": "A", "one": "A", "other": "B"}, ONE),
        ({"one_other": "A", "one": "B", "other": "A"}, OTHER),
        ({"one_other": "A", "one": "B", "other": "C"}, None),
        ({"one": "B", "other": "C"}, None),
    ],
    ids=["first", "second", "neither", "not to be billed"],
)
def test_a_set_is_what_one_of_it_is_where_the_others_change_no_plan(
    plans: dict[str, str], alike: Instance | None
) -> None:
    repricing: Any = Plans(**plans)
    assert Stacked(repricing, Bills())._alike((ONE, OTHER)) == alike


def test_rows_that_are_tried_again_are_kept_and_the_oldest_go_first() -> None:
    repricing: Any = Plans()
    stacked = Stacked(repricing, Bills(rows=9))
    first = stacked._same_rows(np.array([0]))
    assert stacked._same_rows(np.array([0])) is first
    later = [stacked._same_rows(np.array([row])) for row in range(1, 9)]
    assert stacked._same_rows(np.array([8])) is later[-1]
    assert stacked._same_rows(np.array([0])) is not first
