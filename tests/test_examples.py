"""docs/examples.md has every published example once, with its folder or the reason why not; pages name tests that are there."""

import re

from tests.documents import ROOT

IDS = frozenset(
    [
        "pf-bidirectional-oltc-250",
        "pf-hospital-rate",
        "large-ind-full-51dzw",
        "large-ind-5000kva-327024",
        "irrigation-pf-8200",
        "rural-exam-106-181156",
        "loss-s11-200-1155.6",
        "loss-s13-315",
        "basic-suspend-50pct-19450",
        "basic-interlock-24900",
        "basic-demand-40pct",
        "demand-105-1550kW",
        "demand-260-threshold",
        "meter-slow-10pct-50000",
        "tier-zj-multiperson",
        "realbill-hubei-2025-10",
        "realbill-gansu-refund",
        "realbill-chongqing-lines",
        "realbill-guangxi-2024-06-p1",
        "realbill-guangxi-2024-06-p2",
        "realbill-guangxi-2024-07-p1",
        "realbill-guangxi-2025-04-p1",
        "realbill-mengxi-2025-03",
        "realbill-shandong-2025-05",
        "realbill-hubei-2025-01-sums",
        "realbill-hubei-2025-03-sums",
        "realbill-hubei-2025-05-sums",
        "realbill-hubei-2025-07-sums",
        "realbill-hubei-2025-09-sums",
        "realbill-hubei-2025-11-sums",
        "tariff-hubei-2026-01-110kv",
        "avg-price-0.4",
        "pf-low-use-400kva-parts",
        "basic-capacity-vs-demand-2800",
        "basic-breakeven-74pct",
        "basic-increase-apr14-a",
        "outage-compensation-2000",
        "ct-three-ratios-150000",
        "ct-mixed-400000",
        "ct-swap-200-300-26942",
        "pt-one-phase-open-5000",
        "fishfarm-6436.5",
        "chicken-23056",
        "illegal-100kva-4800",
        "illegal-315kva-7770",
        "late-fee-16.617",
        "late-fee-residential-1.24",
        "late-fee-31.5",
        "multiplier-79500",
        "multiplier-500",
        "multiplier-20-to-20000",
        "pf-saving-28380",
        "pf-mock-invoice-2311",
        "pf-tou-x60-4817",
        "pf-500kva-visible-part",
        "tou-jinan-100",
        "tou-equation-42.73",
        "tier-ha-2500-wrong",
        "tier-gd-oct-481",
        "tier-gd-nov-350",
        "tier-gz-500-307",
        "tier-hn-500-322.5",
        "tier-bj-1000-718",
        "unsealed-2000kva-81000",
        "low-tariff-use-195",
        "temporary-5336",
        "theft-5kw-5400",
        "theft-320kva-276480",
        "theft-10kw-10800",
        "theft-2kw-1728",
        "theft-2kw-res-1123",
        "loss-s13-1000",
        "loss-fullload-100",
        "permanent-decrease-23798.32",
        "basic-suspend-11days-22820",
        "tier-js-annual-tou",
    ]
)
"""The closed list of the examples that were found."""

ROWS = re.findall(
    r"^\| `([^`]+)` \| ([^|]+) \| ([^|]+) \|$", (ROOT / "docs/examples.md").read_text(encoding="utf-8"), re.MULTILINE
)
LINK = re.compile(r"\]\(([^)]+)\)")


def test_every_example_is_on_the_page_once() -> None:
    names = [name for name, _, _ in ROWS]
    assert len(names) == len(set(names))
    assert set(names) == IDS


def test_what_the_page_links_is_there() -> None:
    for name, _, place in ROWS:
        assert place.strip(), name
        for link in LINK.findall(place):
            assert (ROOT / "docs" / link).resolve().exists(), (name, link)


def test_every_folder_of_a_bill_or_an_exercise_is_on_the_page() -> None:
    linked = {link.split("/")[-2] for _, _, place in ROWS for link in LINK.findall(place) if "/fixtures/" in link}
    folders = {path.name for kind in ("official", "published") for path in (ROOT / "fixtures" / kind).iterdir()}
    assert linked == {name for name in folders if not name.startswith(".")}


def test_an_example_that_is_here_is_under_its_own_name() -> None:
    for name, _, place in ROWS:
        for link in LINK.findall(place):
            if "/fixtures/" in link:
                assert link.split("/")[-2] == name.removeprefix("realbill-")


def test_the_tests_that_a_page_names_are_there() -> None:
    page = (ROOT / "docs/testing.md").read_text(encoding="utf-8")
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", page)
    assert len(named) > 10
    for path, name in named:
        assert f"def {name}(" in (ROOT / path).read_text(encoding="utf-8"), name
