"""What some bills print apart: the discount for intensive use, and components that are rounded one by one."""

from tests.billing.cases import Data, amounts, bill, changed, energy, entry, line, request, sheet, transformer

APART = {"conventions.basic.discount": "apart"}


def intense(kva: str = "20") -> Data:
    """500 kW and 6,000 kWh on 20 kVA: 300 kWh/kVA, so 90 % of the price of 40."""
    points = {"S1": {"power_factor_standard": "0.90", "transformers": [transformer(kva=kva)]}}
    return request(agreement=[entry("2020-01-01", supply_points=points, basic={"mode": "actual"})])


def test_the_discount_for_intensive_use_is_inside_the_price_or_a_line_below_it() -> None:
    inside, apart = bill(intense()), bill(changed(intense(), APART))
    assert amounts(inside, "demand", "demand_discount") == ["18000.00"]
    assert amounts(apart, "demand", "demand_discount") == ["20000.00", "-2000.00"]
    discount = line(apart, "demand_discount")
    assert (str(discount.quantity), str(discount.price), discount.section) == (
        "500",
        "-4.00",
        line(apart, "demand").section,
    )
    assert inside.total == apart.total
    assert line(inside, "power_factor").quantity == line(apart, "power_factor").quantity


def test_a_discount_that_is_not_reached_is_a_line_of_nothing() -> None:
    answer = bill(changed(intense("1000"), APART))
    assert amounts(answer, "demand", "demand_discount") == ["20000.00", "0.00"]


def test_a_discount_apart_is_outside_the_base_where_its_charge_is() -> None:
    outside = changed(intense(), {"agreement.0.groups.main.power_factor": {"money_in_base": False}})
    answer = bill(changed(outside, APART))
    assert amounts(answer, "demand_discount") == ["-2000.00"]
    assert amounts(answer, "power_factor") == amounts(bill(outside), "power_factor")


def test_components_that_are_rounded_one_by_one_may_be_a_fen_apart() -> None:
    data = sheet(energy("energy", "0.500001"), energy("green", "0.000001", line="energy"))
    together = bill(data)
    each = bill(changed(data, {"conventions.amounts.components": "each_part"}))
    # 6,000 × 0.500002 = 3000.012 → 3000.01; 3000.006 → 3000.01 and 0.006 → 0.01
    assert (amounts(together, "energy"), amounts(each, "energy")) == (["3000.01"], ["3000.02"])


def test_what_the_base_leaves_out_is_rounded_as_it_was_billed() -> None:
    data = request(
        price_sheet={
            "title": "contract",
            "instead_of": ["purchase_price"],
            "components": [energy("energy", "0.500001"), energy("green", "0.000001", line="energy", tags=["green"])],
        },
        conventions={
            "amounts": {"components": "each_part"},
            "power_factor": {"base": {"exclude": {"tags": ["green"], "sections": ["levies"]}}},
        },
    )
    answer = bill(data)
    assert amounts(answer, "energy") == ["3000.02"]
    # 3000.01 of energy, 600.00 of the network and 30000.00 of capacity
    assert str(line(answer, "power_factor").quantity) == "33600.01"
