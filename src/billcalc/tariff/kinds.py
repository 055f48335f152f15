"""The kinds of document that hold prices, and what each of them must price for every customer it is for."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import AfterValidator, WithJsonSchema

from billcalc.fields import fault_error
from billcalc.kernel.wording import FaultCode
from billcalc.vocabulary import Kind, Section

__all__ = ["MAIN_SECTIONS", "PRICE_KINDS", "PriceKind"]

MAIN_SECTIONS: Mapping[Kind, tuple[Section, ...]] = {
    Kind.NETWORK_PRICE: (Section.NETWORK_ENERGY,),
    Kind.PURCHASE_PRICE: (Section.ENERGY, Section.CATALOGUE),
    Kind.CATALOGUE_PRICE: (Section.CATALOGUE, Section.ENERGY),
    Kind.LEVIES: (Section.LEVIES,),
}
"""What a kind is for: a customer for whom it prices only something else is not a customer it is for."""

PRICE_KINDS = tuple(MAIN_SECTIONS)


def _price_kind(kind: Kind) -> Kind:
    if kind not in MAIN_SECTIONS:
        raise fault_error(FaultCode.UNKNOWN_WORD, value=kind.value, known=", ".join(PRICE_KINDS))
    return kind


PriceKind = Annotated[
    Kind, AfterValidator(_price_kind), WithJsonSchema({"type": "string", "enum": [kind.value for kind in PRICE_KINDS]})
]
