"""Tours of the auditor's pages: checks, an audit of a table, findings, the tariffs and the import of a price notice."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from browser.stage import Stage
from browser.tour import Scene, tour
from tests.pages.audits import FACTS, audited
from tests.pages.test_checks import JULY
from tests.pages.test_notices import NOTICE
from tests.pages.visiting import REQUEST

if TYPE_CHECKING:  # the tests ask which routes have a tour, where nothing drives a browser
    from browser.visit import Visit

_TABLE = """
- main:
  - heading "$audit" [level=1]
  - button "$audit_table"
  - group: $audit_more
  - button "$audit_upload"
"""
_COLUMNS = """
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
"""
_FOUND = """
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
"""


@tour("GET /checks", "POST /checks", "GET /checks/{code}")
def checks(visit: "Visit", stage: Stage) -> Iterator[Scene]:
    """All checks; a customer beside a month before; one check."""
    visit.follow("checks")
    yield Scene("""
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
    yield Scene(
        """
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
        """,
        printed=("0.75", visit.word("checks_why_changed")),
        unprinted=("check_another", "checks_figures"),
    )
    visit.leave(visit.page.locator(".problems a").first)
    yield Scene(
        """
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
        """,
        printed=(visit.word("check_formula"), visit.word("check_limits")),
    )


@tour(
    "GET /audit",
    "POST /audit",
    "GET /audit/{told}",
    "POST /audit/{told}",
    "GET /audit/{told}",
    "GET /audit/{told}/bills/{number}",
)
def an_audit(visit: "Visit", stage: Stage) -> Iterator[Scene]:
    """A table, please; what is none; its columns; what they lack; what was found; a bill, from where it is removed."""
    visit.follow("audit")
    yield Scene(_TABLE)
    visit.give("audit_table", "june.pdf", b"%PDF-1.7")
    visit.press("audit_upload")
    yield Scene(_TABLE.replace("- button", "- alert\n  - button", 1))
    visit.give("audit_table", "june.csv", audited())
    visit.press("audit_upload")
    yield Scene(_COLUMNS, printed=("抄表员",))
    visit.press("layout_start")
    yield Scene(_COLUMNS.replace("- group", "- alert\n  - group", 1))
    visit.fill(FACTS)
    visit.press("layout_start")
    _wait_for(visit, visit.word("result_lead").format(differing=1, matched=2))
    yield Scene(
        _FOUND,
        printed=("0302", "1819.00", visit.word("result_ranked")),
    )
    with visit.page.expect_download() as kept:
        visit.page.get_by_role("link", name=visit.word("result_workbook")).click()
    assert kept.value.suggested_filename == "table.xlsx"
    visit.leave(visit.page.get_by_role("link", name="0302"))
    yield Scene(
        """
        - main:
          - paragraph:
            - link "$audit_back"
          - heading "$compare" [level=1]
          - heading "$causes" [level=2]
          - figure:
            - img "$waterfall"
          - region "$lines_beside":
            - table "$lines_beside"
          - button "$show_bill"
        """,
        printed=("+1819.00",),
    )
    visit.follow("audit_back")
    visit.press("audit_remove")
    visit.says(visit.word("audit_lead"))


@tour("GET /audit/{told}", "GET /audit/{told}")
def an_audit_at_work(visit: "Visit", stage: Stage) -> Iterator[Scene]:
    """How far an audit is; why one came to nothing."""
    with stage.audit() as job:
        visit.open(f"audit/{job.id}")
        yield Scene(
            """
            - main:
              - paragraph:
                - link "$audit"
              - heading "$running_title" [level=1]
              - status:
                - progressbar
              - paragraph:
                - link "$running_again"
              - button "$audit_stop"
            """,
            printed=(visit.word("running_billing").format(done=400, rows=1000),),
        )
        job.has_failed({"often": 5})
        visit.follow("running_again")
        yield Scene(
            """
            - main:
              - paragraph:
                - link "$audit"
              - heading "$failed_title" [level=1]
              - list:
                - listitem
              - button "$audit_remove"
            """,
            printed=("june.csv",),
        )


def _wait_for(visit: "Visit", text: str) -> None:
    """Look again, as the page does by itself every five seconds."""
    for _ in range(60):
        if text in visit.page.content():
            return
        visit.page.wait_for_timeout(1_000)
        visit.page.reload()


@tour(
    "GET /findings",
    "GET /findings/{finding}",
    "POST /findings/{finding}",
    "GET /findings/{finding}",
    "POST /findings/prove",
)
def findings(visit: "Visit", stage: Stage) -> Iterator[Scene]:
    """All findings; one; what cannot be done with it; one that is assigned; the proof of the log."""
    stage.find()
    visit.follow("findings")
    yield Scene(
        """
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
        """,
        printed=("500.00",),
        unprinted=("findings_export",),
    )
    visit.leave(visit.page.locator("td a").last)  # the newest
    finding = """
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
    """
    yield Scene(finding, printed=("500.00", visit.word("finding_life")), unprinted=("finding_next",))
    visit.page.locator("#assigned-to").fill(" ")
    visit.press("act_assigned")
    yield Scene(finding.replace('- group "$act_assigned"', '- group "$act_assigned":\n            - alert'))
    visit.page.locator("#assigned-to").fill("wang")
    visit.press("act_assigned")
    visit.says("wang")
    yield Scene(finding.replace('- group "$act_assigned"', "- group"), printed=("wang",))
    visit.press("log_prove")
    yield Scene("""
        - main:
          - paragraph:
            - link "$log_back"
          - heading "$log_title" [level=1]
    """)


@tour("GET /tariffs", "GET /tariffs/{area}", "GET /tariffs/{area}/changes", "GET /tariffs/{area}/{document:path}")
def tariffs(visit: "Visit", stage: Stage) -> Iterator[Scene]:
    """The coverage; an area; what changed between two months; a document."""
    visit.follow("tariffs")
    yield Scene("""
        - main:
          - heading "$tariffs" [level=1]
          - region "$tariffs":
            - table:
              - rowgroup
              - rowgroup
    """)
    visit.leave(visit.page.get_by_role("rowheader").last.get_by_role("link"))
    yield Scene("""
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
    visit.press("show_changes")
    yield Scene("""
        - main:
          - paragraph:
            - link
          - heading "$changes" [level=1]
    """)
    visit.page.go_back()
    visit.leave(visit.page.locator(".documents a").first)
    yield Scene("""
        - main:
          - paragraph:
            - link
          - heading [level=1]
          - term
          - definition
    """)


@tour("GET /tariffs/import", "POST /tariffs/import", "POST /tariffs/import")
def a_price_notice(visit: "Visit", stage: Stage) -> Iterator[Scene]:
    """A notice, please; what was read of it; what cannot be read."""
    visit.open("tariffs")
    visit.follow("notice")
    yield Scene("""
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
    visit.fill({"area": "cn-guangxi", "month": "2026-09"})
    visit.press("notice_read")
    yield Scene(
        """
        - main:
          - heading "$notice_seen" [level=1]
          - region "$notice_checked":
            - heading "$notice_checked" [level=2]
          - region "$notice_seen":
            - table
          - heading "$notice_corrections" [level=2]
          - button "$notice_again"
          - paragraph:
            - link "$notice_another"
        """,
        printed=("2026-09.csv",),
        unprinted=("notice_again", "notice_another"),
    )
    visit.follow("notice_another")
    visit.give("notice_file", "2026-09.png", b"\x89PNG\r\n\x1a\n")
    visit.fill({"area": "cn-guangxi", "month": "2026-09"})
    visit.press("notice_read")
    yield Scene(
        """
        - main:
          - paragraph:
            - link "$notice"
          - heading "$notice_cannot" [level=1]
          - list:
            - listitem
          - paragraph:
            - link "$notice_another"
        """,
        printed=("2026-09.png",),
    )
