"""What the check of a library says of tiers, of the libraries of fixtures/bad/tariffs that have a mistake in them."""

from billcalc.tariff.findings import FindingCode

_DOCUMENT = "cn/henan/residential_price/2023-06"
_HOME = "residential, one-part, <1kV, agency purchase, no time of use"

EXPECTED = {
    FindingCode.TIER_LIMITS_MISSING: [
        f"{_DOCUMENT}#/components/0/quantity: tier_limits_missing: it has prices by tier for {_HOME}, and no limits of "
        "their tiers: such a bill is refused; add the limits under tiers, or say under acknowledged why they are not there"
    ],
    FindingCode.TIERS_AMBIGUOUS: [
        f"{_DOCUMENT}#/tiers/1/for: tiers_ambiguous: two tables of tiers are for {_HOME}; narrow the for of one of them"
    ],
    FindingCode.TIERS_OF_NOBODY: [
        f"{_DOCUMENT}#/tiers/1/for: tiers_of_nobody: no customer has both a price by tier and this table; "
        "correct its for, or leave it out"
    ],
    FindingCode.DEMAND_TIERS_APART: [
        "cn/henan/catalogue_price/2023-06#/components/1/demand: demand_tiers_apart: middle is a tier of the demand of "
        "low, and does not begin where that one ends or is of another ratchet or least; correct above, up_to, ratchet or "
        "least of one of them: demand between them would be free, or paid twice"
    ],
    FindingCode.TIER_UNPRICED: [
        f"{_DOCUMENT}#/components/0/quantity: tier_unpriced: tier 3 has no price for {_HOME}; "
        "add a component that is priced by the energy of that tier"
    ],
    FindingCode.TIER_WITHOUT_LIMIT: [
        f"{_DOCUMENT}#/components/3/quantity: tier_without_limit: tier 4 has a price for {_HOME}, and there are 3 tiers; "
        "correct the number of the tier, or add its limit"
    ],
    FindingCode.TIER_PRICE_FALLS: [
        f"{_DOCUMENT}#/components/1/price: tier_price_falls: tier 2 costs 0.55, less than the 0.56 of the tier before it; "
        "compare it with the document; where it is right, say so under acknowledged"
    ],
}
