"""Thousands of corrupted bills of one structure, in columns: known errors are named to the fen, and nothing else is.

One by one, with all structures and all ways of printing, ``tests/audit/accuracy`` tries some; columns take seconds.
"""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from random import Random
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import settings

from billcalc.audit.comparing import compare
from billcalc.audit.diagnose.cause import ANYTHING, Edit, Instance, Path, Situation, Stage
from billcalc.audit.diagnose.cells import AGAIN, Cells
from billcalc.audit.diagnose.diagnosis import Recomputed, Status, canonical, recomputed
from billcalc.audit.diagnose.stacked import Fen, Mask, Stacked
from billcalc.audit.diagnose.told import Told
from billcalc.bulk.cells import plain_cells
from billcalc.bulk.plans import Plans
from billcalc.files.documents import read_document
from billcalc.runs import diagnosing
from billcalc.runs.diagnosing_together import Issued, told_together
from billcalc.runs.issued_tables import IssuedTable
from billcalc.runs.structures import Structure, standing_of, structure_of
from tests.audit.injecting import printed
from tests.cli.calling import P1
from tests.runs.test_bulk_diagnosis import tariffs

ROWS = 2000
ROUNDS = max(1, int(os.environ.get("BILLCALC_INJECTIONS", "0")) // ROWS)
"""How often as many are corrupted: ``make soak`` corrupts 200,000."""
PAIRS, ODD = (12, 6) if settings().max_examples >= 100 else (3, 2)
"""How many pairs are injected at a time, of the thousands there are: each opens others to be looked at; and how many words
beside an amount that no rule makes."""
ODD_FEN = 1234567
BASE = "metering_points.0.readings.1."
_PATH: Path = ("metering_points", 0, "config", 0, "multiplier")
HALF = Instance(
    "multiplier", "M1.0.multiplier", "330000", Stage.READINGS, ANYTHING, Edit(((_PATH, "330000"),))
)  # as a word, so that its plan is made once; it is found as a number


@dataclass(frozen=True)
class Case:
    """Rows that are wrong in one way.

    Attributes:
        rows: those in which each of the causes shows, beside the others.
        is_odd: whether an amount that the causes do not move is odd, too.
    """

    causes: tuple[Instance, ...]
    rows: Fen
    is_odd: bool


def bills(random: Random) -> tuple[Structure, Recomputed]:
    """Bills with readings of their own."""
    cells: dict[str, list[str]] = {"account": [str(row) for row in range(ROWS)]}
    for register, most in (("total", 99), ("peak", 33), ("flat", 33), ("valley", 32), ("reactive_forward", 30)):
        cells[f"{BASE}{register}"] = [f"{random.randint(most // 2, most) / 100:.2f}" for _ in range(ROWS)]
    batch = plain_cells(pa.record_batch(cells))
    template: Any = dict(read_document(P1).data)  # type: ignore[call-overload]
    plans = Plans(tariffs(), template)
    [group] = diagnosing._groups(batch, plans)
    ours = recomputed(plans.request(batch, 0), tariffs(), derivation=False)
    assert isinstance(ours, Recomputed)
    standing = standing_of(group.key, plans, ours.tariffs)
    assert standing is not None
    return structure_of(batch, group, standing, ours), ours


def by_code(stacked: Stacked, causes: Sequence[Instance], rows: Fen) -> tuple[dict[str, Fen], Mask]:
    """The amounts of some rows under causes, and which cannot be billed so."""
    made = stacked.lines(causes)
    found: dict[str, Fen] = {}
    for name, _, fen in made.lines:
        code = name.code.removesuffix(AGAIN)
        found[code] = found.get(code, 0) + fen[rows]
    return found, made.refused[rows]


def differing(one: dict[str, Fen], other: dict[str, Fen], rows: int) -> Mask:
    apart = np.zeros(rows, dtype=np.bool_)
    for code in {*one, *other}:
        apart |= np.broadcast_to(one.get(code, 0) != other.get(code, 0), (rows,))
    return apart


def shown(stacked: Stacked, causes: tuple[Instance, ...], rows: Fen) -> tuple[dict[str, Fen], Mask]:
    """The amounts of rows under causes, and in which of them each cause shows by itself and beside the others.

    A power factor that is rounded up already is no cause there, though it stays where another cause moves the energy.
    """
    made, refused = by_code(stacked, causes, rows)
    shows, right = ~refused, by_code(stacked, (), rows)[0]
    for each in causes:
        shows &= differing(by_code(stacked, (each,), rows)[0], right, len(rows))
    for size in range(len(causes)):
        for fewer in combinations(causes, size):
            shows &= differing(made, by_code(stacked, fewer, rows)[0], len(rows))
    return made, shows


def cases(stacked: Stacked, words: Sequence[Instance], random: Random) -> Iterator[tuple[Case, dict[str, Fen]]]:
    """Every word that shows, some pairs, some words beside an odd amount, that amount alone, and correct bills."""
    every = np.arange(ROWS)
    showing = [each for each in (*words, HALF) if shown(stacked, (each,), every)[1].any()]
    pairs = [tuple(random.sample(showing, 2)) for _ in range(PAIRS)]
    asked = [(causes, False) for causes in (*((each,) for each in showing), *pairs, ())]
    asked += [(causes, True) for causes in (*((each,) for each in random.sample(showing, ODD)), ())]
    step = -(-ROWS // len(asked))
    for place, (causes, is_odd) in enumerate(asked):
        rows = every[place * step : (place + 1) * step]
        made, shows = shown(stacked, causes, rows)
        shows &= len({each.slot for each in causes}) == len(causes)
        if is_odd:
            made["capacity"] = made["capacity"] + ODD_FEN
        yield Case(causes, rows[shows], is_odd), {code: fen[shows] for code, fen in made.items()}


def answers(structure: Structure, ours: Recomputed, rows: Fen, amounts: dict[str, Fen]) -> list[Told]:
    """What is told of rows that are issued some amounts, of which those of nothing are not printed."""
    issued = Issued(amounts, {code: fen != 0 for code, fen in amounts.items()}, frozenset())
    found: dict[int, Told] = {}
    for alike in diagnosing._alike(issued, np.arange(len(rows)), np.zeros(len(rows), dtype=np.bool_)):
        given = issued.of(alike)
        bill = diagnosing._bill(diagnosing._told(given, 0), ours, IssuedTable())
        told = told_together(structure, rows[alike], given, ours, bill, 1000)
        assert told is not None
        found.update(zip(alike.tolist(), told, strict=True))
    return [found[place] for place in range(len(rows))]


def verdict(case: Case, told: Told) -> str:
    """What became of one bill, in a word."""
    names = [{(each.slot, each.cause, each.value) for each in answer.causes} for answer in told.answers]
    wanted = {(each.slot, each.cause, each.value) for each in case.causes}
    if not case.causes:
        if told.status is Status.UNEXPLAINED:
            return "quiet" if told.is_complete and (told.left != 0) == case.is_odd else "wrong"
        return "chance" if case.is_odd and told.status is Status.PROVED else "wrong"
    if any(wanted <= each for each in names) and (case.is_odd or told.status is Status.PROVED):
        return "named"
    if not case.is_odd and told.status is Status.PROVED and len(names[0]) < len(wanted):
        return "fewer"
    if case.is_odd and told.status is Status.PROVED:
        return "chance"
    if told.answers:
        return "wrong"
    return "hidden" if case.is_odd else "missed" if told.is_complete else "not_searched"


def words_of(structure: Structure, ours: Recomputed) -> list[Instance]:
    """The causes of words, rules and documents that are possible."""
    cells = Cells(compare(ours.bill, printed(ours.stacked.repricing.lines(()))))
    request, recomputed_fen = structure.request, ours.situation(cells).recomputed
    return structure.words(Situation(canonical(request), request, ours.tariffs, ours.bill, cells, recomputed_fen))


@pytest.mark.no_cover  # what is drawn is chance
@pytest.mark.parametrize("number", range(ROUNDS))
def test_what_is_wrong_in_columns_is_named_and_nothing_else(number: int) -> None:
    random = Random(number)
    structure, ours = bills(random)
    stacked = structure.of_rows(np.arange(ROWS))
    asked = list(cases(stacked, words_of(structure, ours), random))
    rows = np.concatenate([case.rows for case, _ in asked])
    amounts = {
        code: np.concatenate([made.get(code, np.zeros(len(case.rows), dtype=np.int64)) for case, made in asked])
        for code in sorted({code for _, made in asked for code in made})
    }
    told = iter(answers(structure, ours, rows, amounts))
    found = [(verdict(case, next(told)), case.causes, case.is_odd) for case, _ in asked for _ in case.rows]
    good = ("named", "fewer", "quiet") if number == 0 else ("named", "fewer", "quiet", "chance", "hidden")
    assert [each for each in found if each[0] not in good] == []
    assert len(found) > ROWS * 3 // 4
