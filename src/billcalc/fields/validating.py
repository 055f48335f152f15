"""From read data to records, or to all the faults the data has."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import to_json

from billcalc.fields.shown import as_reason, printable, quoted, shown
from billcalc.fields.trails import Found, Path, find, models_in, tag_key
from billcalc.fields.values import FORMS, Model
from billcalc.kernel.closed_lists import known_words
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.reasons import Reason
from billcalc.kernel.troubles import FAULTS_MAX, Fault, InvalidInput

__all__ = ["pointer_of", "validated"]

_M = TypeVar("_M", bound=BaseModel)


def validated(
    model: type[_M],
    data: object,
    *,
    where: Callable[[Path], str] | None = None,
    where_key: Callable[[Path], str] | None = None,
) -> _M:
    """Build a model of read data.

    Of a union, the faults of the branch that fits best are reported, or of all that fit equally well.

    Args:
        model: a union is read as a ``RootModel`` of it.
        data: mappings, lists, texts, true, false and None, as ``billcalc.files`` reads them.
        where: turns the path of a value in the data into the place to report; by default a JSON pointer.
        where_key: the same for the key of the value; by default as ``where``.

    Raises:
        InvalidInput: with every fault found and its place.

    >>> from billcalc.fields import Model, NotNegative
    >>> class Meter(Model):
    ...     multiplier: NotNegative
    >>> validated(Meter, {"multiplier": "1e5"})
    Traceback (most recent call last):
    ...
    billcalc.kernel.troubles.InvalidInput: /multiplier: not_a_number: an exponent is not accepted: \
write "100000" instead of "1e5"; correct the number
    """
    value_at = where or pointer_of
    places = _Places(value_at, where_key or value_at)
    if _may_have_halves(data) and (halves := [_half_fault(text, place) for text, place in _halves(data, places)]):
        raise InvalidInput(halves)
    try:
        return model.model_validate(data)
    except ValidationError as error:
        details = error.errors(include_url=False)
        found = find(model, data, details[:FAULTS_MAX])
        faults = list(_merged(draft for each in found for draft in _drafts(each, places)))
        if (more := len(details) - FAULTS_MAX) > 0:  # their places are not worth finding
            more += len(faults) - len(faults := faults[: FAULTS_MAX - 1])
            faults.append(Fault(FaultCode.MORE_FAULTS, value_at(()), {"count": str(more)}))
        raise InvalidInput(faults) from None


class _Places(NamedTuple):
    value: Callable[[Path], str]
    key: Callable[[Path], str]


_HALF = re.compile("[\ud800-\udfff]")


def _may_have_halves(data: object) -> bool:
    """Whether it is worth looking for the places of halves: what can be written whole has none."""
    try:
        to_json(data)
    except ValueError:  # half of a character cannot be written
        return True
    return False


def _halves(data: object, places: _Places) -> Iterator[tuple[str, str]]:
    """The texts and keys with half of a character, which nothing can write, and their places."""
    waiting: list[tuple[Path, object]] = [((), data)]
    while waiting:
        path, node = waiting.pop()
        if isinstance(node, Mapping):
            for key, value in node.items():
                if isinstance(key, str) and not key.isascii() and _HALF.search(key):
                    yield key, places.key((*path, printable(key)))
                else:
                    waiting.append(((*path, key), value))
        elif isinstance(node, list | tuple):
            # Almost everything in a long list is a text without half of anything.
            others = [at for at, each in enumerate(node) if type(each) is not str or not each.isascii()]
            waiting.extend(((*path, place), node[place]) for place in others)
        elif isinstance(node, str) and not node.isascii() and _HALF.search(node):
            yield node, places.value(path)


def _half_fault(text: str, place: str) -> Fault:
    facts = {"reason": Reason.HALF_A_CHARACTER, "value": quoted(text)}
    return Fault(FaultCode.WRONG_TYPE, place, facts)


def pointer_of(path: Path) -> str:
    """The JSON pointer of a path."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in path)


class _Draft(NamedTuple):
    code: FaultCode
    where: str
    facts: Mapping[str, str]
    known: Sequence[str] = ()


_EXPECTED = {
    "dict_type": Reason.MAPPING_EXPECTED,
    "greater_than_equal": Reason.AT_LEAST,
    "invalid_key": Reason.KEY_AS_TEXT,
    "list_type": Reason.LIST_EXPECTED,
    "model_attributes_type": Reason.MAPPING_EXPECTED,
    "model_type": Reason.MAPPING_EXPECTED,
    "string_pattern_mismatch": Reason.PATTERN_FORM,
    "string_type": Reason.TEXT_EXPECTED,
    "too_long": Reason.TOO_MANY_ENTRIES,
    "too_short": Reason.TOO_FEW_ENTRIES,
    "tuple_type": Reason.LIST_EXPECTED,
}


def _drafts(found: Found, places: _Places) -> Iterator[_Draft]:
    detail, (path, types, _) = found
    context: Mapping[str, Any] = detail.get("ctx", {})
    last = detail["loc"][-1] if detail["loc"] else ""
    place = places.key if last == "[key]" else places.value
    match detail["type"]:
        case "fault":
            facts = {key: printable(str(value)) for key, value in context.items() if key != "code"}
            yield _Draft(FaultCode(context["code"]), place(path), facts)
        case "extra_forbidden":
            known = sorted({key for model in models_in(types) for key in _keys(model)})
            facts = {"key": shown(last)}
            yield _Draft(FaultCode.UNKNOWN_KEY, places.key(path), facts, known or ["(none)"])
        case "missing" if isinstance(last, int):
            facts = {"reason": Reason.ENTRY_MISSING, "number": str(last + 1), "value": quoted(detail["input"])}
            yield _Draft(FaultCode.WRONG_TYPE, place(path), facts)
        case "missing":
            yield _Draft(FaultCode.MISSING_KEY, place(path), {"key": str(last)})
        case "union_tag_not_found":
            yield _Draft(FaultCode.MISSING_KEY, place(path), {"key": tag_key(detail)})
        case "union_tag_invalid":
            facts = {"value": shown(context["tag"])}
            yield _Draft(FaultCode.UNKNOWN_WORD, place(path), facts, _words(context["expected_tags"]))
        case "enum" | "literal_error":
            facts = {"value": shown(detail["input"])}
            yield _Draft(FaultCode.UNKNOWN_WORD, place(path), facts, _words(context["expected"]))
        case kind:
            reason = FORMS.get(context.get("pattern", "")) or _EXPECTED.get(kind, Reason.OTHER_PROGRAM)
            facts = {"reason": reason, "value": quoted(detail["input"]), **_limits(context)}
            if reason is Reason.OTHER_PROGRAM:
                facts["detail"] = as_reason(str(context.get("error", detail["msg"])))
            yield _Draft(FaultCode.WRONG_TYPE, place(path), facts)


_LIMITS = {"max_length": "most", "le": "most", "min_length": "least", "ge": "least"}


def _limits(context: Mapping[str, Any]) -> dict[str, str]:
    return {name: str(context[limit]) for limit, name in _LIMITS.items() if limit in context}


def _keys(model: type[BaseModel]) -> Iterable[str]:
    return model.known_keys() if issubclass(model, Model) else model.model_fields


def _words(expected: str) -> list[str]:
    """The words of pydantic's list, whose entries are quoted texts or members of an enumeration of texts."""
    found = re.findall(r"'([^']*)'|\"([^\"]*)\"", expected)
    return [single or double for single, double in found] or [expected]


def _merged(drafts: Iterable[_Draft]) -> Iterator[Fault]:
    """One fault for what several branches of a union say of one place, with what any of them knows."""
    known: dict[object, dict[str, None]] = {}
    first: dict[object, _Draft] = {}
    for draft in drafts:
        key = (draft.code, draft.where, *sorted(draft.facts.items()))
        first.setdefault(key, draft)
        known.setdefault(key, {}).update(dict.fromkeys(draft.known))
    for said, draft in first.items():
        text = draft.facts.get("value", draft.facts.get("key", ""))
        facts = {**draft.facts, "known": known_words(text, list(known[said]))} if known[said] else draft.facts
        yield Fault(draft.code, draft.where, facts)
