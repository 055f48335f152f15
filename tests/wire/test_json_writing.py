"""Data as the text of JSON: what the standard library would write, sooner."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from billcalc.vocabulary import Section
from billcalc.wire.json_writing import json_text

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.sampled_from(Section),
    lambda below: st.lists(below) | st.tuples(below, below) | st.dictionaries(st.text(), below),
    max_leaves=20,
)


def test_json_is_readable_and_keeps_chinese() -> None:
    assert json_text({"b": "电价", "a": []}) == '{\n  "b": "电价",\n  "a": []\n}\n'


@given(st.dictionaries(st.text(), values))
def test_json_is_written_as_the_standard_library_writes_it(data: dict[str, Any]) -> None:
    assert json_text(data) == json.dumps(data, ensure_ascii=False, indent=2) + "\n"
