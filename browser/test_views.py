"""The main path of each view in a browser: each page can be read by everybody, and needs no script."""

import json
from collections.abc import Mapping

from playwright.sync_api import expect

from billcalc.words.pages import PageWord
from billcalc.words.questions import ASKED, Question
from billcalc_api.contract import example
from browser.visit import Visit
from tests.api.calling import P1
from tests.pages.filled import FILLED
from tests.pages.visiting import REQUEST

ISSUED = json.dumps(example(f"{P1}-issued"), ensure_ascii=False, indent=1).encode()
WRONG = ISSUED.replace(b"-0.0045", b"-0.0095").replace(b"-7272.52", b"-15353.10").replace(b"1629271.00", b"1621190.42")
"""The bill that was issued, with the adjustment of the standard 0.85: −0.95 % of 1616116.19, which is 8080.58 less."""
TOTAL = "1629271.00"


def fill(visit: Visit, told: Mapping[str, str]) -> None:
    """Fill in the form; what is left empty may be hidden by another answer."""
    for name, value in told.items():
        if not value:
            continue
        field = visit.page.locator(f"#{name}")
        if field.evaluate("each => each.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)


def test_a_visit_begins_with_a_key_and_ends_with_signing_out(stranger: Visit, key: str) -> None:
    stranger.open("")
    stranger.holds("""
        - banner
        - main:
          - heading "$sign_in" [level=1]
          - textbox "$key"
          - button "$sign_in"
        - contentinfo
    """)
    stranger.sign_in(key[:-1])
    expect(stranger.page.get_by_role("alert")).to_have_text(stranger.word(PageWord.KEY_UNKNOWN))
    stranger.sign_in(key)
    expect(stranger.button(PageWord.CALCULATE)).to_be_visible()
    stranger.press(PageWord.SIGN_OUT)
    expect(stranger.button(PageWord.SIGN_IN)).to_be_visible()


def test_the_first_page_begins_with_the_form(visit: Visit) -> None:
    visit.holds("""
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
    """)


def test_amounts_are_typed_beside_the_lines_of_a_bill(visit: Visit) -> None:
    visit.press(PageWord.EXAMPLE)
    visit.page.get_by_text(visit.word(PageWord.TYPE_AMOUNTS)).click()
    visit.page.locator("[name=amount_total]").fill("1621190.42")
    visit.holds("""
        - main:
          - group:
            - table:
              - rowgroup:
                - row
              - rowgroup:
                - row:
                  - rowheader
                  - cell:
                    - textbox
            - button "$compare_typed"
    """)
    visit.press(PageWord.COMPARE_TYPED)
    expect(visit.page.get_by_role("heading", name=visit.word(PageWord.COMPARE), exact=True)).to_be_visible()
    expect(visit.page.locator("main")).to_contain_text("-8080.58")


def test_from_a_file_to_the_bill_its_derivation_and_its_causes(visit: Visit) -> None:
    visit.give(PageWord.REQUEST_FILE, "june.yaml", REQUEST)
    visit.press(PageWord.CALCULATE)
    expect(visit.page.locator(".about .total")).to_contain_text(TOTAL)
    line = visit.page.locator("tr.why").first
    line.locator("summary").click()
    expect(line.get_by_text("132000").first).to_be_visible()
    visit.holds("""
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
    """)
    visit.give(PageWord.ISSUED_FILE, "issued.json", WRONG)
    visit.press(PageWord.COMPARE_THIS)
    visit.holds("""
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
    """)
    expect(visit.page.locator("main")).to_contain_text("-8080.58")


def test_two_files_are_compared(visit: Visit) -> None:
    visit.follow(PageWord.COMPARE)
    visit.holds("""
        - main:
          - heading "$compare" [level=1]
          - button "$request_file"
          - button "$issued_file"
          - button "$compare_this"
    """)
    visit.give(PageWord.REQUEST_FILE, "june.yaml", REQUEST)
    visit.give(PageWord.ISSUED_FILE, "issued.json", ISSUED)
    visit.press(PageWord.COMPARE_THIS)
    expect(visit.page.get_by_text(visit.word(PageWord.AGREES))).to_be_visible()


def test_the_form_tells_faults_beside_their_fields_and_becomes_a_bill(visit: Visit) -> None:
    visit.follow(PageWord.FORM)
    fill(visit, {**FILLED, "month": "June"})
    visit.press(PageWord.CALCULATE)
    expect(visit.page.locator("#contract")).to_be_hidden()  # who pays by capacity has none
    month = visit.page.get_by_label(ASKED[Question.MONTH].of(visit.language))
    expect(month).to_have_attribute("aria-invalid", "true")
    expect(month).to_have_accessible_description(visit.page.locator("#month-fault").inner_text())
    visit.holds("""
        - main:
          - heading "$form" [level=1]
          - alert
          - group "$who"
          - group "$basic"
          - group "$meter":
            - table
          - button "$calculate"
    """)
    month.fill(FILLED["month"])
    visit.press(PageWord.CALCULATE)
    expect(visit.page.locator("table.lines")).to_contain_text("91316.81")
    with visit.page.expect_download() as kept:
        visit.button(PageWord.AS_REQUEST).click()
    assert kept.value.suggested_filename == "request.yaml"


def test_a_fault_of_a_file_is_told_beside_its_line(visit: Visit) -> None:
    visit.give(PageWord.REQUEST_FILE, "june.yaml", REQUEST.replace(b"area:", b"aera:", 1))
    visit.press(PageWord.CALCULATE)
    visit.holds("""
        - main:
          - heading "$wrong" [level=1]
          - list:
            - listitem:
              - code
          - button "$request_file"
          - button "$again"
    """)


def test_what_cannot_be_billed_is_told(visit: Visit) -> None:
    visit.give(PageWord.REQUEST_FILE, "june.yaml", REQUEST.replace(b"cn-guangxi", b"cn-xizang"))
    visit.press(PageWord.CALCULATE)
    visit.holds("""
        - main:
          - heading "$refused" [level=1]
          - list:
            - listitem
          - button "$again"
    """)


def test_the_months_of_an_account_stand_beside_each_other(visit: Visit) -> None:
    visit.follow(PageWord.ACCOUNT)
    visit.holds("""
        - main:
          - heading "$account" [level=1]
          - button "$request_files"
          - button "$show_account"
    """)
    visit.give(PageWord.REQUEST_FILES, "june.yaml", REQUEST)
    visit.press(PageWord.SHOW_ACCOUNT)
    expect(visit.page.locator(".about .total")).to_contain_text(TOTAL)
    visit.holds("""
        - main:
          - heading "$account" [level=1]
          - figure:
            - img "$money_by_month"
          - region "$by_month":
            - table "$by_month"
    """)


def test_the_tariffs_open_their_documents(visit: Visit) -> None:
    visit.follow(PageWord.TARIFFS)
    visit.holds("""
        - main:
          - heading "$tariffs" [level=1]
          - region "$tariffs":
            - table:
              - rowgroup
              - rowgroup
    """)
    with visit.page.expect_navigation():
        visit.page.get_by_role("rowheader").last.get_by_role("link").click()
    visit.holds("""
        - main:
          - paragraph:
            - link "$tariffs"
          - heading [level=1]
          - heading "$changes" [level=2]
          - combobox "$first_month"
          - combobox "$second_month"
          - button "$show_changes"
          - list:
            - listitem
    """)
    visit.press(PageWord.SHOW_CHANGES)
    visit.holds("""
        - main:
          - paragraph:
            - link
          - heading "$changes" [level=1]
    """)
    visit.page.go_back()
    with visit.page.expect_navigation():
        visit.page.locator(".documents a").first.click()
    visit.holds("""
        - main:
          - paragraph:
            - link
          - heading [level=1]
          - term
          - definition
    """)


def test_what_is_no_page_leads_back(visit: Visit) -> None:
    visit.open("nothing")
    visit.holds("""
        - main:
          - heading "$not_found" [level=1]
          - paragraph:
            - link "$home"
    """)
