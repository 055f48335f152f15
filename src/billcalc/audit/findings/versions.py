"""What names the checks of a run, with their limits."""

from collections.abc import Iterable
from hashlib import sha256

from billcalc.audit.checks.judging import ALL
from billcalc.audit.checks.limits import LimitsDocument
from billcalc.audit.findings.chain import canonical

__all__ = ["checks_version"]


def checks_version(limits: Iterable[LimitsDocument]) -> str:
    """What names the checks with their limits: other ones have another name."""
    codes = sorted(check.code for check in ALL)
    told = [codes, [each.model_dump(mode="json", by_alias=True) for each in limits]]
    return sha256(canonical(told)).hexdigest()[:12]
