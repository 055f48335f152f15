"""Pages from templates: every value escaped, every word of one language."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from billcalc._version import __version__
from billcalc.words.language import Language, in_language
from billcalc.words.lexicon import LEXICONS
from billcalc.words.pages import PAGES

__all__ = ["HTML", "Frame", "page", "style"]

HTML = "text/html; charset=utf-8"
_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Frame:
    """What every page of a visit has.

    Attributes:
        token: what its forms carry.
        view: which one it is, as its path has it.
        key: the name of the visitor's key; None where keys are off or none was entered.
    """

    language: Language
    token: str
    view: str
    tariff_set: str
    key: str | None = None

    @property
    def other(self) -> Language:
        """The other language."""
        return Language.ENGLISH if self.language is Language.CHINESE else Language.CHINESE


@cache
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def page(name: str, frame: Frame, values: Mapping[str, object] | None = None) -> bytes:
    """A page.

    Args:
        name: of its template, without the suffix.
        frame: what every page has.
        values: what this one shows.
    """
    words = in_language(PAGES, frame.language)
    told = {"frame": frame, "words": words, "lexicon": LEXICONS[frame.language], "version": __version__}
    return _templates().get_template(f"{name}.html").render({**told, **(values or {})}).encode()


@cache
def style() -> bytes:
    """The style sheet."""
    return (_HERE / "static" / "pages.css").read_bytes()
