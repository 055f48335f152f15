"""Read a library: what of it is parsed, how its version is made, and every fault of every file with its place."""

from pathlib import Path

import pytest

import billcalc.library.catalog as catalog_module
from billcalc.kernel.troubles import InvalidInput
from billcalc.library.catalog import load_catalog, load_library, shipped_tariffs
from billcalc.vocabulary import Kind
from tests.tariff.test_bad_libraries import EXPECTED as FOUND

ROOT = Path(__file__).parents[2]
BAD = ROOT / "fixtures" / "bad" / "tariffs"
GUANGXI = "cn/guangxi/levies/2024-06.yaml"


def inconsistent(case: str, place: str, reason: str) -> str:
    return f"{case}/{place}: inconsistent: {reason}; correct one of the two"


EXPECTED = {
    "amends_nothing": [
        "amends_nothing/cn/guangxi/time_of_use/2024-06.yaml:8:9: unknown_reference: there is no document to amend "
        '"cn/guangxi/time_of_use/2023-01"; use one of: (none)'
    ],
    "area_not_its_place": [
        inconsistent(
            "area_not_its_place",
            f"{GUANGXI}:3:7",
            'area is "cn-hubei", and by its place the document is of "cn-guangxi"',
        )
    ],
    "band_priced_and_unpriced": [
        inconsistent(
            "band_priced_and_unpriced",
            "cn/guangxi/purchase_price/2024-06.yaml:11:10",
            "the band valley is both priced and unpriced",
        )
    ],
    "capacity_by_band": [
        inconsistent(
            "capacity_by_band",
            "cn/guangxi/network_price/2024-06.yaml:13:10",
            "capacity_kva has one price, told here, and not one for each band or for each customer",
        )
    ],
    "correction_without_reason": [
        inconsistent(
            "correction_without_reason",
            "cn/guangxi/purchase_price/2024-06.yaml:11:17",
            "a price is official (and billed), or printed and corrected with the reason",
        )
    ],
    "dated_twice": [
        inconsistent("dated_twice", f"{GUANGXI}:1:1", "a document is dated by effective or by seen_in_force")
    ],
    "id_not_its_place": [
        inconsistent(
            "id_not_its_place",
            f"{GUANGXI}:1:5",
            'id is "cn/guangxi/levies/2024-07", and by its place the document is of "cn/guangxi/levies/2024-06"',
        )
    ],
    "kind_not_its_place": [
        inconsistent(
            "kind_not_its_place",
            f"{GUANGXI}:2:7",
            'kind is "network_price", and by its place the document is of "levies"',
        )
    ],
    "no_documents": ["no_documents: empty: the input is empty; give a document, or check its name"],
    "other_suffix": [
        "other_suffix/cn/guangxi/levies/2024-06.yml: cannot_read: the input cannot be read: the name of a tariff "
        "document ends in .yaml; check its name, and that you may read it"
    ],
    "place_too_deep": [
        inconsistent(
            "place_too_deep",
            "cn/guangxi/levies/2024/06.yaml:1:1",
            "a document lies under nation/place/kind/, such as cn/guangxi/levies/2024-06.yaml",
        )
    ],
    "minimum_by_energy": [
        inconsistent(
            "minimum_by_energy",
            "cn/guangxi/network_price/2024-06.yaml:10:3",
            "a minimum is due by capacity_kva, demand_kw, months, and not by billed_kwh",
        )
    ],
    "minimum_of_itself": [
        inconsistent(
            "minimum_of_itself",
            "cn/guangxi/network_price/2024-06.yaml:10:3",
            "a minimum is not of itself: minimum_of names other sections",
        )
    ],
    "minimum_of_nothing": [
        inconsistent(
            "minimum_of_nothing",
            "cn/guangxi/network_price/2024-06.yaml:10:3",
            "a component of section minimum tells what it is the minimum of (minimum_of), and no other does",
        )
    ],
    "printed_finer_than_rounded": [
        inconsistent(
            "printed_finer_than_rounded",
            f"{GUANGXI}:9:97",
            "what is rounded for all bands together (round_per) cannot be printed by band",
        )
    ],
    "reversed_dates": [
        f"reversed_dates/{GUANGXI}:4:12: span_reversed: the span from 2024-06-01 to 2024-05-01 does not end after it "
        "starts; the end is the first day after the span"
    ],
    "selector_of_nobody": [
        f"selector_of_nobody/{GUANGXI}:9:81: wrong_type: there are too few entries: at least 1 must stand here; "
        "correct the value (a list)"
    ],
    "several_files": [
        f'several_files/{GUANGXI}:9:3: missing_key: the key "price" is missing; add it',
        f"several_files/{GUANGXI}:10:10: wrong_type: a code has small letters, digits or _, begins with a letter and has at most 40 characters; "
        'correct the value "Funds"',
        f'several_files/{GUANGXI}:10:41: not_a_number: an exponent is not accepted: write "0.001" instead of "1e-3"; '
        "correct the number",
        "several_files/cn/guangxi/network_price/2024-06.yaml:2:1: syntax: the text cannot be read: the YAML "
        "parser says \"did not find expected ',' or ']' while parsing a flow sequence\", of what begins at "
        "several_files/cn/guangxi/network_price/2024-06.yaml:1:5; correct it at this place",
        "several_files/cn/guangxi/purchase_price/2024-07.yaml:4:1: overlapping_documents: "
        "cn/guangxi/purchase_price/2024-06 and cn/guangxi/purchase_price/2024-07 are both in force, "
        "2024-07-01 to 2024-07-01; end one with repealed_on, or let the later one supersede the other",
    ],
    "steps_not_rising": [
        inconsistent(
            "steps_not_rising",
            "cn/national/basic_charge_rules/2016-06.yaml:11:1",
            "each step must be above the one before",
        )
    ],
    "table_with_a_hole": [
        inconsistent(
            "table_with_a_hole",
            "cn/national/power_factor_rules/1983-12.yaml:10:3",
            "table 0.90 must have a row for each 0.01 from 1 down, and none below 0",
        )
    ],
    "two_in_force": [
        "two_in_force/cn/guangxi/purchase_price/2024-07.yaml:4:1: overlapping_documents: "
        "cn/guangxi/purchase_price/2024-06 and cn/guangxi/purchase_price/2024-07 are both in force, "
        "2024-07-01 to 2024-07-01; end one with repealed_on, or let the later one supersede the other"
    ],
    "two_seen_from_one_day": [
        "two_seen_from_one_day/cn/guangxi/levies/2024-06-2.yaml:4:1: overlapping_documents: "
        "cn/guangxi/levies/2024-06 and cn/guangxi/levies/2024-06-2 are both in force, from 2024-06-01; "
        "end one with repealed_on, or let the later one supersede the other"
    ],
    "unknown_convention": [
        "unknown_convention/cn/guangxi/conventions/2024-06.yaml:9:18: unknown_key: the key "
        '"rounded" is not known here; use one of: active, base, no_energy, reactive, reactive_sum, round, scope'
    ],
    "unknown_kind": [
        f'unknown_kind/{GUANGXI}:2:7: unknown_word: "price_list" is not an accepted value; use one of: KINDS'
    ],
    "unknown_voltage": [
        'unknown_voltage/cn/guangxi/network_price/2024-06.yaml:9:83: unknown_word: "110-220kV" is not an accepted '
        "value; use one of: <1kV, 1-10kV, 20kV, 35kV, 66kV, 110kV, 220kV, 330kV, 500kV, "
        "1-10(20)kV, 35-66kV, 35-110kV, 110(66)kV, >=220kV, >=110kV, >=35kV, >=1kV"
    ],
    "zero_as_step": [
        "zero_as_step/cn/guangxi/conventions/2024-06.yaml:8:28: out_of_range: 0 is not within the steps 1, 0.5, 0.1, "
        "0.05, 0.01 and so on; correct the value"
    ],
}


@pytest.mark.parametrize("case", EXPECTED)
def test_a_library_that_cannot_be_read_tells_all_that_is_wrong_and_where(
    case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(BAD)
    with pytest.raises(InvalidInput) as caught:
        load_catalog(Path(case))
    told = [str(fault) for fault in caught.value.faults]
    if case == "unknown_kind":  # the list of kinds grows
        told = [fault.partition("network_price")[0] + "KINDS" for fault in told]
    assert told == EXPECTED[case]


def test_each_bad_library_is_expected_to_say_something() -> None:
    assert {path.name for path in BAD.iterdir()} == {*EXPECTED, *(code.value for code in FOUND)}


# A library of our own


def write(root: Path, identity: str, *, start: str = "2024-06-01", code: str = "levies") -> Path:
    nation, place, kind, _ = identity.split("/")
    path = root / f"{identity}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        f"id: {identity}\n"
        f"kind: {kind}\n"
        f"area: {nation if place == 'national' else f'{nation}-{place}'}\n"
        f"effective: {{from: {start}}}\n"
        "document: {title: a notice}\n"
        "evidence: secondary\n"
        "recorded_on: 2026-11-21\n"
        f'components: [{{code: {code}, section: levies, price: "0.04", tags: [levy]}}]\n',
        encoding="utf-8",
    )
    return path


@pytest.fixture
def library(tmp_path: Path) -> Path:
    for identity in (
        "cn/guangxi/levies/2024-06",
        "cn/hubei/levies/2024-06",
        "cn/national/levies/2000",
        "cn/neimenggu-west/levies/2025-03",
        "tw/national/levies/2025",
        "tw/taipei/levies/2025",
    ):
        write(tmp_path, identity)
    return tmp_path


def ids(root: Path, areas: list[str] | None) -> list[str]:
    return [document.id for document in load_catalog(root, areas=areas).documents]


def test_all_documents_are_read(library: Path) -> None:
    assert ids(library, None) == [
        "cn/guangxi/levies/2024-06",
        "cn/hubei/levies/2024-06",
        "cn/national/levies/2000",
        "cn/neimenggu-west/levies/2025-03",
        "tw/national/levies/2025",
        "tw/taipei/levies/2025",
    ]


@pytest.mark.parametrize(
    ("areas", "expected"),
    [
        (["cn-guangxi"], ["cn/guangxi/levies/2024-06", "cn/national/levies/2000"]),
        (["cn-neimenggu-west"], ["cn/national/levies/2000", "cn/neimenggu-west/levies/2025-03"]),
        (["cn"], ["cn/national/levies/2000"]),
        (["cn-atlantis"], ["cn/national/levies/2000"]),
        (["tw-taipei"], ["cn/national/levies/2000", "tw/national/levies/2025", "tw/taipei/levies/2025"]),
        (
            ["cn-hubei", "tw"],
            ["cn/hubei/levies/2024-06", "cn/national/levies/2000", "tw/national/levies/2025"],
        ),
        ([], ["cn/national/levies/2000"]),
    ],
)
def test_of_wanted_areas_their_documents_and_their_nations_are_parsed(
    library: Path, areas: list[str], expected: list[str]
) -> None:
    assert ids(library, areas) == expected


def test_a_fault_in_an_area_that_is_not_wanted_disturbs_nobody_else(library: Path) -> None:
    (library / "cn/hubei/levies/2024-06.yaml").write_text("id: [", encoding="utf-8")
    assert ids(library, ["cn-guangxi"])
    with pytest.raises(InvalidInput):
        load_catalog(library)


def test_the_version_is_of_the_whole_library_whatever_was_parsed(library: Path) -> None:
    version = load_catalog(library).version
    assert load_catalog(library, areas=["cn-guangxi"]).version == version
    assert len(version) == 64


def test_the_version_changes_with_a_content_a_name_and_a_file(library: Path) -> None:
    versions = [load_catalog(library).version]
    path = library / "cn/hubei/levies/2024-06.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("0.04", "0.05"), encoding="utf-8")
    versions.append(load_catalog(library, areas=["cn-guangxi"]).version)
    path.rename(path.with_name("2024-07.yaml"))
    versions.append(load_catalog(library, areas=["cn-guangxi"]).version)
    path.with_name("2024-07.yaml").unlink()
    versions.append(load_catalog(library).version)
    assert len(set(versions)) == 4


def test_the_version_does_not_depend_on_where_the_library_lies(library: Path) -> None:
    version = load_catalog(library).version
    elsewhere = library.rename(library.with_name("elsewhere"))
    assert load_catalog(elsewhere).version == version


def test_what_is_hidden_or_no_document_is_left_alone(library: Path) -> None:
    before = load_catalog(library).version
    (library / "README.md").write_text("notes", encoding="utf-8")
    (library / "cn/guangxi/levies/.2024-06.yaml").write_text("draft: [", encoding="utf-8")
    hidden = library / ".git" / "x"
    hidden.mkdir(parents=True)
    (hidden / "y.yaml").write_text("draft: [", encoding="utf-8")
    assert load_catalog(library).version == before


@pytest.mark.parametrize("name", ["2024-07.yml", "2024-07.YAML", "2024-07.json", "2024-07.JSON"])
def test_a_file_that_was_meant_as_a_document_is_not_passed_over(library: Path, name: str) -> None:
    (library / "cn/guangxi/levies" / name).write_text("", encoding="utf-8")
    with pytest.raises(InvalidInput) as caught:
        load_catalog(library)
    [fault] = caught.value.faults
    assert (fault.code, fault.where) == ("cannot_read", str(library / "cn/guangxi/levies" / name))


def test_a_directory_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput) as caught:
        load_catalog(tmp_path / "tariff")
    assert str(caught.value) == (
        f"{tmp_path / 'tariff'}: cannot_read: the input cannot be read: there is no such directory; "
        "check its name, and that you may read it"
    )


def test_a_file_that_is_no_text_is_told_with_the_faults_of_the_others(library: Path) -> None:
    (library / "cn/hubei/levies/2024-06.yaml").write_bytes(b"id: \xff")
    (library / "cn/guangxi/levies/2024-06.yaml").write_text("", encoding="utf-8")
    with pytest.raises(InvalidInput) as caught:
        load_catalog(library)
    assert [fault.code.value for fault in caught.value.faults] == ["empty", "not_text"]


def test_an_overlap_is_told_where_the_second_is_dated(library: Path) -> None:
    write(library, "cn/guangxi/levies/2024-06-2")
    with pytest.raises(InvalidInput) as caught:
        load_catalog(library)
    [fault] = caught.value.faults
    assert fault.where == f"{library / 'cn/guangxi/levies/2024-06-2.yaml'}:4:1"


def test_a_value_of_a_document_has_a_place_and_so_has_what_is_not_there(library: Path) -> None:
    read = load_library(library, areas=["cn-guangxi"])
    path = library / "cn/guangxi/levies/2024-06.yaml"
    assert read.where("cn/guangxi/levies/2024-06", ("components", 0, "price")) == f"{path}:8:53"
    assert read.where("cn/guangxi/levies/2024-06", ("components", 0, "line")) == f"{path}:8:14"
    assert read.where("cn/guangxi/levies/2024-06") == f"{path}:1:1"
    assert read.where("cn/guangxi/levies") == str(library / "cn/guangxi/levies")
    assert read.root == library


# What is shipped


def test_the_shipped_tariffs_are_those_of_the_repository_until_a_wheel_has_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "src" / "billcalc"
    (package / "files").mkdir(parents=True)
    monkeypatch.setattr(catalog_module, "__file__", str(package / "files" / "catalog.py"))
    assert shipped_tariffs() == tmp_path / "tariffs"
    (package / "_tariffs").mkdir()
    assert shipped_tariffs() == package / "_tariffs"


def test_without_a_directory_the_shipped_tariffs_are_read() -> None:
    catalog = load_catalog(areas=["cn-guangxi"])
    assert catalog.version == load_catalog(ROOT / "tariffs", areas=[]).version
    assert (Kind.LEVIES, "cn-guangxi") in catalog.series
    assert (Kind.POWER_FACTOR_RULES, "cn") in catalog.series
    assert {area for _, area in catalog.series} == {"cn", "cn-guangxi"}
