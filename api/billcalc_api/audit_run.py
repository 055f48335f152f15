"""What a run of an audit over accounts is asked, and what a worker finds of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import Annotated, Any

import pyarrow as pa
from pydantic import Field

from billcalc._version import __version__
from billcalc.audit import IssuedBill
from billcalc.audit.checks.account import Month, month_billed
from billcalc.audit.checks.check import Level
from billcalc.audit.findings.chain import canonical
from billcalc.audit.findings.examining import examine
from billcalc.audit.findings.records import Examined, Occasion, RunFacts, Seen, Way
from billcalc.audit.findings.seeing import BILL_CODES
from billcalc.audit.findings.versions import checks_version
from billcalc.billing.request import Request as BillRequest
from billcalc.bulk.keys import Told, keys_of, no_requests, told_twice
from billcalc.bulk.paths import ACCOUNT
from billcalc.fields import Model, Printed, at_most, validated
from billcalc.kernel.troubles import Fault, InvalidInput, Refusal
from billcalc.runs.check_limits import limits_documents
from billcalc.wire.findings import DoubtedData
from billcalc.wire.troubles import TroubleData, problem_data, trouble_data
from billcalc.words.language import Language
from billcalc.words.lexicon import LEXICONS, Lexicon
from billcalc_api.bodies import JSON, data_of
from billcalc_api.calculating import Answer, Tools, counted
from billcalc_api.problems import invalid

__all__ = ["RunBody", "examined", "found_of"]


class AuditedAccount(Model):
    """An account, its request, those of earlier months, and the bill that was issued."""

    account: Printed
    request: BillRequest
    history: Annotated[tuple[BillRequest, ...], at_most("checks.history")] = ()
    issued: IssuedBill | None = None


class RunBody(Model):
    """What a run is asked."""

    occasion: Occasion = Occasion.DAILY
    way: Way = Way.ONLINE
    note: Printed | None = None
    accounts: Annotated[tuple[AuditedAccount, ...], Field(min_length=1), at_most("words")]


def examined(tools: Tools, body: bytes, lang: Language) -> Answer:
    """What a worker finds, as JSON for the service itself; or what is wrong with the body."""
    with tools.limited():
        try:
            asked = validated(RunBody, data_of(body, bytes_max=tools.bytes_max))
            if faults := tuple(_accounts(asked.accounts)):
                raise InvalidInput(faults)
        except InvalidInput as error:
            return counted(invalid(error.faults, language=lang), "refusals", error.faults[0].code.value)
        found: list[Examined] = []
        refused: list[TroubleData] = []
        not_compared = 0
        for number, each in enumerate(asked.accounts):
            told = _examined(tools, each)
            if isinstance(told, Examined):
                found.append(told)
                not_compared += each.issued is not None and told.recomputed_fen is None
            else:
                trouble = type(told)(told.code, f"/accounts/{number}{told.where}", told.facts)  # type: ignore[arg-type]
                refused.append(trouble_data(trouble, lexicon=LEXICONS[lang]))
        told_data = {
            "inputs_hash": sha256(body).hexdigest(),
            "occasion": asked.occasion.value,
            "way": asked.way.value,
            "note": asked.note,
            "tariff_set": tools.catalog.version,
            "refused": refused,
            "not_compared": not_compared,
            "doubts": [_doubts(each, LEXICONS[lang]) for each in found if each.doubts],
            "examined": [_data(each) for each in found],
        }
        return Answer(200, canonical(told_data), JSON, (("bills", "audit", len(found)),))


def _accounts(asked: Sequence[AuditedAccount]) -> Iterator[Fault]:
    """What is wrong with accounts, as with those of a table: one that is none, and one that is told again."""
    names = [each.account.strip() for each in asked]
    periods = [each.request.period for each in asked]
    batch = pa.RecordBatch.from_pydict(
        {
            ACCOUNT: names,
            "period.from": [str(each.start) for each in periods],
            "period.to": [str(each.end) for each in periods],
        }
    )
    for row, fault in no_requests(batch):
        yield replace(fault, where=f"/accounts/{row}/account")
    for row, earlier in Told().repeats(keys_of(batch, {}), 0):
        yield replace(told_twice(names[row], earlier, "accounts"), where=f"/accounts/{row}/account")


def _examined(tools: Tools, asked: AuditedAccount) -> Examined | Refusal | Fault:
    try:
        earlier: list[Month] = []
        for number, each in enumerate(asked.history):
            month = month_billed(each, tools.catalog)
            if isinstance(month, Refusal):
                return Refusal(month.code, f"/history/{number}{month.where}", month.facts)
            earlier.append(month)
        limits = limits_documents()
        found = examine(
            asked.account.strip(), asked.request, tools.catalog, limits, earlier=earlier, issued=asked.issued
        )
    except InvalidInput as error:
        fault = error.faults[0]
        return Fault(fault.code, f"/request{fault.where}", fault.facts)
    return Refusal(found.code, f"/request{found.where}", found.facts) if isinstance(found, Refusal) else found


def _doubts(examined: Examined, lexicon: Lexicon) -> DoubtedData:
    doubts = [problem_data(each, lexicon=lexicon) for each in examined.doubts]
    return {"account": examined.account, "period": examined.period, "doubts": doubts}


def _data(examined: Examined) -> dict[str, Any]:
    told = {name: getattr(examined, name) for name in Examined.__slots__ if name != "doubts"}
    seen = [{name: getattr(each, name) for name in Seen.__slots__} for each in examined.seen]
    return {**told, "seen": seen, "unchecked": sorted(examined.unchecked)}


def found_of(told: Mapping[str, Any]) -> tuple[RunFacts, list[Examined]]:
    """What a worker found, and the facts of the run."""
    found = [
        Examined(
            **{
                **each,
                "seen": tuple(
                    Seen(**{**seen, "level": Level(seen["level"]), "pointers": tuple(seen["pointers"])})
                    for seen in each["seen"]
                ),
                "unchecked": frozenset(each["unchecked"]),
            }
        )
        for each in told["examined"]
    ]
    compared = [each for each in found if each.recomputed_fen is not None]
    counts = {
        "examined": len(found),
        "refused": len(told["refused"]),
        "compared": len(compared),
        "not_compared": told["not_compared"],
        "not_checked": sum(len(each.unchecked - BILL_CODES) for each in found),
    }
    facts = RunFacts(
        Occasion(told["occasion"]),
        Way(told["way"]),
        told["inputs_hash"],
        told["tariff_set"],
        __version__,
        checks_version(limits_documents()),
        counts,
    )
    return facts, found
