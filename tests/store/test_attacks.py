"""Attacks on a store: what is changed, deleted, inserted, exchanged or cut off is named; a checkpoint shows the rest."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa

from billcalc.audit.findings.chain import canonical_text, event_hash
from billcalc.audit.findings.records import Checkpoint
from billcalc.store.checkpoints import read_checkpoints
from billcalc.store.store import Store
from tests.store.auditing import AT, act, check, examined, run, whole_life


def attack(store: Store, *statements: str, **values: object) -> None:
    """Change the database as who owns it can: without its triggers."""
    with store.engine.begin() as connection:
        if store.engine.dialect.name == "sqlite":
            names = connection.execute(sa.text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars().all()
            for name in names:
                connection.execute(sa.text(f"DROP TRIGGER {name}"))
            connection.execute(sa.text("PRAGMA defer_foreign_keys=ON"))
        else:
            connection.execute(sa.text("SET LOCAL session_replication_role = replica"))
        for statement in statements:
            connection.execute(sa.text(statement), values)


def named(store: Store, *checkpoints: Checkpoint) -> list[tuple[str, str, int, int | None]]:
    proof = store.prove(checkpoints)
    return [(each.damage.value, each.table, each.place, each.other) for each in proof.tamperings]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE event SET actor = 'zhao' WHERE seq = 3",
        "DELETE FROM event WHERE seq = 9",
        "UPDATE finding SET money_fen = 1",
        "DELETE FROM finding",
        "UPDATE run SET occasion = 'event'",
        "DELETE FROM document",
        "UPDATE document SET total_fen = 1",
        "INSERT INTO event SELECT 99, at, actor, finding, kind, body_json, prev_hash, hash FROM event WHERE seq = 9",
        "INSERT INTO event SELECT 10, at, actor, finding, kind, body_json, prev_hash, hash FROM event WHERE seq = 9",
    ],
)
def test_the_database_itself_takes_additions_to_the_log_and_nothing_else(store: Store, statement: str) -> None:
    whole_life(store)
    with pytest.raises(sa.exc.DBAPIError, match="append only"), store.engine.begin() as connection:
        connection.execute(sa.text(statement))
    assert named(store) == []


@pytest.mark.parametrize(
    "column", ["at = '2020-01-01T00:00:00Z'", "actor = 'zhao'", "body_json = '{}'", "kind = 'note'", "finding = NULL"]
)
def test_an_event_that_was_changed_is_named(file_store: Store, column: str) -> None:
    whole_life(file_store)
    attack(file_store, f"UPDATE event SET {column} WHERE seq = 3")
    assert named(file_store) == [("event_changed", "event", 3, None)]


def test_a_body_that_is_no_json_any_more_is_named(file_store: Store) -> None:
    whole_life(file_store)
    attack(file_store, "UPDATE event SET body_json = '{' WHERE seq = 3")
    assert named(file_store) == [("event_changed", "event", 3, None)]


def test_an_event_that_was_changed_with_its_hash_leaves_the_next_one_without_what_it_follows(file_store: Store) -> None:
    whole_life(file_store)
    event = file_store.everything().events[3]
    hashed = event_hash(event.prev_hash, 4, event.at, "zhao", event.finding, event.kind, event.body)
    attack(file_store, "UPDATE event SET actor = 'zhao', hash = :hashed WHERE seq = 4", hashed=hashed)
    assert named(file_store) == [("event_unlinked", "event", 5, None)]


def test_an_event_that_was_deleted_is_named(store: Store) -> None:
    whole_life(store)
    attack(store, "DELETE FROM event WHERE seq = 4")
    assert named(store) == [("event_missing", "event", 4, None)]


def test_the_first_event_too(file_store: Store) -> None:
    whole_life(file_store)
    attack(file_store, "DELETE FROM event WHERE seq = 1")
    assert named(file_store) == [("event_missing", "event", 1, None), ("row_added", "run", 1, None)]


def test_two_events_that_changed_places_are_named(file_store: Store) -> None:
    whole_life(file_store)
    attack(
        file_store,
        "UPDATE event SET seq = -3 WHERE seq = 3",
        "UPDATE event SET seq = 3 WHERE seq = 4",
        "UPDATE event SET seq = 4 WHERE seq = -3",
    )
    assert named(file_store) == [("event_moved", "event", 3, 4), ("event_moved", "event", 4, 3)]


def test_events_that_moved_up_behind_a_deleted_one_are_named_and_so_is_it(file_store: Store) -> None:
    whole_life(file_store)
    move = [f"UPDATE event SET seq = {seq} WHERE seq = {seq + 1}" for seq in range(8, 9)]
    attack(file_store, "DELETE FROM event WHERE seq = 8", *move)
    assert named(file_store) == [("event_changed", "event", 8, None)]


def test_an_event_that_was_put_in_is_named_with_those_that_it_pushed_on(file_store: Store) -> None:
    whole_life(file_store)
    before = file_store.everything().events[7]
    forged = event_hash(before.hash, 9, AT, "zhao", 1, "note", {"text": "all is well"})
    attack(
        file_store,
        "UPDATE event SET seq = 10 WHERE seq = 9",
        "INSERT INTO event VALUES (9, :at, 'zhao', 1, 'note', :body, :prev, :hash)",
        at=AT,
        body=canonical_text({"text": "all is well"}),
        prev=before.hash,
        hash=forged,
    )
    assert named(file_store) == [("event_inserted", "event", 9, None), ("event_moved", "event", 10, 9)]


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("UPDATE finding SET money_fen = 1", ("row_changed", "finding", 1, None)),
        ("UPDATE finding SET last_run = 1", ("row_changed", "finding", 1, None)),
        ("UPDATE run SET counts = '{}' WHERE id = 2", ("row_changed", "run", 2, None)),
        ("DELETE FROM document WHERE id = 2", ("row_missing", "document", 2, None)),
        ("UPDATE document SET sha256 = 'c' WHERE id = 1", ("row_changed", "document", 1, None)),
        ("INSERT INTO document VALUES (9, 1, 'letter', 'd', 0)", ("row_added", "document", 9, None)),
        ("UPDATE checkpoint SET head = 'd'", ("row_changed", "checkpoint", 11, None)),
    ],
)
def test_a_row_that_is_not_as_the_log_tells_it_is_named(
    file_store: Store, tmp_path: Path, statement: str, expected: tuple[str, str, int, None]
) -> None:
    whole_life(file_store)
    run(file_store, examined(check(kwh="7")))
    run(file_store, examined(check(kwh="7")))
    act(file_store, 2, "note", text="later")
    file_store.checkpoint(tmp_path / "kept.jsonl", at=AT)
    attack(file_store, statement.replace("seq = 11", "seq > 0"))
    found = named(file_store)
    assert [each[:2] for each in found] == [expected[:2]] or (expected in found)


def test_a_tail_that_was_cut_off_is_shown_by_a_checkpoint_alone(store: Store, tmp_path: Path) -> None:
    whole_life(store)
    kept = tmp_path / "kept.jsonl"
    made = store.checkpoint(kept, at=AT)
    assert (made, store.prove([made]).checkpoints if made else 0) == (read_checkpoints(kept)[0], 1)
    attack(store, "DELETE FROM event WHERE seq > 7", "DELETE FROM checkpoint")
    assert named(store) == []
    assert named(store, *read_checkpoints(kept)) == [("tail_cut", "event", 9, 7)]


def test_a_log_that_was_written_anew_is_shown_by_a_checkpoint_alone(store: Store, tmp_path: Path) -> None:
    whole_life(store)
    kept = tmp_path / "kept.jsonl"
    store.checkpoint(kept, at=AT)
    _rewrite(store, lambda body: {**body, "to": "zhao"} if "to" in body else body)
    assert named(store) == []
    assert named(store, *read_checkpoints(kept)) == [("rewritten", "event", 9, None)]


def _rewrite(store: Store, changed: Callable[[dict[str, object]], dict[str, object]]) -> None:
    """What the best forger does: change one thing, and make every hash anew."""
    head, statements = store.everything().events[0].prev_hash, ["DELETE FROM checkpoint"]
    for event in store.everything().events:
        body = changed(dict(event.body))
        hashed = event_hash(head, event.seq, event.at, event.actor, event.finding, event.kind, body)
        text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":")).replace(":", r"\:")
        statements.append(
            f"UPDATE event SET body_json = '{text}', prev_hash = '{head}', hash = '{hashed}' WHERE seq = {event.seq}"
        )
        head = hashed
    attack(store, *statements)


def test_a_store_in_the_place_of_another_is_shown_by_a_checkpoint(file_store: Store, tmp_path: Path) -> None:
    whole_life(file_store)
    other = Store(str(tmp_path / "other.sqlite"), make=True)
    whole_life(other)
    kept = tmp_path / "kept.jsonl"
    other.checkpoint(kept, at=AT)
    other.close()
    assert named(file_store, *read_checkpoints(kept)) == [("other_store", "event", 9, None)]


def test_a_store_that_was_emptied_is_shown_by_a_checkpoint(file_store: Store, tmp_path: Path) -> None:
    whole_life(file_store)
    kept = tmp_path / "kept.jsonl"
    file_store.checkpoint(kept, at=AT)
    attack(file_store, *(f"DELETE FROM {table}" for table in ("checkpoint", "document", "event", "finding", "run")))
    assert named(file_store, *read_checkpoints(kept)) == [("tail_cut", "event", 9, 0)]
    assert (file_store.prove().store, file_store.prove().head) == ("", "")


def test_checkpoints_are_added_to_their_file_and_written_once(file_store: Store, tmp_path: Path) -> None:
    kept = tmp_path / "kept.jsonl"
    assert file_store.checkpoint(kept, at=AT) is None
    whole_life(file_store)
    file_store.checkpoint(kept, at=AT)
    file_store.checkpoint(kept, at="2024-08-02T08:00:00Z")
    act(file_store, 1, "note", text="done")
    file_store.checkpoint(kept, at="2024-08-03T08:00:00Z")
    assert [(each.seq, each.at[:10]) for each in read_checkpoints(kept)] == [
        (9, "2024-08-01"),
        (9, "2024-08-02"),
        (10, "2024-08-03"),
    ]
    assert file_store.prove(read_checkpoints(kept)).checkpoints == 3


def test_a_file_that_holds_no_checkpoints_is_told_line_by_line(tmp_path: Path) -> None:
    path = tmp_path / "kept.jsonl"
    path.write_text('{"store":"x"}\nno json\n')
    with pytest.raises(ValueError, match=r"kept\.jsonl:2") as raised:
        read_checkpoints(path)
    assert "kept.jsonl:1" in str(raised.value)


def test_an_event_that_tells_nothing_any_more_leaves_what_it_told_of_without_it(file_store: Store) -> None:
    whole_life(file_store)
    attack(file_store, """UPDATE event SET body_json = '{"run"\\:1,"finding"\\:1}' WHERE seq < 3""")
    assert named(file_store) == [
        ("event_changed", "event", 1, None),
        ("event_changed", "event", 2, None),
        ("row_added", "run", 1, None),
        ("row_added", "finding", 1, None),
    ]
