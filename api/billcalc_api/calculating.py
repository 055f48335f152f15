"""What a calculation needs and what it gives, in whichever process it is made."""

import traceback
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import NamedTuple

from starlette.responses import Response

from billcalc.bulk.plans import Plans
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.troubles import Fault
from billcalc.tariff.catalog import Catalog

__all__ = [
    "Answer",
    "CalculationFailed",
    "Ended",
    "Failure",
    "Full",
    "OverBudget",
    "Tools",
    "counted",
    "failure_of",
    "too_much_work",
]

_FRAMES_MAX = 12


class OverBudget(BaseException):
    """A calculation has had all the processor time that it may have; no ``except Exception`` holds it up."""


class Full(Exception):
    """Nobody was free in time to calculate."""


class Ended(Exception):
    """A calculation took more of a processor than it may, and was ended."""


class CalculationFailed(Exception):
    """A calculation failed; what the log tells of it."""

    def __init__(self, failure: "Failure") -> None:
        self.failure = failure
        super().__init__(failure.error)


class Failure(NamedTuple):
    """An error that is none of the request's, as the log tells it: nothing of a customer is in it.

    Attributes:
        error: its class.
        at: where it came from, ``file:line function``, the innermost last.
    """

    error: str
    at: tuple[str, ...] = ()


def failure_of(error: BaseException) -> Failure:
    """What the log tells of an error."""
    if isinstance(error, CalculationFailed):
        return error.failure
    frames = traceback.extract_tb(error.__traceback__)[-_FRAMES_MAX:]
    at = tuple(f"{'/'.join(PurePath(frame.filename).parts[-3:])}:{frame.lineno} {frame.name}" for frame in frames)
    return Failure(type(error).__name__, at)


class Answer(NamedTuple):
    """What a calculation gives.

    Attributes:
        counts: of a metric, by its label.
        failures: of the lines of a batch, by their ids.
        headers: beside those of every answer.
    """

    status: int
    body: bytes
    media_type: str
    counts: tuple[tuple[str, str, int], ...] = ()
    failures: tuple[tuple[str, Failure], ...] = ()
    headers: tuple[tuple[str, str], ...] = ()

    def response(self) -> Response:
        """As the framework sends it."""
        return Response(self.body, self.status, media_type=self.media_type, headers=dict(self.headers))


def counted(response: Response, metric: str, label: str) -> Answer:
    """A response that is counted once."""
    return Answer(response.status_code, bytes(response.body), str(response.media_type), ((metric, label, 1),))


@dataclass
class Tools:
    """What every calculation of a process needs.

    Attributes:
        catalog: the tariffs.
        bytes_max: of one request [byte].
        seconds_max: of a processor for one bill [s].
        limited: a context in which that is the limit; where a process serves and calculates at once there is none.
    """

    catalog: Catalog
    bytes_max: int
    seconds_max: int
    limited: Callable[[], AbstractContextManager[None]] = nullcontext
    _plans: dict[str, Plans] = field(default_factory=dict, init=False)

    def plans_of(self, batch: str) -> Plans:
        """The plans of a batch, for all its blocks that come here; those of the batch before are forgotten."""
        if batch not in self._plans:
            self._plans = {batch: Plans(self.catalog, {})}
        return self._plans[batch]


def too_much_work(seconds_max: int) -> Fault:
    """What is said of a calculation that was ended."""
    return Fault(FaultCode.TOO_MUCH_WORK, "", {"limit": str(seconds_max)})
