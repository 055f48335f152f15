"""A change of the agreement not carried out, or carried out from the entry before on."""

from collections.abc import Iterator

from billcalc.audit.diagnose.cause import ANYTHING, GONE, Cause, Edit, Instance, Situation, Stage

__all__ = ["CHANGE_IGNORED"]


def _find(situation: Situation) -> Iterator[Instance]:
    entries = list(situation.entries())
    for index, entry in entries[1:]:
        early = {**entry, "from": entries[index - 1][1]["from"]}
        for value, edit in (
            ("not", Edit(((("agreement", index), GONE),))),
            ("at_once", Edit(((("agreement", index - 1), early), (("agreement", index), GONE)))),
        ):
            facts = {"day": str(entry["from"]), "wrong": value}
            yield Instance("change_ignored", f"agreement.{index}", value, Stage.FILE, ANYTHING, edit, facts)


CHANGE_IGNORED = Cause("change_ignored", _find)
