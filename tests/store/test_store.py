"""A store keeps what runs find and what people do, in either database, and tells it."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from billcalc.audit.findings.life import Status
from billcalc.kernel.troubles import InvalidInput
from billcalc.store import opening
from billcalc.store.opening import database_of
from billcalc.store.store import Store, Wanted
from billcalc.store.tables import METADATA
from tests.store.auditing import act, check, difference, examined, run, whole_life


def code_of(raised: pytest.ExceptionInfo[InvalidInput]) -> str:
    [fault] = raised.value.faults
    return fault.code.value


def kinds(store: Store, number: int) -> list[str]:
    return [event.kind for event in store.finding(number).events]


def test_a_finding_lives_from_found_to_closed_and_every_step_is_in_the_log(store: Store) -> None:
    whole_life(store)

    assert kinds(store, 1) == ["found", "assigned", "confirmed", "corrected", "gone", "verified", "closed"]
    shown = store.finding(1)
    assert (shown.life.status, shown.life.corrected_fen, shown.finding.money_fen) == (Status.CLOSED, -50_000, 50_000)
    assert [each.total_fen for each in shown.documents] == [-1_050_000, 1_000_000]
    assert [event.kind for event in store.everything().events if event.finding is None] == ["ran", "ran"]
    assert store.prove().tamperings == ()


def test_what_is_seen_again_is_no_second_finding(store: Store) -> None:
    bill = examined(difference(300, 100), check(kwh="7"), issued=300, recomputed=100)
    first, second = run(store, bill), run(store, bill, bill)

    assert [(each.finding.id, each.finding.first_run, each.finding.last_run) for each in store.findings()] == [
        (1, first.id, second.id),
        (2, first.id, second.id),
    ]
    assert dict(second.counts) == {"examined": 1, "found": 0, "seen_again": 2, "reopened": 0, "gone": 0}
    assert kinds(store, 1) == ["found", "seen_again"]


def test_a_finding_is_gone_once_until_it_is_seen_again(store: Store) -> None:
    bill = examined(check(kwh="7"))
    run(store, bill)
    run(store, examined())
    run(store, examined())
    run(store, bill)
    assert kinds(store, 1) == ["found", "gone", "seen_again"]


def test_a_check_that_was_not_made_and_a_month_that_was_not_looked_at_tell_nothing(store: Store) -> None:
    run(store, examined(check(kwh="7")))
    run(store, examined(unchecked=("energy_jump",)), examined(period="2024-08"), examined(account="A-2"))
    assert kinds(store, 1) == ["found"]


def test_a_finding_about_the_file_is_the_same_in_a_later_month(store: Store) -> None:
    run(store, examined(check("two_part_below_threshold", lasting=True, kva="90")))
    run(store, examined(check("two_part_below_threshold", lasting=True, period="2024-08", kva="90"), period="2024-08"))
    assert kinds(store, 1) == ["found", "seen_again"]
    run(store, examined(period="2024-09"))
    assert kinds(store, 1) == ["found", "seen_again", "gone"]


def test_other_figures_are_another_finding_that_tells_which_it_follows(store: Store) -> None:
    run(store, examined(difference(300, 100), issued=300, recomputed=100))
    run(store, examined(difference(300, 150), issued=300, recomputed=150))
    assert kinds(store, 1) == ["found", "gone"]
    assert store.finding(2).events[0].body["follows"] == 1


def test_a_dismissed_finding_rests_until_its_day_and_then_returns(store: Store) -> None:
    bill = examined(check(kwh="7"))
    run(store, bill)
    act(store, 1, "assigned", to="wang")
    act(store, 1, "dismissed", reason="a new furnace", until="2024-09-01")
    run(store, bill, at="2024-08-31T23:59:59Z")
    assert store.finding(1).life.status is Status.DISMISSED
    run(store, bill, at="2024-09-01T00:00:00Z")
    assert store.finding(1).life.status is Status.FOUND
    assert kinds(store, 1)[-2:] == ["seen_again", "reopened"]


def test_a_dismissed_finding_returns_where_its_figures_change(store: Store) -> None:
    run(store, examined(check(kwh="7")))
    act(store, 1, "assigned", to="wang")
    act(store, 1, "dismissed", reason="a new furnace", until="2025-01-01")
    run(store, examined(check(kwh="9")))
    assert [(each.finding.id, each.life.status) for each in store.findings()] == [
        (1, Status.DISMISSED),
        (2, Status.FOUND),
    ]


def test_a_closed_finding_that_is_seen_again_is_open(store: Store) -> None:
    run(store, examined(check(kwh="7")))
    act(store, 1, "assigned", to="wang")
    act(store, 1, "confirmed", actor="wang")
    act(store, 1, "file_fixed", text="the order was entered")
    gone = run(store, examined())
    act(store, 1, "verified", run=gone.id)
    act(store, 1, "closed")
    run(store, examined())
    assert kinds(store, 1)[-1] == "closed"
    run(store, examined(check(kwh="7")))
    assert kinds(store, 1)[-2:] == ["seen_again", "reopened"]


def test_a_check_is_closed_though_the_money_of_its_bill_is_corrected_elsewhere(store: Store) -> None:
    """The bill has a finding of its own, which is held to its money; and another month has another bill."""
    told = check("two_part_below_threshold", lasting=True, kva="90"), check(kwh="7")
    run(store, examined(difference(300, 100), *told, issued=300, recomputed=100))
    for number in (1, 2, 3):
        act(store, number, "assigned", to="wang")
        act(store, number, "confirmed", actor="wang")
    documents = [{"kind": "back_bill", "sha256": "a" * 64, "total_fen": -200}]
    act(store, 1, "corrected", documents=documents)
    for number in (2, 3):
        act(store, number, "file_fixed", text="the order was entered")
    later = examined(period="2024-08", issued=500, recomputed=500)
    gone = run(store, examined(difference(300, 100), issued=300, recomputed=100), later)

    for number in (1, 2, 3):
        act(store, number, "verified", run=gone.id)
        assert act(store, number, "closed").life.status is Status.CLOSED


def test_an_issued_table_may_tell_the_bill_before_or_after_its_correction(store: Store) -> None:
    run(store, examined(difference(300, 100), issued=300, recomputed=100))
    act(store, 1, "assigned", to="wang")
    act(store, 1, "confirmed", actor="wang")
    act(store, 1, "corrected", documents=[{"kind": "back_bill", "sha256": "a" * 64, "total_fen": -200}])
    after = run(store, examined(issued=100, recomputed=100))
    assert after.counts["gone"] == 1
    before = run(store, examined(difference(300, 100), issued=300, recomputed=100))
    assert before.counts["seen_again"] == 0
    act(store, 1, "verified", run=after.id)


def test_a_correction_that_is_no_longer_right_leaves_the_rest_as_a_new_finding(store: Store) -> None:
    run(store, examined(difference(300, 100), issued=300, recomputed=100))
    act(store, 1, "assigned", to="wang")
    act(store, 1, "confirmed", actor="wang")
    act(store, 1, "corrected", documents=[{"kind": "back_bill", "sha256": "a" * 64, "total_fen": -200}])
    run(store, examined(difference(300, 80), issued=300, recomputed=80))
    assert store.finding(2).finding.money_fen == 20


def test_findings_are_listed_by_what_is_asked_for(store: Store) -> None:
    run(store, examined(difference(300, 100), check(kwh="7"), issued=300, recomputed=100))
    run(store, examined(check("loss_jump", kwh="7"), difference(300, 100), issued=300, recomputed=100))
    act(store, 2, "assigned", to="wang")
    act(store, 2, "dismissed", reason="known", until="2024-09-01")

    def ids(**wanted: object) -> list[int]:
        return [each.finding.id for each in store.findings(Wanted(**wanted))]  # type: ignore[arg-type]

    assert ids() == [1, 2, 3]
    assert ids(status=Status.DISMISSED) == ids(to="wang") == ids(code="energy_jump") == [2]
    assert ids(open_only=True) == [1, 3]
    assert ids(run=1) == [2]
    assert ids(account="A-2") == ids(period="2024-08") == []
    assert store.accounts() == {"A-1"}
    assert [each.id for each in store.runs()] == [1, 2]


def test_a_number_that_is_no_finding_is_told(store: Store) -> None:
    with pytest.raises(InvalidInput) as raised:
        store.finding(7)
    assert code_of(raised) == "no_finding"


def test_the_steps_make_the_tables_that_the_program_knows(store: Store) -> None:
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []


def test_a_store_is_opened_again_as_it_was(store: Store, place: str) -> None:
    whole_life(store)
    again = Store(place)
    assert again.everything() == store.everything()
    again.close()


def test_what_a_later_version_made_is_not_touched(store: Store, place: str) -> None:
    with store.engine.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = 'later'"))
    with pytest.raises(InvalidInput) as raised:
        Store(place)
    assert code_of(raised) == "store_newer"


def test_only_who_asks_for_a_new_store_gets_one(place: str, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput) as raised:
        Store(place)
    assert code_of(raised) == ("cannot_read" if str(tmp_path) in place else "no_store")
    assert not Path(place).exists()


def test_a_database_with_other_tables_is_no_store(place: str) -> None:
    engine = sa.create_engine(database_of(place))
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE finding (id INTEGER)"))
    engine.dispose()
    with pytest.raises(InvalidInput) as raised:
        Store(place, make=True)
    assert code_of(raised) == "no_store"


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    path = tmp_path / "bills.csv"
    path.write_text("account,total\n" * 100)
    with pytest.raises(InvalidInput) as raised:
        Store(str(path), make=True)
    assert str(raised.value).startswith(f"{path}: no_store")


@pytest.mark.parametrize("name", ["mysql://u:secret@host/d", "postgresql://u:secret@host:port/d", "sqlite://"])
def test_a_url_of_another_kind_is_refused_and_its_password_not_repeated(name: str) -> None:
    with pytest.raises(InvalidInput) as raised:
        database_of(name)
    assert code_of(raised) == "no_store"
    assert "secret" not in str(raised.value)


def test_a_server_that_does_not_answer_is_told_without_its_password(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput) as raised:
        Store(f"postgresql://u:secret@/d?host={tmp_path}")
    assert code_of(raised) == "system_failed"
    assert "secret" not in str(raised.value)


def test_a_file_may_be_named_by_a_url_and_a_server_by_the_short_one() -> None:
    assert database_of("sqlite:///findings.sqlite").database == "findings.sqlite"
    assert database_of("postgres://li@host/audit").drivername == "postgresql+psycopg"


def test_what_may_be_done_next_is_told(file_store: Store) -> None:
    run(file_store, examined(check(kwh="7")))
    assert [kind.value for kind in file_store.finding(1).acts] == ["assigned", "note"]


def test_a_copy_that_nobody_may_write_is_read_and_proved(
    file_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole_life(file_store)
    monkeypatch.setitem(opening._SETTLED, "sqlite", ("PRAGMA query_only=ON",))
    read_only = Store(str(tmp_path / "findings.sqlite"))
    assert read_only.prove().tamperings == ()
    assert read_only.everything() == file_store.everything()
    with pytest.raises(InvalidInput) as raised:
        act(read_only, 1, "note", text="x")
    assert (code_of(raised), raised.value.faults[0].facts["reason"]) == ("cannot_write", "read_only")
    read_only.close()


def test_of_two_who_make_a_store_one_finds_it_made(place: str) -> None:
    one, other = Store(place, make=True), Store(place, make=True)
    run(one, examined(check(kwh="7")))
    assert len(other.findings()) == 1
    one.close()
    other.close()
