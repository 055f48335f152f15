"""A visit of the pages in a browser: what is pressed, and what must hold of whatever is then seen."""

import re
from string import Template

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Locator, Page, Request, expect

from billcalc.words.language import Language, in_language
from billcalc.words.pages import PAGES

__all__ = ["WIDTHS", "Visit"]

WIDTHS = (360, 1280)
"""Of the smallest telephone and of a usual screen [px]."""
_AXE = Axe()


class Visit:
    """A visit in one language.

    Attributes:
        page: what the browser shows.
        complaints: what it loaded from elsewhere, or said of the policy of a page.
    """

    def __init__(self, page: Page, address: str, language: Language, *, scripts: bool) -> None:
        self.page = page
        self.language = language
        self.complaints: list[str] = []
        self._address = address
        self._scripts = scripts
        page.on("request", self._loads)
        page.on("console", self._says)

    def _loads(self, request: Request) -> None:
        if not request.url.startswith(self._address):
            self.complaints.append(request.url)

    def _says(self, message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            self.complaints.append(message.text)

    def word(self, word: str) -> str:
        """As the pages of this visit say it."""
        return PAGES[word].of(self.language)

    def open(self, path: str) -> None:
        """Open a page by its address."""
        self.page.goto(f"/{self.language.value}/{path}")

    def sign_in(self, key: str) -> None:
        """Enter a key."""
        self.page.get_by_label(self.word("key")).fill(key)
        self.press("sign_in")

    def follow(self, word: str) -> None:
        """Click on a link."""
        self._leave(self.page.get_by_role("link", name=self.word(word), exact=True).first)

    def press(self, word: str) -> None:
        """Press a button that leads to another page."""
        self._leave(self.button(word))

    def button(self, word: str) -> Locator:
        """A button."""
        return self.page.get_by_role("button", name=self.word(word), exact=True)

    def give(self, word: str, name: str, content: bytes) -> None:
        """Choose a file."""
        file = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
        self.page.get_by_label(self.word(word), exact=True).set_input_files(file)

    def _leave(self, locator: Locator) -> None:
        with self.page.expect_navigation():
            locator.click()

    def holds(self, outline: str) -> None:
        """See that a page may be read by everybody, and that its parts are there in their order.

        Args:
            outline: what assistive technology is told of the page, its words by their names as ``$name``.
        """
        expect(self.page.locator("html")).to_have_attribute("lang", re.compile(f"^{self.language.value}"))
        words = in_language(PAGES, self.language)
        expect(self.page.locator("body")).to_match_aria_snapshot(Template(outline).substitute(words))
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 800})
            wide = self.page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, f"at {width} px the page is {wide} px wide"
            if self._scripts:  # axe is one itself
                found = _AXE.run(self.page)
                assert found.violations_count == 0, found.generate_report()
