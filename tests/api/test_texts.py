"""JSON as the service writes it is what the standard library would write."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from billcalc.vocabulary import Section
from billcalc_api.texts import compact, compact_text

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.sampled_from(Section),
    lambda below: st.lists(below) | st.tuples(below, below) | st.dictionaries(st.text(), below),
    max_leaves=20,
)


def test_json_has_no_spaces_and_keeps_chinese() -> None:
    assert compact_text({"b": "电价", "a": []}) == '{"b":"电价","a":[]}'


@given(st.dictionaries(st.text(), values))
def test_json_is_written_as_the_standard_library_writes_it(data: dict[str, Any]) -> None:
    assert compact(data) == json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
