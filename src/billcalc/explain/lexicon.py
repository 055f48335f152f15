"""What a language must have words for.

``english`` and ``chinese`` fill it in; tests keep their keys equal to the enums.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from billcalc.kernel.sources import Evidence
from billcalc.kernel.terms import Term
from billcalc.kernel.troubles import Severity
from billcalc.kernel.wording import FaultCode, ProblemCode, RefusalCode, Wording
from billcalc.metering.models import Register
from billcalc.vocabulary import Band, Kind, Section

__all__ = ["Code", "Lexicon", "Phrase"]

Code = FaultCode | RefusalCode | ProblemCode


class Phrase(StrEnum):
    """What bills and derivations say beside the words of the field; ``{…}`` are filled in."""

    # punctuation
    QUALIFIED = "qualified"
    BETWEEN_QUALIFIERS = "between_qualifiers"
    BETWEEN_ITEMS = "between_items"
    LABELLED = "labelled"
    SPAN = "span"
    SENTENCE = "sentence"

    # the bill
    TITLE = "title"
    CYCLE = "cycle"
    ITEM = "item"
    BAND = "band"
    QUANTITY = "quantity"
    PRICE = "price"
    AMOUNT = "amount"
    SUBTOTAL = "subtotal"
    TOTAL = "total"
    GIVEN = "given"
    ENERGY = "energy"
    SUM = "sum"
    POWER_FACTOR = "power_factor"
    ACTIVE = "active"
    REACTIVE = "reactive"
    COSPHI = "cosphi"
    RATIO = "ratio"
    EVIDENCE = "evidence"
    PROBLEMS = "problems"
    ALTERNATIVE = "alternative"
    NOT_BILLABLE = "not_billable"
    IDENTITY = "identity"

    # derivations
    BECAUSE = "because"
    ROUNDED = "rounded"
    ALLOCATED = "allocated"
    ROUND = "round"
    MAXIMUM = "maximum"
    MINIMUM = "minimum"
    LOOK_UP = "look_up"
    GIVEN_LINE = "given_line"
    NO_STEPS = "no_steps"
    OTHER_LINES = "other_lines"
    FROM_REQUEST = "from_request"
    FIGURES = "figures"
    RULES = "rules"
    DOCUMENT = "document"

    # answers that are not bills
    INVALID = "invalid"
    FAILED = "failed"
    REFUSED = "refused"
    READ_AS = "read_as"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of one language.

    Attributes:
        components: by the codes of components, charges and lines that tariffs commonly use.
        units: by unit; other units are put together from these.
        conventions: by the key of a convention.
        choices: by the value of a convention, or the other reading of a rule.
        things: by the English words with which facts name kinds of things.
        reasons: by the English words why a file cannot be read or written.
        wording: the sentence of each fault, refusal and problem.
    """

    terms: Mapping[Term, str]
    sections: Mapping[Section, str]
    bands: Mapping[Band, str]
    registers: Mapping[Register, str]
    severities: Mapping[Severity, str]
    evidence: Mapping[Evidence, str]
    kinds: Mapping[Kind, str]
    components: Mapping[str, str]
    units: Mapping[str, str]
    conventions: Mapping[str, str]
    choices: Mapping[str, str]
    things: Mapping[str, str]
    reasons: Mapping[str, str]
    wording: Mapping[Code, Wording]
    phrases: Mapping[Phrase, str]
