"""One customer and one day for all that are alike: what checks of whole documents run over."""

from billcalc.fields import validated
from billcalc.tariff.calendars import DayRule
from billcalc.tariff.cells import cells
from billcalc.tariff.components import Selector
from billcalc.tariff.time_of_use_checks import day_classes
from billcalc.vocabulary import CustomerClass, Voltage


def test_one_customer_stands_for_all_that_no_selector_tells_apart() -> None:
    told = {"class": "large_industrial", "voltage": ">=1kV", "subclass": ["smelting"], "billing": "two_part"}
    found = list(cells([validated(Selector, told)]))
    assert len(found) == 2**4
    assert {key.customer_class for key in found} == {
        CustomerClass.INDUSTRIAL_COMMERCIAL,
        CustomerClass.LARGE_INDUSTRIAL,
    }
    assert {key.voltage for key in found} == {Voltage.BELOW_1, Voltage.FROM_1_TO_10}
    assert {key.subclass for key in found} == {None, "smelting"}
    assert all(key.time_of_use for key in found)
    assert len(list(cells([Selector()]))) == 1


def test_one_day_stands_for_all_that_no_rule_tells_apart() -> None:
    hot = {"measure": "temperature", "at_least": "35"}
    chosen = [validated(DayRule, told) for told in ({"holiday": "national_day"}, {"days_off": "3"}, {"event": hot})]
    found = list(day_classes(chosen))
    working, off_kinds, lengths, events = 2, 1 + 2 * 2, 2, 2
    assert len(found) == (working + off_kinds * lengths) * events
    assert [each for each in found if chosen[0].holds(each) and chosen[1].holds(each) and chosen[2].holds(each)]
    assert len(list(day_classes([]))) == 2 + 1 + 2
