"""The names of what a derivation speaks of."""

from billcalc.kernel.terms import Term


def test_a_term_is_its_name_in_small_letters() -> None:
    assert [term.value for term in Term] == [name.lower() for name in Term.__members__]
