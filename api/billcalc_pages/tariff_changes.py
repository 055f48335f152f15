"""What a worker makes of two months of an area: every price that changed, and for whom."""

from datetime import date

from billcalc.explain.library import change_row
from billcalc.tariff.differences import differences
from billcalc.words.lexicon import LEXICONS
from billcalc.words.saying import sentence
from billcalc_api.calculating import Answer, Tools
from billcalc_pages.rendering import HTML, Frame, page

__all__ = ["Months", "changes_answer"]

Months = tuple[date, date]
"""The first days of the two months that are compared."""


def changes_answer(tools: Tools, frame: Frame, area: str, name: str, months: Months) -> Answer:
    """The prices that changed from the first day of one month to that of another."""
    lexicon = LEXICONS[frame.language]
    first, second = months
    with tools.limited():
        found = differences(tools.catalog, area=area, first=first, second=second)
    values = {
        "area": area,
        "name": name,
        "months": [f"{month:%Y-%m}" for month in months],
        "rows": [change_row(lexicon, change, found.customers, found.currency) for change in found.changes],
        "lacking": [sentence(lexicon, refusal.code, refusal.facts) for refusal in found.lacking],
    }
    return Answer(200, page("changes", frame, values), HTML)
