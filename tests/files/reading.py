"""Short words for reading a text in tests."""

import pytest
import yaml

from billcalc.files import yaml_text
from billcalc.files.documents import Format, parse_document
from billcalc.kernel.troubles import InvalidInput

PARSERS = [pytest.param(yaml_text._LOADER, id="fast"), pytest.param(yaml.Loader, id="everywhere")]


def data_of(text: str, *, name: str = "request.yaml") -> object:
    return parse_document(text, name=name).data


def messages_for(text: str, *, name: str = "request.yaml", written_in: Format | None = None) -> list[str]:
    with pytest.raises(InvalidInput) as caught:
        parse_document(text, name=name, written_in=written_in)
    return [str(fault) for fault in caught.value.faults]


def syntax(place: str, reason: str) -> str:
    return f"{place}: syntax: the text cannot be read: {reason}; correct it at this place"
