"""The file of keys, or the name of one, is not as it must be."""

from billcalc.fields.shown import printable
from billcalc.words.keys import KEYS, KeysTrouble
from billcalc.words.language import Language

__all__ = ["KeysError"]


class KeysError(ValueError):
    """The file of keys, or the name of one, is not as it must be; nothing of a key is in the message."""

    def __init__(self, trouble: KeysTrouble, **facts: str) -> None:
        self.trouble = trouble
        self._facts = {name: printable(fact) for name, fact in facts.items()}
        super().__init__(self.told(Language.ENGLISH))

    @property
    def is_of_the_system(self) -> bool:
        """Whether it is the system that does not read or write, and not what was asked that is wrong."""
        return self.trouble in (KeysTrouble.UNREADABLE, KeysTrouble.UNWRITABLE)

    def told(self, language: Language) -> str:
        """What is the matter and what to do."""
        return KEYS[self.trouble].of(language).format_map(self._facts)
