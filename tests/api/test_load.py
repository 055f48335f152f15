"""What measures the service under attack: an attacker that ends before its time fails the run."""

from itertools import count
from threading import Event

import pytest

from bench.load import attacking


def test_what_is_sent_is_sent_again_and_again_by_all_until_the_block_ends() -> None:
    seen, often = count(1), Event()

    def send() -> None:
        if next(seen) >= 20:
            often.set()

    with attacking(send, times=3):
        assert often.wait(10)
    before = next(seen)
    assert next(seen) == before + 1, "nothing is sent any more"


def test_an_attacker_that_ends_early_fails_the_run_with_its_reason() -> None:
    failed = Event()

    def send() -> None:
        failed.set()
        raise ConnectionError("the service hung up")

    with pytest.raises(ConnectionError, match="the service hung up"), attacking(send, times=2):
        assert failed.wait(10)


def test_what_fails_in_the_block_is_told_and_the_attackers_end() -> None:
    with pytest.raises(ValueError, match="measured nothing"), attacking(lambda: None, times=2):
        raise ValueError("measured nothing")
