"""The kinds of document that hold prices, and what each of them must price for every customer it is for."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import AfterValidator, WithJsonSchema

from billcalc.fields import fault_error
from billcalc.kernel.codes import FaultCode
from billcalc.vocabulary import Kind, Section

__all__ = ["KIND_OF_SECTION", "MAIN_SECTIONS", "PRICE_KINDS", "STATED_APART", "PriceKind", "priced_as"]

MAIN_SECTIONS: Mapping[Kind, tuple[Section, ...]] = {
    Kind.NETWORK_PRICE: (Section.NETWORK_ENERGY,),
    Kind.PURCHASE_PRICE: (Section.ENERGY, Section.CATALOGUE),
    Kind.CATALOGUE_PRICE: (Section.CATALOGUE, Section.ENERGY),
    Kind.LEVIES: (Section.LEVIES,),
}
"""What a kind is for: a customer for whom it prices only something else is not a customer it is for."""

PRICE_KINDS = tuple(MAIN_SECTIONS)

STATED_APART: Mapping[Kind, Kind] = {Kind.CATALOGUE_PRICE: Kind.RESIDENTIAL_PRICE}
"""The kinds whose prices documents of another kind state for some customers: those of households, which have been in
documents of their own since there are tiers. Such a document comes first for whom it has a row."""


def priced_as(kind: Kind) -> Kind:
    """The kind whose prices a document states: another than its own where those of some customers stand apart."""
    return next((each for each, apart in STATED_APART.items() if apart is kind), kind)


KIND_OF_SECTION: Mapping[Section, Kind] = {
    Section.ENERGY: Kind.PURCHASE_PRICE,
    Section.UPSTREAM_LOSS: Kind.PURCHASE_PRICE,
    Section.SYSTEM_OPERATION: Kind.PURCHASE_PRICE,
    Section.NETWORK_ENERGY: Kind.NETWORK_PRICE,
    Section.NETWORK_CAPACITY: Kind.NETWORK_PRICE,
    Section.LEVIES: Kind.LEVIES,
    Section.CATALOGUE: Kind.CATALOGUE_PRICE,
}
"""The kind of document that prices a section; what is left is no price."""


def _price_kind(kind: Kind) -> Kind:
    if kind not in MAIN_SECTIONS:
        raise fault_error(FaultCode.UNKNOWN_WORD, value=kind.value, known=", ".join(PRICE_KINDS))
    return kind


PriceKind = Annotated[
    Kind, AfterValidator(_price_kind), WithJsonSchema({"type": "string", "enum": [kind.value for kind in PRICE_KINDS]})
]
