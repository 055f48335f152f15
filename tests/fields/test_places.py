"""Keys, words and shapes: where the fault lies, and what would be right there."""

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import BaseModel, model_validator

from billcalc.fields import Day, Exact, JsonNumber, Model, validated
from billcalc.kernel.troubles import InvalidInput
from tests.fields.shapes import Document, Kind, Sub, Tree, Unions, messages_for, not_a_number, unknown

SUB = ("from", "words", "x")


@pytest.mark.parametrize(
    ("data", "place", "known"),
    [
        ({"by_name": {"q": {"x": "1", "y": "2"}}}, "/by_name/q/y", SUB),
        ({"by_name": {"a/b~c": {"x": "1", "y": "2"}}}, "/by_name/a~1b~0c/y", SUB),
        ({"by_name": {"y": {"x": "1", "y": "2"}}}, "/by_name/y/y", SUB),
        ({"listed": [{"x": "1"}, {"x": "1", "y": "2"}]}, "/listed/1/y", SUB),
        ({"row": [{"x": "1", "y": "2"}]}, "/row/0/y", SUB),
        ({"row": ({"x": "1", "y": "2"},)}, "/row/0/y", SUB),
        ({"pair": [{"x": "1"}, {"y": "2"}]}, "/pair/1/y", ("other", "plain")),
        ({"pair": [{"x": "1", "y": "2"}, {}]}, "/pair/0/y", SUB),
        ({"deep": {"fixed": [{"q": {"x": "1", "y": "2"}}]}}, "/deep/fixed/0/q/y", SUB),
        ({"one": {"x": "1", "y": "2"}}, "/one/y", SUB),
        ({"y": "2"}, "/y", ("anything", "by_name", "deep", "listed", "numbers", "one", "pair", "row")),
    ],
)
def test_an_unknown_key_is_told_with_the_known_ones(data: object, place: str, known: tuple[str, ...]) -> None:
    assert messages_for(Tree, data) == [unknown(place, "y", *known)]


def test_an_unknown_key_is_shown_on_one_line() -> None:
    key = "广\x1b" + "y" * 100
    [message] = messages_for(Sub, {"x": "1", key: "2"})
    assert f'the key "广\\x1b{"y" * 52}..." is not known' in message


def test_a_record_without_fields_knows_no_key() -> None:
    class Nothing(Model):
        pass

    assert messages_for(Nothing, {"y": "2"}) == [unknown("/y", "y", "(none)")]


@pytest.mark.parametrize(
    ("data", "place"),
    [({"one": {}}, "/one"), ({"by_name": {"q": {}}}, "/by_name/q"), ({"listed": [{"x": "1"}, {}]}, "/listed/1")],
)
def test_a_missing_key_is_told_at_the_place_where_it_belongs(data: object, place: str) -> None:
    assert messages_for(Tree, data) == [f'{place}: missing_key: the key "x" is missing; add it']


def test_a_key_missing_at_the_top_has_the_place_of_the_whole() -> None:
    assert messages_for(Sub, {}) == ['/: missing_key: the key "x" is missing; add it']


def test_all_faults_are_told() -> None:
    assert messages_for(Tree, {"one": {"x": "1e1", "from": "yesterday"}, "listed": [{"x": "1,000"}, {}]}) == [
        '/listed/0/x: not_a_number: thousands separators are not accepted: write "1000" instead of "1,000"; '
        "correct the number",
        '/listed/1: missing_key: the key "x" is missing; add it',
        '/one/x: not_a_number: an exponent is not accepted: write "10" instead of "1e1"; correct the number',
        '/one/from: wrong_type: a day is written YYYY-MM-DD, such as 2024-06-01; correct the value "yesterday"',
    ]


@pytest.mark.parametrize(
    ("data", "place", "value", "known"),
    [
        ({"one": {"x": "1", "words": ["z"]}}, "/one/words/0", "z", "a, b or c, d'e"),
        ({"one": {"x": "1", "words": ["a", None]}}, "/one/words/1", "null", "a, b or c, d'e"),
        ({"deep": {"fixt": []}}, "/deep/fixt", "fixt", "fixed, ratio"),
        ({"numbers": [1, 3]}, "/numbers/1", "3", "1 or 2"),
        ({"numbers": [[]]}, "/numbers/0", "(a list)", "1 or 2"),
    ],
)
def test_an_unknown_word_is_told_with_the_known_ones(data: object, place: str, value: str, known: str) -> None:
    assert messages_for(Tree, data) == [
        f'{place}: unknown_word: "{value}" is not an accepted value; use one of: {known}'
    ]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ([], "/: wrong_type: a mapping is expected here; correct the value (a list)"),
        (None, "/: wrong_type: a mapping is expected here; correct the value null"),
        ({"one": "x"}, '/one: wrong_type: a mapping is expected here; correct the value "x"'),
        ({"by_name": []}, "/by_name: wrong_type: a mapping is expected here; correct the value (a list)"),
        ({"listed": {}}, "/listed: wrong_type: a list is expected here; correct the value (a mapping)"),
        ({"row": "x"}, '/row: wrong_type: a list is expected here; correct the value "x"'),
        ({"pair": [{"x": "1"}]}, "/pair: wrong_type: the list has no entry number 2; correct the value (a list)"),
        (
            {"pair": [{"x": "1"}, {}, {}]},
            "/pair: wrong_type: there are too many entries: at most 2 may stand here; correct the value (a list)",
        ),
        (
            {"row": [{"x": "1"}]},
            "/row: wrong_type: there are too few entries: at least 2 must stand here; correct the value (a list)",
        ),
        # The list is long enough: only the fault of its entry is told.
        ({"row": [{"x": "1"}, []]}, "/row/1: wrong_type: a mapping is expected here; correct the value (a list)"),
        ({1: "x"}, "/1: wrong_type: a key is a text; correct the value 1"),
    ],
)
def test_a_value_of_another_shape_is_told(data: object, message: str) -> None:
    assert messages_for(Tree, data) == [message]


# Validators of the models themselves.


class Reading(Model):
    """Takes registers beside its own keys, as a request writes them."""

    at: Day
    registers: dict[Kind, Exact]

    @model_validator(mode="before")
    @classmethod
    def _gather(cls, raw: Any) -> Any:
        gathered = {key: value for key, value in raw.items() if key in tuple(Kind)}
        return {**{key: raw[key] for key in raw if key not in gathered}, "registers": gathered}

    @model_validator(mode="after")
    def _was_read(self) -> "Reading":
        if self.at.year < 2000:
            raise ValueError("Nobody read\nmeters then")
        return self

    @classmethod
    def known_keys(cls) -> list[str]:
        return ["at", *Kind]


def test_a_fault_in_rearranged_input_lies_where_the_input_has_it() -> None:
    assert messages_for(Reading, {"at": "2024-06-01", "fixed": "x"}) == [not_a_number("/fixed", "x")]


def test_a_model_that_rearranges_its_input_tells_its_keys() -> None:
    assert messages_for(Reading, {"at": "2024-06-01", "y": "2"}) == [unknown("/y", "y", "at", "fixed", "ratio")]


def test_the_error_of_a_validator_is_told_on_one_line() -> None:
    assert messages_for(Reading, {"at": "1999-06-01"}) == [
        r'/: wrong_type: the system says "nobody read\nmeters then"; correct the value (a mapping)'
    ]


def test_places_can_be_told_otherwise() -> None:
    data = {"one": {"y": "1", "words": ["z"]}, "deep": {"fixt": []}}
    with pytest.raises(InvalidInput) as caught:
        validated(Tree, data, where=lambda path: f"value {path}", where_key=lambda path: f"key {path}")
    assert [fault.where for fault in caught.value.faults] == [
        "key ('deep', 'fixt')",
        "value ('one',)",
        "value ('one', 'words', 0)",
        "key ('one', 'y')",
    ]
    with pytest.raises(InvalidInput) as caught:
        validated(Sub, {"x": "1", "y": "2"}, where=str)
    assert [fault.where for fault in caught.value.faults] == ["('y',)"]


# Any data at all.


KEYS = st.sampled_from([*Tree.model_fields, *Unions.model_fields, *Sub.model_fields, "kind", "flat", "bands", "value"])
WORDS = st.sampled_from(["fixed", "ratio", "1", "x", "2024-06-01", "none", ""])
ODD = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3) | st.just(JsonNumber("1.0"))
ANY_DATA = st.recursive(
    WORDS | ODD,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS | st.text(max_size=3), inner, max_size=5),
    max_leaves=20,
)


def parts_of(pointer: str) -> list[str]:
    return [part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:]]


@given(data=ANY_DATA, model=st.sampled_from([Tree, Unions, Sub, Document]))
@example(data={"kind": "fixed", "": {}}, model=Document)
@example(data={"shouted": {"A": None}}, model=Unions)
def test_any_data_is_a_record_or_has_faults_that_lie_in_it(data: Any, model: type[BaseModel]) -> None:
    try:
        assert isinstance(validated(model, data), model)
    except InvalidInput as error:
        faults = error.faults
    else:
        return
    assert len(faults) > 0
    for fault in faults:
        assert str(fault).startswith(f"{fault.where or '/'}: {fault.code}: ")
        at = data
        for part in parts_of(fault.where):
            at = at[int(part)] if isinstance(at, list | tuple) else at[part]
