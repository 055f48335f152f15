"""The derivations of lines in words as data, for programs that show them."""

from collections.abc import Mapping, Sequence
from typing import Literal, TypedDict

from billcalc.billing.bill import Bill, Line
from billcalc.explain.derivation import Cited, ExplainedLine, ExplainedStep, explained_line
from billcalc.wire.bill import HeadingData, LineNameData, SourceData, heading_data, line_name_data, source_data
from billcalc.words.lexicon import Lexicon
from billcalc.words.naming import money

__all__ = ["DerivationData", "ExplainedStepData", "derivation_data"]


class ConditionData(TypedDict):
    """A comparison that decided a branch."""

    words: str
    numbers: str


class ExplainedStepData(TypedDict):
    """One step in words."""

    names: list[str]
    words: str
    numbers: str
    conditions: list[ConditionData]
    exact: str | None
    rounding: str | None
    result: str
    sources: list[str]


class CitedData(TypedDict):
    """A document of a line, with what was taken from it."""

    source: str
    figures: list[str]
    rules: list[str]


class ExplainedLineData(LineNameData):
    """A line with its derivation in words."""

    title: str
    amount: str
    given: bool
    steps: list[ExplainedStepData]
    inputs: list[str]
    other_lines: list[str]
    documents: list[CitedData]


class _Derived(TypedDict):
    kind: Literal["derivation"]


class DerivationData(_Derived, HeadingData):
    """The derivations of some lines of a bill."""

    lines: list[ExplainedLineData]
    sources: list[SourceData]


def derivation_data(bill: Bill, lines: Sequence[Line], *, lexicon: Lexicon) -> DerivationData:
    """The derivations of some lines of a bill, in the language of a lexicon."""
    explained = [explained_line(bill, line, lexicon=lexicon) for line in lines]
    cited = {cited.source.id: cited.source for line in explained for cited in line.cited}
    return {
        "kind": "derivation",
        **heading_data(bill),
        "lines": [_line(line) for line in explained],
        "sources": [source_data(source) for source in cited.values()],
    }


def _line(explained: ExplainedLine) -> ExplainedLineData:
    line = explained.line
    ids = {cited.number: cited.source.id for cited in explained.cited}
    return {
        **line_name_data(line),
        "title": explained.title,
        "amount": money(line.amount),
        "given": line.given,
        "steps": [_step(step, ids) for step in explained.steps],
        "inputs": list(explained.inputs),
        "other_lines": list(explained.others),
        "documents": [_cited(cited) for cited in explained.cited],
    }


def _step(step: ExplainedStep, ids: Mapping[int, str]) -> ExplainedStepData:
    return {
        "names": list(step.names),
        "words": step.words,
        "numbers": step.numbers,
        "conditions": [{"words": words, "numbers": numbers} for words, numbers in step.conditions],
        "exact": step.exact,
        "rounding": step.rounding,
        "result": step.result,
        "sources": [ids[number] for number in step.sources],
    }


def _cited(cited: Cited) -> CitedData:
    return {"source": cited.source.id, "figures": list(cited.figures), "rules": list(cited.rules)}
