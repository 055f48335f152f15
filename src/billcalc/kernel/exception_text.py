"""The text of an exception, which Python shows where nobody catches it: the one place where the core asks for words."""

from collections.abc import Mapping

from billcalc.kernel.codes import FaultCode, ProblemCode, RefusalCode
from billcalc.kernel.why import Why

__all__ = ["in_english", "why_in_english"]


def in_english(code: FaultCode | RefusalCode | ProblemCode, facts: Mapping[str, str]) -> str:
    """What is the matter and what to do, in English."""
    from billcalc.words import saying  # which is built on the codes that are raised here

    return saying.in_english(code, facts)


def why_in_english(why: Why) -> str:
    """A reason in English."""
    from billcalc.words import saying

    return saying.why_in_english(why)
