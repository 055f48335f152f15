"""Amendments: what they change of a time-of-use document, what they leave, and what must come of them."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from billcalc.kernel.sources import Evidence
from billcalc.kernel.troubles import InvalidInput
from billcalc.library.catalog import load_library
from billcalc.tariff.catalog import Catalog
from billcalc.tariff.check import check
from billcalc.tariff.findings import FindingCode
from billcalc.tariff.time_of_use import TimeOfUse
from billcalc.vocabulary import Band, Kind
from tests.tariff.time_of_use_samples import FACTORY, FLAT, document

BASE: dict[str, Any] = {
    "seasons": {"summer": [{"from": "07-01", "to": "10-01"}]},
    "remainder": "flat",
    "periods": {
        "all": {"bands": {"peak": ["10:00-12:00"], "valley": ["00:00-08:00"]}},
        "summer": {"season": "summer", "bands": {"sharp": ["11:00-12:00"]}},
    },
    "ratios": {
        "all": {
            "bands": {
                "flat": FLAT,
                "sharp": {"of": "flat", "factor": "2"},
                "peak": {"of": "flat", "factor": "1.5"},
                "valley": {"of": "flat", "factor": "0.5"},
            }
        }
    },
}


def in_force(catalog: Catalog, day: date) -> TimeOfUse:
    found = catalog.in_force(Kind.TIME_OF_USE, "cn-nowhere", day).document
    assert isinstance(found, TimeOfUse)
    return found


def amendment(identity: str = "2024-06", /, *, of: str = "2024-01", **told: Any) -> TimeOfUse:
    return document(identity, **{"start": f"{identity[:7]}-01", "amends": f"cn/nowhere/time_of_use/{of}", **told})


def rows(found: TimeOfUse) -> dict[str, list[str]]:
    return {name: [f"{band} {hours}" for band in row.bands for hours in row.bands[band]] for name, row in
            found.period_rows(FACTORY)}  # fmt: skip


def test_an_amendment_changes_what_it_tells_from_its_start_on_and_leaves_the_rest() -> None:
    change = amendment(
        evidence="secondary",
        periods={"summer": {"season": "summer", "bands": {"sharp": ["10:30-11:30"]}}},
        price_round={"step": "0.0001", "of": "component"},
    )
    catalog = Catalog([document(**BASE), change])
    before, after = in_force(catalog, date(2024, 5, 31)), in_force(catalog, date(2024, 6, 1))
    unchanged = ["peak 10:00-12:00", "valley 00:00-08:00"]
    assert rows(before) == {"all": unchanged, "summer": ["sharp 11:00-12:00"]}
    assert rows(after) == {"all": unchanged, "summer": ["sharp 10:30-11:30"]}
    assert after.factors(FACTORY, date(2024, 7, 1)) == before.factors(FACTORY, date(2024, 7, 1))
    assert (after.id, after.remainder, after.evidence) == (change.id, Band.FLAT, Evidence.SECONDARY)
    assert (before.price_round, after.price_round) == (None, change.price_round)


def test_an_amendment_leaves_a_row_out_by_null_and_rests_on_the_weaker_evidence() -> None:
    base = document(**BASE, evidence="inferred")
    after = in_force(Catalog([base, amendment(periods={"summer": None})]), date(2024, 7, 1))
    assert set(rows(after)) == {"all"}
    assert after.evidence is Evidence.INFERRED


def test_amendments_build_on_each_other_and_on_what_corrects_their_base() -> None:
    wrong_base = document(**BASE)
    right = document("2024-01-2", **{**BASE, "remainder": "flat", "supersedes": wrong_base.id})
    first = amendment("2024-03", periods={"summer": None})
    second = amendment("2024-06", of="2024-03", periods={"night": {"bands": {"deep_valley": ["02:00-03:00"]}},
                                                         "all": {"bands": {"valley": ["00:00-07:00"]}}},
                       ratios={"all": {"bands": {"flat": FLAT, "valley": {"of": "flat", "factor": "0.4"},
                                                 "deep_valley": {"of": "flat", "factor": "0.3"}}}})  # fmt: skip
    catalog = Catalog([second, first, right, wrong_base])
    assert rows(in_force(catalog, date(2024, 2, 1)))["summer"] == ["sharp 11:00-12:00"]
    assert set(rows(in_force(catalog, date(2024, 4, 1)))) == {"all"}
    assert rows(in_force(catalog, date(2024, 7, 1))) == {
        "all": ["valley 00:00-07:00"],
        "night": ["deep_valley 02:00-03:00"],
    }


def test_a_bill_that_rests_on_an_amendment_rests_on_what_it_leaves_as_it_was() -> None:
    change = amendment(periods={"summer": None})
    other_base = document(**{**BASE, "periods": {"all": {"bands": {"peak": ["10:00-12:30"]}}}})
    one = Catalog([document(**BASE), change]).fingerprints([change.id])[change.id].sha256
    other = Catalog([other_base, change]).fingerprints([change.id])[change.id].sha256
    assert one != other


def faults(*documents: TimeOfUse) -> list[str]:
    with pytest.raises(InvalidInput) as caught:
        Catalog(documents)
    return [str(fault) for fault in caught.value.faults]


def test_what_comes_of_an_amendment_must_be_whole() -> None:
    change = amendment(periods={"summer": {"season": "summer", "bands": {"deep_valley": ["02:00-03:00"]}}})
    assert faults(document(**BASE), change) == [
        "cn/nowhere/time_of_use/2024-06: inconsistent: the band deep valley has hours on 07-01, and ratios.all has no "
        "ratio for it; correct one of the two"
    ]


def unknown(identity: str, amended: str, known: str) -> str:
    return (
        f'cn/nowhere/time_of_use/{identity}: unknown_reference: there is no document to amend "cn/nowhere/time_of_use/'
        f'{amended}"; use one of: {known}'
    )


def test_an_amendment_of_nothing_is_told() -> None:
    assert faults(amendment(of="2023-01")) == [unknown("2024-06", "2023-01", "(none)")]
    assert faults(document(**BASE), amendment(of="2023-01")) == [
        unknown("2024-06", "2023-01", "cn/nowhere/time_of_use/2024-01")
    ]


def test_an_amendment_of_another_area_is_told() -> None:
    elsewhere = document(**BASE).model_copy(update={"area": "cn-elsewhere"})
    assert faults(elsewhere, amendment()) == [unknown("2024-06", "2024-01", "(none)")]


def test_amendments_of_each_other_are_told() -> None:
    assert faults(amendment("2024-03", of="2024-06"), amendment("2024-06", of="2024-03")) == [
        unknown("2024-06", "2024-03", "(none)"),
    ]


def test_an_amendment_is_told_in_its_file(tmp_path: Path) -> None:
    directory = tmp_path / "cn" / "nowhere" / "time_of_use"
    directory.mkdir(parents=True)
    (directory / "2024-06.yaml").write_text(
        "id: cn/nowhere/time_of_use/2024-06\n"
        "kind: time_of_use\n"
        "area: cn-nowhere\n"
        "effective: {from: 2024-06-01}\n"
        "document: {title: a notice}\n"
        "evidence: secondary\n"
        "recorded_on: 2026-11-21\n"
        "amends: cn/nowhere/time_of_use/2024-01\n",
        encoding="utf-8",
    )
    with pytest.raises(InvalidInput) as caught:
        load_library(tmp_path)
    assert str(caught.value) == unknown("2024-06", "2024-01", "(none)").replace(
        "cn/nowhere/time_of_use/2024-06:", f"{directory}/2024-06.yaml:8:9:"
    )


def test_an_amendment_that_names_no_season_is_told_only_that() -> None:
    change = amendment(periods={"summer": {"season": "sumer", "bands": {"deep_valley": ["02:00-03:00"]}}})
    assert faults(document(**BASE), change) == [
        'cn/nowhere/time_of_use/2024-06: unknown_reference: there is no season "sumer"; use one of: summer'
    ]


def test_what_an_amendment_leaves_keeps_the_day_on_which_it_was_last_seen() -> None:
    seen = {"first": "2024-01-01", "last": "2024-03-31"}
    base = document(**{**BASE, "effective": None, "seen_in_force": seen})
    catalog = Catalog([base, amendment(remainder="flat")])
    found = in_force(catalog, date(2024, 6, 1))
    assert found.seen_in_force == base.seen_in_force
    newly_seen = {"first": "2024-06-01", "last": "2024-07-31"}
    later = Catalog([base, amendment(effective=None, seen_in_force=newly_seen)])
    assert str(in_force(later, date(2024, 6, 1)).seen_in_force) != str(base.seen_in_force)


def test_a_document_may_be_seen_after_what_amends_it_and_not_after_what_follows_it() -> None:
    seen = {"first": "2024-01-01", "last": "2024-12-31"}
    base = document(**{**BASE, "effective": None, "seen_in_force": seen})
    amended, followed = Catalog([base, amendment()]), Catalog([base, document("2024-06", start="2024-06-01", **BASE)])
    assert FindingCode.SEEN_AFTER_SUCCESSOR not in {each.code for each in check(amended)}
    assert FindingCode.SEEN_AFTER_SUCCESSOR in {each.code for each in check(followed)}
