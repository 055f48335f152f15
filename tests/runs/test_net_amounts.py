"""Amounts of tables without a tax are those of single bills."""

from decimal import Decimal
from random import Random

import pyarrow as pa
import pytest

from billcalc.audit.taxes import net
from billcalc.kernel.plain import Plain
from billcalc.kernel.scalars import number_of
from billcalc.runs.net_amounts import net_amounts


@pytest.mark.parametrize(
    ("gross", "rate", "expected"),
    [
        ("113.00", "0.13", "100.00"),
        ("100.00", "0.13", "88.50"),  # 88.4956
        ("-2.26", "0.13", "-2.00"),
        ("0.03", "0.20", "0.03"),  # 0.025 goes up
        ("-0.03", "0.20", "-0.03"),
        ("0.00", "0.13", "0.00"),
    ],
)
def test_an_amount_without_its_tax_is_rounded_to_the_fen(gross: str, rate: str, expected: str) -> None:
    assert str(number_of(net(Plain(Decimal(gross)), Plain(Decimal(rate))))) == expected
    assert [str(each) for each in net_amounts(pa.array([Decimal(gross)]), Decimal(rate)).to_pylist()] == [expected]


def test_a_column_has_the_amounts_of_each_row_alone() -> None:
    random = Random(7)
    gross = [Decimal(random.randrange(-(10**k), 10**k)).scaleb(-2) for k in range(1, 30) for _ in range(5)]
    for rate in map(Decimal, ("0.06", "0.13", "0.0909")):
        alone = [number_of(net(Plain(each), Plain(rate))) for each in gross]
        assert net_amounts(pa.array(gross, pa.decimal128(38, 2)), rate).to_pylist() == alone
