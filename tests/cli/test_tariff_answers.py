"""``billcalc tariffs list``, ``show``, ``diff``, ``coverage``, ``missing``: whole sentences in both languages, and data."""

import json
import shlex
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from billcalc.library.catalog import load_catalog
from billcalc.tariff.reach import months
from tests.cli.calling import ROOT, call, data_of
from tools.sample_customers import SAMPLES, best_reach, request

ANHUI = ["--area", "cn-anhui"]
SUMMER = ["2026-07-15", "2026-08-15"]


def lines(*arguments: str, exit_code: int = 0) -> list[str]:
    result = call("tariffs", *arguments)
    assert (result.exit_code, result.stderr) == (exit_code, "")
    return result.stdout.splitlines()


def data(*arguments: str, exit_code: int = 0) -> dict[str, Any]:
    result = call("tariffs", *arguments, "--format", "json")
    assert (result.exit_code, result.stderr) == (exit_code, "")
    return data_of(result)


def test_list_tells_the_documents_of_an_area_and_of_what_it_lies_in() -> None:
    found = lines("list", *ANHUI, "--on", "2026-08-01")
    [row] = [line for line in found if line.startswith("cn/anhui/network_price/2026-08")]
    assert row.split()[1:4] == ["network_price", "from", "2026-08"]
    assert "发改价格〔2026〕1077号" in row
    assert any(line.startswith("cn/national/price_structure/") for line in found)
    assert found[-1] == f"{len(found) - 1} documents"


def test_list_tells_what_was_superseded_and_by_what() -> None:
    [row] = [line for line in lines("list", "--area", "cn-guangdong") if "time_of_use/2021-10 " in line]
    assert "superseded by cn/guangdong/time_of_use/2021-10-01" in row


def test_list_speaks_chinese_and_gives_data() -> None:
    found = lines("list", *ANHUI, "--kind", "purchase_price", "--lang", "zh")
    assert found[-1].startswith("共 ")
    assert "代理购电价格" in found[0]
    [june, *_] = data("list", *ANHUI, "--kind", "purchase_price")["documents"]
    assert (june["id"], june["from"], june["to"]) == ("cn/anhui/purchase_price/2024-08", "2024-08-01", "2024-09-01")
    assert lines("list", "--area", "cn-hubei", "--kind", "catalogue_price") == ["0 documents"]


def test_list_without_an_area_lists_the_whole_library() -> None:
    count = len(list((ROOT / "tariffs").rglob("*.yaml")))
    assert lines("list")[-1] == f"{count} documents"


def test_show_tells_a_documents_source_and_its_prices_by_row() -> None:
    found = lines("show", "cn/anhui/network_price/2026-08")
    assert any(line.startswith("number: 发改价格〔2026〕1077号") for line in found)
    assert f"file: {ROOT / 'tariffs' / 'cn' / 'anhui' / 'network_price' / '2026-08.yaml'}" in found
    rows = found[found.index("Prices") + 1 :]
    assert any("0.1324" in row and "two-part, 1-10kV" in row and "CNY/kWh" in row for row in rows)
    assert any("46.4" in row and "CNY/kW" in row for row in rows)


def test_show_tells_prices_by_band_those_of_the_contract_and_those_for_everybody() -> None:
    found = lines("show", "cn/guangxi/purchase_price/2024-06", "--lang", "zh")
    assert any("尖 0.826332, 峰 0.691794" in line and "110kV" in line for line in found)
    assert any(
        "由用户自己的合同约定" in line for line in lines("show", "cn/anhui/purchase_price/2026-08", "--lang", "zh")
    )


def test_show_tells_up_to_which_energy_tiers_go() -> None:
    found = lines("show", "cn/guangdong-prd5/residential_price/2026-11")
    assert [" ".join(line.split()) for line in found[found.index("Tiers") + 1 :]] == [
        "up to 260, 600 kWh (months that are counted: 1) months 5, 6, 7, 8, 9, 10; 100 kWh a month more for many persons 一户一表",
        "up to 200, 400 kWh (months that are counted: 1) months 1, 2, 3, 4, 11, 12; 100 kWh a month more for many persons 一户一表",
    ]
    of_both = lines("show", "cn/beijing/residential_price/2021-01")
    assert " ".join(of_both[-1].split()) == (
        "up to 2880, 4800 kWh (months that are counted: 12) also a twelfth each month 一户一表"
    )
    unread = lines("show", "cn/tianjin/residential_price/2012-07", "--lang", "zh")
    assert " ".join(unread[-1].split()) == "每 1 个月 220 千瓦时以内 下一档上限不详 一户一表"


def test_show_tells_the_content_of_what_has_no_prices() -> None:
    found = lines("show", "cn/beijing/time_of_use/2023-09")
    assert "in force: 2023-09 to 2026-02" in found
    assert any("summer_sharp" in line for line in found[found.index("Content") :])
    amended = lines("show", "cn/beijing/time_of_use/2026-03")
    assert "amends: cn/beijing/time_of_use/2023-09" in amended
    seen = lines("show", "cn/beijing/levies/2024-02")
    assert any("last seen on 2024-07-31" in line for line in seen)
    assert any(line.startswith("inferred from: ") for line in lines("show", "cn/guangxi/purchase_price/2024-06"))
    old = lines("show", "cn/guangdong/time_of_use/2021-10")
    assert "in force: superseded by cn/guangdong/time_of_use/2021-10-01" in old


def test_show_gives_the_document_as_data() -> None:
    found = data("show", "cn/national/calendar/2025")
    assert (found["from"], found["document"]["kind"]) == ("2025-01-01", "calendar")


def test_a_document_or_an_area_that_is_not_there_is_told_with_those_that_are() -> None:
    result = call("tariffs", "show", "cn/anhui/levies/1900", "--lang", "zh")
    assert result.exit_code == 2
    assert "cn/anhui/levies/2023-06" in result.stderr
    assert "cn/anhui/levies/1900" in result.stderr
    result = call("tariffs", "coverage", "--area", "cn-anhu")
    assert result.exit_code == 2
    assert result.stderr.startswith("--area: ")
    assert "cn-anhui" in result.stderr


def test_an_area_may_be_called_by_its_chinese_name() -> None:
    assert lines("coverage", "--area", "安徽") == lines("coverage", *ANHUI)
    assert lines("diff", "--area", "安徽", *SUMMER, exit_code=1) == lines("diff", *ANHUI, *SUMMER, exit_code=1)


def test_diff_tells_what_changed_for_one_customer() -> None:
    found = lines("diff", *ANHUI, *SUMMER, "--billing", "two_part", "--voltage", "10kV", exit_code=1)
    assert found[1] == "industrial and commercial, two-part, 1-10kV, agency purchase, time of use"
    assert any(line.split()[-4:] == ["0.1428", "0.1324", "-0.0104", "CNY/kWh"] and "flat" in line for line in found)
    assert any(line.endswith("48     46.4      -1.6  CNY/kW per month") for line in found)


def test_diff_tells_what_changed_for_all_rows_and_for_whom() -> None:
    found = lines("diff", *ANHUI, *SUMMER, "--lang", "zh", exit_code=1)
    assert any(line.endswith("单一制、<1kV、代理购电、执行分时电价") for line in found)
    assert any("无" in line for line in found)


def test_diff_gives_data_with_the_customers_of_each_change() -> None:
    found = data("diff", *ANHUI, *SUMMER, "--purchase", "market", exit_code=1)
    [change] = [each for each in found["changes"] if each["component"] == "capacity"]
    assert (change["before"], change["after"], change["difference"], change["unit"]) == ("30", "29", "-1", "CNY/kVA")
    assert change["customers"][0]["purchase"] == "market"
    [left, *_] = data("diff", *ANHUI, "2025-01-15", "2025-02-15", exit_code=1)["changes"]
    assert (left["before"], left["difference"]) == (None, None)


def test_diff_tells_that_nothing_changed_and_what_could_not_be_compared() -> None:
    found = lines("diff", *ANHUI, "2026-08-02", "2026-08-03")
    assert found[-1] == "No price changed."
    early = lines("diff", *ANHUI, "2025-03-02", "2025-03-03", "--no-time-of-use")
    assert early[1].endswith("agency purchase, no time of use")
    assert early[2].startswith("Not compared: agency purchase prices: there is no row ")
    market = lines("diff", *ANHUI, "2025-01-15", "2025-02-15", "--purchase", "market", exit_code=1)
    assert any(line.startswith("System operation charge") for line in market)


def test_coverage_tells_the_months_of_each_kind_with_their_evidence() -> None:
    found = lines("coverage", "--area", "cn-beijing", "--lang", "zh")
    assert any("2024-02（官方原文）；2024-07 至 2025-02（二手资料）" in line for line in found)
    assert any("最后一次见到其有效是 2024-07-31" in line for line in found)
    assert found[0] == "cn"
    told = data("coverage", "--area", "cn-beijing")["covered"]
    [seen] = [each for each in told if each["documents"] == ["cn/beijing/levies/2024-02"]]
    assert (seen["seen_until"], seen["evidence"]) == ("2024-07-31", "official_text")


@pytest.mark.no_cover
def test_coverage_of_everything_names_every_area() -> None:
    found = lines("coverage")
    assert {"cn", "cn-anhui", "cn-zhejiang"} <= set(found)


def test_missing_tells_everything_at_once_with_the_step_that_brings_it() -> None:
    found = lines("missing", *ANHUI, "--from", "2026-06", "--to", "2026-12", exit_code=1)
    assert "Not billable: 2026-06, 2026-09 to 2026-12." in found
    assert "Billable with a doubt about cn/anhui/conventions/2024-07: 2026-07 to 2026-08." in found
    place = found.index("Lacking for every bill")
    assert found[place + 2].strip() == (
        "Import the notice of each of the months: billcalc tariffs import NOTICE --area cn-anhui --month 2026-09; or write "
        "tariffs/cn/anhui/purchase_price/2026-09.yaml for each of them, as docs/tariffs.md tells, then run: billcalc tariffs "
        "check"
    )


def test_missing_tells_what_the_request_is_to_bring_in_chinese() -> None:
    found = lines("missing", *ANHUI, "--from", "2026-08", "--to", "2026-08", "--purchase", "market", "--lang", "zh")
    assert found[:2] == [
        "账单所缺：cn-anhui，2026-08 至 2026-08，工商业、两部制、1-10kV、市场化购电、执行分时电价",
        "可以计费，但对 cn/anhui/conventions/2024-07 存疑：2026-08。",
    ]
    assert "须随请求给出" in found
    assert "    随请求给出价格：price_sheet.prices.purchase" in found
    assert any("没有说明 工商业、两部制、1-10kV、市场化购电、执行分时电价 的时段划分" in line for line in found)


@pytest.mark.parametrize(("lang", "said"), [("en", "to see all that is lacking"), ("zh", "一次查清所缺")])
def test_a_bill_that_is_refused_names_the_question_that_tells_all_that_it_lacks(
    tmp_path: Path, lang: str, said: str
) -> None:
    [month] = months(date(2026, 9, 1), date(2026, 9, 30))
    key, found = best_reach(load_catalog(areas=["cn-anhui"]), "cn-anhui", SAMPLES[1], month)
    file = tmp_path / "request.json"
    file.write_text(json.dumps(request("cn-anhui", key, found)), encoding="utf-8")
    refused = call("bill", str(file), "--lang", lang)
    assert refused.exit_code == 3
    told, _, command = refused.stderr.strip().partition("billcalc tariffs missing ")
    assert said in told
    asked = [*shlex.split(command), "--lang", lang]
    assert asked[:6] == [*ANHUI, "--from", "2026-09", "--to", "2026-09"]
    answered = lines("missing", *asked, exit_code=1)
    assert "cn/anhui/purchase_price/2026-09.yaml" in "".join(answered)


def test_missing_tells_what_is_doubted_and_that_nothing_is_lacking() -> None:
    found = lines("missing", "--area", "cn-fujian", "--from", "2026-08", "--to", "2026-08")
    assert found[1] == "Billable with a doubt about cn/fujian/time_of_use/2026-03: 2026-08."
    assert found[2] == "Nothing is lacking."
    assert lines("missing", "--area", "cn-gansu", "--from", "2025-02", "--to", "2025-02")[1] == "Billable: 2025-02."


@pytest.mark.parametrize(
    ("options", "step"),
    [
        (["cn-guangxi", "2024-06"], "Enter the row in a document that supersedes cn/guangxi/purchase_price/2024-06"),
        (["cn-beijing", "2026-06"], "Enter the parts of the notice in a document that supersedes cn/beijing/purchase_"),
        (["cn-zhejiang", "2028-01"], "Write tariffs/cn/national/calendar/2028.yaml as docs/tariffs.md tells"),
        (["cn-guangdong-prd5", "2025-02"], "Give what was measured on each day with the request, under events."),
    ],
)
def test_each_gap_has_the_step_that_brings_it(options: list[str], step: str) -> None:
    area, month = options
    result = call("tariffs", "missing", "--area", area, "--from", month, "--to", month)
    assert step in result.stdout


def test_what_nothing_brings_has_no_step(tmp_path: Path) -> None:
    text = "id: cn/anhui/conventions/{0}\nkind: conventions\narea: cn-anhui\neffective: {{from: {0}}}\n"
    text += "document: {{title: bills}}\nevidence: secondary\nrecorded_on: 2026-11-27\nconventions: {{total_round: '{1}'}}\n"
    folder = tmp_path / "tariffs" / "cn" / "anhui" / "conventions"
    folder.mkdir(parents=True)
    for day, step in (("2024-01-01", "0.01"), ("2024-01-16", "1")):
        (folder / f"{day}.yaml").write_text(text.format(day, step))
    month = ["--from", "2024-01", "--to", "2024-01"]
    found = lines("missing", *ANHUI, *month, "--tariffs", str(tmp_path / "tariffs"), exit_code=1)
    place = next(number for number, line in enumerate(found) if "conventions of cn-anhui change" in line)
    assert not found[place + 1].startswith("    ")


def test_missing_gives_data() -> None:
    found = data("missing", *ANHUI, "--from", "2026-08", "--to", "2026-09-30", "--basic", "demand", exit_code=1)
    assert [(each["month"], each["billable"]) for each in found["months"]] == [("2026-08", True), ("2026-09", False)]
    [gap] = [each for each in found["missing"] if each["needed_for"] == "bill"]
    assert (gap["from"], gap["to"], gap["document_kind"]) == ("2026-09-01", "2026-10-01", "purchase_price")
    assert found["customer"]["class"] == "industrial_commercial"


@pytest.mark.parametrize(
    ("arguments", "place"),
    [
        (["missing", *ANHUI, "--from", "2026-8", "--to", "2026-09"], "--from: "),
        (["missing", *ANHUI, "--from", "2026-09", "--to", "2026-08"], "--to: "),
        (["missing", *ANHUI, "--from", "2026-08", "--to", "2026-08", "--class", "industry"], "--class: "),
        (["missing", *ANHUI, "--from", "2026-08", "--to", "2026-08", "--voltage", "35-110kV"], "--voltage: "),
        (["diff", *ANHUI, "2026-08", "2026-09-01"], "DAY1: "),
        (["list", "--kind", "prices"], "--kind: "),
        (["list", "--on", "yesterday"], "--on: "),
        (["list", "--area", "no area"], "--area: "),
    ],
)
@pytest.mark.parametrize(("lang", "said"), [("en", "invalid input"), ("zh", "输入有误")])
def test_an_option_that_is_not_understood_is_told_by_its_name(
    arguments: list[str], place: str, lang: str, said: str
) -> None:
    result = call("tariffs", *arguments, "--lang", lang)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(place)
    assert said in result.stderr


def test_one_area_alone_is_parsed(tmp_path: Path) -> None:
    folder = tmp_path / "tariffs" / "cn"
    (folder / "anhui" / "levies").mkdir(parents=True)
    (folder / "beijing" / "levies").mkdir(parents=True)
    (folder / "anhui" / "levies" / "2023-06.yaml").write_bytes(
        (ROOT / "tariffs" / "cn" / "anhui" / "levies" / "2023-06.yaml").read_bytes()
    )
    (folder / "beijing" / "levies" / "2023-06.yaml").write_text("not: a document\n")
    here = ["--tariffs", str(tmp_path / "tariffs")]
    assert lines("list", *ANHUI, *here)[-1] == "1 documents"
    assert call("tariffs", "list", *here).exit_code == 2
    assert lines("coverage", "--area", "cn", "--tariffs", str(ROOT / "tariffs"))[0] == "cn"
