"""The check of ratios of time of use: none above what is plausible, none above that of a band dearer by its name."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from billcalc.kernel.decimals import decimal_text
from billcalc.tariff.catalog import Catalog
from billcalc.tariff.findings import Finding, FindingCode
from billcalc.tariff.plausibility import Plausibility
from billcalc.tariff.time_of_use import TimeOfUse
from billcalc.tariff.time_of_use_tables import RatioRow
from billcalc.vocabulary import FROM_THE_DEAREST, Band, Kind

__all__ = ["check_ratios"]


def check_ratios(catalog: Catalog, limits: Catalog) -> Iterator[Finding]:
    """Ratios that are hardly meant, in the documents as they are written.

    Args:
        catalog: the library.
        limits: where the largest ratio is looked up that the library does not tell.
    """
    for document in catalog.documents:
        if isinstance(document, TimeOfUse):
            most = _most(catalog, limits, document)
            for name, row in document.ratios.items():
                for code, band, facts in () if row is None else _row(row, most):
                    yield Finding(code, document.id, ("ratios", name, "bands", band.value), facts)


def _row(row: RatioRow, most: Decimal | None) -> Iterator[tuple[FindingCode, Band, dict[str, str]]]:
    told = [(band, row.factors[band]) for band in FROM_THE_DEAREST if band in row.bands]
    for band, factor in told:
        if most is not None and factor > most:
            facts = {"band": band.value, "ratio": decimal_text(factor), "most": decimal_text(most)}
            yield FindingCode.RATIO_IMPLAUSIBLE, band, facts
    for (dearer, more), (band, factor) in pairwise(told):
        if factor > more:
            facts = {"band": band.value, "ratio": decimal_text(factor)}
            facts |= {"other_band": dearer.value, "other": decimal_text(more)}
            yield FindingCode.RATIOS_NOT_FALLING, band, facts


def _most(catalog: Catalog, limits: Catalog, document: TimeOfUse) -> Decimal | None:
    """The largest ratio that is plausible where a document is in force; None where nobody tells."""
    for each in (catalog, limits):
        found = each.find(Kind.PLAUSIBILITY, document.area, document.start)
        if found is not None:
            assert isinstance(found.document, Plausibility)
            return found.document.ratio_most
    return None
