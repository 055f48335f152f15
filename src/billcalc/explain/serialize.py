"""Bills, refusals and faults as plain data and JSON: the one shape that the command line and the service share.

Keys stand in the order written here, decimals are strings, days are ISO, spans are half-open; the same bill gives the
same bytes. Amounts of lines, sections, totals and alternatives have two decimals or more; all other numbers are
canonical: fixed point without trailing zeros.
"""

import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from billcalc.billing.bill import Bill, Line, PowerFactorFact
from billcalc.explain.english import ENGLISH
from billcalc.explain.lexicon import Lexicon
from billcalc.explain.words import money, sentence
from billcalc.kernel.decimals import decimal_text
from billcalc.kernel.sources import Source
from billcalc.kernel.spans import Span
from billcalc.kernel.steps import Operand, Step
from billcalc.kernel.troubles import Fault, Problem, Refusal
from billcalc.kernel.units import CNY

__all__ = [
    "bill_data",
    "bill_json",
    "heading_data",
    "invalid_data",
    "json_text",
    "line_name_data",
    "problem_data",
    "refusal_data",
    "source_data",
]

Data = dict[str, Any]


def json_text(data: Mapping[str, Any]) -> str:
    """Plain data as indented JSON with a line end, in its own order of keys."""
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def bill_json(bill: Bill, *, lexicon: Lexicon = ENGLISH) -> bytes:
    """A bill as JSON in UTF-8."""
    return json_text(bill_data(bill, lexicon=lexicon)).encode()


def bill_data(bill: Bill, *, lexicon: Lexicon = ENGLISH) -> Data:
    """A bill as plain data; the lexicon gives the language of its messages and nothing else."""
    return {
        "kind": "bill",
        **heading_data(bill),
        "total": money(bill.total),
        "sections": [{"section": section.value, "amount": money(amount)} for section, amount in bill.sections.items()],
        "lines": [_line(line) for line in bill.lines],
        "kwh": {
            group: {band.value: decimal_text(kwh) for band, kwh in by_band.items()}
            for group, by_band in bill.kwh.items()
        },
        "power_factors": [_power_factor(fact) for fact in bill.power_factors],
        "evidence": bill.evidence.value,
        "problems": [problem_data(problem, lexicon=lexicon) for problem in bill.problems],
        "sources": [source_data(source) for source in _sources(bill)],
    }


def problem_data(problem: Problem, *, lexicon: Lexicon = ENGLISH) -> Data:
    """A problem as plain data."""
    return {
        "code": problem.code.value,
        "severity": problem.severity.value,
        "where": problem.where,
        "message": sentence(lexicon, problem.code, problem.facts),
        "facts": dict(problem.facts),
        "alternatives": [
            {"value": each.value, "difference": None if each.difference is None else money(each.difference)}
            for each in problem.alternatives
        ],
    }


def refusal_data(refusal: Refusal, *, lexicon: Lexicon = ENGLISH) -> Data:
    """A refusal as plain data."""
    return {"kind": "refusal", **_trouble(refusal, lexicon)}


def invalid_data(faults: Iterable[Fault], *, lexicon: Lexicon = ENGLISH) -> Data:
    """What is wrong with an input as plain data."""
    return {"kind": "invalid", "faults": [_trouble(fault, lexicon) for fault in faults]}


def _trouble(trouble: Fault | Refusal, lexicon: Lexicon) -> Data:
    return {
        "code": trouble.code.value,
        "where": trouble.where,
        "message": sentence(lexicon, trouble.code, trouble.facts),
        "facts": dict(trouble.facts),
    }


def heading_data(bill: Bill) -> Data:
    """Which bill it is."""
    return {
        "id": bill.id,
        "version": bill.version,
        "tariff_set": bill.tariff_set,
        "area": bill.area,
        "currency": CNY,
        "cycle": _span(bill.cycle),
        "period": _span(bill.period),
    }


def _span(span: Span) -> Data:
    assert span.end is not None, "what is billed has an end"
    return {"from": span.start.isoformat(), "to": span.end.isoformat()}


def _number(number: Decimal | None) -> str | None:
    return None if number is None else decimal_text(number)


def line_name_data(line: Line) -> Data:
    """Which line it is: code, group, band and span are its name."""
    return {
        "code": line.code,
        **({} if line.label is None else {"label": line.label}),
        "section": line.section.value,
        "group": line.group,
        "band": None if line.band is None else line.band.value,
        **_span(line.span),
    }


def _line(line: Line) -> Data:
    return {
        **line_name_data(line),
        "quantity": _number(line.quantity),
        "unit": line.unit,
        "price": _number(line.price),
        "amount": money(line.amount),
        "given": line.given,
        "steps": [_step(step) for step in line.steps],
        "sources": [source.id for source in line.sources],
    }


def _step(step: Step) -> Data:
    return {
        "name": step.term.value,
        "of": list(step.of),
        "formula": step.formula,
        "operands": [_operand(operand) for operand in step.operands],
        "exact": step.exact,
        "rounded_to": _number(step.rounded_to),
        "value": decimal_text(step.number),
        "unit": step.unit,
        "sources": [source.id for source in step.sources],
    }


def _operand(operand: Operand) -> Data:
    return {
        "name": None if operand.term is None else operand.term.value,
        "of": list(operand.of),
        "value": decimal_text(operand.number),
        "unit": operand.unit,
        **({} if operand.source is None else {"source": operand.source.id}),
    }


def _power_factor(fact: PowerFactorFact) -> Data:
    return {
        "scope": fact.scope,
        "active_kwh": _number(fact.active_kwh),
        "reactive_kvarh": _number(fact.reactive_kvarh),
        "cosphi": _number(fact.cosphi),
        "ratio": _number(fact.ratio),
    }


def _sources(bill: Bill) -> list[Source]:
    """The bill's documents, and those that only lines cite, such as a price sheet of the request; one for each id."""
    cited = (source for line in bill.lines for source in line.sources)
    return list({source.id: source for source in (*bill.sources, *cited)}.values())


def source_data(source: Source) -> Data:
    """A document that lines cite by its id."""
    return {
        "id": source.id,
        "title": source.title,
        "number": source.number,
        "clause": source.clause,
        "url": source.url,
        "evidence": source.evidence.value,
    }
