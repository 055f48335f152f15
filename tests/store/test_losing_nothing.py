"""Killed in each transaction, with two who write, or on a full disk: what was done is there, the rest is not, none is half."""

import os
import random
import signal
import threading
import time
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa

from billcalc.kernel.troubles import InvalidInput
from billcalc.store.store import Store
from tests.store.auditing import act, check, difference, examined, run

KILLS = int(os.environ.get("BILLCALC_KILLS", "3"))
BILL = examined(difference(300, 100), check(kwh="7"), issued=300, recomputed=100)
DOCUMENTS = [
    {"kind": "cancel", "sha256": "a" * 64, "total_fen": -300},
    {"kind": "replace", "sha256": "b" * 64, "total_fen": 100},
]


def in_a_process(work: Callable[[], None]) -> int:
    """Do something in a process of its own; gives the signal that ended it, 0 where none did."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # nothing that the threads of this one hold is used there
        child = os.fork()
    if child == 0:
        try:
            work()
        finally:
            os._exit(0)
    return os.WTERMSIG(os.waitpid(child, 0)[1])


def killed_at(place: str, statement: int, work: Callable[[Store], object]) -> bool:
    """Do something in a process that is killed before its so manieth statement, or before it commits."""

    def in_the_child() -> None:
        store = Store(place)
        done = 0

        @sa.event.listens_for(store.engine, "before_cursor_execute")
        def count(*_: object) -> None:
            nonlocal done
            done += 1
            if done == statement:
                os.kill(os.getpid(), signal.SIGKILL)

        @sa.event.listens_for(store.engine, "commit")
        def commit(_: object) -> None:
            if statement == 0:
                os.kill(os.getpid(), signal.SIGKILL)

        work(store)

    return in_a_process(in_the_child) == signal.SIGKILL


WORKS: dict[str, Callable[[Store], object]] = {
    "record": lambda store: run(store, BILL),
    "assign": lambda store: act(store, 1, "assigned", to="zhao"),
    "correct": lambda store: act(store, 1, "corrected", documents=DOCUMENTS),
}


@pytest.mark.no_cover
@pytest.mark.parametrize("work", WORKS)
def test_killed_at_any_statement_of_a_transaction_nothing_is_half_done(store: Store, place: str, work: str) -> None:
    run(store, BILL)
    act(store, 1, "assigned", to="wang")
    act(store, 1, "confirmed", actor="wang")
    before = store.everything()
    store.close()
    for statement in (0, 2, 3, 5, 7):
        if killed_at(place, statement, WORKS[work]):
            assert store.everything() == before
            assert store.prove().tamperings == ()
    WORKS[work](store)
    assert store.everything() != before
    assert store.prove().tamperings == ()


@pytest.mark.no_cover
def test_killed_at_any_instant_what_was_done_is_there_and_whole(store: Store, place: str, tmp_path: Path) -> None:
    run(store, BILL)
    store.close()
    chance, told = random.Random(16), tmp_path / "told"

    def note() -> None:
        writing = Store(place)
        with told.open("a") as file:
            for number in range(1000):
                act(writing, 1, "note", text=str(number))
                file.write("done\n")
                file.flush()

    for _ in range(KILLS):
        told.write_text("")
        before = len(store.everything().events)
        store.close()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            child = os.fork()
        if child == 0:
            try:
                note()
            finally:
                os._exit(0)
        time.sleep(chance.uniform(0.02, 0.12))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        added = len(store.everything().events) - before
        assert added in (len(told.read_text().splitlines()) + more for more in (0, 1))
        assert store.prove().tamperings == ()


def test_two_who_write_at_once_both_write_one_after_the_other(store: Store, place: str) -> None:
    run(store, BILL)
    each, failures = 5, list[Exception]()

    def write(actor: str) -> None:
        own = Store(place)
        try:
            for number in range(each):
                act(own, 1, "note", actor=actor, text=str(number))
        except Exception as error:  # noqa: BLE001 - told by the test's own thread
            failures.append(error)
        finally:
            own.close()

    threads = [threading.Thread(target=write, args=(name,)) for name in ("li", "wang")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    notes = [event for event in store.finding(1).events if event.kind == "note"]
    assert (failures, len(notes)) == ([], 2 * each)
    assert [event.seq for event in store.everything().events] == list(range(1, 4 + 2 * each))
    assert store.prove().tamperings == ()


def test_one_of_two_who_do_the_same_is_told_that_it_is_done(store: Store, place: str) -> None:
    run(store, BILL)
    act(store, 1, "assigned", to="wang")
    other = Store(place)
    act(other, 1, "confirmed", actor="wang")
    other.close()
    with pytest.raises(InvalidInput, match="act_not_allowed"):
        act(store, 1, "confirmed", actor="zhao")


def test_who_waits_too_long_for_another_is_told_and_nothing_is_written(place: str) -> None:
    store = Store(place, make=True, lock_seconds=1)
    run(store, BILL)
    holding = Store(place)
    held = holding.engine.connect().execution_options(begins=HOLDS)
    with held as connection, connection.begin(), pytest.raises(InvalidInput, match="busy"):
        act(store, 1, "note", text="late")
    holding.close()
    assert len(store.finding(1).events) == 1
    store.close()


HOLDS = {"sqlite": ("BEGIN IMMEDIATE",), "postgresql": ("LOCK TABLE event IN EXCLUSIVE MODE",)}


def test_a_full_disk_is_told_and_what_was_there_stays(tmp_path: Path) -> None:
    place = str(tmp_path / "findings.sqlite")
    store = Store(place, make=True)
    run(store, BILL)
    before = store.everything()

    @sa.event.listens_for(store.engine, "begin")
    def begin(connection: sa.Connection) -> None:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")

    with pytest.raises(InvalidInput) as raised:
        act(store, 1, "note", text="电" * 100_000)
    [fault] = raised.value.faults
    assert (fault.code.value, fault.where, fault.facts["reason"]) == ("cannot_write", place, "disk_full")
    store.close()
    again = Store(place)
    assert again.everything() == before
    assert again.prove().tamperings == ()
    again.close()
