"""Every kind of cause: where it is possible, what it can move, what is said of it, and that it is found again."""

import re
from collections import Counter
from contextlib import suppress
from functools import cache

import pytest

from billcalc.audit.diagnose.cause import GONE, Instance, Situation, assigned, subtracted
from billcalc.audit.diagnose.cells import Money, Priced
from billcalc.audit.diagnose.names import NAMES as CALLED
from billcalc.audit.diagnose.pricing import Repricing
from billcalc.audit.diagnose.say import cause_words, look_up, what_happened
from billcalc.audit.diagnose.words import CAUSE_WORDS
from billcalc.fields import validated
from billcalc.kernel.scalars import number_of
from billcalc.kernel.troubles import InvalidInput, Refused
from billcalc.library.catalog import load_catalog
from billcalc.tariff.documents import Effective
from billcalc.words.language import Language
from billcalc.words.lexicon import CHINESE, LEXICONS
from tests.audit.diagnose.samples import SAMPLES, tariffs
from tests.audit.injecting import NAMES, diagnosed, instances, issued_under, lines, printed, situation
from tests.billing.cases import AREA, HOME, INDUSTRY, basic_rules, catalog, entry, parsed, point, request
from tests.documents import ROOT

HANDS = {
    ("multiplier", "150"): ("plain", (("metering_points", 0, "config", 0, "multiplier"), "150")),
    ("digit", "17"): ("plain", (("metering_points", 0, "readings", 1, "registers", "peak"), "17")),
    ("digits_exchanged", "02"): ("plain", (("metering_points", 0, "readings", 1, "registers", "flat"), "02")),
    ("capacity_size", "1250"): (
        "plain",
        (("agreement", 0, "supply_points", "S1", "transformers", 0, "kva"), "1250"),
    ),
    ("contract", "800"): ("demand", (("agreement", 0, "basic", "contracts", "regular"), "800")),
}
"""Numbers that are found by their effect, each with the place where it is put."""


JIANGXI = "cn/jiangxi/time_of_use/2025-10"
NUMBERS = {"digit", "digits_exchanged", "given_quantity", "contract", "capacity_size", "multiplier"}
"""Kinds that are found by their effect, where there is a difference."""
NOT_HERE = {"time_of_use_table", "holiday", "levy_rate", "tiers"}
"""Kinds that the invented area has no second document for, no intervals or no tiers; see ``test_dated_causes`` and ``test_tiers``."""


def made(where: Situation, each: Instance) -> Money:
    made = lines(where, [each])
    return where.cells.of(Priced(line.name, line.band, number_of(line.amount)) for line in made)


def test_every_cause_has_words_and_every_word_a_cause() -> None:
    assert set(CAUSE_WORDS) == set(NAMES) == set(CALLED)
    assert len(NAMES) == len(set(NAMES)) >= 25


def test_every_cause_has_a_heading() -> None:
    page = (ROOT / "docs/causes.md").read_text(encoding="utf-8")
    assert re.findall(r"^## `(\w+)`$", page, re.MULTILINE) == list(NAMES)


@pytest.mark.parametrize("name", SAMPLES)
def test_a_cause_moves_nothing_that_it_does_not_reach(name: str) -> None:
    where = situation(SAMPLES[name], tariffs())
    for each in instances(where):
        with suppress(InvalidInput, Refused):
            moved = subtracted(made(where, each), where.recomputed)
            assert all(each.reach.has(cell) for cell in moved), each


def test_there_are_sixty_possible_causes_and_each_kind_is_one_of_them() -> None:
    found: Counter[str] = Counter()
    for name, asked in SAMPLES.items():
        found.update(each.cause for each in set(instances(situation(asked, tariffs()))))
        assert found, name
    assert sum(found.values()) >= 60
    assert set(NAMES) - set(found) == NUMBERS | NOT_HERE


@cache
def possible() -> dict[str, tuple[str, Instance]]:
    """One instance of each kind, which makes another bill, with the sample that it is of."""
    found: dict[str, tuple[str, Instance]] = {}
    for name, asked in SAMPLES.items():
        where = situation(asked, tariffs())
        for each in instances(where):
            with suppress(InvalidInput, Refused):
                if each.cause not in found and made(where, each) != where.recomputed:
                    found[each.cause] = name, each
    return found


@pytest.mark.parametrize("cause", sorted(set(NAMES) - NUMBERS - NOT_HERE))
def test_one_cause_is_found_again_and_nothing_is_left(cause: str) -> None:
    name, each = possible()[cause]
    where = situation(SAMPLES[name], tariffs())
    found = diagnosed(where, issued_under(where, [each]), sizes_max=1)
    assert found.status == "proved", each
    assert each in {cause for answer in found.answers for cause in answer.causes}, each
    assert not any(answer.unexplained for answer in found.answers)


@pytest.mark.parametrize(("cause", "value"), HANDS)
def test_a_wrong_number_is_found_by_its_effect(cause: str, value: str) -> None:
    name, (path, wrong) = HANDS[cause, value]
    where = situation(SAMPLES[name], tariffs())
    data = assigned(where.data, path, wrong)
    found = diagnosed(where, printed(Repricing(data, where.catalog).lines(())))
    told = {(each.cause, each.value) for answer in found.answers for each in answer.causes}
    assert found.status == "proved"
    assert any(each == cause for each, _ in told), told


@pytest.mark.parametrize("lexicon", LEXICONS.values(), ids=list(LEXICONS))
def test_every_sentence_has_its_facts_and_no_code_of_ours(lexicon: object) -> None:
    for name, asked in SAMPLES.items():
        for each in instances(situation(asked, tariffs())):
            text = what_happened(lexicon, each) + look_up(lexicon, each)  # type: ignore[arg-type]
            assert not re.search(r"[{}\[\]]|None|True|False", text), (name, text)
            if lexicon is LEXICONS[Language.CHINESE]:
                said = re.sub(r"cn-test/\S+|“[a-z_]+”", "", text)
                assert not re.search(r"[a-z][._][a-z]", said), (name, text)


@pytest.mark.parametrize(
    ("sample", "cause", "value", "sentence"),
    [
        ("plain", "registers_swapped", "peak/flat", "计量点 M1 的 峰 与 平 示数互换"),
        ("plain", "power_factor_scope", "group", "功率因数的考核范围按“计费分组”执行"),
        ("plain", "standard", "none", "受电点 S1 的功率因数标准记为 不考核，应为 0.90"),
        ("plain", "purchase", "catalogue", "计费分组 main 按“目录电价”计费，应为“代理购电”"),
        ("metered", "energy_register", "flat", "“总计度器与各时段之差”执行为“计入平段”"),
        ("cut", "edge_days", "free", "“启用当日是否计费”执行为“不计费”"),
        ("plain", "power_factor_base", "include sections energy, catalogue", "力调电费的计算基数不同：仅含购电电费、目录电度电费"),
        ("given", "given_line", "other_sign", "给定行“back”正负号相反"),
        ("shared", "sub_meter", "none", "计量点 M1 的分表 L 未扣减"),
    ],
)  # fmt: skip
def test_a_cause_is_said_as_an_auditor_says_it(sample: str, cause: str, value: str, sentence: str) -> None:
    where = situation(SAMPLES[sample], tariffs())
    said = {what_happened(CHINESE, each) for each in instances(where) if (each.cause, each.value) == (cause, value)}
    assert sentence in said


def test_a_line_is_called_what_the_bill_calls_it() -> None:
    facts = {"line": "refund", "label": "退补电费（一月）", "wrong": "billed_twice"}
    assert cause_words(CHINESE, "given_line", facts) == "给定行“退补电费（一月）”重复计收"
    assert (
        cause_words(LEXICONS[Language.ENGLISH], "given_line", facts)
        == "the given line Refund or back-billing was billed twice"
    )


def test_a_place_is_assigned_and_left_out() -> None:
    data = {"a": [{"b": "1"}, {"b": "2"}]}
    assert assigned(data, ("a", 1, "b"), "3") == {"a": [{"b": "1"}, {"b": "3"}]}
    assert assigned(data, ("a", 0), GONE) == {"a": [{"b": "2"}]}
    assert assigned(data, ("a",), GONE) == {}
    assert assigned({}, ("x", "y"), 1) == {"x": {"y": 1}}


def test_a_rule_that_is_not_in_force_is_not_left_out() -> None:
    plain = {"rules_2024": basic_rules("2024-06-01", "calendar", floor_share="0", over_steps=[])}
    where = situation(SAMPLES["demand"], catalog(**plain))
    assert not {"floor", "excess", "discount"} & {each.cause for each in instances(where)}


def test_a_sub_meter_that_is_read_is_left_out_and_not_doubled() -> None:
    child = {"id": "C", "kind": "meter", "group": "home", "point": "M2"}
    home = point(id="M2", group="home", not_installed=["maximum_demand", "reactive_forward"], readings=[
        {"at": "2024-07-01", "kind": "opening", "total": "0"}, {"at": "2024-08-01", "kind": "closing", "total": "1"}])  # fmt: skip
    readings = point()["readings"]
    read = [readings[0], {"at": "2024-07-11", "kind": "cut", "maximum_demand": "3"}, readings[1]]
    asked = request(agreement=[entry("2020-01-01", groups={"main": INDUSTRY, "home": HOME})],
                    metering_points=[point(children=[child], readings=read), home])  # fmt: skip
    found = instances(situation(parsed(asked), AREA))
    assert [each.value for each in found if each.cause == "sub_meter"] == ["none"]
    assert "peak/flat" in {each.value for each in found if each.cause == "registers_swapped"}


def test_where_no_document_tells_the_sizes_of_equipment_a_slip_of_the_pen_is_still_found() -> None:
    where = situation(SAMPLES["plain"], AREA)
    path, transformer = HANDS["multiplier", "150"][1][0], HANDS["capacity_size", "1250"][1][0]
    for cause, place, wrong in (("multiplier", path, "1000"), ("capacity_size", transformer, "7000")):
        found = diagnosed(where, printed(Repricing(assigned(where.data, place, wrong), AREA).lines(())))
        assert cause in {each.cause for answer in found.answers for each in answer.causes}


def test_the_contract_of_another_entry_is_found() -> None:
    where = situation(SAMPLES["contracts"], tariffs())
    path = ("agreement", 1, "basic", "contracts", "regular")
    found = diagnosed(where, printed(Repricing(assigned(where.data, path, "600"), where.catalog).lines(())))
    assert "contract" in {each.cause for answer in found.answers for each in answer.causes}


def test_the_time_of_use_before_and_after_are_possible() -> None:
    [jiangxi] = [each for each in load_catalog(areas=["cn-jiangxi"]).documents if each.id == JIANGXI]
    kept = {"area": "cn-test", "effective": None, "seen_in_force": None}
    tables = [
        jiangxi.model_copy(update={**kept, "id": f"cn-test/time_of_use/{start}", "effective": effective(start, until)})
        for start, until in (("2024-07-01", "2024-08-01"), ("2024-08-01", None))
    ]
    where = situation(SAMPLES["plain"], catalog(time_of_use=tables))
    assert "time_of_use_table" in {each.cause for each in instances(where)}


def effective(start: str, until: str | None) -> Effective:
    return validated(Effective, {"from": start, "repealed_on": until})
