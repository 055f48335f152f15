"""What a customer is, in words."""

from billcalc.tariff.components import PriceKey, Selector
from billcalc.words.bills import Phrase
from billcalc.words.customers import CUSTOMERS
from billcalc.words.lexicon import Lexicon
from billcalc.words.library import Say, library_words

__all__ = ["customer_word", "customer_words", "customers"]


def customer_words(lexicon: Lexicon, key: PriceKey, told: tuple[str, ...] | None = None) -> str:
    """What a customer is.

    Args:
        lexicon: of the language.
        key: the customer.
        told: what of him is told, by the names of ``PriceKey``; None for all.
    """
    parts = {
        "customer_class": key.customer_class.value,
        "subclass": key.subclass,
        "billing": key.billing.value,
        "voltage": key.voltage.value,
        "purchase": key.purchase.value,
        "time_of_use": "time of use" if key.time_of_use else "no time of use",
    }
    return lexicon.phrases[Phrase.BETWEEN_LISTED].join(
        customer_word(lexicon, text)
        for name, text in parts.items()
        if text is not None and (told is None or name in told)
    )


def customer_word(lexicon: Lexicon, part: str) -> str:
    """One thing that a customer is; what only a document calls so is repeated."""
    return CUSTOMERS[part].of(lexicon.language) if part in CUSTOMERS else part


def customers(lexicon: Lexicon, selector: Selector) -> str:
    """Whom a component is for, in the words that a document writes; whoever is not told apart is not told."""
    words = library_words(lexicon.language)
    lists = (selector.customer_class, selector.subclass, selector.billing, selector.voltage, selector.purchase)
    told = ["/".join(customer_word(lexicon, word) for word in listed) for listed in lists if listed]
    if selector.time_of_use is not None:
        told.append(customer_word(lexicon, "time of use" if selector.time_of_use else "no time of use"))
    return ", ".join(told) or words[Say.EVERYBODY]
