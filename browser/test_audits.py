"""The views of an auditor in a browser: checks, an audit of a table, findings."""

from playwright.sync_api import expect

from browser.test_views import fill
from browser.visit import Visit
from tests.pages.audits import FACTS, audited
from tests.pages.test_advise import MONTH
from tests.pages.test_checks import JULY
from tests.pages.test_notices import NOTICE
from tests.pages.visiting import REQUEST


def test_a_customer_is_checked_beside_a_month_before(visit: Visit) -> None:
    visit.follow("checks")
    visit.holds("""
        - main:
          - heading "$checks" [level=1]
          - button "$checks_request"
          - button "$checks_history"
          - button "$check_this"
          - heading "$checks_catalogue" [level=2]
          - region "$checks_catalogue":
            - table
    """)
    visit.give("checks_request", "july.yaml", JULY)
    visit.give("checks_history", "june.yaml", REQUEST)
    visit.press("check_this")
    visit.holds("""
        - main:
          - heading "$checks" [level=1]
          - term: $checks_speak
          - region:
            - heading [level=2]
            - list:
              - listitem:
                - paragraph:
                  - link
          - heading "$checks_why_changed" [level=2]
          - heading "$checks_not_checked" [level=2]
          - heading "$checks_pass" [level=2]
    """)
    with visit.page.expect_navigation():
        visit.page.locator(".problems a").first.click()
    visit.holds("""
        - main:
          - paragraph:
            - link "$checks"
          - heading [level=1]
          - term: $check_what
          - term: $check_do
          - heading "$check_formula" [level=2]
          - list:
            - listitem
          - heading "$check_limits" [level=2]
    """)


def test_a_table_is_audited_by_a_process_of_its_own(visit: Visit) -> None:
    visit.follow("audit")
    visit.holds("""
        - main:
          - heading "$audit" [level=1]
          - button "$audit_table"
          - group: $audit_more
          - button "$audit_upload"
    """)
    visit.give("audit_table", "june.csv", audited())
    visit.press("audit_upload")
    visit.holds("""
        - main:
          - paragraph:
            - link "$audit"
          - heading "$layout_title" [level=1]
          - group "$layout_common"
          - region "$layout_title":
            - table
          - paragraph:
            - checkbox "$layout_rest" [checked]
          - button "$layout_start"
          - button "$audit_remove"
    """)
    fill(visit, FACTS)
    visit.press("layout_start")
    _wait_for(visit, visit.word("result_lead").format(differing=1, matched=2))
    visit.holds("""
        - main:
          - paragraph:
            - link "$audit"
          - heading "$result_title" [level=1]
          - term: $result_over
          - term: $result_under
          - paragraph:
            - link "$result_workbook"
          - region "$result_statuses":
            - table "$result_statuses"
          - figure:
            - img "$result_causes_drawn"
          - region "$result_causes":
            - table "$result_causes"
          - heading "$result_ranked" [level=2]
          - region "$result_ranked":
            - table
          - button "$audit_remove"
    """)
    with visit.page.expect_download() as kept:
        visit.page.get_by_role("link", name=visit.word("result_workbook")).click()
    assert kept.value.suggested_filename == "table.xlsx"
    with visit.page.expect_navigation():
        visit.page.get_by_role("link", name="0302").click()
    expect(visit.page.locator("main")).to_contain_text("+1819.00")
    with visit.page.expect_navigation():
        visit.page.get_by_role("link", name=visit.word("audit_back")).click()
    visit.press("audit_remove")
    expect(visit.page.get_by_role("heading", name=visit.word("audit"), exact=True)).to_be_visible()


def _wait_for(visit: Visit, text: str) -> None:
    """Look again, as the page does by itself every five seconds."""
    for _ in range(60):
        if text in visit.page.content():
            return
        visit.page.wait_for_timeout(1_000)
        visit.page.reload()


def test_a_finding_is_assigned_and_the_log_is_proved(visit: Visit, found: None) -> None:
    visit.follow("findings")
    visit.holds("""
        - main:
          - heading "$findings" [level=1]
          - combobox "$findings_status"
          - textbox "$findings_of_run"
          - button "$findings_show"
          - region "$findings":
            - table
          - paragraph:
            - link "$findings_export"
          - heading "$log_prove" [level=2]
          - button "$log_prove"
    """)
    with visit.page.expect_navigation():
        visit.page.locator("td a").last.click()  # the newest
    visit.page.locator("#assigned-to").fill("wang")
    visit.holds("""
        - main:
          - paragraph:
            - link "$findings"
          - heading [level=1]
          - heading "$finding_life" [level=2]
          - list:
            - listitem
          - heading "$finding_next" [level=2]
          - group "$act_assigned"
          - group: $finding_other
          - region:
            - table
          - button "$log_prove"
    """)
    visit.press("act_assigned")
    expect(visit.page.locator("main")).to_contain_text("wang")
    visit.press("log_prove")
    visit.holds("""
        - main:
          - paragraph:
            - link "$log_back"
          - heading "$log_title" [level=1]
    """)


def test_a_price_notice_is_read_with_its_cells(visit: Visit) -> None:
    visit.follow("tariffs")
    visit.follow("notice")
    visit.holds("""
        - main:
          - paragraph:
            - link "$tariffs"
          - heading "$notice" [level=1]
          - button "$notice_file"
          - combobox "$notice_area"
          - textbox "$notice_month"
          - textbox "$notice_url"
          - group: $notice_corrections
          - button "$notice_read"
    """)
    visit.give("notice_file", "2026-09.csv", NOTICE)
    fill(visit, {"area": "cn-guangxi", "month": "2026-09"})
    visit.press("notice_read")
    visit.holds("""
        - main:
          - heading "$notice_seen" [level=1]
          - region "$notice_checked":
            - heading "$notice_checked" [level=2]
          - region "$notice_seen":
            - table
          - paragraph:
            - link "$notice_again"
    """)


def test_months_are_advised_on_and_their_demand_is_drawn(visit: Visit) -> None:
    visit.follow("account")
    visit.give("request_files", "june.yaml", MONTH)
    visit.press("show_account")
    visit.holds("""
        - main:
          - heading "$demand" [level=2]
          - figure:
            - img
          - region "$demand":
            - table
    """)
    visit.follow("advise")
    visit.holds("""
        - main:
          - heading "$advise" [level=1]
          - button "$request_files"
          - textbox "$advice_shift"
          - combobox "$advice_of"
          - button "$advise_this"
    """)
    visit.give("request_files", "june.yaml", MONTH)
    visit.press("advise_this")
    visit.holds("""
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
    """)
