"""Unions: of several branches, what is told of which."""

from decimal import Decimal

import pytest

from billcalc.fields import validated
from tests.fields.shapes import Document, Kind, Ratio, Unions, messages_for, missing, not_a_number, unknown, word


@pytest.mark.parametrize(
    ("data", "messages"),
    [
        ({"tagged": {"kind": "fixt"}}, [word("/tagged/kind", "fixt", "fixed, ratio")]),
        ({"tagged": {"knd": "fixed"}}, [missing("/tagged", "kind")]),
        ({"tagged": "x"}, ['/tagged: wrong_type: a mapping is expected here; correct the value "x"']),
        ({"tagged": {"kind": "fixed"}}, [missing("/tagged", "value")]),
        # The name of the branch is also a key of it.
        ({"tagged": {"kind": "fixed", "fixed": "0", "value": "x"}}, [not_a_number("/tagged/value", "x")]),
        ({"tagged": {"kind": "fixed", "value": "1", "y": "2"}}, [unknown("/tagged/y", "y", "fixed", "kind", "value")]),
        ({"tagged": {"kind": "ratio", "share": "1", "y": "2"}}, [unknown("/tagged/y", "y", "kind", "share")]),
    ],
)
def test_a_union_with_tags_has_one_branch(data: object, messages: list[str]) -> None:
    assert messages_for(Unions, data) == messages


@pytest.mark.parametrize(
    ("data", "messages"),
    [
        ({"plain": {"flat": "x"}}, [not_a_number("/plain/flat", "x")]),
        ({"plain": {"flat": "1", "y": "2"}}, [unknown("/plain/y", "y", "flat")]),
        ({"plain": {"bands": {"fixed": "x"}, "y": "2"}}, [
            not_a_number("/plain/bands/fixed", "x"),
            unknown("/plain/y", "y", "bands", "unpriced"),
        ]),
        ({"plain": {"bands": {}}}, ["/plain: inconsistent: no band is priced; correct one of the two"]),
        # Both branches fit equally badly, so both are told, and their keys together.
        ({"plain": {"y": "2"}}, [
            missing("/plain", "flat"),
            unknown("/plain/y", "y", "flat", "bands", "unpriced"),
            missing("/plain", "bands"),
        ]),
        ({"plain": "x"}, ['/plain: wrong_type: a mapping is expected here; correct the value "x"']),
        ({"shouted": {"X": "x"}}, [not_a_number("/shouted", "x")]),
        # Its validator has changed the key, so the input does not have it.
        ({"shouted": {"X": "1", "Y": "2"}}, [unknown("/shouted", "y", "from", "words", "x")]),
        ({"shouted": {"x": "1", "y": "2"}}, [unknown("/shouted/y", "y", "from", "words", "x")]),
        ({"nested": {"kind": "ratio", "y": "2"}}, [
            missing("/nested", "share"),
            unknown("/nested/y", "y", "kind", "share"),
        ]),
        ({"nested": {"flat": "1", "y": "2"}}, [unknown("/nested/y", "y", "flat")]),
        ({"word": "bass"}, [
            word("/word", "bass", "base, none"),
            '/word: wrong_type: a mapping is expected here; correct the value "bass"',
        ]),
        ({"word": {"flat": "x"}}, [not_a_number("/word/flat", "x")]),
        ({"words": "bass"}, [word("/words", "bass", "base, fixed, ratio")]),
        ({"number": "nine"}, [not_a_number("/number", "nine"), word("/number", "nine", "none")]),
        ({"one_or_many": ["1", "x"]}, [not_a_number("/one_or_many/1", "x")]),
        ({"one_or_many": {"q": {"flat": "1", "y": "2"}}}, [unknown("/one_or_many/q/y", "y", "flat")]),
        ({"one_or_many": {"q": "1"}}, [
            '/one_or_many/q: wrong_type: a mapping is expected here; correct the value "1"',
        ]),
        ({"several": [{"flat": "1", "y": "2"}]}, [unknown("/several/0/y", "y", "flat")]),
        ({"several": {"q": {"x": "1", "y": "2"}}}, [unknown("/several/q/y", "y", "from", "words", "x")]),
        ({"several": ["1", "x"]}, [not_a_number("/several/1", "x")]),
    ],
)  # fmt: skip
def test_of_a_union_the_branch_is_told_that_fits_best(data: object, messages: list[str]) -> None:
    assert messages_for(Unions, data) == messages


def test_a_union_at_the_top_is_read_as_a_root_model() -> None:
    assert validated(Document, {"kind": "ratio", "share": "0.5"}).root == Ratio(kind=Kind.RATIO, share=Decimal("0.5"))
    assert messages_for(Document, {"kind": "ratio", "share": "0.5", "y": ""}) == [unknown("/y", "y", "kind", "share")]
    assert messages_for(Document, {"kind": "x"}) == [word("/kind", "x", "fixed, ratio")]
