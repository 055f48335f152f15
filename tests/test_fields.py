"""Field types: what each takes, what it says of the rest, and where it says the fault lies."""

from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Literal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import AliasChoices, BaseModel, BeforeValidator, Field, RootModel, model_validator

from billcalc.fields import Count, Day, Exact, Flag, JsonNumber, Model, NotNegative, fault_error, validated
from billcalc.kernel.troubles import InvalidInput
from billcalc.kernel.wording import FaultCode


class One(Model):
    """One field of each kind."""

    exact: Exact | None = None
    not_negative: NotNegative | None = None
    count: Count | None = None
    day: Day | None = None
    flag: Flag | None = None
    text: str | None = None


def messages_for(model: type[BaseModel], data: object) -> list[str]:
    with pytest.raises(InvalidInput) as caught:
        validated(model, data)
    return [str(fault) for fault in caught.value.faults]


# Single values.


@pytest.mark.parametrize(
    ("key", "raw", "value"),
    [
        ("exact", "-0.041825", Decimal("-0.041825")),
        ("exact", 5, Decimal(5)),
        ("exact", Decimal("0.10"), Decimal("0.1")),
        ("not_negative", "0", Decimal(0)),
        ("count", "007", 7),
        ("count", "999999999", 999_999_999),
        ("count", 999_999_999, 999_999_999),
        ("count", JsonNumber("4"), 4),
        ("day", "2024-02-29", date(2024, 2, 29)),
        ("day", date(2024, 6, 1), date(2024, 6, 1)),
        ("flag", True, True),
        ("flag", False, False),
        ("text", JsonNumber("4.0"), "4.0"),
    ],
)
def test_a_field_takes(key: str, raw: object, value: object) -> None:
    read = getattr(validated(One, {key: raw}), key)
    assert (read, type(read)) == (value, type(value))


NOT_A_COUNT = "a count is a whole number of at most 9 digits"
NOT_A_DAY = "a day is written YYYY-MM-DD, such as 2024-06-01"
NOT_A_FLAG = "this is either true or false"


@pytest.mark.parametrize(
    ("key", "raw", "reason", "value"),
    [
        ("count", "1.0", NOT_A_COUNT, '"1.0"'),
        ("count", JsonNumber("1.0"), NOT_A_COUNT, "1.0"),
        ("count", "-1", NOT_A_COUNT, '"-1"'),
        ("count", -1, NOT_A_COUNT, "-1"),
        ("count", "1234567890", NOT_A_COUNT, '"1234567890"'),
        ("count", 1_000_000_000, NOT_A_COUNT, "1000000000"),
        ("count", "٣", NOT_A_COUNT, '"٣"'),
        ("count", "1\n", NOT_A_COUNT, r'"1\n"'),
        ("count", True, NOT_A_COUNT, "true"),
        ("count", {}, NOT_A_COUNT, "{...}"),
        ("day", "2024-06-31", "there is no day 2024-06-31: 2024-06 has the days 01 to 30", '"2024-06-31"'),
        ("day", "2023-02-29", "there is no day 2023-02-29: 2023-02 has the days 01 to 28", '"2023-02-29"'),
        ("day", "2024-06-00", "there is no day 2024-06-00: 2024-06 has the days 01 to 30", '"2024-06-00"'),
        (
            "day",
            "2024-13-01",
            "there is no day 2024-13-01: years start at 0001 and months are 01 to 12",
            '"2024-13-01"',
        ),
        (
            "day",
            "0000-01-01",
            "there is no day 0000-01-01: years start at 0001 and months are 01 to 12",
            '"0000-01-01"',
        ),
        ("day", "2024-W26-7", NOT_A_DAY, '"2024-W26-7"'),
        ("day", "20240601", NOT_A_DAY, '"20240601"'),
        ("day", "2024/06/01", NOT_A_DAY, '"2024/06/01"'),
        ("day", "2024-6-1", NOT_A_DAY, '"2024-6-1"'),
        ("day", "２０２４-06-01", NOT_A_DAY, '"２０２４-06-01"'),
        ("day", "2024-06-01T00:00:00", NOT_A_DAY, '"2024-06-01T00:00:00"'),
        ("day", "2024-06-01\n", NOT_A_DAY, r'"2024-06-01\n"'),
        ("day", JsonNumber("20240601"), NOT_A_DAY, "20240601"),
        (
            "day",
            datetime(2024, 6, 1, tzinfo=UTC),
            NOT_A_DAY,
            "datetime.datetime(2024, 6, 1, 0, 0, tzinfo=datetime.timez...",
        ),
        ("flag", "yes", NOT_A_FLAG, '"yes"'),
        ("flag", "true", NOT_A_FLAG, '"true"'),
        ("flag", 1, NOT_A_FLAG, "1"),
        ("flag", [], NOT_A_FLAG, "[...]"),
        ("text", 4, "a text is expected here", "4"),
        ("text", ["a"], "a text is expected here", "[...]"),
    ],
)
def test_a_field_refuses_a_value_of_another_type(key: str, raw: object, reason: str, value: str) -> None:
    assert messages_for(One, {key: raw}) == [f"/{key}: wrong_type: {reason}; correct the value {value}"]


@pytest.mark.parametrize("key", ["exact", "not_negative"])
def test_money_and_quantities_are_not_numbers_of_json(key: str) -> None:
    reason = "is a JSON number, which many programs turn into a float"
    assert messages_for(One, {key: JsonNumber("1.50")}) == [
        f'/{key}: json_number: 1.50 {reason}; write it as the string "1.50"'
    ]
    long = "9" * 57 + "..."
    assert messages_for(One, {key: JsonNumber("9" * 1000)}) == [
        f'/{key}: json_number: {long} {reason}; write it as the string "{long}"'
    ]


@pytest.mark.parametrize("key", ["exact", "not_negative"])
@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("1e5", 'an exponent is not accepted: write "100000" instead of "1e5"'),
        ("1_000", 'underscores are not accepted: write "1000" instead of "1_000"'),
        ("１２", 'only the digits 0-9 are accepted: write "12" instead of "１２"'),
        (0.1, 'a binary floating-point number has lost its digits: write the string "0.1"'),
        (True, "true and false are not numbers: write the number as a string of digits"),
        ("a\nb", '"a\\nb" is not a number: write digits with at most one decimal point, such as "1234.50"'),
    ],
)
def test_a_number_is_written_in_plain_digits(key: str, raw: object, reason: str) -> None:
    assert messages_for(One, {key: raw}) == [f"/{key}: not_a_number: {reason}; correct the number"]


def test_a_quantity_is_not_negative() -> None:
    assert messages_for(One, {"not_negative": "-0.01"}) == [
        "/not_negative: negative: -0.01 is negative; give a value of zero or more; a refund is a given line"
    ]
    assert validated(One, {"exact": "-0.01"}).exact == Decimal("-0.01")


def test_a_record_does_not_change() -> None:
    record = validated(One, {"count": "1"})
    with pytest.raises(ValueError, match="frozen"):
        record.count = 2  # type: ignore[misc]


# Keys and words.


class Kind(StrEnum):
    FIXED = "fixed"
    RATIO = "ratio"


class Sub(Model):
    x: Exact
    words: tuple[Literal["a", "b or c", "d'e"], ...] = ()
    start: Day | None = Field(default=None, alias="from")


class Plain(BaseModel):
    """Not one of ours, but it may stand inside."""

    model_config = {"extra": "forbid"}
    plain: str = ""
    other: str = Field(default="", validation_alias=AliasChoices("other", "another"))


class Tree(Model):
    by_name: dict[str, Sub] = {}
    listed: list[Sub] = []
    pair: tuple[Sub, Plain] | None = None
    row: tuple[Sub, ...] = ()
    deep: dict[Kind, list[dict[str, Sub]]] | None = None
    numbers: tuple[Literal[1, 2], ...] = ()
    one: Sub | None = None
    anything: Any = None


def unknown(place: str, key: str, *known: str) -> str:
    return f'{place}: unknown_key: the key "{key}" is not known here; use one of: {", ".join(known)}'


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
        f'/one/from: wrong_type: {NOT_A_DAY}; correct the value "yesterday"',
    ]


@pytest.mark.parametrize(
    ("data", "place", "value", "known"),
    [
        ({"one": {"x": "1", "words": ["z"]}}, "/one/words/0", "z", "a, b or c, d'e"),
        ({"one": {"x": "1", "words": ["a", None]}}, "/one/words/1", "null", "a, b or c, d'e"),
        ({"deep": {"fixt": []}}, "/deep/fixt", "fixt", "fixed, ratio"),
        ({"numbers": [1, 3]}, "/numbers/1", "3", "1 or 2"),
        ({"numbers": [[]]}, "/numbers/0", "[...]", "1 or 2"),
    ],
)
def test_an_unknown_word_is_told_with_the_known_ones(data: object, place: str, value: str, known: str) -> None:
    assert messages_for(Tree, data) == [
        f'{place}: unknown_word: "{value}" is not an accepted value; use one of: {known}'
    ]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ([], "/: wrong_type: a mapping is expected here; correct the value [...]"),
        (None, "/: wrong_type: a mapping is expected here; correct the value null"),
        ({"one": "x"}, '/one: wrong_type: a mapping is expected here; correct the value "x"'),
        ({"by_name": []}, "/by_name: wrong_type: a mapping is expected here; correct the value [...]"),
        ({"listed": {}}, "/listed: wrong_type: a list is expected here; correct the value {...}"),
        ({"row": "x"}, '/row: wrong_type: a list is expected here; correct the value "x"'),
        ({"pair": [{"x": "1"}]}, "/pair: wrong_type: the list has no entry number 2; correct the value [...]"),
        ({1: "x"}, "/1: wrong_type: keys should be strings; correct the value 1"),
    ],
)
def test_a_value_of_another_shape_is_told(data: object, message: str) -> None:
    assert messages_for(Tree, data) == [message]


# Unions.


class Fixed(Model):
    kind: Literal["fixed"]
    fixed: str = ""
    value: Exact


class Ratio(Model):
    kind: Literal[Kind.RATIO]
    share: Exact


class Flat(Model):
    flat: Exact


class Bands(Model):
    bands: dict[Kind, Exact]
    unpriced: tuple[Kind, ...] = ()

    @model_validator(mode="after")
    def _prices_a_band(self) -> "Bands":
        if not self.bands:
            raise fault_error(FaultCode.INCONSISTENT, reason="no band is priced")
        return self


def _upper_key(raw: object) -> object:
    return {key.lower(): value for key, value in raw.items()} if isinstance(raw, dict) else raw


Tagged = Annotated[Fixed | Ratio, Field(discriminator="kind")]


class Unions(Model):
    tagged: Tagged | None = None
    plain: Flat | Bands | None = None
    shouted: Flat | Annotated[Sub, BeforeValidator(_upper_key)] | None = None
    nested: Flat | Tagged | None = None
    word: Literal["base", "none"] | Flat | None = None
    words: Literal["base"] | Kind | None = None
    number: Exact | Literal["none"] | None = None
    one_or_many: Exact | list[Exact] | dict[str, Flat] | None = None
    several: list[Flat] | dict[str, Sub] | tuple[Exact, Exact] | None = None


def word(place: str, value: str, known: str) -> str:
    return f'{place}: unknown_word: "{value}" is not an accepted value; use one of: {known}'


def missing(place: str, key: str) -> str:
    return f'{place}: missing_key: the key "{key}" is missing; add it'


def not_a_number(place: str, value: str) -> str:
    reason = 'is not a number: write digits with at most one decimal point, such as "1234.50"'
    return f'{place}: not_a_number: "{value}" {reason}; correct the number'


def not_digits(place: str, kind: str) -> str:
    return f"{place}: not_a_number: {kind} is not a number: write the number as a string of digits; correct the number"


@pytest.mark.parametrize(
    ("data", "messages"),
    [
        ({"tagged": {"kind": "fixt"}}, [word("/tagged/kind", "fixt", "fixed, ratio")]),
        ({"tagged": {"knd": "fixed"}}, [missing("/tagged", "kind")]),
        ({"tagged": "x"}, ['/tagged: wrong_type: a mapping is expected here; correct the value "x"']),
        ({"tagged": {"kind": "fixed"}}, [missing("/tagged", "value")]),
        # The name of the branch is also a key of it.
        ({"tagged": {"kind": "fixed", "fixed": "0", "value": "x"}}, [not_a_number("/tagged/value", "x")]),
        ({"tagged": {"kind": "fixed", "value": "1", "y": "2"}}, [unknown("/tagged/y", "y", "fixed", "kind", "value")]),
        ({"tagged": {"kind": "ratio", "share": "1", "y": "2"}}, [unknown("/tagged/y", "y", "kind", "share")]),
    ],
)
def test_a_union_with_tags_has_one_branch(data: object, messages: list[str]) -> None:
    assert messages_for(Unions, data) == messages


@pytest.mark.parametrize(
    ("data", "messages"),
    [
        ({"plain": {"flat": "x"}}, [not_a_number("/plain/flat", "x")]),
        ({"plain": {"flat": "1", "y": "2"}}, [unknown("/plain/y", "y", "flat")]),
        ({"plain": {"bands": {"fixed": "x"}, "y": "2"}}, [
            not_a_number("/plain/bands/fixed", "x"),
            unknown("/plain/y", "y", "bands", "unpriced"),
        ]),
        ({"plain": {"bands": {}}}, ["/plain: inconsistent: no band is priced; correct one of the two"]),
        # Both branches fit equally badly, so both are told, and their keys together.
        ({"plain": {"y": "2"}}, [
            missing("/plain", "flat"),
            unknown("/plain/y", "y", "flat", "bands", "unpriced"),
            missing("/plain", "bands"),
        ]),
        ({"plain": "x"}, ['/plain: wrong_type: a mapping is expected here; correct the value "x"']),
        ({"shouted": {"X": "x"}}, [not_a_number("/shouted", "x")]),
        ({"shouted": {"x": "1", "y": "2"}}, [unknown("/shouted/y", "y", *SUB)]),
        ({"nested": {"kind": "ratio", "y": "2"}}, [
            missing("/nested", "share"),
            unknown("/nested/y", "y", "kind", "share"),
        ]),
        ({"nested": {"flat": "1", "y": "2"}}, [unknown("/nested/y", "y", "flat")]),
        ({"word": "bass"}, [
            word("/word", "bass", "base, none"),
            '/word: wrong_type: a mapping is expected here; correct the value "bass"',
        ]),
        ({"word": {"flat": "x"}}, [not_a_number("/word/flat", "x")]),
        ({"words": "bass"}, [word("/words", "bass", "base, fixed, ratio")]),
        ({"number": "nine"}, [not_a_number("/number", "nine"), word("/number", "nine", "none")]),
        ({"one_or_many": ["1", "x"]}, [not_a_number("/one_or_many/1", "x")]),
        ({"one_or_many": {"q": {"flat": "1", "y": "2"}}}, [unknown("/one_or_many/q/y", "y", "flat")]),
        ({"one_or_many": {"q": "1"}}, [
            '/one_or_many/q: wrong_type: a mapping is expected here; correct the value "1"',
        ]),
        ({"several": [{"flat": "1", "y": "2"}]}, [unknown("/several/0/y", "y", "flat")]),
        ({"several": {"q": {"x": "1", "y": "2"}}}, [unknown("/several/q/y", "y", *SUB)]),
        ({"several": ["1", "x"]}, [not_a_number("/several/1", "x")]),
    ],
)  # fmt: skip
def test_of_a_union_the_branch_is_told_that_fits_best(data: object, messages: list[str]) -> None:
    assert messages_for(Unions, data) == messages


class Document(RootModel[Tagged]):
    pass


def test_a_union_at_the_top_is_read_as_a_root_model() -> None:
    assert validated(Document, {"kind": "ratio", "share": "0.5"}).root == Ratio(kind=Kind.RATIO, share=Decimal("0.5"))
    assert messages_for(Document, {"kind": "ratio", "share": "0.5", "y": ""}) == [unknown("/y", "y", "kind", "share")]
    assert messages_for(Document, {"kind": "x"}) == [word("/kind", "x", "fixed, ratio")]


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
        r"/: wrong_type: nobody read\nmeters then; correct the value {...}"
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
def test_any_data_is_a_record_or_has_faults_that_lie_in_it(data: Any, model: type[BaseModel]) -> None:
    try:
        assert isinstance(validated(model, data), model)
    except InvalidInput as error:
        assert len(error.faults) > 0
        for fault in error.faults:
            assert str(fault).startswith(f"{fault.where or '/'}: {fault.code}: ")
            at = data
            for part in parts_of(fault.where):
                at = at[int(part)] if isinstance(at, list | tuple) else at[part]
