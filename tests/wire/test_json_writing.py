"""Data as the text of JSON."""

from billcalc.wire.json_writing import json_text


def test_json_is_readable_and_keeps_chinese() -> None:
    assert json_text({"b": "电价", "a": []}) == '{\n  "b": "电价",\n  "a": []\n}\n'
