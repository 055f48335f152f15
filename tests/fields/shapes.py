"""Models of every shape, and what is to be said of inputs that do not fit them."""

from enum import StrEnum
from typing import Annotated, Any, Literal

import pytest
from pydantic import AliasChoices, BaseModel, BeforeValidator, Field, RootModel, model_validator

from billcalc.fields import Day, Exact, Model, fault_error, validated
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.troubles import InvalidInput


class Kind(StrEnum):
    FIXED = "fixed"
    RATIO = "ratio"


class Sub(Model):
    x: Exact
    words: tuple[Literal["a", "b or c", "d'e"], ...] = ()
    start: Day | None = Field(default=None, alias="from")


class Plain(BaseModel):
    """Not one of ours, but it may stand inside."""

    model_config = {"extra": "forbid"}
    plain: str = ""
    other: str = Field(default="", validation_alias=AliasChoices("other", "another"))


class Tree(Model):
    by_name: dict[str, Sub] | None = None
    listed: list[Sub] | None = None
    pair: tuple[Sub, Plain] | None = None
    row: tuple[Sub, ...] | None = Field(default=None, min_length=2)
    deep: dict[Kind, list[dict[str, Sub]]] | None = None
    numbers: tuple[Literal[1, 2], ...] = ()
    one: Sub | None = None
    anything: Any = None


class Fixed(Model):
    kind: Literal["fixed"]
    fixed: str = ""
    value: Exact


class Ratio(Model):
    kind: Literal[Kind.RATIO]
    share: Exact


class Flat(Model):
    flat: Exact


class Bands(Model):
    bands: dict[Kind, Exact]
    unpriced: tuple[Kind, ...] = ()

    @model_validator(mode="after")
    def _prices_a_band(self) -> "Bands":
        if not self.bands:
            raise fault_error(FaultCode.INCONSISTENT, reason="no band is priced")
        return self


def _upper_key(raw: object) -> object:
    return {key.lower(): value for key, value in raw.items()} if isinstance(raw, dict) else raw


Tagged = Annotated[Fixed | Ratio, Field(discriminator="kind")]


class Unions(Model):
    tagged: Tagged | None = None
    plain: Flat | Bands | None = None
    shouted: Flat | Annotated[Sub, BeforeValidator(_upper_key)] | None = None
    nested: Flat | Tagged | None = None
    word: Literal["base", "none"] | Flat | None = None
    words: Literal["base"] | Kind | None = None
    number: Exact | Literal["none"] | None = None
    one_or_many: Exact | list[Exact] | dict[str, Flat] | None = None
    several: list[Flat] | dict[str, Sub] | tuple[Exact, Exact] | None = None


class Document(RootModel[Tagged]):
    pass


def messages_for(model: type[BaseModel], data: object) -> list[str]:
    with pytest.raises(InvalidInput) as caught:
        validated(model, data)
    return [str(fault) for fault in caught.value.faults]


def unknown(place: str, key: str, *known: str) -> str:
    return f'{place}: unknown_key: the key "{key}" is not known here; use one of: {", ".join(known)}'


def word(place: str, value: str, known: str) -> str:
    return f'{place}: unknown_word: "{value}" is not an accepted value; use one of: {known}'


def missing(place: str, key: str) -> str:
    return f'{place}: missing_key: the key "{key}" is missing; add it'


def not_a_number(place: str, value: str) -> str:
    reason = 'is not a number: write digits with at most one decimal point, such as "1234.50"'
    return f'{place}: not_a_number: "{value}" {reason}; correct the number'
