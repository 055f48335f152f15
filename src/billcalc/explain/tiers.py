"""The tiers of a document as people read them."""

from collections.abc import Iterator, Sequence

from billcalc.explain.customers import customers
from billcalc.explain.printing import Align, PrintedLine, Role, columns, printed
from billcalc.kernel.decimals import decimal_text
from billcalc.tariff.tiers import TierLimits, TierTable
from billcalc.words.lexicon import Lexicon
from billcalc.words.library import Say, library_words

__all__ = ["tiers_text"]


def tiers_text(tables: Sequence[TierTable], *, lexicon: Lexicon) -> Iterator[PrintedLine]:
    """Up to which energy each tier goes, for whom; nothing where there are none."""
    if tables:
        words = library_words(lexicon.language)
        yield printed("")
        yield printed(words[Say.TIERS], Role.HEADING)
        rows = [_row(table, limits, lexicon) for table in tables for limits in table.limits]
        yield from (printed(line) for line in columns(rows, (Align.LEFT,) * 3))


def _row(table: TierTable, limits: TierLimits, lexicon: Lexicon) -> tuple[str, str, str]:
    """The limits of some months: what they are, what else there is to them, and for whom they are."""
    words = library_words(lexicon.language)
    told = words[Say.TIER_LIMITS].format(limits=", ".join(map(decimal_text, limits.up_to)), months=table.months)
    more = []
    if limits.within:
        more.append(words[Say.TIER_WITHIN].format(months=", ".join(map(str, limits.within))))
    if table.per is not None:
        more.append(words[Say.TIER_PER_DEMAND])
    if table.also_by_month:
        more.append(words[Say.TIER_MONTHLY])
    if table.above_unknown:
        more.append(words[Say.TIER_ABOVE])
    if table.larger_household is not None:
        more.append(words[Say.TIER_LARGER].format(kwh=decimal_text(table.larger_household)))
    return told, "; ".join(more), customers(lexicon, table.selector)
