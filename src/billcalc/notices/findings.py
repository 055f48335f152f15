"""What is found in a notice: a code, its place and its facts; billcalc.words.notices has the sentences."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from billcalc.words.language import Language
from billcalc.words.notices import NOTICE_WORDING, NoticeCode, NoticeSeverity

__all__ = ["NoticeCode", "NoticeFinding", "NoticeRejected", "NoticeSeverity"]


@dataclass(frozen=True, slots=True)
class NoticeFinding:
    """One thing that was found.

    Attributes:
        where: the file, and behind a colon the address of the cell where it concerns one.
    """

    code: NoticeCode
    where: str
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def severity(self) -> NoticeSeverity:
        """How serious it is."""
        return NOTICE_WORDING[self.code].severity

    def sentence(self, language: Language) -> str:
        """What is the matter, and what to do."""
        return NOTICE_WORDING[self.code].told.of(language).format_map(self.facts)


class NoticeRejected(Exception):
    """A notice that cannot be read at all, or of which nothing may be written."""

    def __init__(self, findings: Iterable[NoticeFinding]) -> None:
        self.findings = tuple(findings)
        super().__init__("; ".join(f"{each.where}: {each.sentence(Language.ENGLISH)}" for each in self.findings))
