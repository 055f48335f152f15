"""Tariffs as they were known on a day: a day after the last document pins nothing, and the bill says so."""

import pytest

from billcalc.kernel.codes import ProblemCode
from billcalc.kernel.troubles import Severity
from tests.billing.cases import LEVIES, bill, catalog, codes, prices, problems, request


@pytest.mark.parametrize("day", ["2024-01-02", "2124-01-01"])
def test_a_day_after_the_last_document_pins_nothing(day: str) -> None:
    answer = bill(request(tariff_set={"as_known_on": day}))

    [note] = problems(answer, ProblemCode.KNOWN_LATER)
    assert (note.severity, note.where) == (Severity.NOTE, "/tariff_set/as_known_on")
    assert note.facts == {"area": "cn-test", "last": "2024-01-01", "day": day}


def test_the_day_of_the_last_document_pins_the_tariffs() -> None:
    assert "known_later" not in codes(bill(request(tariff_set={"as_known_on": "2024-01-01"})))


def test_what_another_area_has_later_is_no_document_of_this_one() -> None:
    tariffs = catalog(other=prices("levies", LEVIES, area="cn-other", recorded_on="2025-01-01"))
    assert "known_later" in codes(bill(request(tariff_set={"as_known_on": "2024-06-01"}), tariffs))


def test_a_document_that_is_left_out_is_one_that_was_recorded_later() -> None:
    tariffs = catalog(later=prices("levies", LEVIES, "2024-12-01", recorded_on="2024-12-01"))
    assert "known_later" not in codes(bill(request(tariff_set={"as_known_on": "2024-06-01"}), tariffs))
