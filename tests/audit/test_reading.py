"""From YAML, JSON and CSV to an issued bill: what is told, in whose words, and each bad row with its place."""

from decimal import Decimal
from typing import Any

import pytest

from billcalc.audit import IssuedLine, Layout, Reading, read_data, read_rows
from billcalc.fields import JsonNumber, validated
from billcalc.files.documents import parse_document
from billcalc.files.positions import Lines
from billcalc.kernel.troubles import InvalidInput
from billcalc.tables.csv_text import parse_csv
from billcalc.vocabulary import Band, Section


def read(text: str, layout: Layout | None = None, *, name: str = "issued.yaml") -> Reading:
    if name.endswith(".csv"):
        lines = Lines(name, text)
        return read_rows(parse_csv(text, place=lines.place), layout=layout, where=lines.place(0))
    document = parse_document(text, name=name)
    return read_data(document.data, layout=layout, where=document.where, where_key=document.where_key)


def layout(**told: Any) -> Layout:
    return validated(Layout, told)


def faults(text: str, words: Layout | None = None, *, name: str = "issued.yaml") -> list[str]:
    with pytest.raises(InvalidInput) as caught:
        read(text, words, name=name)
    return [str(fault) for fault in caught.value.faults]


WHOLE = """
period: {from: 2024-06-01, to: 2024-07-01}
lines:
- name: 代购电费
  code: purchase
  section: 购电电费
  group: main
  band: 峰
  from: 2024-06-01
  to: 2024-06-15
  quantity: 10
  price: 0.50
  amount: 5.00
- {code: [rural_grid_loan, water_project], section: [levies, catalogue], amount: -1}
subtotals:
- {name: 小计, section: energy, amount: 5.00}
total: 4.00
facts: {kwh: {峰: 10, total: 10}, kvarh: 2, cosphi: 0.98, ratio: -0.0075, base: 5.00}
"""


def test_everything_a_bill_prints_can_be_told() -> None:
    reading = read(WHOLE)
    purchase, levies = reading.bill.lines
    assert (purchase.name, purchase.codes, purchase.sections) == ("代购电费", ("purchase",), (Section.ENERGY,))
    assert (purchase.group, purchase.band, str(purchase.span)) == ("main", Band.PEAK, "2024-06-01/2024-06-15")
    assert (purchase.quantity, purchase.price, purchase.amount) == (Decimal(10), Decimal("0.50"), Decimal("5.00"))
    assert levies.codes == ("rural_grid_loan", "water_project")
    assert levies.sections == (Section.LEVIES, Section.CATALOGUE)
    assert (levies.span, levies.one_band) == (None, None)
    assert reading.bill.total == Decimal("4.00")
    assert reading.bill.facts.kwh == {Band.PEAK: 10, Band.TOTAL: 10}
    assert reading.places == ("issued.yaml:4:3", "issued.yaml:14:3")
    assert [reading.place(row) for row in (1, 2)] == ["issued.yaml:14:3", None]


def test_good_rows_are_read_and_each_bad_one_is_told_with_its_place() -> None:
    reading = read(
        """lines:
- {code: purchase, amount: "1,000.00"}
- {code: purchase, amount: "2.00"}
- {code: purchase, ammount: "3.00"}
- {amount: "4.00"}
- {code: purchase, from: 2024-06-01, amount: "5.00"}
- {code: purchase, from: 2024-06-02, to: 2024-06-01, amount: "5.00"}
- {code: purchase, band: 夜间, amount: "6.00"}
- purchase
"""
    )
    assert [line.amount for line in reading.bill.lines] == [2]
    assert reading.places == ("issued.yaml:3:3",)
    told = [f"{fault.where} {fault.code}" for fault in reading.faults]
    assert told == [
        "issued.yaml:2:28 not_a_number",
        "issued.yaml:4:3 missing_key",
        "issued.yaml:4:20 unknown_key",
        "issued.yaml:5:3 inconsistent",
        "issued.yaml:6:3 inconsistent",
        "issued.yaml:7:3 span_reversed",
        "issued.yaml:8:26 unknown_word",
        "issued.yaml:9:3 wrong_type",
    ]
    assert 'write "1000.00" instead of "1,000.00"' in str(reading.faults[0])


def test_a_bill_that_cannot_be_read_as_a_whole_tells_the_faults_of_its_lines_too() -> None:
    text = 'lines:\n- {code: purchase, amount: "x"}\nsubtotals:\n- {amount: "1"}\ntotals: "1"\n'
    assert [fault.partition(": ")[0] for fault in faults(text)] == [
        "issued.yaml:4:3",
        "issued.yaml:5:1",
        "issued.yaml:2:28",
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("total: 1", 'issued.yaml:1:1: missing_key: the key "lines" is missing; add it'),
        ("[]", "issued.yaml:1:1: wrong_type: a mapping is expected here; correct the value (a list)"),
        ("lines: 1", 'issued.yaml:1:8: wrong_type: a list is expected here; correct the value "1"'),
    ],
)
def test_what_is_no_bill_is_refused(text: str, told: str) -> None:
    assert faults(text) == [told]


def test_more_subtotals_than_any_bill_prints_are_refused() -> None:
    rows = "- {section: energy, amount: 1}\n" * 201
    assert "at most 200" in faults(f"lines: []\nsubtotals:\n{rows}")[0]


def test_a_json_number_is_refused_with_the_correction() -> None:
    reading = read('{"lines": [{"code": "purchase", "amount": 1.10}]}', name="issued.json")
    [fault] = reading.faults
    assert str(fault).startswith("issued.json:1:43: json_number: 1.10 is a JSON number")


def test_data_without_a_place_are_read_too() -> None:
    reading = read_data({"lines": ({"code": "purchase", "amount": JsonNumber("1")},), "subtotals": ()}, where=str)
    assert [fault.where for fault in reading.faults] == ["('lines', 0, 'amount')"]


# Words of a layout.


WORDS = layout(
    names={
        "代购电费": "purchase",
        "峰段电费": {"code": "purchase", "band": "峰", "group": "main", "section": "energy"},
        "基金": ["rural_grid_loan", "water_project"],
    },
    sections={"③输配电费": ["network_energy", "network_capacity"]},
    groups={"工商业": "main"},
    bands={"尖峰": "sharp", "高峰": "峰"},
    subtotals={"工商业小计": {"group": "main"}},
    ignore="其中：税额",
)


def test_names_and_words_are_put_into_ours() -> None:
    reading = read(
        """lines:
- {name: 代购电费, band: 尖峰, group: 工商业, amount: 1}
- {name: 峰段电费, amount: 2}
- {name: 基金, section: ③输配电费, amount: 3}
- {name: 其中：税额, amount: 4}
- {name: 服务费, amount: 5}
subtotals:
- {name: 工商业小计, amount: 1}
- {name: 工商业小计, group: other, amount: 1}
- {section: ③输配电费, amount: 1}
""",
        WORDS,
    )
    sharp, peak, levies, unknown = reading.bill.lines
    assert (sharp.codes, sharp.band, sharp.group) == (("purchase",), Band.SHARP, "main")
    assert (peak.codes, peak.band, peak.group, peak.sections) == (("purchase",), Band.PEAK, "main", (Section.ENERGY,))
    assert levies.codes == ("rural_grid_loan", "water_project")
    assert levies.sections == (Section.NETWORK_ENERGY, Section.NETWORK_CAPACITY)
    assert (unknown.name, unknown.codes) == ("服务费", ())
    assert [subtotal.groups for subtotal in reading.bill.subtotals] == [("main",), ("other",), ()]
    assert reading.ignored == ("其中：税额",)


def test_what_a_line_tells_goes_before_the_layout() -> None:
    [line] = read("lines: [{name: 峰段电费, band: 谷, code: network_energy, group: , amount: 2}]", WORDS).bill.lines
    assert (line.band, line.codes, line.group) == (Band.VALLEY, ("network_energy",), "main")


@pytest.mark.parametrize("line", ["[]", "{name: [], amount: 1}", "{name: 电费, band: [], section: [], amount: 1}"])
def test_what_is_no_word_is_left_to_be_judged(line: str) -> None:
    reading = read(f"lines: [{line}]\nsubtotals: []", WORDS)
    assert len(reading.faults) == 1


def test_a_subtotal_that_is_no_mapping_is_refused() -> None:
    assert "a mapping is expected here" in faults("lines: []\nsubtotals: [1]")[0]
    assert "a list is expected here" in faults("lines: []\nsubtotals: 1")[0]
    assert "a text is expected here" in faults("lines: []\nsubtotals: [{name: [], section: energy, amount: 1}]")[0]


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ({"columns": {"金额": "amount", "电费": "amount"}}, 'two columns are said to hold "amount"'),
        ({"columns": {"项目": "name"}}, "no column is said to hold the amount"),
        ({"names": {"电费": "purchase"}, "ignore": ["电费"]}, '"电费" is said to be two things'),
        ({"total": ["电费"], "facts": {"电费": "cosphi"}}, '"电费" is said to be two things'),
        ({"names": {"电费": "Purchase"}}, "a code has small letters"),
        ({"sections": {"电费": []}}, "too few entries"),
        ({"facts": {"电费": "kwh"}}, "kwh.total"),
        ({"subtotals": {"小计": {}}}, "the row with the total is named under total"),
    ],
)
def test_a_layout_that_is_not_clear_is_refused(told: dict[str, Any], reason: str) -> None:
    with pytest.raises(InvalidInput, match=reason):
        layout(**told)


# CSV.


def test_a_csv_headed_with_our_keys_needs_no_layout() -> None:
    text = (
        "code,band,from,to,quantity,price,amount\npurchase,peak,2024-06-01,2024-07-01,10,0.5,5.00\nlevies,,,,,,1.00\n"
    )
    reading = read(text, name="issued.csv")
    peak, levies = reading.bill.lines
    assert (peak.band, str(peak.span)) == (Band.PEAK, "2024-06-01/2024-07-01")
    assert peak.amount == 5
    assert (levies.band, levies.span, levies.quantity) == (None, None, None)
    assert reading.places == ("issued.csv:2:1", "issued.csv:3:1")
    assert reading.bill.total is None


PRINTED = layout(
    columns={"项目": "name", "电费": "amount", "时段": "band"},
    names={"代购电费": "purchase"},
    subtotals={"小计": {"section": "energy"}},
    facts={"力率": "cosphi", "电量": "kwh.total", "峰电量": "kwh.peak"},
    ignore=["其中：税额"],
)


def test_rows_of_a_csv_are_lines_subtotals_facts_and_the_total() -> None:
    lines = "序号,项目,时段,电费\n1,代购电费,峰,5.00\n2,小计,,5.00\n3,其中：税额,,0.50\n4,合计,,5.00\n"
    reading = read(f"{lines},力率,,0.98\n,电量,,10\n,峰电量,,9\n", PRINTED, name="issued.csv")
    bill = reading.bill
    assert [line.band for line in bill.lines] == [Band.PEAK]
    assert [(each.name, each.sections) for each in bill.subtotals] == [("小计", (Section.ENERGY,))]
    assert bill.total == 5
    assert bill.facts.cosphi == Decimal("0.98")
    assert bill.facts.kwh == {Band.TOTAL: 10, Band.PEAK: 9}
    assert reading.ignored == ("其中：税额",)


def test_a_name_that_the_layout_gives_to_a_line_is_not_the_total() -> None:
    words = layout(columns={"项目": "name", "电费": "amount"}, names={"合计": "purchase"})
    reading = read("项目,电费\n合计,5.00\n", words, name="issued.csv")
    assert (reading.bill.total, len(reading.bill.lines)) == (None, 1)


def test_bad_rows_of_a_csv_are_told_with_line_and_column() -> None:
    text = '项目,时段,电费\n代购电费,峰,"5,000.00"\n代购电费,平,4.00\n代购电费,夜间,3.00\n代购电费,谷\n代购电费,谷,\n'
    reading = read(text, PRINTED, name="issued.csv")
    assert [line.amount for line in reading.bill.lines] == [4]
    assert [f"{fault.where} {fault.code}" for fault in reading.faults] == [
        "issued.csv:2:8 not_a_number",
        "issued.csv:4:6 unknown_word",
        "issued.csv:5:1 syntax",
        "issued.csv:6:1 missing_key",
    ]
    assert "the row has 2 cells and the head has 3" in str(reading.faults[2])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("项目,时段,电费\n小计,,x\n合计,,5.0.0\n力率,,y\n峰电量,,z\n", ["2:5", "4:5", "5:6", "3:5"]),
        ("项目,时段,电费\n合计,,1\n合计,,1\n", ["3:5"]),
        ("项目,时段,电费\n力率,,1\n力率,,1\n峰电量,,1\n峰电量,,1\n代购电费,,x\n", ["3:5", "5:6", "6:7"]),
    ],
)
def test_what_is_wrong_with_sums_and_facts_makes_the_whole_unreadable(text: str, told: list[str]) -> None:
    places = [fault.split(": ")[0].removeprefix("issued.csv:") for fault in faults(text, PRINTED, name="issued.csv")]
    assert sorted(places) == sorted(told)


@pytest.mark.parametrize(
    ("text", "words", "told"),
    [
        ("", None, "issued.csv:1:1: empty"),
        ("项目,电费\n", None, 'issued.csv:1:1: unknown_key: the key "项目" is not known here'),
        ("code\n", None, 'issued.csv:1:1: missing_key: the key "amount" is missing'),
        ("amount,amount\n", None, 'issued.csv:1:8: duplicate_key: the key "amount" stands twice'),
        (
            "项目,时段,金额\n",
            PRINTED,
            'issued.csv:1:1: unknown_reference: there is no column "电费"; use one of: 项目, 时段, 金额',
        ),
        ("项目,时段,电费,电费\n", PRINTED, 'issued.csv:1:10: duplicate_key: the key "电费" stands twice'),
    ],
)
def test_a_head_that_is_not_that_of_the_layout_is_refused(text: str, words: Layout | None, told: str) -> None:
    assert faults(text, words, name="issued.csv")[0].startswith(told)


def test_columns_that_the_layout_does_not_name_are_not_read_and_are_told() -> None:
    text = "项目,备注,备注,时段,电费\n代购电费,x,y,峰,5.00\n"
    reading = read(text, PRINTED, name="issued.csv")
    assert [line.amount for line in reading.bill.lines] == [5]
    assert reading.unread_columns == ("备注", "备注")


def test_a_line_made_in_code_is_checked_as_one_that_is_read() -> None:
    with pytest.raises(ValueError, match="inconsistent"):
        IssuedLine(amount=Decimal(1))


@pytest.mark.parametrize(
    ("head", "value"),
    [("金额(分),电量,电价", "分"), ("金额(万元),电量,电价", "万元"), ("金额,电量(万千瓦时),电价", "万千瓦时"),
     ("金额,电量,电价(分/千瓦时)", "分/千瓦时")],
)  # fmt: skip
def test_a_column_in_another_unit_is_refused(head: str, value: str) -> None:
    keys = dict(zip(head.split(","), ("amount", "quantity", "price"), strict=True))
    with pytest.raises(InvalidInput) as invalid:
        read(f"项目,{head}\n购电费,100,1,1\n", layout(columns={"项目": "name", **keys}), name="issued.csv")
    [fault] = invalid.value.faults
    assert (fault.code, fault.facts["value"]) == ("inconsistent", value)


def test_columns_in_the_units_of_bills_are_read() -> None:
    columns = {"项目": "name", "电费(元)": "amount", "容量(千伏安)": "quantity", "电价(元/千瓦时)": "price"}
    reading = read(f"{','.join(columns)}\n购电费,100,1,100\n", layout(columns=columns), name="issued.csv")
    assert (reading.bill.lines[0].amount, reading.faults) == (Decimal(100), ())


def test_a_printed_name_that_tells_another_unit_is_no_amount_in_yuan() -> None:
    reading = read("name,amount\n购电费（万元）,1.5\n基本电费（元）,20\n", name="issued.csv")
    assert [(fault.where, fault.facts["value"]) for fault in reading.faults] == [("issued.csv:2:1", "万元")]
    assert [line.name for line in reading.bill.lines] == ["基本电费（元）"]
    assert len(reading.unread) == 1


@pytest.mark.parametrize("name", ["合计（万元）", "小计(万元)", "总电量(万千瓦时)"])
def test_a_sum_or_a_fact_in_another_unit_makes_the_whole_unreadable(name: str) -> None:
    words = layout(subtotals={"小计": {"section": "energy"}}, facts={"总电量": "kwh.total"})
    with pytest.raises(InvalidInput) as invalid:
        read(f"name,amount\n购电费,15000\n{name},1.5\n", words, name="issued.csv")
    assert [fault.where for fault in invalid.value.faults] == ["issued.csv:3:" + str(len(name) + 2)]


@pytest.mark.parametrize(
    ("told", "value"),
    [
        ({"names": {"峰段输配电费": {"code": "network_energy", "band": "谷"}}}, "峰"),
        ({"bands": {"高峰": "valley"}}, "峰"),
        ({"facts": {"有功电量（峰）": "kwh.valley"}}, "峰"),
        ({"columns": {"项目": "name", "电量": "amount"}}, "电量"),
        ({"columns": {"项目": "name", "金额": "amount", "电费": "price"}}, "电费"),
    ],
)
def test_a_layout_that_takes_a_name_for_what_it_does_not_say_is_refused(told: dict[str, Any], value: str) -> None:
    with pytest.raises(InvalidInput) as invalid:
        layout(**told)
    assert [(fault.facts["reason"], fault.facts["value"]) for fault in invalid.value.faults] == [
        ("says_otherwise", value)
    ]
