"""Variants of one request: each is the request with a few changes, billed as a request of its own."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, Self

from pydantic import model_validator

from billcalc.advice.simulated import Outcome
from billcalc.billing.calculate import calculate
from billcalc.billing.request import Request
from billcalc.fields import Model, Printed, at_most, fault_error, validated
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.reasons import Reason
from billcalc.kernel.troubles import Fault, InvalidInput
from billcalc.tariff.catalog import Catalog
from billcalc.vocabulary import area_named

__all__ = ["Simulation", "Variant", "Variants", "areas_of", "merged", "variant_bill"]


class Variant(Model):
    """A variant, by what it changes.

    Attributes:
        patch: a JSON merge patch (RFC 7396): its members take the place of those of the request, null leaves one out.
        edits: new values by their place, a JSON pointer into the request, after the patch; null leaves a place out, and
            ``/-`` at the end of a list adds to it.
    """

    name: Printed
    patch: dict[str, Any] | None = None
    edits: Annotated[dict[str, Any], at_most("facts")] | None = None

    @model_validator(mode="after")
    def _changes_something(self) -> Self:
        if self.patch is None and self.edits is None:
            raise fault_error(FaultCode.MISSING_KEY, key="patch")
        return self


class Variants(Model):
    """Variants of a request, each by a name of its own."""

    variants: Annotated[tuple[Variant, ...], at_most("variants")]

    @model_validator(mode="after")
    def _names_each_once(self) -> Self:
        names = [variant.name for variant in self.variants]
        for name in names:
            if names.count(name) > 1:
                raise fault_error(FaultCode.DUPLICATE_ID, id=name)
        return self


class Simulation(Variants):
    """A request and its variants."""

    request: Request


def areas_of(request: Request, variants: Sequence[Variant]) -> list[str]:
    """The areas whose tariffs a request and its variants ask for."""
    told = [of.get(key) for each in variants for of, key in ((each.patch or {}, "area"), (each.edits or {}, "/area"))]
    return [request.area, *(area_named(each) for each in told if isinstance(each, str))]


def variant_bill(data: Mapping[str, Any], variant: Variant, catalog: Catalog, *, where: str = "") -> Outcome:
    """The bill of a variant, why there is none, or what is wrong with the request that it makes.

    Args:
        data: of the request as it was read.
        variant: what becomes of it.
        catalog: the tariffs.
        where: the variant's place, of which faults of its edits are told; those of its request are told in it.
    """
    try:
        _check_places(data, variant, where)
        changed = merged(data, variant.patch) if variant.patch is not None else data
        for pointer, value in (variant.edits or {}).items():
            changed = _edited(changed, pointer, value, where=f"{where}/edits")
        return calculate(validated(Request, changed), catalog, derivation=False)
    except InvalidInput as error:
        return error.faults


def _check_places(data: Mapping[str, Any], variant: Variant, where: str) -> None:
    """See that a patch leaves out what is there, and that no change is undone by a later one.

    Raises:
        InvalidInput: at the first that has no effect.
    """
    told = list(_patched(data, variant.patch or {}, f"{where}/patch"))
    for pointer in variant.edits or {}:
        for earlier in told:
            if earlier.startswith(f"{pointer}/") or earlier == pointer:
                facts = {"reason": Reason.TOLD_BY_ANOTHER, "key": earlier, "other": pointer}
                raise InvalidInput([Fault(FaultCode.INCONSISTENT, f"{where}/edits", facts)])
        if not pointer.endswith("/-"):
            told.append(pointer)


def _patched(data: object, patch: Mapping[str, Any], where: str, above: str = "") -> Iterator[str]:
    """The places that a patch tells a value of, or leaves out.

    Raises:
        InvalidInput: where it leaves out what is not there, such as a name that is spelt otherwise.
    """
    for key, value in patch.items():
        place = f"{above}/{key.replace('~', '~0').replace('/', '~1')}"
        below = data.get(key) if isinstance(data, Mapping) else None
        if value is None and not (isinstance(data, Mapping) and key in data):
            raise InvalidInput([Fault(FaultCode.INCONSISTENT, where, {"reason": Reason.EDIT_PLACE, "value": place})])
        if isinstance(value, Mapping):
            yield from _patched(below, value, where, place)
        else:
            yield place


def merged(data: Any, patch: Any) -> Any:
    """Data with a merge patch applied (RFC 7396).

    >>> merged({"a": {"b": "1", "c": "2"}}, {"a": {"b": None, "d": "3"}})
    {'a': {'c': '2', 'd': '3'}}
    """
    if not isinstance(patch, Mapping):
        return patch
    found = dict(data) if isinstance(data, Mapping) else {}
    for key, value in patch.items():
        if value is None:
            found.pop(key, None)
        else:
            found[key] = merged(found.get(key), value)
    return found


def _edited(data: Any, pointer: str, value: Any, *, where: str) -> Any:
    """Data with another value at a place.

    Raises:
        InvalidInput: where there is no such place.
    """
    keys = [key.replace("~1", "/").replace("~0", "~") for key in pointer.split("/")]
    try:
        if keys[0] or len(keys) == 1:
            raise KeyError(pointer)
        return _put(data, keys[1:], value)
    except (KeyError, IndexError, ValueError, TypeError):
        facts = {"reason": Reason.EDIT_PLACE, "value": pointer}
        raise InvalidInput([Fault(FaultCode.INCONSISTENT, where, facts)]) from None


def _put(data: Any, keys: Sequence[str], value: Any) -> Any:
    key, rest = keys[0], keys[1:]
    if isinstance(data, list):
        found: Any = list(data)
        if key == "-" and not rest:
            return [*found, value]
        place: Any = int(key) if key.isascii() and key.isdecimal() and key == str(int(key)) else found[len(found)]
        found[place]  # an edit makes no holes
    else:
        found, place = {**data}, key
    if rest:
        found[place] = _put(found[place], rest, value)
    elif value is None:
        del found[place]
    else:
        found[place] = value
    return found
