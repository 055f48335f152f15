"""The areas that a request may name."""

from billcalc.tariff.catalog import Catalog
from billcalc.vocabulary import AREAS
from billcalc.wire.areas import areas_data
from billcalc.words.areas import AREAS_IN_ENGLISH
from tests.api.calling import Caller, tariffs


def test_every_area_of_the_list_is_told_with_a_name_in_both_languages(service: Caller) -> None:
    told = service("GET", "/v1/areas").json()

    assert [each["code"] for each in told["items"]] == sorted(AREAS)
    assert {each["code"]: each["names"]["zh"] for each in told["items"]} == {code: AREAS[code][0] for code in AREAS}
    assert all(each["names"]["en"].isascii() for each in told["items"])
    assert told["tariff_set"] == tariffs().version


def test_no_english_name_is_of_no_area_or_of_two() -> None:
    assert list(AREAS_IN_ENGLISH) == list(AREAS)
    assert len(set(AREAS_IN_ENGLISH.values())) == len(AREAS)


def test_an_area_tells_what_it_lies_in_and_its_money(service: Caller) -> None:
    told = {each["code"]: each for each in service("GET", "/v1/areas").json()["items"]}

    assert told["cn-guangdong-east-west"] == {
        "code": "cn-guangdong-east-west",
        "names": {"zh": "粤东西两翼", "en": "Guangdong, eastern and western wings"},
        "lies_in": ["cn-guangdong", "cn"],
        "currency": "CNY",
    }
    assert told["cn-hebei-north"]["lies_in"] == ["cn"]
    assert (told["cn"]["lies_in"], told["tw-taipower"]["lies_in"]) == ([], ["tw"])
    assert told["tw-taipower"]["currency"] == "TWD"


def test_an_area_that_only_the_tariffs_know_is_told_without_a_name() -> None:
    told = areas_data(Catalog((), areas=frozenset({"xx-island"})))["items"]

    assert told[-1] == {"code": "xx-island", "names": {"zh": None, "en": None}, "lies_in": [], "currency": "CNY"}
