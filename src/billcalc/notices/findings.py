"""What is found in a notice: a code, its place and its facts; billcalc.words.notices has the sentences."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from billcalc.kernel.troubles import Fault
from billcalc.tariff.findings import Finding
from billcalc.words.language import Language
from billcalc.words.lexicon import LEXICONS, Lexicon
from billcalc.words.notice_codes import NoticeCode, NoticeSeverity
from billcalc.words.notices import NOTICE_WORDING
from billcalc.words.saying import finding_sentence, sentence

__all__ = ["NoticeCode", "NoticeFinding", "NoticeRejected", "NoticeSeverity"]


@dataclass(frozen=True, slots=True)
class NoticeFinding:
    """One thing that was found.

    Attributes:
        where: the file, and behind a colon the address of the cell where it concerns one.
        checked: what the check of the library says of the document that comes of it, which is the reason.
    """

    code: NoticeCode
    where: str
    facts: Mapping[str, str] = field(default_factory=dict)
    checked: tuple[Finding | Fault, ...] = ()

    @property
    def severity(self) -> NoticeSeverity:
        """How serious it is."""
        return NOTICE_WORDING[self.code].severity

    def sentence(self, language: Language) -> str:
        """What is the matter, and what to do."""
        return NOTICE_WORDING[self.code].told.of(language).format_map(self.told(language))

    def told(self, language: Language) -> dict[str, str]:
        """The facts, with the reason in words."""
        if not self.checked:
            return dict(self.facts)
        return {**self.facts, "reason": "; ".join(_checked(each, LEXICONS[language]) for each in self.checked)}


def _checked(found: Finding | Fault, lexicon: Lexicon) -> str:
    if isinstance(found, Finding):
        return f"{found.document}#{found.pointer}: {finding_sentence(lexicon, found.code, found.facts)}"
    return f"{found.where}: {sentence(lexicon, found.code, found.facts)}"


class NoticeRejected(Exception):
    """A notice that cannot be read at all, or of which nothing may be written."""

    def __init__(self, findings: Iterable[NoticeFinding]) -> None:
        self.findings = tuple(findings)
        super().__init__("; ".join(f"{each.where}: {each.sentence(Language.ENGLISH)}" for each in self.findings))
