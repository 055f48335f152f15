"""The codes of components, which may be told by the names under which papers print them."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import BeforeValidator

from billcalc.fields import Code, Text, fault_error
from billcalc.kernel.closed_lists import nearest
from billcalc.kernel.codes import FaultCode
from billcalc.vocabulary import COMPONENTS, components_named

__all__ = ["ComponentCode", "ComponentName", "told_once"]


def _code(raw: object) -> object:
    """A component's code by any of its names.

    What has no name here is the request's own. A name in Chinese that is in no list, or that several have, is none.
    """
    if not isinstance(raw, str):
        return raw
    codes = components_named(raw)
    if len(codes) == 1 and codes[0].isascii():
        return codes[0]
    known = ", ".join(codes) if len(codes) > 1 else _nearest(raw)
    raise fault_error(FaultCode.UNKNOWN_WORD, value=raw, known=known)


def _nearest(name: str) -> str:
    codes = {alias: code for code, aliases in COMPONENTS.items() for alias in aliases}
    return ", ".join(f"{alias} = {code}" for alias, code in nearest(name, codes).items())


def told_once(raw: object) -> object:
    """A mapping by component that has none under two of its names, of which one would be lost."""
    if isinstance(raw, Mapping):
        told: dict[tuple[str, ...], object] = {}
        for key in raw:
            codes = components_named(str(key))
            if codes in told:
                raise fault_error(FaultCode.DUPLICATE_KEY, key=f"{key} = {told[codes]}")
            told[codes] = key
    return raw


ComponentCode = Annotated[Code, BeforeValidator(_code)]
"""A component by its code or one of its Chinese names; it is read as its code."""
ComponentName = Annotated[Text, BeforeValidator(_code)]
"""The same where any text may stand, such as the code of a line that is given."""
