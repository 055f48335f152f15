"""An advice as a text, in both languages."""

import pytest

from billcalc.advice.advice import Advice, Unknown
from billcalc.advice.basic import NotAdvised
from billcalc.advice.choosing import WAYS
from billcalc.advice.statement import statement_of
from billcalc.advice.words import NOT_ADVISED, UNKNOWN
from billcalc.advice.words import WAYS as WAY_WORDS
from billcalc.explain.block_text import block_text
from billcalc.explain.printing import plain_text
from billcalc.words.language import Language
from billcalc.words.lexicon import CHINESE, ENGLISH, Lexicon
from tests.advice.cases import BY_CONTRACT, advised, month, months
from tests.billing.cases import Data, entry, moved, transformer

AT_CONTRACT: Data = {"agreement.0.basic": BY_CONTRACT}
MUCH: Data = {"metering_points.0.readings.1.reactive_forward": "50"}


def text(advice: Advice, lexicon: Lexicon = ENGLISH) -> str:
    return plain_text(block_text(statement_of(advice, lexicon=lexicon)))


def test_it_says_what_is_advised_then_the_figures_and_what_is_not_known() -> None:
    told = text(advised(months("500", "520", "480", "900", "300", "310", **AT_CONTRACT, **MUCH)))
    assert "the plan below would have cost 54144.60 CNY less" in told
    assert "Were a way to begin with a quarter of the calendar, it would be 52355.40 CNY." in told
    assert "2024-11-01    by contracted demand  by actual demand  2024-10-17     art. 1 (1)" in told
    assert "With the power factor of S1 at 0.90, which takes up to 3 kvar" in told
    assert "Of these months 1 are doubted, and 0 could not be billed" in told
    assert "the maximum demand 900 kW exceeds the contract's limit 630 kW" in told
    assert told.index("What is advised") < told.index("What it rests on") < told.index("What it does not know")


def test_it_says_the_same_in_chinese_without_an_english_word_of_ours() -> None:
    told = text(advised(months("500", "900", **AT_CONTRACT, **MUCH)), CHINESE)
    assert "用电优化建议" in told
    assert "按实际最大需量" in told
    assert "by " not in told


def test_where_nothing_costs_less_it_says_so_and_where_a_way_is_untold_that_too() -> None:
    at_actual = {"agreement.0.basic": {"mode": "actual"}}
    assert "No other way of paying the basic charge would have cost less" in text(
        advised([month(0, "300", **at_actual)])
    )
    unread = month(0, "300")
    for reading in unread["metering_points"][0]["readings"]:
        del reading["maximum_demand"]
    told = text(advised([unread]))
    assert "Of the ways of paying the basic charge that can be told, none would have cost less" in told
    assert "the maximum demand was not read" in told
    assert "nothing tells the maximum demand of M1" in told
    assert "one contract, – kW" in told


def test_a_customer_in_one_part_is_told_why_nothing_is_said_of_the_basic_charge() -> None:
    exempt = {"agreement.0.basic": {"mode": "exempt"}, "agreement.0.supply_points.S1.power_factor_standard": "none"}
    told = text(advised([month(0, "500", **exempt)]))
    assert "the customer is exempt from the basic charge in some month" in told
    assert "the power factor is not assessed" in told


def test_a_power_factor_at_the_step_is_told_to_be_there_and_one_that_is_given_why_it_is_not_told() -> None:
    assert "The power factor of S1 was at 0.95 or above in every month." in text(advised([month(0, "500")]))
    given = text(advised([month(0, "500", facts={"S1": {"cosphi": "0.80"}})]))
    assert "it is given, and not computed" in given


def test_a_month_that_is_left_out_is_told_with_its_place() -> None:
    unpriced = month(1, "500", **{"agreement.0.groups.main.class": "large_industrial"})
    told = text(advised([month(0, "500"), unpriced]))
    assert "Months that are in no sum" in told
    assert "0 are doubted, and 1 could not be billed" in told
    assert "month 2/" in told


def test_load_that_cannot_be_moved_is_told_why() -> None:
    alike = month(0, "500", **{"agreement.0.groups.main.time_of_use": False})
    assert "no meter tells a peak and a valley that are priced apart" in text(advised([alike]))


def test_each_of_several_supply_points_is_named_with_its_contract() -> None:
    point = {"power_factor_standard": "none", "transformers": [transformer(kva="1000")]}
    other = {"power_factor_standard": "none", "transformers": [transformer("T2", "100")]}
    groups = entry("2020-01-01")["groups"]
    told = entry("2020-01-01", groups={**groups, "side": groups["main"]}, supply_points={"S1": point, "S2": other})
    data = month(0, "500", agreement=[told])
    beside = moved(
        {**data["metering_points"][0], "id": "M2", "group": "side", "supply_point": "S2"}, "2024-07-01", "2024-08-01"
    )
    beside["config"] = [{**beside["config"][0], "meter": "B", "multiplier": "10"}]
    found = text(advised([{**data, "metering_points": [data["metering_points"][0], beside]}]))
    assert "S1 477, S2 48" in found
    assert "S1 500.0000, S2 50.0000" in found


@pytest.mark.parametrize("language", Language)
def test_every_reason_and_everything_unknown_has_words(language: Language) -> None:
    assert all(NOT_ADVISED[why].of(language) for why in NotAdvised)
    assert all(UNKNOWN[what].of(language) for what in Unknown)
    assert all(WAY_WORDS[way].of(language) for way in WAYS)
