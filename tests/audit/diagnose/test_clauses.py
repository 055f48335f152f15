"""The clauses of causes: cited as they are numbered, and where the number was not seen that is said."""

import pytest

from billcalc.audit.diagnose.cause import ANYTHING, Edit, Instance, Stage
from billcalc.audit.diagnose.clauses import Clause, clauses_said
from billcalc.audit.diagnose.say import clause_of
from billcalc.audit.diagnose.words import CAUSE_WORDS
from billcalc.words.language import Language, Pair
from billcalc.words.lexicon import LEXICONS


@pytest.mark.parametrize("cause", CAUSE_WORDS)
def test_each_clause_has_its_article_or_says_that_its_number_was_not_seen(cause: str) -> None:
    words = CAUSE_WORDS[cause]
    assert words.clauses
    for clause in words.clauses:
        chinese, english = clause.said(Language.CHINESE), clause.said(Language.ENGLISH)
        assert chinese.endswith("，条号未见") == english.endswith(", article number not seen")
        assert chinese.endswith(("，条号未见", "，无全国条文", "条", "附表")), chinese
    assert words.source == clauses_said(words.clauses, Language.CHINESE)


def test_a_clause_in_both_languages() -> None:
    clauses = [Clause("8号", "第八十一条"), Clause("14号"), Clause(Pair("habit", "惯例"), is_national=False)]
    assert clauses_said(clauses, Language.CHINESE) == "8号第八十一条；14号，条号未见；惯例，无全国条文"
    assert clauses_said(clauses, Language.ENGLISH) == (
        "8号第八十一条; 14号, article number not seen; habit, no national article"
    )


def test_the_clause_of_a_cause_is_said_in_the_language_that_is_asked_for() -> None:
    cause = Instance("holiday", "", "", Stage.DOCUMENTS, ANYTHING, Edit())
    assert clause_of(LEXICONS[Language.CHINESE], cause) == (
        "当地分时电价文件，条号未见；国务院办公厅关于当年部分节假日安排的通知，条号未见"
    )
    assert "not seen" in clause_of(LEXICONS[Language.ENGLISH], cause)
