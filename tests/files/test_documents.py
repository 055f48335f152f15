"""Documents: what YAML and JSON mean, where each value stands, and that no text can do harm."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from billcalc.fields import JsonNumber, Model, NotNegative
from billcalc.files import yaml_text
from billcalc.files.documents import Document, Format, parse_document, read_document
from billcalc.files.loading import load
from billcalc.kernel.troubles import InvalidInput

PYTHON_LOADER = yaml.Loader
NAMES = ("request.json", "request.yaml", "stdin")


@pytest.fixture(params=[yaml_text._LOADER, PYTHON_LOADER], ids=["fast", "everywhere"])
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Each parser of PyYAML: the one in C, and the one in Python that is used where that one is missing."""
    monkeypatch.setattr(yaml_text, "_LOADER", request.param)
    return request.param


def data_of(text: str, *, name: str = "request.yaml") -> object:
    return parse_document(text, name=name).data


def messages_for(text: str, *, name: str = "request.yaml", written_in: Format | None = None) -> list[str]:
    with pytest.raises(InvalidInput) as caught:
        parse_document(text, name=name, written_in=written_in)
    return [str(fault) for fault in caught.value.faults]


def syntax(place: str, reason: str) -> str:
    return f"{place}: syntax: the text cannot be read: {reason}; correct it at this place"


# What a text means.


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
    ("name", "text", "number"),
    [
        ("request.json", " [1]", JsonNumber),
        ("REQUEST.JSON", "[1]", JsonNumber),
        ("request.yaml", "[1]", str),
        ("request.yml", "[1]", str),
        ("stdin", "\n\t[1]", JsonNumber),
        ("stdin", "- 1", str),
        ("request.txt", "[1]", JsonNumber),
        ("request", "- 1", str),
    ],
)
def test_the_suffix_tells_the_format_or_else_the_first_character(name: str, text: str, number: type[str]) -> None:
    [entry] = parse_document(text, name=name).data  # type: ignore[misc]
    assert (entry, type(entry)) == ("1", number)


def test_the_format_can_be_told() -> None:
    assert data_of('"a"', name="stdin") == "a"
    assert parse_document("1", name="request.yaml", written_in=Format.JSON).data == JsonNumber("1")
    assert read_document(b"[1]", written_in=Format.YAML).data == ["1"]


def test_a_document_is_read_with_its_name() -> None:
    document = read_document(b"\xef\xbb\xbfarea: cn-guangxi", name="body")
    assert (document.name, document.data, document.where(("area",))) == ("body", {"area": "cn-guangxi"}, "body:1:7")


# What is refused.


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
    assert "while parsing a flow sequence that begins at request.yaml:3:4; correct it" in second


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


def test_faults_of_form_are_not_told_without_end() -> None:
    for name, text in (("request.yaml", "a:\n" * 500), ("request.json", "{" + ",".join(['"a":1'] * 500) + "}")):
        messages = messages_for(text, name=name)
        assert len(messages) == 100
        assert all("duplicate_key" in message for message in messages)


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
        ('{"a" 1}', [syntax("request.json:1:6", "expecting ':' delimiter")]),
        ('{"a": 1}\n x', [syntax("request.json:2:2", "extra data")]),
        ('["a\nb"]', [syntax("request.json:1:4", "invalid control character at")]),
        ("[01]", [syntax("request.json:1:3", "expecting ',' delimiter")]),
    ],
)
def test_json_that_is_refused(text: str, messages: list[str]) -> None:
    assert messages_for(text, name="request.json") == messages


def test_json_of_a_page_may_hold_more_levels_than_pythons_stack() -> None:
    for text in ("[" * 100_000 + "]" * 100_000, '[{"a":' * 50_000):
        [message] = messages_for(text, name="request.json")
        assert "too_deep" in message


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize("opened", ["- ", "[", "[\n", "[{a: ", "{a: "])
def test_yaml_may_not_fill_the_stack(opened: str) -> None:
    [message] = messages_for(opened * 50_000)
    assert "too_deep" in message


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize("name", ["request.json", "request.yaml"])
def test_32_levels_are_not_too_deep(name: str) -> None:
    text = '[{"a":' * 16 + "1" + "}]" * 16
    assert json.dumps(data_of(text, name=name)) == json.dumps(json.loads(text.replace("1", '"1"')))
    assert data_of("[" * 32 + "]" * 32, name=name) == json.loads("[" * 32 + "]" * 32)


# Where it stands.


def test_a_value_has_its_place_and_so_has_its_key() -> None:
    document = parse_document("area: cn-guangxi\r\npoints:\r- id: M1\n  kwh: {峰: 1}\n", name="r.yaml")
    assert {
        path: (document.where(path), document.where_key(path))
        for path in [(), ("area",), ("points",), ("points", 0), ("points", 0, "kwh", "峰"), ("points", 0, "none", 3)]
    } == {
        (): ("r.yaml:1:1", "r.yaml:1:1"),
        ("area",): ("r.yaml:1:7", "r.yaml:1:1"),
        ("points",): ("r.yaml:3:1", "r.yaml:2:1"),
        ("points", 0): ("r.yaml:3:3", "r.yaml:3:3"),
        ("points", 0, "kwh", "峰"): ("r.yaml:4:12", "r.yaml:4:9"),
        ("points", 0, "none", 3): ("r.yaml:3:3", "r.yaml:3:3"),
    }


@pytest.mark.usefixtures("loader")
def test_a_value_that_is_left_out_has_the_place_where_it_belongs() -> None:
    document = parse_document("a:\nb: [1, ]\nc:", name="r.yaml")
    assert [document.where((key,)) for key in "abc"] == ["r.yaml:1:3", "r.yaml:2:4", "r.yaml:3:3"]


PRINTED = st.characters(codec="utf-8", exclude_categories=("C", "Zl", "Zp"))
TEXTS = st.text(PRINTED, max_size=12)
NUMBERS = st.decimals(allow_nan=False, allow_infinity=False, places=3).map(lambda number: JsonNumber(f"{number:f}"))
SCALARS = TEXTS | NUMBERS | st.none() | st.booleans()
TREES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4), max_leaves=12
)


@dataclass
class Writer:
    """Writes a tree as JSON or as YAML in blocks, and notes where it put each value and key."""

    gaps: Iterator[str]
    text: str = ""
    values: dict[tuple[int | str, ...], str] = field(default_factory=dict)
    keys: dict[tuple[int | str, ...], str] = field(default_factory=dict)

    def here(self) -> str:
        before = self.text.replace("\r\n", "\n").replace("\r", "\n")
        return f"r:{before.count(chr(10)) + 1}:{len(before) - (before.rfind(chr(10)) + 1) + 1}"

    def scalar(self, value: object) -> None:
        self.text += value if isinstance(value, JsonNumber) else json.dumps(value, ensure_ascii=False)

    def flow(self, value: object, path: tuple[int | str, ...] = ()) -> None:
        self.text += next(self.gaps)
        self.values[path] = self.here()
        if isinstance(value, list | dict):
            self.text += "[" if isinstance(value, list) else "{"
            for index, (key, inner) in enumerate(children(value)):
                self.text += "," if index else ""
                if isinstance(key, str):
                    self.text += next(self.gaps)
                    self.keys[(*path, key)] = self.here()
                    self.text += json.dumps(key, ensure_ascii=False) + ":"
                self.flow(inner, (*path, key))
            self.text += "]" if isinstance(value, list) else "}"
        else:
            self.scalar(value)
        self.text += next(self.gaps)

    def block(self, value: object, path: tuple[int | str, ...] = (), indent: str = "") -> None:
        if not isinstance(value, list | dict) or not value:
            self.values[path] = self.here()
            self.scalar(value)
            self.text += next(self.gaps) + "\n"
            return
        for index, (key, inner) in enumerate(children(value)):
            self.text += indent if index or path else ""
            if not index:
                self.values[path] = self.here()
            if isinstance(key, str):
                self.keys[(*path, key)] = self.here()
            self.text += f"{json.dumps(key, ensure_ascii=False)}: " if isinstance(key, str) else "- "
            self.text += "# …\n" if isinstance(inner, list | dict) and inner else ""
            self.block(inner, (*path, key), f"{indent}  ")


def children(value: list[Any] | dict[str, Any]) -> list[tuple[int | str, Any]]:
    return list(value.items()) if isinstance(value, dict) else list(enumerate(value))


def assert_read_as_written(writer: Writer, tree: object, *, written_in: Format) -> None:
    document = parse_document(writer.text, name="r", written_in=written_in)
    assert document.data == tree
    assert {path: document.where(path) for path in writer.values} == writer.values
    assert {path: document.where_key(path) for path in writer.keys} == writer.keys


@given(tree=TREES, gaps=st.lists(st.sampled_from(["", " ", "\n", "\t", "\r\n  ", "\r"]), min_size=1))
@example(tree={"a": {"a": ["a", {"a": None}]}}, gaps=["", "\r\n"])
def test_json_is_read_as_it_was_written(tree: object, gaps: list[str]) -> None:
    writer = Writer(iter(gaps * 200))
    writer.flow(tree)
    assert_read_as_written(writer, tree, written_in=Format.JSON)


@given(tree=TREES, gaps=st.lists(st.sampled_from([" ", "  "]), min_size=1))
def test_json_is_read_alike_as_yaml(tree: object, gaps: list[str]) -> None:
    writer = Writer(iter(gaps * 200))
    writer.flow(tree)
    assert_read_as_written(writer, tree, written_in=Format.YAML)
    assert_read_as_written(writer, tree, written_in=Format.JSON)


@given(tree=TREES, gaps=st.lists(st.sampled_from(["", " ", " # …", "\r"]), min_size=1))
def test_yaml_is_read_as_it_was_written(tree: object, gaps: list[str]) -> None:
    writer = Writer(iter(gaps * 200))
    writer.block(tree)
    assert_read_as_written(writer, tree, written_in=Format.YAML)


# Any text at all.

SIGNS = st.sampled_from(
    ["{", "}", "[", "]", ":", ": ", ",", "\n", "\n  ", "- ", "? ", '"', "'", "&a", "*a", "!", "!!a"]
)
MORE_SIGNS = st.sampled_from(
    ["|", ">", "%", "@", "#", "`", "~", "<<", "\t", "\\", "\\u", "d800", "---\n", "a", "1", "NaN"]
)
ANY_TEXT = st.lists(SIGNS | MORE_SIGNS, max_size=40).map("".join) | st.text(max_size=60)


class Meter(Model):
    multiplier: NotNegative


@pytest.mark.parametrize("parser", [yaml_text._LOADER, PYTHON_LOADER], ids=["fast", "everywhere"])
@given(text=ANY_TEXT, name=st.sampled_from(NAMES))
@example(text='{"a":1,,"a":2}', name="request.json")
@example(text='"\\', name="request.yaml")
def test_any_text_is_a_document_or_a_fault(parser: Any, text: str, name: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yaml_text, "_LOADER", parser)
        try:
            document = parse_document(text, name=name)
        except InvalidInput as error:
            lines = str(error).splitlines()
            assert len(lines) == len(error.faults) > 0
            assert all(line.startswith(name) for line in lines)
        else:
            assert isinstance(document, Document)
            assert document.where(()).startswith(f"{name}:")


@given(content=st.binary(max_size=60) | ANY_TEXT.map(str.encode), name=st.sampled_from(NAMES))
def test_any_bytes_are_a_record_or_a_fault(content: bytes, name: str) -> None:
    try:
        assert load(Meter, content, name=name).multiplier >= 0
    except InvalidInput as error:
        assert len(str(error).splitlines()) == len(error.faults) > 0


@given(tree=TREES)
def test_both_parsers_read_alike(tree: object) -> None:
    writer = Writer(iter(["", " "] * 400))
    writer.block(tree)
    read = []
    for parser in (yaml_text._LOADER, PYTHON_LOADER):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(yaml_text, "_LOADER", parser)
            document = parse_document(writer.text, name="r.yaml")
        read.append((document.data, {path: document.where(path) for path in writer.values}))
    assert read[0] == read[1]
