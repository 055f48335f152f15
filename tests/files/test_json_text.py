"""JSON: numbers keep their text, and what is irregular is told with its place."""

import json

import pytest

from billcalc.fields import JsonNumber
from billcalc.files import json_text
from tests.files.reading import data_of, messages_for, syntax


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("0.10", JsonNumber("0.10")),
        ("-1E+400", JsonNumber("-1E+400")),
        ("9" * 5000, JsonNumber("9" * 5000)),
        ('"0.10"', "0.10"),
        ('"\\ud83d\\ude00\\/"', "😀/"),
        ('"\\\\ud800"', "\\ud800"),
        ('"\u2028"', "\u2028"),
        ("true", True),
        ("null", None),
        ("[]", []),
        ('{"a": {"b": [false]}}', {"a": {"b": [False]}}),
    ],
)
def test_json_means(text: str, meant: object) -> None:
    document = data_of(text, name="request.json")
    assert (document, type(document)) == (meant, type(meant))


@pytest.mark.parametrize("number", ["1", "1.0", "1e2"])
def test_a_number_of_json_is_told_from_a_text(number: str) -> None:
    numbers = data_of(f'[{number}, "{number}"]', name="request.json")
    assert isinstance(numbers, list)
    assert [type(each) for each in numbers] == [JsonNumber, str]


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        (
            '{"a": {"b": 1, "b": 2}, "a": NaN,\n "\\ud800": [-Infinity, "\\udc00"]}',
            [
                'request.json:1:16: duplicate_key: the key "b" stands twice in one mapping; keep one of them',
                'request.json:1:25: duplicate_key: the key "a" stands twice in one mapping; keep one of them',
                syntax("request.json:1:30", "NaN is not a number"),
                syntax("request.json:2:2", r"\ud800 is half a character: give both halves, or the character itself"),
                syntax("request.json:2:13", "-Infinity is not a number"),
                syntax("request.json:2:24", r"\udc00 is half a character: give both halves, or the character itself"),
            ],
        ),
        ('{"a": NaN, b}', [syntax("request.json:1:7", "NaN is not a number")]),
        ('{"a": NaN, "\\x": 1}', [syntax("request.json:1:7", "NaN is not a number")]),
        ('{"a": NaN, "b', [syntax("request.json:1:7", "NaN is not a number")]),
        ('{"a": NaN', [syntax("request.json:1:7", "NaN is not a number")]),
        ("[NaN]]", [syntax("request.json:1:2", "NaN is not a number")]),
        ("NaNs", [syntax("request.json:1:1", "NaNs is not a number")]),
        ('{"a" 1}', [syntax("request.json:1:6", "a colon is expected here")]),
        ('{"a": 1}\n x', [syntax("request.json:2:2", "there is more behind the end of the document")]),
        ('["a\nb"]', [syntax("request.json:1:4", "a control character stands here: write it as an escape")]),
        ("[01]", [syntax("request.json:1:3", "a comma is expected here")]),
    ],
)
def test_json_that_is_refused(text: str, messages: list[str]) -> None:
    assert messages_for(text, name="request.json") == messages


def test_json_of_a_page_may_hold_more_levels_than_pythons_stack() -> None:
    for text in ("[" * 100_000 + "]" * 100_000, '[{"a":' * 50_000):
        [message] = messages_for(text, name="request.json")
        assert "too_deep" in message


@pytest.mark.parametrize("after", ["", "]}", "x", '"', '"\x01"', '"\\q"', '{"a" 1}', "1 2", "[1,]"])
def test_too_many_levels_are_told_before_a_mistake_behind_them(after: str) -> None:
    [message] = messages_for("[" * 33 + after, name="request.json")
    assert message.startswith("request.json:1:33: too_deep: ")


@pytest.mark.parametrize(
    "text",
    ["[" * 32 + "x", f'["{"[" * 50}\x01"]', f'{{"{"[" * 50}\\q": 1}}', f'["{"[" * 50}', f'{{"{"[" * 50}\x01": 1}}'],
)
def test_brackets_in_a_text_are_no_levels(text: str) -> None:
    [message] = messages_for(text, name="request.json")
    assert ": syntax: " in message


def test_a_reader_that_bears_fewer_levels_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    class Shallow:
        def decode(self, text: str) -> object:
            raise json.JSONDecodeError("Exceeded maximum nesting", text, 50)

    monkeypatch.setattr(json_text, "_DECODER", Shallow())
    [message] = messages_for("[" * 60 + "]" * 60, name="request.json")
    assert message.startswith("request.json:1:33: too_deep: ")


def test_a_bracket_that_closes_nothing_is_told_with_its_place() -> None:
    [message] = messages_for('"}\n', name="request.json")
    assert ":1:" in message
