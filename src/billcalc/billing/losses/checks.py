"""On which side a meter stands, and what losses may therefore be told of it."""

from collections.abc import Collection, Iterator
from functools import partial

from billcalc.billing.doubts import OtherReading, Reading
from billcalc.billing.planning.case import Case, refuse
from billcalc.billing.request import Request
from billcalc.kernel.codes import FaultCode, ProblemCode, RefusalCode
from billcalc.kernel.reasons import Reason
from billcalc.kernel.troubles import Fault, InvalidInput, Problem, Severity
from billcalc.metering.loss_models import LossMethod, LossUser, NoLoss
from billcalc.metering.models import MeteringPoint, Side
from billcalc.vocabulary import Voltage

__all__ = ["check_losses"]


def check_losses(case: Case) -> None:
    """Find losses that contradict the side of a meter, and meters on the low side of which no loss is told.

    Raises:
        InvalidInput: where a loss would be added to what has it already, or a user behind a transformer is unknown.
        Refused: where a customer on high voltage is metered on the low side (高供低计) and no loss is told.
    """
    points = case.request.metering_points
    inside = {child.point for point in points for child in point.children}
    faults = [
        fault
        for number, point in enumerate(points)
        for fault in (*_faults(number, point, inside), *_user_faults(case, number, point, inside))
    ]
    if faults:
        raise InvalidInput(faults)
    users = {user.point for point in points for user in _users(point)}
    for number, point in enumerate(points):
        if point.id not in inside:
            _check_side(case, number, point, is_user=point.id in users)


def _check_side(case: Case, number: int, point: MeteringPoint, *, is_user: bool) -> None:
    """A meter behind the transformer of a customer on high voltage does not show what that loses."""
    here = f"/metering_points/{number}"
    voltages = {entry.groups[point.group].voltage for _, entry in case.entries if point.group in entry.groups}
    has_transformer = voltages != {Voltage.BELOW_1}
    told = None if point.losses is None else point.losses.transformer
    if point.side is Side.LOW and has_transformer:
        if told is None and not is_user:
            raise refuse(RefusalCode.LOSS_NOT_CALCULATED, f"{here}/side", point=point.id)
        case.notes.ask(f"{here}/losses/transformer/method")
    if has_transformer or point.side is Side.LOW:
        case.notes.ask(f"{here}/side")
    is_told = told is not None and not isinstance(told, NoLoss)
    if is_told and _voltages_at(case, point.supply_point) == {Voltage.BELOW_1}:
        facts = {"point": point.id, "supply_point": point.supply_point}
        where = f"{here}/losses/transformer"
        noted = case.notes.note(Problem(ProblemCode.LOSS_AT_LOW_VOLTAGE, Severity.DOUBT, where, facts))
        without = partial(_without_loss, number=number)
        case.notes.doubt(noted, OtherReading(Reading.WITHOUT_LOSS, request=without))


def _voltages_at(case: Case, supply_point: str) -> set[Voltage]:
    """The voltages of all that is supplied at a supply point: some may be behind the transformer of others."""
    groups = {point.group for point in case.request.metering_points if point.supply_point == supply_point}
    return {entry.groups[name].voltage for _, entry in case.entries for name in groups if name in entry.groups}


def _without_loss(request: Request, *, number: int) -> Request:
    """A request without the transformer losses of a metering point."""
    points = list(request.metering_points)
    losses = points[number].losses
    assert losses is not None, "the doubt is about what it loses"
    update = {"transformer": NoLoss(method=LossMethod.NONE), "shared": None, "demand_share": None}
    points[number] = points[number].model_copy(update={"losses": losses.model_copy(update=update)})
    return request.model_copy(update={"metering_points": tuple(points)})


def _users(point: MeteringPoint) -> tuple[LossUser, ...]:
    return () if point.losses is None or point.losses.shared is None else point.losses.shared.users


def _faults(number: int, point: MeteringPoint, inside: Collection[str | None]) -> Iterator[Fault]:
    if point.losses is None:
        return
    where = f"/metering_points/{number}/losses"
    if point.id in inside:
        yield Fault(FaultCode.INCONSISTENT, where, {"reason": Reason.LOSS_INSIDE, "point": point.id})
    transformer = point.losses.transformer
    if point.side is Side.HIGH and transformer is not None and not isinstance(transformer, NoLoss):
        yield Fault(FaultCode.INCONSISTENT, f"{where}/transformer", {"reason": Reason.LOSS_ON_THE_HIGH_SIDE})


def _user_faults(case: Case, number: int, point: MeteringPoint, inside: Collection[str | None]) -> Iterator[Fault]:
    """Users behind a transformer that are not there, stand twice, or have its loss told already."""
    others = {each.id: each for each in case.request.metering_points if each.id not in inside and each is not point}
    names = [point.id]
    points: list[str] = []
    for place, user in enumerate(_users(point)):
        where = f"/metering_points/{number}/losses/shared/users/{place}"
        if user.id in names:
            yield Fault(FaultCode.DUPLICATE_ID, f"{where}/id", {"id": user.id})
        names.append(user.id)
        if user.point is None:
            continue
        other = others.get(user.point)
        if other is None:
            facts = {"kind": "metering point", "id": user.point, "known": ", ".join(sorted(others)) or "none"}
            yield Fault(FaultCode.UNKNOWN_REFERENCE, f"{where}/point", facts)
        elif user.point in points or other.side is Side.HIGH or _has_its_loss(case, other, point):
            facts = {"reason": Reason.LOSS_ALREADY, "point": user.point}
            yield Fault(FaultCode.INCONSISTENT, f"{where}/point", facts)
        points.append(user.point)


def _has_its_loss(case: Case, point: MeteringPoint, sharing: MeteringPoint) -> bool:
    """Whether a metering point's loss of a transformer is told by itself, or by another one that shares its own."""
    if point.losses is not None and point.losses.transformer is not None:
        return True
    return any(
        user.point == point.id for each in case.request.metering_points if each is not sharing for user in _users(each)
    )
