"""``make audit``: ask a public database what is known against the locked versions.

One question for all of them, with a limit of seconds: where the database cannot be reached, that is said and passes,
since a gate that fails without a network is soon left out.
"""

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from http.client import HTTPException
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any
from urllib.request import Request, urlopen

from requirements.locked import HERE, Locked, locked

__all__ = ["SECONDS_MAX", "audit", "main"]

DATABASE = "https://api.osv.dev/v1/querybatch"
SECONDS_MAX = 10
"""How long the whole question may take, the look-up of the name too [s]."""

Ask = Callable[[bytes], bytes]


def _ask(question: bytes) -> bytes:
    request = Request(DATABASE, question, {"content-type": "application/json"})
    with urlopen(request, timeout=SECONDS_MAX) as answer:
        body: bytes = answer.read()
    return body


def audit(packages: Sequence[Locked], ask: Ask) -> Mapping[Locked, Sequence[str]]:
    """The names of what is known against each package that anything is known against.

    Raises:
        OSError: where the database cannot be reached in time, or gives an answer that is none.
    """
    queries = [{"package": {"name": each.name, "ecosystem": "PyPI"}, "version": each.version} for each in packages]
    answer = _within(SECONDS_MAX, ask, json.dumps({"queries": queries}).encode())
    try:
        results: list[dict[str, Any]] = json.loads(answer)["results"]
        told = [[str(found["id"]) for found in result.get("vulns", ())] for result in results]
        return {each: ids for each, ids in zip(packages, told, strict=True) if ids}
    except (ValueError, KeyError, TypeError, AttributeError):
        raise OSError("its answer is not of the expected form") from None


def _within(seconds: float, ask: Ask, question: bytes) -> bytes:
    """An answer in time. A name is looked up without a limit, so the question has a thread that may be left behind."""
    answers: SimpleQueue[bytes | Exception] = SimpleQueue()

    def asking() -> None:
        try:
            answers.put(ask(question))
        except (OSError, HTTPException) as error:
            answers.put(error)

    Thread(target=asking, daemon=True).start()
    try:
        answer = answers.get(timeout=seconds)
    except Empty:
        raise TimeoutError(f"no answer within {seconds} s") from None
    if isinstance(answer, Exception):
        raise OSError(str(answer)) from answer
    return answer


def main(ask: Ask = _ask) -> int:
    """Audit every lock; 1 where something is known against a version."""
    packages = sorted({each for path in HERE.glob("*.txt") for each in locked(path.read_text(encoding="utf-8"))})
    packages = list({(each.name, each.version): each for each in packages}.values())
    try:
        known = audit(packages, ask)
    except OSError as error:
        sys.stdout.write(f"audit: NOT DONE, the database of vulnerabilities cannot be reached: {error}\n")
        return 0
    for package, ids in known.items():
        sys.stdout.write(f"audit: {package.name} {package.version}: {', '.join(ids)}\n")
    if known:
        sys.stdout.write("audit: take versions without them: make lock UPGRADE=--upgrade\n")
        return 1
    sys.stdout.write(f"audit: nothing is known against the {len(packages)} locked versions\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
