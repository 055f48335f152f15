"""``billcalc simulate``: the bills of variants, in each shape, and what is wrong with the files."""

from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from python_calamine import CalamineWorkbook

from billcalc.wire.schema import schema_of
from billcalc.wire.simulation import SimulationData
from tests.cli.calling import P1, ROOT, call, data_of

VARIANTS = str(ROOT / "fixtures/variants/guangxi-2024-06-p1.yaml")
LOWER = "variants:\n- name: a\n  edits: {/agreement/0/supply_points/S1/power_factor_standard: '0.85'}\n"


def test_json_is_what_the_service_answers() -> None:
    result = call("simulate", P1, VARIANTS, "--format", "json")
    data = data_of(result)

    Draft202012Validator(schema_of(SimulationData)).validate(data)
    assert result.exit_code == 1
    assert (data["base"]["total"], [each["kind"] for each in data["variants"]]) == (
        "1629271.00", ["bill", "bill", "bill", "refusal"],
    )  # fmt: skip
    lines = data["variants"][0]["lines"]
    assert [(each["code"], each["difference"]) for each in lines] == [("power_factor", "-8080.58")]


@pytest.mark.parametrize(
    ("lang", "texts"),
    [
        (
            "en",
            (
                "80 MVA: lines that differ",
                "35 kV: not billed",
                "no_price: agency purchase prices: there is",
                "problems that the request itself",
            ),
        ),
        ("zh", ("80 MVA：有差异的行", "35 kV：未能计费", "提示: 最大需量 由请求给定")),
    ],
)
def test_a_text_tells_what_differs_and_why_a_variant_has_no_bill(lang: str, texts: tuple[str, ...]) -> None:
    told = call("simulate", P1, VARIANTS, "--lang", lang).stdout
    assert all(text in told for text in texts)


def test_where_every_variant_is_billed_it_ends_well_and_files_are_written(tmp_path: Path) -> None:
    page, book = tmp_path / "simulation.html", tmp_path / "simulation.xlsx"
    for shape, file in (("html", page), ("xlsx", book)):
        assert (
            call("simulate", P1, "-", "--format", shape, "--out", str(file), "--lang", "zh", given=LOWER).exit_code == 0
        )
    assert "有差异的行" in page.read_text(encoding="utf-8")
    rows = CalamineWorkbook.from_filelike(BytesIO(book.read_bytes())).get_sheet_by_index(0).to_python()
    assert [-7272.52, -15353.1, -8080.58] in [row[2:5] for row in rows]


def test_a_variant_in_another_area_has_its_tariffs() -> None:
    given = "variants:\n- name: there\n  patch: {area: 甘肃}\n- name: nowhere\n  edits: {/area: '?'}\n"
    found = data_of(call("simulate", P1, "-", "--format", "json", given=given))["variants"]
    assert "cn/gansu" in found[0]["message"] or "cn-gansu" in found[0]["message"]
    assert found[1]["kind"] == "invalid"


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("variants:\n- name: a\n", "stdin:2:3: "),
        ("variants:\n- {name: a, patch: {}}\n- {name: a, patch: {}}\n", "duplicate_id"),
    ],
)
def test_variants_that_cannot_be_read_are_told_by_their_place(given: str, told: str) -> None:
    result = call("simulate", P1, "-", "--lang", "en", given=given)
    assert (result.exit_code, told in result.stderr) == (2, True), result.stderr


def test_a_request_that_cannot_be_billed_has_no_variants(tmp_path: Path) -> None:
    text = Path(P1).read_text(encoding="utf-8")
    elsewhere, pinned = tmp_path / "elsewhere.yaml", tmp_path / "pinned.yaml"
    elsewhere.write_text(text.replace("area: cn-guangxi", "area: cn-gansu"), encoding="utf-8")
    pinned.write_text(f"{text}\ntariff_set: {{hash: other}}\n", encoding="utf-8")
    assert call("simulate", str(elsewhere), VARIANTS).exit_code == 3
    assert call("simulate", str(pinned), VARIANTS).exit_code == 2
    assert call("simulate", str(tmp_path / "nothing.yaml"), VARIANTS).exit_code == 2


def test_an_output_goes_with_its_format_and_harms_no_input(tmp_path: Path) -> None:
    assert call("simulate", P1, VARIANTS, "--format", "xlsx").exit_code == 2
    file = tmp_path / "variants.yaml"
    file.write_text(LOWER, encoding="utf-8")
    told = call("simulate", P1, str(file), "--format", "html", "--out", str(file), "--lang", "en")
    assert "output_clashes" in told.stderr


def test_intervals_of_files_are_in_every_variant() -> None:
    request = str(ROOT / "api/billcalc_api/examples/day-of-intervals.json")
    found = data_of(
        call(
            "simulate", request, "-", "--format", "json", "--intervals", f"M1={ROOT}/fixtures/intervals/wide.csv",
            "--intervals-as", "values=kwh", "--intervals-as", "other_days=leave_out",
            given="variants:\n- {name: same, patch: {}}\n",
        )
    )  # fmt: skip
    assert Decimal(found["base"]["total"]) == Decimal(found["variants"][0]["total"]) == Decimal(24)
