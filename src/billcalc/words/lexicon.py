"""The words of one language, by what they are of."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from billcalc.kernel.sources import Evidence
from billcalc.kernel.terms import Term
from billcalc.kernel.troubles import Severity
from billcalc.vocabulary import Band, Kind, Section
from billcalc.words.bills import PHRASES, Phrase
from billcalc.words.conventions import CHOICES, CONVENTIONS
from billcalc.words.documents import EVIDENCE, KINDS
from billcalc.words.language import Language, Pair, in_language
from billcalc.words.lines import COMPONENTS, SECTIONS
from billcalc.words.quantities import BANDS, REGISTERS, TERMS, UNITS
from billcalc.words.reasons_of_advice import REASONS_OF_ADVICE
from billcalc.words.reasons_of_corrections import REASONS_OF_CORRECTIONS
from billcalc.words.reasons_of_documents import REASONS_OF_DOCUMENTS
from billcalc.words.reasons_of_files import REASONS_OF_FILES
from billcalc.words.reasons_of_hours import REASONS_OF_HOURS
from billcalc.words.reasons_of_intervals import REASONS_OF_INTERVALS
from billcalc.words.reasons_of_losses import REASONS_OF_LOSSES
from billcalc.words.reasons_of_requests import REASONS_OF_REQUESTS
from billcalc.words.reasons_of_tiers import REASONS_OF_TIERS
from billcalc.words.things import CAUSES_OF_CORRECTIONS, SEVERITIES, THINGS

__all__ = ["CHINESE", "ENGLISH", "LEXICONS", "Lexicon"]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of one language.

    Attributes:
        registers: by the values of ``metering.models.Register``.
        components: by the codes of components, charges and lines that tariffs commonly use.
        units: by unit; other units are put together from these.
        conventions: by the key of a convention.
        choices: by the value of a convention, or the other reading of a rule.
        things: by the words with which facts name kinds of things.
        causes: of corrections, by the values of ``corrections.case.Cause``.
        reasons: by ``kernel.reasons.Reason``.
    """

    language: Language
    terms: Mapping[Term, str]
    sections: Mapping[Section, str]
    bands: Mapping[Band, str]
    registers: Mapping[str, str]
    severities: Mapping[Severity, str]
    evidence: Mapping[Evidence, str]
    kinds: Mapping[Kind, str]
    components: Mapping[str, str]
    units: Mapping[str, str]
    conventions: Mapping[str, str]
    choices: Mapping[str, str]
    things: Mapping[str, str]
    causes: Mapping[str, str]
    reasons: Mapping[str, str]
    phrases: Mapping[Phrase, str]


_TABLES: tuple[Mapping[Any, Pair], ...] = (
    TERMS, SECTIONS, BANDS, REGISTERS, SEVERITIES, EVIDENCE, KINDS, COMPONENTS, UNITS, CONVENTIONS, CHOICES, THINGS,
    CAUSES_OF_CORRECTIONS,
    {**REASONS_OF_FILES, **REASONS_OF_DOCUMENTS, **REASONS_OF_REQUESTS, **REASONS_OF_INTERVALS, **REASONS_OF_LOSSES,
     **REASONS_OF_CORRECTIONS, **REASONS_OF_TIERS, **REASONS_OF_ADVICE, **REASONS_OF_HOURS},
    PHRASES,
)  # fmt: skip
LEXICONS: Mapping[Language, Lexicon] = {
    language: Lexicon(language, *(in_language(table, language) for table in _TABLES)) for language in Language
}
CHINESE, ENGLISH = LEXICONS[Language.CHINESE], LEXICONS[Language.ENGLISH]
