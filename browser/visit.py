"""A visit of the pages in a browser: what is pressed, and what must hold of whatever is then seen."""

import io
import os
import re
from collections.abc import Mapping
from pathlib import Path
from string import Template
from urllib.parse import urlsplit

import pypdfium2
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Frame, Locator, Page, Request, expect

from billcalc.words.language import Language, in_language
from billcalc.words.pages import PAGES

__all__ = ["WIDTHS", "Visit"]

WIDTHS = (360, 1280)
"""Of the smallest telephone and of a usual screen [px]."""
A4 = (595, 842)
"""Width and height of a sheet [pt]."""
_AXE = Axe()
_OF_SCREENS = "header nav, header .aside, button, .button, input[type=file]"
"""What nobody can press on paper."""


class Visit:
    """A visit in one language.

    Attributes:
        page: what the browser shows.
        complaints: what it loaded from elsewhere or said of the policy of a page.
        asked: how the page was asked for: method and path.
    """

    def __init__(self, page: Page, address: str, language: Language, *, scripts: bool) -> None:
        self.page = page
        self.language = language
        self.complaints: list[str] = []
        self.asked = ("", "")
        self._begun = ("", "")
        self._address = address
        self._scripts = scripts
        self._pictures = 0
        page.on("request", self._loads)
        page.on("framenavigated", self._arrives)
        page.on("console", self._says)

    def _loads(self, request: Request) -> None:
        if not request.url.startswith(self._address):
            self.complaints.append(request.url)
        if request.is_navigation_request():
            self._begun = (request.method, urlsplit(request.url).path)

    def _arrives(self, frame: Frame) -> None:
        """A file to keep is asked for as a page is, and none comes of it."""
        self.asked = self._begun

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
        self.leave(self.page.get_by_role("link", name=self.word(word), exact=True).first)

    def press(self, word: str) -> None:
        """Press a button that leads to another page."""
        self.leave(self.button(word))

    def button(self, word: str) -> Locator:
        """A button."""
        return self.page.get_by_role("button", name=self.word(word), exact=True)

    def give(self, word: str, name: str, content: bytes) -> None:
        """Choose a file."""
        file = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
        self.page.get_by_label(self.word(word), exact=True).set_input_files(file)

    def fill(self, told: Mapping[str, str]) -> None:
        """Fill in a form; what is left empty may be hidden by another answer."""
        for name, value in told.items():
            if not value:
                continue
            field = self.page.locator(f"#{name}")
            if field.evaluate("each => each.tagName") == "SELECT":
                field.select_option(value)
            else:
                field.fill(value)

    def leave(self, locator: Locator) -> None:
        """Click on what leads to another page."""
        with self.page.expect_navigation():
            locator.click()

    def says(self, text: str) -> None:
        """See that a text stands on the page."""
        expect(self.page.locator("main")).to_contain_text(text)

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
                self._keep_picture(width)

    def _keep_picture(self, width: int) -> None:
        """Keep what is seen, where somebody wants to look at it."""
        if folder := os.environ.get("BILLCALC_PICTURES"):
            method, path = self.asked
            name = re.sub(r"[0-9a-f]{32}|\d+", "N", path).strip("/").replace("/", "-")
            self._pictures += 1
            picture = Path(folder) / f"{name}-{method}-{self._pictures:02}-{width}.png"
            self.page.screenshot(path=picture, full_page=True, timeout=60_000)

    def prints(self, *texts: str, not_these: tuple[str, ...] = ()) -> None:
        """See that a page goes on sheets of A4 with its heading and some texts, and without what only a screen is for.

        Args:
            texts: what stands on paper.
            not_these: the names of words that do not, beside what no page prints.
        """
        content = self.page.pdf(prefer_css_page_size=True)
        sheets = pypdfium2.PdfDocument(io.BytesIO(content))
        try:
            assert {tuple(map(round, sheet.get_size())) for sheet in sheets} == {A4}
            paper = _joined("".join(sheet.get_textpage().get_text_bounded() for sheet in sheets))
        finally:
            sheets.close()
        heading = self.page.locator("h1").inner_text()
        missing = [text for text in (heading, *texts) if _joined(text) not in paper]
        assert not missing, f"not on paper: {missing}"
        needless = [text for text in map(self.word, not_these) if _joined(text) in paper]
        assert not needless, f"on paper: {needless}"
        self.page.emulate_media(media="print")
        left = self.page.locator(_OF_SCREENS).filter(visible=True).all_inner_texts()
        assert not left, f"on paper nobody can press {left}"
        self.page.emulate_media(media="null")  # as each would have it


def _joined(text: str) -> str:
    """Without spaces and ends of lines, which paper has its own of."""
    return "".join(text.split())
