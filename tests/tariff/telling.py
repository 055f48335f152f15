"""A finding as a line of English, with its place in the document."""

from billcalc.tariff.findings import Finding
from billcalc.words.lexicon import ENGLISH
from billcalc.words.saying import finding_sentence

__all__ = ["line_of"]


def line_of(finding: Finding) -> str:
    """What a check says of it."""
    place = f"{finding.document}#{finding.pointer}" if finding.path else finding.document
    return f"{place}: {finding.code}: {finding_sentence(ENGLISH, finding.code, finding.facts)}"
