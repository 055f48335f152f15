"""YAML: what it means here, and what of it is refused."""

from typing import Any

import pytest
import yaml

from billcalc.files import yaml_text
from tests.files.reading import data_of, messages_for, syntax


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("0.10", "0.10"),
        ("1_000", "1_000"),
        ("007", "007"),
        ("1e5", "1e5"),
        ("2024-06-01", "2024-06-01"),
        ("12:30", "12:30"),
        ("yes", "yes"),
        ("on", "on"),
        ("True", "True"),
        ("NULL", "NULL"),
        (".nan", ".nan"),
        ("=", "="),
        ("广西", "广西"),
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("''", ""),
        ('"true"', "true"),
        ("'null'", "null"),
        (r'"\u5e7f\x41"', "广A"),
        ("|\n  a\n  b\n", "a\nb\n"),
        (">\n  a\n  b\n", "a b\n"),
        ("a\n b", "a b"),
        ("---\na\n...\n", "a"),
        ("%YAML 1.1\n---\na", "a"),
        ("a:", {"a": None}),
        ("- \n- a", [None, "a"]),
        ("{}", {}),
        ("[]", []),
        ("true: 1", {"true": "1"}),
        ("null: 1", {"null": "1"}),
        ("2024-06-01: 1", {"2024-06-01": "1"}),
        ("'': 1", {"": "1"}),
        ("'<<': 1", {"<<": "1"}),
        ("? a\n: b", {"a": "b"}),
        ("a: [1, {b: ~}]\nc:\n- d: e\n  f: g", {"a": ["1", {"b": None}], "c": [{"d": "e", "f": "g"}]}),
    ],
)
def test_yaml_means(text: str, meant: object) -> None:
    document = data_of(text)
    assert (document, type(document)) == (meant, type(meant))


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize("text", ["", " \n", "\t", "# to be written\n", "---\n", "%YAML 1.1\n---\n"])
def test_nothing_is_not_a_document(text: str) -> None:
    assert messages_for(text) == ["request.yaml: empty: the input is empty; give a document, or check its name"]


@pytest.mark.usefixtures("loader")
def test_all_that_is_refused_is_told_at_once() -> None:
    text = "a: &x 1\na: *x\nb: !int 2\n<<: {}\n*x : [&y {c: ! d}]\n"
    assert messages_for(text) == [
        "request.yaml:1:4: alias: YAML anchors and aliases are not accepted (&x); write the value out",
        'request.yaml:2:1: duplicate_key: the key "a" stands twice in one mapping; keep one of them',
        "request.yaml:2:4: alias: YAML anchors and aliases are not accepted (*x); write the value out",
        syntax("request.yaml:3:4", "the tag !int is not accepted: leave it out"),
        syntax("request.yaml:4:1", 'the merge key "<<" is not accepted: write the keys out'),
        "request.yaml:5:1: alias: YAML anchors and aliases are not accepted (*x); write the value out",
        "request.yaml:5:7: alias: YAML anchors and aliases are not accepted (&y); write the value out",
        syntax("request.yaml:5:14", "the tag ! is not accepted: leave it out"),
    ]


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize(("text", "column"), [("? [a]\n: b", 3), ("{[a]: b}", 2), ("? {a: b}\n: c", 3), ("? \n: a", 2)])
def test_a_key_is_a_text(text: str, column: int) -> None:
    assert messages_for(text) == [syntax(f"request.yaml:1:{column}", "a key is a text")]


@pytest.mark.usefixtures("loader")
def test_an_alias_alone_is_refused() -> None:
    assert messages_for("*x") == [
        "request.yaml:1:1: alias: YAML anchors and aliases are not accepted (*x); write the value out"
    ]


@pytest.mark.usefixtures("loader")
def test_what_cannot_be_read_is_told_with_what_came_before() -> None:
    first, second = messages_for("a: 1\na: 2\nb: [1, 2")
    assert first.startswith("request.yaml:2:1: duplicate_key:")
    assert second.startswith("request.yaml:3:9: syntax:")
    assert 'while parsing a flow sequence", of what begins at request.yaml:3:4; correct it' in second


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize(
    ("text", "place"),
    [("a: b: c", "1:5"), ("a: 1\n b: 2", "2:3"), ("- a\nb: c", "2:1"), ("a: @b", "1:4"), ("a: 'b", "1:6")],
)
def test_a_mistake_of_yaml_has_its_place(text: str, place: str) -> None:
    [message] = messages_for(text)
    assert message.startswith(f"request.yaml:{place}: syntax: the text cannot be read: ")


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize("escape", [r"\ud800", r"\UFFFFFFFF", r"\U00110000"])
def test_an_escape_that_is_no_character_is_refused(escape: str) -> None:
    [message] = messages_for(f'a: "{escape}"')
    assert message.startswith("request.yaml:1:")
    assert ": syntax: the text cannot be read: " in message
    assert "escape" in message


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize(
    ("character", "name"),
    [("\0", "U+0000"), ("\x1b", "U+001B"), ("\x85", "U+0085"), ("\u2029", "U+2029"), ("\ufeff", "U+FEFF")],
)
def test_a_character_that_editors_do_not_show_is_refused(character: str, name: str) -> None:
    reason = f"the character {name} is not accepted: write it as an escape in double quotes"
    assert messages_for(f"a: 1\nb: 'x{character}'") == [syntax("request.yaml:2:6", reason)]


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize("opened", ["- ", "[", "[\n", "[{a: ", "{a: "])
def test_yaml_may_not_fill_the_stack(opened: str) -> None:
    [message] = messages_for(opened * 50_000)
    assert "too_deep" in message


def _limited_to(levels: int) -> type[yaml.Loader]:
    """A parser that bears so many levels, and reads ahead up to them, as those of some versions do."""

    class Limited(yaml.Loader):
        def fetch_flow_collection_start(self, TokenClass: Any) -> None:
            if self.flow_level >= levels:
                context = "while increasing flow level"
                raise yaml.scanner.ScannerError(context, self.get_mark(), "exceeded maximum depth", self.get_mark())
            super().fetch_flow_collection_start(TokenClass)

    return Limited


@pytest.mark.no_cover
@pytest.mark.parametrize("levels", [33, 40, 1000, 1_000_000])
@pytest.mark.parametrize("opened", ["[", "{a: ", "[{a: ", "[[[{a: "])
def test_the_limit_of_levels_is_ours_whatever_the_parser_bears(
    opened: str, levels: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(yaml_text, "_LOADER", _limited_to(levels))
    text = (opened * 2000)[:3000]
    column = [place for place, sign in enumerate(text, start=1) if sign in "[{"][32]
    said = f"request.yaml:1:{column}: too_deep: the input is nested more than 32 levels deep; flatten it: no request needs that"
    assert messages_for(text) == [said]
    assert messages_for(f"note: 1\n{text}".replace("note: 1\n", "# note\n")) == [said.replace(":1:", ":2:")]


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize("after", ["%", "`", '"\\q"', '"\\UFFFFFFFF"', "]}"])
def test_too_many_levels_are_told_before_a_mistake_behind_them(after: str) -> None:
    [message] = messages_for("[" * 33 + after)
    assert message.startswith("request.yaml:1:33: too_deep: ")


@pytest.mark.usefixtures("loader")
def test_32_levels_and_a_mistake_are_the_mistake() -> None:
    [message] = messages_for("[" * 32 + "`")
    assert message.startswith("request.yaml:1:33: syntax: ")


@pytest.mark.usefixtures("loader")
def test_brackets_in_a_text_are_no_levels() -> None:
    [message] = messages_for(f'["{"[" * 50}", `')
    assert message.startswith("request.yaml:1:56: syntax: ")
