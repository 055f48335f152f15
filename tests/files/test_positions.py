"""Positions: a text that is written with notes of where everything stands is read with the same places."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from billcalc.fields import JsonNumber
from billcalc.files import yaml_text
from billcalc.files.documents import Format, parse_document
from tests.files.reading import PARSERS


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


@pytest.mark.parametrize("parser", PARSERS)
@given(tree=TREES)
def test_both_parsers_read_alike(parser: Any, tree: object) -> None:
    writer = Writer(iter(["", " "] * 400))
    writer.block(tree)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yaml_text, "_LOADER", parser)
        assert_read_as_written(writer, tree, written_in=Format.YAML)
