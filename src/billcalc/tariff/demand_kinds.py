"""Contracts of demand by kind: which of them is billed at which price, and what demand of a band they cover."""

from collections import Counter
from collections.abc import Iterable
from typing import Annotated

from pydantic import Field, model_validator

from billcalc.fields import AS_TEXT, Code, Model, PartOfOne, at_most, fault_error
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.reasons import Reason
from billcalc.tariff.components import PriceKey, Selector
from billcalc.vocabulary import Band

__all__ = ["REGULAR", "BandLimit", "BilledContracts", "ContractKinds", "LessContracts"]

REGULAR = "regular"
"""The ordinary contract, which stands under the name of its supply point."""

DemandPrice = Annotated[str, Field(pattern=r"^demand_kw(\.[a-z][a-z0-9_]{0,29})?$"), AS_TEXT]
"""The quantity of the component that prices it: ``demand_kw`` or a kind of it, such as ``demand_kw.half_peak``."""

Kinds = Annotated[tuple[Code, ...], at_most("names")]


class LessContracts(Model):
    """What is taken off some contracts before they are billed.

    Attributes:
        contracts: the kinds of which a share is taken off.
        share: of their sum [1].
    """

    contracts: Annotated[Kinds, Field(min_length=1)]
    share: PartOfOne


class BilledContracts(Model):
    """Contracts that are billed at one price: their sum, less a share of others, but not below 0.

    Attributes:
        price: the quantity of the component that prices them.
    """

    price: DemandPrice
    contracts: Annotated[Kinds, Field(min_length=1)]
    less: LessContracts | None = None


class BandLimit(Model):
    """The contracts that cover the demand of a band; what is above their sum is excess.

    Attributes:
        band: the band of the day, or ``total`` where the demand of all hours is meant.
        within: the kinds that cover it.
        while_priced: kinds that cover it too on days on which they have a price, such as those of a season.
        price: the quantity of the component that prices the excess.
    """

    band: Band
    within: Annotated[Kinds, Field(min_length=1)]
    while_priced: Kinds = ()
    price: DemandPrice


class ContractKinds(Model):
    """The contracts of some customers, by kind.

    Attributes:
        selector: the customers.
        billed: what is due of them each month.
        excess: the demand of each band against them, in the order in which it is counted: what was counted in an
            earlier band is not counted again. Without any the contracts, which are of installed equipment, are billed
            alone, whatever the demand is.
    """

    selector: Selector = Field(default=Selector(), alias="for")
    billed: Annotated[tuple[BilledContracts, ...], Field(min_length=1), at_most("names")]
    excess: Annotated[tuple[BandLimit, ...], at_most("names")] = ()

    @model_validator(mode="after")
    def _names_what_it_bills(self) -> "ContractKinds":
        for named, known in ((self._named(), self.kinds), ((each.price for each in self.excess), self.prices)):
            unknown = next((each for each in named if each not in known), None)
            if unknown is not None:
                facts = {"value": unknown, "known": ", ".join(known)}
                raise fault_error(FaultCode.INCONSISTENT, reason=Reason.KIND_NOT_BILLED, **facts)
        for told in (self.kinds, self.prices, tuple(each.band.value for each in self.excess)):
            twice = next((value for value, count in Counter(told).items() if count > 1), None)
            if twice is not None:
                raise fault_error(FaultCode.INCONSISTENT, reason=Reason.KIND_TWICE, value=twice)
        return self

    def _named(self) -> Iterable[str]:
        for billed in self.billed:
            yield from () if billed.less is None else billed.less.contracts
        for limit in self.excess:
            yield from (*limit.within, *limit.while_priced)

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of contract that there are."""
        return tuple(kind for billed in self.billed for kind in billed.contracts)

    @property
    def prices(self) -> tuple[str, ...]:
        """The quantities of the components that price them."""
        return tuple(billed.price for billed in self.billed)

    @property
    def seasonal(self) -> frozenset[str]:
        """The kinds that are billed on days on which they have a price, and not on others."""
        return frozenset(kind for limit in self.excess for kind in limit.while_priced)

    def is_for(self, key: PriceKey) -> bool:
        """Whether a customer with this key has them."""
        return self.selector.matches(key)
