"""Documents: which format a text has, what holds for both, and that no text can do harm."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from billcalc.fields import JsonNumber, Model, NotNegative
from billcalc.files import yaml_text
from billcalc.files.documents import Format, parse_document, read_document
from billcalc.files.loading import load
from billcalc.kernel.troubles import InvalidInput
from tests.files.reading import PARSERS, data_of, messages_for


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
    entries = data_of(text, name=name)
    assert isinstance(entries, list)
    assert [(entry, type(entry)) for entry in entries] == [("1", number)]


def test_the_format_can_be_told() -> None:
    assert data_of('"a"', name="stdin") == "a"
    assert parse_document("1", name="request.yaml", written_in=Format.JSON).data == JsonNumber("1")
    assert read_document(b"[1]", written_in=Format.YAML).data == ["1"]


def test_a_document_is_read_with_its_name() -> None:
    document = read_document(b"\xef\xbb\xbfarea: cn-guangxi", name="body")
    assert (document.name, document.data, document.where(("area",))) == ("body", {"area": "cn-guangxi"}, "body:1:7")


def test_faults_of_form_are_not_told_without_end() -> None:
    for name, text in (("request.yaml", "a:\n" * 500), ("request.json", "{" + ",".join(['"a":1'] * 500) + "}")):
        messages = messages_for(text, name=name)
        assert len(messages) == 100
        assert all("duplicate_key" in message for message in messages)


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize("name", ["request.json", "request.yaml"])
def test_32_levels_are_not_too_deep(name: str) -> None:
    text = '[{"a":' * 16 + "1" + "}]" * 16
    assert json.dumps(data_of(text, name=name)) == json.dumps(json.loads(text.replace("1", '"1"')))
    assert data_of("[" * 32 + "]" * 32, name=name) == json.loads("[" * 32 + "]" * 32)


# Any text at all.


NAMES = ("request.json", "request.yaml", "stdin")
SIGNS = st.sampled_from(
    ["{", "}", "[", "]", ":", ": ", ",", "\n", "\n  ", "- ", "? ", '"', "'", "&a", "*a", "!", "!!a"]
)
MORE_SIGNS = st.sampled_from(
    ["|", ">", "%", "@", "#", "`", "~", "<<", "\t", "\\", "\\u", "d800", "---\n", "a", "1", "NaN"]
)
ANY_TEXT = st.lists(SIGNS | MORE_SIGNS, max_size=40).map("".join) | st.text(max_size=60)


class Meter(Model):
    multiplier: NotNegative


def faults_of(call: Callable[[], object]) -> InvalidInput | None:
    try:
        call()
    except InvalidInput as error:
        return error
    return None


@pytest.mark.parametrize("parser", PARSERS)
@given(text=ANY_TEXT, name=st.sampled_from(NAMES))
@example(text='{"a":1,,"a":2}', name="request.json")
@example(text='"\\', name="request.yaml")
def test_any_text_is_a_document_or_a_fault(parser: Any, text: str, name: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yaml_text, "_LOADER", parser)
        if error := faults_of(lambda: parse_document(text, name=name)):
            lines = str(error).splitlines()
            assert len(lines) == len(error.faults) > 0
            assert all(line.startswith(name) for line in lines)
        else:
            assert parse_document(text, name=name).where(()).startswith(f"{name}:")


@given(content=st.binary(max_size=60) | ANY_TEXT.map(str.encode), name=st.sampled_from(NAMES))
def test_any_bytes_are_a_record_or_a_fault(content: bytes, name: str) -> None:
    if error := faults_of(lambda: load(Meter, content, name=name)):
        assert len(str(error).splitlines()) == len(error.faults) > 0
    else:
        assert load(Meter, content, name=name).multiplier >= 0


@pytest.mark.parametrize(
    ("pointer", "where"),
    [
        ("/points/1/id", "r.yaml:3:8 (/points/1/id)"),
        ("/points/1/meter", "r.yaml:3:3 (/points/1/meter)"),
        ("--line", "--line"),
        ("", ""),
    ],
)
def test_a_pointer_leads_to_its_place_or_the_nearest(pointer: str, where: str) -> None:
    document = parse_document("points:\n- {id: M1}\n- {id: M2}\n", name="r.yaml")

    assert document.where_pointer(pointer) == where
