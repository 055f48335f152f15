"""A comparison as plain data and JSON: keys in the order written here, decimals as strings, one text for one value."""

from decimal import Decimal
from typing import Any

from billcalc.audit.comparison import Comparison, Entry, FactComparison, Outcome, OwnError, PartComparison
from billcalc.audit.issued import IssuedLine
from billcalc.audit.proof import Proof, proof_of
from billcalc.audit.reading import Reading
from billcalc.billing.bill import Line
from billcalc.explain.english import ENGLISH
from billcalc.explain.lexicon import Lexicon
from billcalc.explain.serialize import heading_data
from billcalc.explain.words import money, sentence
from billcalc.kernel.decimals import decimal_text
from billcalc.kernel.spans import Span
from billcalc.kernel.troubles import Fault

__all__ = ["comparison_data"]

Data = dict[str, Any]


def comparison_data(comparison: Comparison, *, lexicon: Lexicon = ENGLISH, reading: Reading | None = None) -> Data:
    """A comparison as plain data; the lexicon gives the language of messages and derivations and nothing else.

    Args:
        comparison: what was found.
        lexicon: the language.
        reading: how the issued bill was read: where its lines stood, and what was not read.
    """
    bill = comparison.bill
    rows = Reading(comparison.issued) if reading is None else reading

    def entries(outcome: Outcome, *, proved: bool) -> list[Data]:
        return [_entry(each, comparison, rows, lexicon if proved else None) for each in comparison.of(outcome)]

    return {
        "kind": "comparison",
        "bill": heading_data(bill),
        "tolerance": money(comparison.tolerance),
        "agrees": comparison.agrees,
        "own": [_own(error, rows) for error in comparison.own],
        "unmapped": entries(Outcome.UNMAPPED, proved=True),
        "missing": entries(Outcome.MISSING, proved=True),
        "differing": entries(Outcome.DIFFERING, proved=True),
        "differing_facts": [_fact(fact) for fact in comparison.differing_facts],
        "tolerated": entries(Outcome.TOLERATED, proved=True),
        "zero": entries(Outcome.ZERO, proved=False),
        "agreeing": entries(Outcome.AGREES, proved=False),
        "agreeing_given": comparison.given,
        "not_read": entries(Outcome.NOT_READ, proved=False),
        "not_printed": entries(Outcome.NOT_PRINTED, proved=False),
        "net": entries(Outcome.NET, proved=False),
        "tax": _number(comparison.tax),
        "untold_tax": _number(comparison.untold_tax),
        "facts": [_fact(fact) for fact in comparison.facts],
        "money": {
            "issued": money(comparison.total_issued),
            "recomputed": money(bill.total),
            "difference": money(comparison.difference),
            "causes": [{"cause": cause.value, "amount": money(amount)} for cause, amount in comparison.causes.items()],
            "sections": [
                {
                    "section": None if each.section is None else each.section.value,
                    "issued": money(each.issued),
                    "recomputed": money(each.recomputed),
                    "difference": money(each.difference),
                }
                for each in comparison.sections
            ],
        },
        "readings": [{"convention": each.problem.facts["key"], "value": each.value} for each in comparison.readings],
        "unread": [_fault(fault, lexicon) for fault in rows.faults],
        "ignored": list(rows.ignored),
    }


def _number(number: Decimal | None) -> str | None:
    return None if number is None else decimal_text(number)


def _span(span: Span) -> Data:
    assert span.end is not None, "what is billed has an end"
    return {"from": span.start.isoformat(), "to": span.end.isoformat()}


def _own(error: OwnError, rows: Reading) -> Data:
    return {
        "check": error.check.value,
        "name": error.name,
        "row": error.row,
        "where": None if error.row is None else rows.place(error.row),
        "printed": money(error.printed),
        "computed": money(error.computed),
        "difference": money(error.difference),
        "factors": None if error.factors is None else [decimal_text(factor) for factor in error.factors],
        "may_be_rounding": error.may_be_rounding,
    }


def _entry(entry: Entry, comparison: Comparison, rows: Reading, lexicon: Lexicon | None) -> Data:
    effects = entry.effects
    data: Data = {
        "matching": entry.matching.value,
        "section": None if entry.section is None else entry.section.value,
        "missing_from": None if entry.missing_from is None else entry.missing_from.value,
        "unmapped": None if entry.unmapped is None else entry.unmapped.value,
        "issued": [_issued(line, row, rows.place(row)) for row, line in zip(entry.rows, entry.issued, strict=True)],
        "recomputed": [_recomputed(line) for line in entry.recomputed],
        "amounts": {
            "issued": money(entry.amount_issued),
            "recomputed": money(entry.amount_recomputed),
            "difference": money(entry.difference),
        },
        "parts": [_part(part) for part in entry.parts],
        "effects": None
        if effects is None
        else {"quantity": money(effects.quantity), "price": money(effects.price), "rest": money(effects.rest)},
    }
    if lexicon is not None:
        data["proof"] = [_proof(proof) for proof in proof_of(comparison.bill, entry.recomputed, lexicon=lexicon)]
    return data


def _issued(line: IssuedLine, row: int, where: str | None) -> Data:
    return {
        "row": row,
        "where": where,
        "name": line.name,
        "codes": list(line.codes),
        "sections": [section.value for section in line.sections],
        "group": line.group,
        "band": None if line.band is None else line.band.value,
        "span": None if line.span is None else _span(line.span),
        "quantity": _number(line.quantity),
        "price": _number(line.price),
        "amount": money(line.amount),
    }


def _recomputed(line: Line) -> Data:
    return {
        "code": line.code,
        "label": line.label,
        "section": line.section.value,
        "group": line.group,
        "band": None if line.band is None else line.band.value,
        "span": _span(line.span),
        "quantity": _number(line.quantity),
        "unit": line.unit,
        "price": _number(line.price),
        "amount": money(line.amount),
        "given": line.given,
        "sources": [source.id for source in line.sources],
    }


def _part(part: PartComparison) -> Data:
    return {
        "part": part.part.value,
        "issued": _shown(part.issued),
        "recomputed": _shown(part.recomputed),
        "verdict": part.verdict.value,
    }


def _shown(value: Decimal | str | None) -> str | None:
    return decimal_text(value) if isinstance(value, Decimal) else value


def _fact(fact: FactComparison) -> Data:
    def value(of: Any) -> Any:
        return _span(Span(*of)) if isinstance(of, tuple) else _number(of)

    return {
        "fact": fact.fact.value,
        "of": fact.of,
        "issued": value(fact.issued),
        "recomputed": value(fact.recomputed),
        "verdict": fact.verdict.value,
    }


def _proof(proof: Proof) -> Data:
    return {
        "line": proof.title,
        "without_steps": proof.without_steps,
        "steps": [
            {
                "names": list(step.names),
                "words": step.words,
                "numbers": step.numbers,
                "exact": step.exact,
                "rounding": step.rounding,
                "result": step.result,
                "sources": [proof.sources[number].id for number in step.sources],
            }
            for step in proof.steps
        ],
    }


def _fault(fault: Fault, lexicon: Lexicon) -> Data:
    return {
        "code": fault.code.value,
        "where": fault.where,
        "message": sentence(lexicon, fault.code, fault.facts),
        "facts": dict(fault.facts),
    }
