"""The derivations of lines in words as plain data, for programs that show them."""

from collections.abc import Mapping, Sequence
from typing import Any

from billcalc.billing.bill import Bill, Line
from billcalc.explain.derivation import Cited, ExplainedLine, ExplainedStep, explained_line
from billcalc.explain.lexicon import Lexicon
from billcalc.explain.serialize import heading_data, line_name_data, source_data
from billcalc.explain.words import money

__all__ = ["derivation_data"]

Data = dict[str, Any]


def derivation_data(bill: Bill, lines: Sequence[Line], *, lexicon: Lexicon) -> Data:
    """The derivations of some lines of a bill, in the language of a lexicon."""
    told = [explained_line(bill, line, lexicon=lexicon) for line in lines]
    cited = {cited.source.id: cited.source for line in told for cited in line.cited}
    return {
        "kind": "derivation",
        **heading_data(bill),
        "lines": [_line(line) for line in told],
        "sources": [source_data(source) for source in cited.values()],
    }


def _line(told: ExplainedLine) -> Data:
    line = told.line
    ids = {cited.number: cited.source.id for cited in told.cited}
    return {
        **line_name_data(line),
        "title": told.title,
        "amount": money(line.amount),
        "given": line.given,
        "steps": [_step(step, ids) for step in told.steps],
        "inputs": list(told.inputs),
        "other_lines": list(told.others),
        "documents": [_cited(cited) for cited in told.cited],
    }


def _step(step: ExplainedStep, ids: Mapping[int, str]) -> Data:
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


def _cited(cited: Cited) -> Data:
    return {"source": cited.source.id, "figures": list(cited.figures), "rules": list(cited.rules)}
