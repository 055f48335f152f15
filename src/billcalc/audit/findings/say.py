"""Findings in words: what was found, and what happened since."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any

from billcalc.audit.checks.told import TOLD_BY_BILL
from billcalc.audit.checks.words import CHECK_WORDS
from billcalc.audit.diagnose.say import cause_words
from billcalc.audit.diagnose.words import CAUSE_WORDS
from billcalc.audit.findings.acts import fen_text
from billcalc.audit.findings.chain import Tampering
from billcalc.audit.findings.records import Finding
from billcalc.words.audits import CODES, DAMAGES, DOCUMENTS, REOPENED_FOR, SHOWN
from billcalc.words.language import in_language
from billcalc.words.lexicon import Lexicon
from billcalc.words.saying import sentence

__all__ = ["damage_words", "first_cause", "found_words", "told_words"]


def found_words(lexicon: Lexicon, finding: Finding) -> Iterator[str]:
    """What was found, in sentences with its figures."""
    values = finding.values
    if finding.code in CODES:
        yield CODES[finding.code].of(lexicon.language)
        yield from _bill(lexicon, values)
        return
    with suppress(KeyError):  # a finding of another version may lack a figure of the words, or have none
        if finding.code in TOLD_BY_BILL:
            yield from [sentence(lexicon, TOLD_BY_BILL[finding.code], facts) for facts in values["problems"]]
        else:
            yield CHECK_WORDS[finding.code].what.of(lexicon.language).format_map(values)


def _bill(lexicon: Lexicon, values: Mapping[str, Any]) -> Iterator[str]:
    words = in_language(SHOWN, lexicon.language)
    for key in ("issued", "recomputed"):
        if f"{key}_fen" in values:
            yield words["money_line"].format(name=words[key], amount=fen_text(values[f"{key}_fen"]))
    for answer in values.get("answers", ()):
        for cause in answer["causes"]:
            what = cause_words(lexicon, cause["cause"], cause["facts"]) if cause["cause"] in CAUSE_WORDS else ""
            name = words["line"].format(name=words["cause"], value=what or cause["cause"])
            yield words["money_line"].format(name=name, amount=fen_text(cause["money_fen"]))
        if answer["left_fen"]:
            yield words["money_line"].format(name=words["open"], amount=fen_text(answer["left_fen"]))


def first_cause(finding: Finding) -> str:
    """The code of the cause with the most money in the first answer; empty where none was named."""
    answers = finding.values.get("answers") or [{"causes": []}]
    causes = sorted(answers[0]["causes"], key=lambda cause: (-abs(cause["money_fen"]), cause["cause"]))
    return str(causes[0]["cause"]) if causes else ""


def told_words(lexicon: Lexicon, body: Mapping[str, Any]) -> str:
    """What an event tells, on one line: that which a person wrote first, then what the run that it is of found."""
    words = in_language(SHOWN, lexicon.language)
    told = [str(body[key]) for key in ("to", "reason", "until", "text", "note") if key in body]
    for each in body.get("documents", ()):
        kind = DOCUMENTS[each["kind"]].of(lexicon.language)
        told.append(f"{kind} {fen_text(each['total_fen'])} {each['sha256'][:12]}")
    if body.get("left_fen"):
        told.append(words["money_line"].format(name=words["left"], amount=fen_text(body["left_fen"])))
    if isinstance(body.get("run"), int):  # the event of a run has the run itself
        told.append(words["of_run"].format(run=body["run"]))
    if "follows" in body:
        told.append(words["follows"].format(finding=body["follows"]))
    if "cause" in body:
        told.append(REOPENED_FOR[body["cause"]].of(lexicon.language))
    return "; ".join(told)


def damage_words(lexicon: Lexicon, tampering: Tampering) -> str:
    """What was done to a log."""
    words = in_language(DAMAGES, lexicon.language)
    facts = {"place": tampering.place, "other": tampering.other, "table": words[tampering.table]}
    return words[tampering.damage.value].format_map(facts)
