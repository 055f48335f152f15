"""Tours of the clerk's pages: signing in, a bill of a file and of the form, its comparison, an account, an advice."""

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

from billcalc.words.bills import Phrase
from billcalc.words.lexicon import LEXICONS
from billcalc.words.pages import PageWord
from billcalc.words.questions import ASKED, Question
from billcalc_api.contract import example
from browser.stage import Stage
from browser.tour import Scene, tour
from tests.api.calling import P1
from tests.pages.filled import FILLED
from tests.pages.test_advise import MONTH
from tests.pages.visiting import REQUEST, TWO_CAUSES

if TYPE_CHECKING:  # the tests ask which routes have a tour, where nothing drives a browser
    from browser.visit import Visit

ISSUED = json.dumps(example(f"{P1}-issued"), ensure_ascii=False, indent=1).encode()
TOTAL = "1629271.00"
_FIRST = """
- banner:
  - link "$name"
  - navigation:
    - link "$recalculate"
    - link "$form"
    - link "$compare"
    - link "$checks"
    - link "$audit"
    - link "$findings"
    - link "$account"
    - link "$advise"
    - link "$tariffs"
  - link "$other_language"
  - button "$sign_out"
- main:
  - heading "$recalculate" [level=1]
  - heading "$no_request" [level=2]
  - paragraph:
    - link "$form_instead"
  - heading "$with_request" [level=2]
  - button "$request_file"
  - button "$calculate"
  - paragraph:
    - button "$example"
- contentinfo
"""
_BILL = """
- main:
  - heading [level=1]
  - table:
    - rowgroup:
      - row:
        - columnheader
        - columnheader
    - rowgroup:
      - row
      - row:
        - cell:
          - group
  - button "$as_workbook"
  - button "$issued_file"
  - button "$compare_this"
"""


@tour("GET /sign-in", "POST /sign-in")
def signing_in(visit: "Visit", stage: Stage) -> Iterator[Scene]:
    """A visit ends with signing out; it begins with a key."""
    visit.press(PageWord.SIGN_OUT)
    outline = """
        - banner
        - main:
          - heading "$sign_in" [level=1]
          - textbox "$key"
          - button "$sign_in"
        - contentinfo
    """
    yield Scene(outline)
    visit.sign_in("bc_unknown")
    visit.says(visit.word(PageWord.KEY_UNKNOWN))
    yield Scene(outline)


@tour("GET /", "POST /bill", "POST /bill", "POST /bill")
def recalculating(visit: "Visit", stage: Stage) -> Iterator[Scene]:
    """The first page; the bill of a file; what is wrong with a file; what cannot be billed."""
    yield Scene(_FIRST)
    visit.give(PageWord.REQUEST_FILE, "june.yaml", REQUEST)
    visit.press(PageWord.CALCULATE)
    lines = LEXICONS[visit.language].phrases[Phrase.LINES]
    visit.prints(TOTAL, lines, "132000", not_these=("sources",))  # closed derivations stay closed
    line = visit.page.locator("tr.why").first
    line.locator("summary").click()
    yield Scene(
        _BILL,
        printed=(TOTAL, lines, "132000", visit.word(PageWord.SOURCES)),
    )
    visit.open("")
    visit.give(PageWord.REQUEST_FILE, "june.yaml", REQUEST.replace(b"area:", b"aera:", 1))
    visit.press(PageWord.CALCULATE)
    yield Scene(
        """
        - main:
          - heading "$wrong" [level=1]
          - list:
            - listitem:
              - code
          - button "$request_file"
          - button "$again"
        """,
        printed=("aera", "june.yaml"),
    )
    visit.give(PageWord.REQUEST_FILE, "june.yaml", REQUEST.replace(b"cn-guangxi", b"cn-xizang"))
    visit.press(PageWord.AGAIN)
    yield Scene(
        """
        - main:
          - heading "$refused" [level=1]
          - list:
            - listitem
          - button "$again"
        """,
        printed=("june.yaml",),
    )


@tour("GET /form", "POST /form", "POST /form")
def filling_in(visit: "Visit", stage: Stage) -> Iterator[Scene]:
    """The form; a fault beside its field; the bill of what was filled in."""
    visit.follow(PageWord.FORM)
    outline = """
        - main:
          - heading "$form" [level=1]
          - group "$who"
          - group "$basic"
          - group "$meter":
            - table
          - button "$calculate"
    """
    yield Scene(outline)
    visit.fill({**FILLED, "month": "June"})
    visit.press(PageWord.CALCULATE)
    assert not visit.page.locator("#contract").is_visible()  # who pays by capacity has none
    month = visit.page.get_by_label(ASKED[Question.MONTH].of(visit.language))
    assert month.get_attribute("aria-invalid") == "true"
    assert month.get_attribute("aria-describedby") == "month-fault"
    yield Scene(outline.replace('- group "$who"', '- alert\n          - group "$who"'))
    month.fill(FILLED["month"])
    visit.press(PageWord.CALCULATE)
    with visit.page.expect_download() as kept:
        visit.button(PageWord.AS_REQUEST).click()
    assert kept.value.suggested_filename == "request.yaml"
    yield Scene(
        """
        - main:
          - heading [level=1]
          - table
          - button "$as_request"
        """,
        printed=("91316.81",),
    )


@tour("GET /compare", "POST /compare", "POST /compare", "POST /compare")
def comparing(visit: "Visit", stage: Stage) -> Iterator[Scene]:
    """Two files; a bill wrong in two ways; amounts typed beside the lines of a bill; a bill that agrees."""
    visit.follow(PageWord.COMPARE)
    yield Scene("""
        - main:
          - heading "$compare" [level=1]
          - button "$request_file"
          - button "$issued_file"
          - button "$compare_this"
    """)
    visit.give(PageWord.REQUEST_FILE, "june.yaml", REQUEST)
    visit.give(PageWord.ISSUED_FILE, "issued.csv", TWO_CAUSES)
    visit.press(PageWord.COMPARE_THIS)
    causes = """
        - main:
          - heading "$compare" [level=1]
          - term: $issued
          - term: $recomputed
          - term: $difference
          - heading "$causes" [level=2]
          - figure:
            - img "$waterfall"
          - region:
            - table
          - region "$lines_beside":
            - table "$lines_beside"
    """
    yield Scene(causes, printed=("-276571.97", "-269169.05", "-7402.92", visit.word(PageWord.LINES_BESIDE)))
    visit.open("")
    visit.press(PageWord.EXAMPLE)
    visit.page.get_by_text(visit.word(PageWord.TYPE_AMOUNTS)).click()
    visit.page.locator("[name=amount_total]").fill("1621190.42")
    visit.press(PageWord.COMPARE_TYPED)
    yield Scene(causes, printed=("-8080.58",))
    visit.open("compare")
    visit.give(PageWord.REQUEST_FILE, "june.yaml", REQUEST)
    visit.give(PageWord.ISSUED_FILE, "issued.json", ISSUED)
    visit.press(PageWord.COMPARE_THIS)
    yield Scene(
        """
        - main:
          - heading "$compare" [level=1]
          - paragraph: $agrees
        """,
        printed=(TOTAL,),
    )


@tour("GET /account", "POST /account")
def an_account(visit: "Visit", stage: Stage) -> Iterator[Scene]:
    """The months of an account, with their demand."""
    visit.follow(PageWord.ACCOUNT)
    yield Scene("""
        - main:
          - heading "$account" [level=1]
          - button "$request_files"
          - button "$show_account"
    """)
    visit.give(PageWord.REQUEST_FILES, "june.yaml", MONTH)
    visit.press(PageWord.SHOW_ACCOUNT)
    yield Scene(
        """
        - main:
          - heading "$account" [level=1]
          - figure:
            - img "$money_by_month"
          - region "$by_month":
            - table "$by_month"
          - heading "$demand" [level=2]
          - figure:
            - img
          - region "$demand":
            - table
        """,
        printed=(visit.word("demand_kw"), visit.word("by_month")),
        unprinted=("another_account",),
    )


@tour("GET /advise", "POST /advise")
def an_advice(visit: "Visit", stage: Stage) -> Iterator[Scene]:
    """What months would have cost otherwise."""
    visit.follow("advise")
    yield Scene("""
        - main:
          - heading "$advise" [level=1]
          - button "$request_files"
          - textbox "$advice_shift"
          - combobox "$advice_of"
          - button "$advise_this"
    """)
    visit.give("request_files", "june.yaml", MONTH)
    visit.press("advise_this")
    yield Scene(
        """
        - main:
          - heading [level=1]
          - heading [level=2]
          - list:
            - listitem
          - figure:
            - img "$advice_drawn"
          - region:
            - table
          - button "$as_workbook"
        """,
        printed=("1362.00",),
        unprinted=("advise_another",),
    )


@tour("GET /advise/simulate", "POST /advise/simulate", "POST /advise/simulate")
def a_simulation(visit: "Visit", stage: Stage) -> Iterator[Scene]:
    """What is to be otherwise; from a bill; what it comes to."""
    visit.follow("advise")
    visit.follow("simulate_one_month")
    yield Scene("""
        - main:
          - paragraph:
            - link "$advise"
          - heading "$simulate" [level=1]
          - button "$request_file"
          - group "$simulate_change"
          - group: $simulate_more
          - button "$simulate_this"
    """)
    visit.open("")
    visit.press(PageWord.EXAMPLE)
    visit.press("simulate_customer")
    yield Scene("""
        - main:
          - heading "$simulate" [level=1]
          - group "$simulate_change"
          - button "$simulate_this"
    """)
    visit.fill({"standard": "0.85", "voltage": "35kV"})
    visit.press("simulate_this")
    yield Scene(
        """
        - main:
          - heading "$simulate" [level=1]
          - region "$simulate_unbilled":
            - heading "$simulate_unbilled" [level=2]
          - region:
            - table
          - heading "$simulate_again" [level=2]
          - group "$simulate_change"
        """,
        printed=("1621190.42", "0.85"),
        unprinted=("simulate_again", "simulate_another"),
    )


@tour("GET /{rest:path}")
def nowhere(visit: "Visit", stage: Stage) -> Iterator[Scene]:
    """What is no page leads back."""
    visit.open("nothing")
    yield Scene("""
        - main:
          - heading "$not_found" [level=1]
          - paragraph:
            - link "$home"
    """)
