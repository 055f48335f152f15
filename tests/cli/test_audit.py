"""``billcalc audit``: each command does its step, says where the finding stands, or why not; in words, JSON and tables."""

import csv
import getpass
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from python_calamine import CalamineWorkbook

from billcalc.audit.findings.acts import allowed
from billcalc.audit.findings.life import Status
from billcalc.audit.findings.records import Run
from billcalc.cli.audit import audit as audit_command
from billcalc.cli.audit_acts import next_steps
from billcalc.store.store import Store
from billcalc.words.lexicon import ENGLISH
from tests.cli.calling import ROOT, call, data_of
from tests.store.auditing import check, difference, examined, run, whole_life

AUDITED = ROOT / "fixtures" / "audit"
REQUESTS = ("--requests", str(AUDITED / "requests.csv"), "--template", str(ROOT / "fixtures/bulk/template.yaml"))
Audit = Callable[..., Result]


@pytest.fixture
def place(tmp_path: Path) -> str:
    return str(tmp_path / "findings.sqlite")


@pytest.fixture
def filled(place: str) -> str:
    """A store with a bill that differs and a check that speaks."""
    store = Store(place, make=True)
    run(store, examined(difference(1_050_000, 1_000_000), check(kwh="7"), issued=1_050_000, recomputed=1_000_000))
    store.close()
    return place


def audit(*arguments: str, store: str, as_: str = "li") -> Result:
    command = [*arguments, "--store", store]
    takes_actor = arguments[0] not in ("list", "runs", "show", "checkpoint", "export")
    return call("audit", *command, *(["--as", as_] if takes_actor else []))


def again(store: str, *found: Any) -> Run:
    opened = Store(store)
    made = run(opened, *found)
    opened.close()
    return made


def test_each_step_is_done_and_told(filled: str, tmp_path: Path) -> None:
    documents = tmp_path / "documents.json"
    documents.write_text(
        json.dumps({"documents": [{"kind": "back_bill", "sha256": "a" * 64, "total_fen": -50000, "more": 1}]})
    )
    assert audit("assign", "1", "--to", "wang", store=filled).stdout == "finding 1: assigned, now assigned\n"
    assert (
        audit("site-check", "1", "--text", "seen", store=filled).stdout == "finding 1: checked on site, now assigned\n"
    )
    assert audit("note", "1", "--text", "asked", store=filled).stdout == "finding 1: note, now assigned\n"
    assert audit("confirm", "1", store=filled, as_="wang").stdout == "finding 1: confirmed, now confirmed\n"
    corrected = audit("correct", "1", "--documents", str(documents), store=filled)
    assert corrected.stdout == "finding 1: corrected, now corrected\n"
    again(filled, examined(difference(1_050_000, 1_000_000), issued=1_050_000, recomputed=1_000_000))
    assert audit("verify", "1", "--run", "2", store=filled).stdout == "finding 1: verified, now verified\n"
    assert audit("close", "1", store=filled).stdout == "finding 1: closed, now closed\n"
    told = data_of(audit("reopen", "1", "--reason", "the customer objects", "--format", "json", store=filled))
    assert (told["finding"]["status"], told["events"][-1]["body"]) == ("found", {"reason": "the customer objects"})


def test_a_finding_about_the_file_is_corrected_without_documents(filled: str) -> None:
    audit("assign", "2", "--to", "wang", store=filled)
    audit("confirm", "2", "--text", "as the order says", store=filled)
    assert (
        audit("file-fixed", "2", "--text", "entered", store=filled).stdout
        == "finding 2: file corrected, now corrected\n"
    )


def test_a_finding_is_dismissed_until_a_day(filled: str) -> None:
    audit("assign", "2", "--to", "wang", store=filled)
    until = "2199-01-01"
    told = audit("dismiss", "2", "--reason", "a new furnace", "--until", until, store=filled)
    assert told.stdout == "finding 2: dismissed, now dismissed\n"
    late = audit("dismiss", "1", "--reason", "x", "--until", "2020-13-01", store=filled)
    assert (late.exit_code, "wrong_type" in late.stderr) == (2, True)


def test_what_is_left_is_told_in_money(filled: str, tmp_path: Path) -> None:
    documents = tmp_path / "documents.json"
    documents.write_text(json.dumps({"documents": [{"kind": "back_bill", "sha256": "a" * 64, "total_fen": -20000}]}))
    audit("assign", "1", "--to", "wang", store=filled)
    audit("confirm", "1", store=filled, as_="wang")
    part = ("correct", "1", "--documents", str(documents), "--reason", "in instalments", "--left")
    assert "'--left': 1e5" not in audit(*part, "1e5", store=filled).stderr
    assert "-0.001 is finer than the fen" in audit(*part, "-0.001", store=filled).stderr
    assert audit(*part, "-300.00", store=filled).exit_code == 0
    shown = audit("show", "1", store=filled).stdout
    assert "left         -300.00" in shown


RULES = 'id: ours\nfrom: 2000-01-01\nchanged_by: us\nsource: decided\ntwo_persons_above: "100"\n'


def test_the_rules_of_the_office_go_before_those_that_come_with_the_program(filled: str, tmp_path: Path) -> None:
    rules, documents = tmp_path / "rules.yaml", tmp_path / "documents.json"
    rules.write_text(RULES)
    documents.write_text(json.dumps({"documents": [{"kind": "back_bill", "sha256": "a" * 64, "total_fen": -50000}]}))
    audit("assign", "1", "--to", "wang", store=filled)
    audit("confirm", "1", store=filled, as_="wang")
    refused = audit("correct", "1", "--documents", str(documents), "--rules", str(rules), store=filled, as_="wang")
    assert (refused.exit_code, "corrections above 100.00 are another person's" in refused.stderr) == (2, True)
    assert audit("correct", "1", "--documents", str(documents), store=filled, as_="wang").exit_code == 0


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[]", "missing_key"),
        ('{"documents": 1}', "missing_key"),
        ('{"documents": [1]}', "wrong_type"),
        ('{"documents": [{"kind": "letter", "sha256": "x", "total_fen": 0}]}', "documents.json:1:"),
        (
            '{"documents": [{"kind": "letter", "sha256": "%s", "total_fen": 0, "file": "no"}]}' % ("a" * 64),
            "cannot_read",
        ),
        (
            '{"documents": [{"kind": "letter", "sha256": "%s", "total_fen": 0, "file": "l"}]}' % ("a" * 64),
            "document_differs",
        ),
    ],
)
def test_a_file_of_documents_that_is_none_is_told_with_its_place(
    filled: str, tmp_path: Path, text: str, code: str
) -> None:
    (tmp_path / "l").write_text("a letter")
    documents = tmp_path / "documents.json"
    documents.write_text(text)
    told = audit("correct", "1", "--documents", str(documents), store=filled)
    assert (told.exit_code, code in told.stderr) == (2, True), told.stderr


def test_findings_are_listed_in_words_and_as_data(filled: str) -> None:
    assert audit("list", "--code", "energy_jump", "--lang", "zh", store=filled).stdout.splitlines()[2].split() == [
        "2", "已发现", "存疑", "energy_jump", "A-1", "2024-07",
    ]  # fmt: skip
    told = data_of(audit("list", "--status", "found", "--open", "--format", "json", store=filled))
    assert [(each["id"], each["money"], each["cause"]) for each in told["findings"]] == [
        (1, "500.00", ""),
        (2, None, ""),
    ]
    assert audit("list", "--account", "A-2", store=filled).stdout == "There are no such findings.\n"


def test_a_finding_shows_the_commands_of_its_next_steps_and_they_are_those_that_may_be_typed(filled: str) -> None:
    shown = audit("show", "1", store=filled).stdout
    steps = [" ".join(line.split()[:6]) for line in shown.splitlines() if line.startswith("billcalc audit ")]
    assert steps == ["billcalc audit assign 1 --to NAME", "billcalc audit note 1 --text TEXT"]
    audit("assign", "1", "--to", "wang", store=filled)
    shown = audit("show", "1", "--lang", "zh", store=filled).stdout
    steps = [line.split("  ")[0] for line in shown.splitlines() if line.startswith("billcalc audit ")]
    assert steps == [
        "billcalc audit assign 1 --to 名称",
        "billcalc audit site-check 1 --text 文字",
        "billcalc audit confirm 1",
        "billcalc audit dismiss 1 --reason 文字 --until 日期",
        "billcalc audit note 1 --text 文字",
    ]
    audit("confirm", "1", store=filled)
    shown = audit("show", "1", store=filled).stdout
    assert "billcalc audit correct 1 --documents FILE" in shown


def test_every_act_has_its_command_among_the_next_steps() -> None:
    typed = {status: [call for call, _ in next_steps(7, status, ENGLISH)] for status in Status}
    assert typed[Status.CORRECTED][-1] == "billcalc audit note 7 --text TEXT"
    assert "billcalc audit verify 7 --run RUN" in typed[Status.CORRECTED]
    assert "billcalc audit close 7" in typed[Status.VERIFIED]
    for status, calls in typed.items():
        assert len(calls) == len(allowed(status))
        for typed_call in calls:
            told = [
                "2027-01-01" if word == "DAY" else "1" if word == "RUN" else word for word in typed_call.split()[2:]
            ]
            assert audit_command.commands[told[0]].make_context(told[0], told[1:]).params["finding"] == 7


def test_runs_and_one_finding_are_shown(filled: str) -> None:
    assert audit("runs", store=filled).stdout == "Run 1: daily, online, 2024-08-01T08:00:00Z\n"
    assert data_of(audit("runs", "--format", "json", store=filled))["runs"][0]["counts"]["found"] == 2
    told = data_of(audit("show", "2", "--format", "json", store=filled))
    assert (told["values"], told["acts"]) == ({"kwh": "7"}, ["assigned", "note"])
    assert audit("show", "2", store=filled).stdout.startswith("Finding 2: energy_jump\nstatus   found\n")
    missing = audit("show", "9", store=filled)
    assert (missing.exit_code, missing.stderr) == (
        2,
        '/findings/9: invalid input [no_finding]: there is no finding 9; look it up with "billcalc audit list"\n',
    )


def test_a_store_that_is_not_there_is_told(place: str) -> None:
    told = audit("list", store=place)
    assert (told.exit_code, "cannot_read" in told.stderr) == (2, True)


def test_the_log_is_proved_and_what_was_done_to_it_named(place: str, tmp_path: Path) -> None:
    store = Store(place, make=True)
    empty = audit("checkpoint", str(tmp_path / "kept.jsonl"), store=place)
    assert empty.stdout == "The log has no event yet.\n"
    whole_life(store)
    kept = str(tmp_path / "kept.jsonl")
    assert audit("checkpoint", kept, store=place).stdout.startswith("checkpoint of event 9 written to ")
    proof = audit("verify", "--checkpoint", kept, store=place)
    assert (proof.exit_code, "The log of 9 events is whole" in proof.stdout) == (0, True)
    assert "only a checkpoint kept elsewhere shows" in audit("verify", store=place).stdout
    with store.engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER event_update")
        connection.exec_driver_sql("UPDATE event SET actor = 'zhao' WHERE seq = 3")
    store.close()
    broken = audit("verify", "--lang", "zh", store=place)
    assert (broken.exit_code, "  第 3 条被改动\n" in broken.stdout) == (1, True)
    told = data_of(audit("verify", "--format", "json", store=place))
    assert (told["whole"], told["tamperings"]) == (
        False,
        [{"damage": "event_changed", "table": "event", "place": 3, "message": "event 3 was changed"}],
    )


@pytest.mark.parametrize("arguments", [("7",), ("--run", "1"), ("7", "--run", "1", "--checkpoint", "k")])
def test_a_finding_is_verified_by_a_run_and_the_log_by_a_checkpoint(place: str, arguments: tuple[str, ...]) -> None:
    told = audit("verify", *arguments, store=place)
    assert (told.exit_code, "FINDING goes with --run" in told.stderr) == (2, True)


def test_a_store_is_written_as_tables_and_as_data(filled: str, tmp_path: Path) -> None:
    audit("assign", "1", "--to", "wang", store=filled)
    table, book, data = (tmp_path / name for name in ("findings.csv", "findings.xlsx", "log.json"))
    for out in (table, book, data):
        assert audit("export", "--out", str(out), store=filled).stdout == f"written: {out}\n"
    rows = list(csv.DictReader(table.read_text(encoding="utf-8").splitlines()))
    assert [(row["id"], row["money"], row["to"]) for row in rows] == [("1", "500.00", "wang"), ("2", "", "")]
    sheets = CalamineWorkbook.from_path(book)
    assert sheets.sheet_names == ["findings", "log", "documents", "runs"]
    assert [len(sheets.get_sheet_by_name(name).to_python()) for name in sheets.sheet_names] == [3, 5, 1, 2]
    told = json.loads(data.read_text())
    assert ([each["kind"] for each in told["events"]], len(told["runs"])) == (["ran", "found", "found", "assigned"], 1)
    none = tmp_path / "none.csv"
    audit("export", "--out", str(none), "--account", "A-2", store=filled)
    assert len(none.read_text().splitlines()) == 1
    assert audit("export", "--out", str(tmp_path / "x.txt"), store=filled).exit_code == 4


def test_who_acts_is_the_user_of_the_system_unless_told(filled: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(getpass, "getuser", lambda: "zhao")
    monkeypatch.setattr("billcalc.cli.audit_store.getuser", lambda: "zhao")
    call("audit", "note", "1", "--text", "x", "--store", filled)
    told = data_of(audit("show", "1", "--format", "json", store=filled))
    assert told["events"][-1]["actor"] == "zhao"

    def nobody() -> str:
        raise OSError("no name")

    monkeypatch.setattr("billcalc.cli.audit_store.getuser", nobody)
    refused = call("audit", "note", "1", "--text", "x", "--store", filled)
    assert (refused.exit_code, "who acts?" in refused.stderr) == (2, True)


def test_a_month_is_audited_from_tables(place: str, tmp_path: Path) -> None:
    bulk = ("--bulk", str(AUDITED / "issued.csv"), "--out", str(tmp_path / "differences.csv"))
    told = audit("run", *REQUESTS, *bulk, "--note", "力调专项", "--occasion", "themed", "--way", "on_site", store=place)
    assert told.exit_code == 1, told.stderr
    assert told.stdout.startswith("Run 1: themed, on site, ")
    shown = data_of(audit("show", "1", "--format", "json", store=place))
    assert (shown["finding"]["code"], shown["finding"]["cause"], shown["finding"]["money"]) == (
        "bill_differs",
        "standard",
        "-12930.56",
    )
    assert shown["finding"]["messages"][-1] == (
        "cause: supply point S1 was assessed by the power-factor standard 0.85 in place of 0.90: -12930.56 CNY"
    )


def test_without_issued_bills_only_checks_are_made(place: str) -> None:
    told = audit("run", *REQUESTS, "--format", "json", store=place)
    assert (told.exit_code, data_of(told)["counts"]["compared"], data_of(told)["counts"]["found"]) == (0, 0, 0)


def test_rows_that_cannot_be_billed_are_told_with_their_places(place: str, tmp_path: Path) -> None:
    table = ROOT / "fixtures" / "bulk" / "readings.csv"
    told = audit("run", "--requests", str(table), *REQUESTS[2:], store=place)
    assert told.exit_code == 1
    assert f"{table}:3 /metering_points/0/readings/1/peak: register peak ran backwards" in told.stderr
    assert "Rows that cannot be billed                2" in told.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "--requests, --layout or --guess is needed"),
        ((*REQUESTS, "--out", "o.csv"), "--bulk ISSUED goes with --out"),
        ((*REQUESTS, "--bulk", "i.csv", "--out", "o", "--layout", "l", "--mapping", "m"), "--layout stands instead"),
    ],
)
def test_a_run_that_was_called_wrongly_says_so(place: str, arguments: tuple[str, ...], said: str) -> None:
    told = audit("run", *arguments, store=place)
    assert (told.exit_code, said in told.stderr) == (2, True), told.stderr


def test_a_table_of_issued_bills_may_be_in_the_words_of_a_utility(place: str, tmp_path: Path) -> None:
    bills = ROOT / "fixtures" / "bulk" / "bills.csv"
    where = (
        "地区=广西,用电类别=大工业,计价方式=两部制,电压等级=110千伏",
        "购电方式=代理购电,分时=是,基本电费方式=按容量,力调标准=0.90,计量侧=高供高计",
    )
    guessed = ("--bulk", str(bills), "--guess", *(each for fact in where for each in ("--where", fact)))
    told = audit("run", *guessed, "--out", str(tmp_path / "g.csv"), store=place)
    assert (told.exit_code, "3 rows looked at" in told.stdout) == (1, True), told.stderr
    issued = tmp_path / "issued.csv"
    issued.write_text("户号,电费年月,力调电费,电费合计\n0301,202406,-24568.07,2593565.94\n", encoding="utf-8")
    bulk = ("--bulk", str(issued), "--out", str(tmp_path / "o.csv"), "--layout", "国网")
    told = audit("run", *REQUESTS, *bulk, store=place)
    assert told.exit_code == 1, told.stderr
    assert "bill_differs" in audit("list", "--account", "0301", store=place).stdout
