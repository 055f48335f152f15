"""One small input for each mistake, in fixtures/bad, and the whole message it must give."""

from enum import StrEnum
from pathlib import Path

import pytest

from billcalc.fields import Count, Day, Exact, Flag, Model, NotNegative, Text
from billcalc.files.loading import load
from billcalc.kernel.troubles import InvalidInput

BAD = Path(__file__).parents[2] / "fixtures" / "bad"


class Kind(StrEnum):
    OPENING = "opening"
    CLOSING = "closing"


class Band(StrEnum):
    PEAK = "peak"
    FLAT = "flat"


class Point(Model):
    id: Text
    kind: Kind
    at: Day | None = None
    multiplier: NotNegative | None = None
    digits: Count | None = None
    sealed: Flag | None = None
    kwh: dict[Band, Exact] | None = None


class Request(Model):
    area: str
    points: tuple[Point, ...]
    note: str | None = None


def syntax(place: str, reason: str) -> str:
    return f"{place}: syntax: the text cannot be read: {reason}; correct it at this place"


def not_a_number(place: str, reason: str) -> str:
    return f"{place}: not_a_number: {reason}; correct the number"


EXPECTED = {
    "alias.yaml": (
        "alias.yaml:3:3: alias: YAML anchors and aliases are not accepted (&first); write the value out\n"
        "alias.yaml:4:3: alias: YAML anchors and aliases are not accepted (*first); write the value out"
    ),
    "comment_only.yaml": "comment_only.yaml: empty: the input is empty; give a document, or check its name",
    "date_of_a_week.yaml": (
        "date_of_a_week.yaml:3:31: wrong_type: a day is written YYYY-MM-DD, such as 2024-06-01; "
        'correct the value "2024-W26-7"'
    ),
    "duplicate_key.json": (
        'duplicate_key.json:3:3: duplicate_key: the key "area" stands twice in one mapping; keep one of them'
    ),
    "duplicate_key.yaml": (
        'duplicate_key.yaml:5:3: duplicate_key: the key "id" stands twice in one mapping; keep one of them'
    ),
    "empty.json": "empty.json: empty: the input is empty; give a document, or check its name",
    "empty.yaml": "empty.yaml: empty: the input is empty; give a document, or check its name",
    "exponent.yaml": not_a_number("exponent.yaml:5:15", 'an exponent is not accepted: write "100000" instead of "1e5"'),
    "full_width_digits.yaml": not_a_number(
        "full_width_digits.yaml:5:15", 'only the digits 0-9 are accepted: write "12" instead of "１２"'
    ),
    "half_a_character.json": syntax(
        "half_a_character.json:1:10",
        r"\ud83d is half a character: give both halves, or the character itself",
    ),
    "json_number.json": (
        "json_number.json:4:51: json_number: 660000.0 is a JSON number, which many programs turn into a float; "
        'write it as the string "660000.0"'
    ),
    "json_number_as_text.json": (
        "json_number_as_text.json:4:12: json_number: 100.0 is a JSON number, which many programs turn into a float; "
        'write it as the string "100.0"'
    ),
    "line_separator.yaml": syntax(
        "line_separator.yaml:2:8",
        "the character U+2028 is not accepted: write it as an escape in double quotes",
    ),
    "list_as_key.yaml": syntax("list_as_key.yaml:2:3", "a key is a text"),
    "list_at_top.yaml": "list_at_top.yaml:1:1: wrong_type: a mapping is expected here; correct the value (a list)",
    "mapping_for_list.yaml": (
        "mapping_for_list.yaml:3:3: wrong_type: a list is expected here; correct the value (a mapping)"
    ),
    "merge_key.yaml": syntax("merge_key.yaml:3:3", 'the merge key "<<" is not accepted: write the keys out'),
    "missing_key.yaml": 'missing_key.yaml:3:3: missing_key: the key "id" is missing; add it',
    "negative.yaml": (
        "negative.yaml:3:39: negative: -1 is negative; give a value of zero or more; a refund is a given line"
    ),
    "no_value.json": syntax("no_value.json:2:11", "a value is expected here"),
    "not_a_number.json": syntax("not_a_number.json:2:59", "NaN is not a number"),
    "not_utf8.yaml": "not_utf8.yaml: not_text: the input is not UTF-8 text (byte 23); save it as UTF-8",
    "several_faults.yaml": (
        'several_faults.yaml:1:1: missing_key: the key "area" is missing; add it\n'
        'several_faults.yaml:2:18: unknown_word: "closed" is not an accepted value; use one of: opening, closing\n'
        "several_faults.yaml:2:30: wrong_type: there is no day 2024-02-30: 2024-02 has the days 01 to 29; "
        'correct the value "2024-02-30"\n'
        "several_faults.yaml:3:39: not_a_number: thousands separators are not accepted: "
        'write "1234" instead of "1,234"; correct the number\n'
        'several_faults.yaml:3:48: unknown_word: "flot" is not an accepted value; use one of: peak, flat'
    ),
    "tab.yaml": syntax("tab.yaml:3:1", "a tab cannot indent YAML: use spaces"),
    "tag.yaml": syntax("tag.yaml:1:7", "the tag tag:yaml.org,2002:str is not accepted: leave it out"),
    "two_documents.yaml": syntax("two_documents.yaml:2:1", "a second document begins here: give one"),
    "unclosed_quote.yaml": syntax(
        "unclosed_quote.yaml:3:1",
        'the YAML parser says "found unexpected end of stream while scanning a quoted scalar", of what begins at '
        "unclosed_quote.yaml:1:7",
    ),
    "underscore.yaml": not_a_number(
        "underscore.yaml:3:39", 'underscores are not accepted: write "660000" instead of "660_000"'
    ),
    "unknown_key.yaml": (
        'unknown_key.yaml:5:3: unknown_key: the key "multipler" is not known here; '
        "use one of: at, digits, id, kind, kwh, multiplier, sealed"
    ),
    "unknown_word.yaml": (
        'unknown_word.yaml:4:9: unknown_word: "closed" is not an accepted value; use one of: opening, closing'
    ),
    "wrong_date.yaml": (
        "wrong_date.yaml:3:31: wrong_type: there is no day 2024-06-31: 2024-06 has the days 01 to 30; "
        'correct the value "2024-06-31"'
    ),
    "yes_as_flag.yaml": ('yes_as_flag.yaml:3:35: wrong_type: this is either true or false; correct the value "yes"'),
}


def message_for(source: bytes | Path, *, name: str) -> str:
    with pytest.raises(InvalidInput) as caught:
        load(Request, source, name=name)
    return str(caught.value)


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize("name", EXPECTED)
def test_a_bad_input_is_refused_with_its_place_its_mistake_and_what_to_do(name: str) -> None:
    assert message_for(BAD / name, name=name) == EXPECTED[name]


def test_every_bad_input_has_its_message() -> None:
    assert {path.name for path in BAD.iterdir() if path.is_file()} == set(EXPECTED)


@pytest.mark.parametrize("name", ["request.yaml", "request.json"])
def test_an_input_over_the_limit_is_refused(name: str) -> None:
    blank = b" " * (1 << 20)
    assert message_for(blank + b"{}", name=name) == (
        f"{name}: too_large: the input is larger than 1048576 bytes; split it, or raise the limit with --max-bytes"
    )


@pytest.mark.parametrize("name", ["request.yaml", "request.json"])
@pytest.mark.parametrize(("opened", "column"), [("[", 33), ('{"a":', 161)])
@pytest.mark.parametrize("closed", [True, False])
def test_an_input_that_is_nested_too_deep_is_refused(name: str, opened: str, column: int, *, closed: bool) -> None:
    ends = "1" + {"[": "]", '{"a":': "}"}[opened] * 33 if closed else ""
    levels = 33 if closed else 200_000
    assert message_for((opened * levels + ends).encode(), name=name) == (
        f"{name}:1:{column}: too_deep: the input is nested more than 32 levels deep; flatten it: no request needs that"
    )


def test_a_good_input_becomes_a_record() -> None:
    text = "area: cn-guangxi\npoints:\n- {id: M1, kind: closing, at: 2024-06-12, kwh: {peak: 0.20}, sealed: false}\n"
    request = load(Request, text.encode())
    assert request == Request.model_validate(
        {
            "area": "cn-guangxi",
            "points": [{"id": "M1", "kind": "closing", "at": "2024-06-12", "kwh": {"peak": "0.2"}, "sealed": False}],
        }
    )
    assert [str(kwh) for kwh in (request.points[0].kwh or {}).values()] == ["0.20"]
