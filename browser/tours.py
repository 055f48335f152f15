"""All tours of the pages."""

from browser import tours_of_audits, tours_of_bills
from browser.tour import Tour

__all__ = ["TOURS"]

TOURS: dict[str, Tour] = {
    name: each
    for module in (tours_of_bills, tours_of_audits)
    for name, each in vars(module).items()
    if isinstance(each, Tour)
}
"""By what each walks through."""
