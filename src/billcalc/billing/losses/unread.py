"""What a request states of losses and no rule asks for."""

from collections.abc import Collection, Iterator
from decimal import Decimal

from billcalc.billing.planning.case import Case
from billcalc.billing.planning.unread_place import Unread
from billcalc.fields import PLANNED, Model
from billcalc.kernel.troubles import Severity
from billcalc.metering.loss_models import Losses, NoLoss

__all__ = ["unread_losses"]


def unread_losses(case: Case, here: str, losses: Losses, slots: Collection[str]) -> Iterator[Unread]:
    """The numbers that no loss depends on, series that no document was asked for, and a loss that none could be."""
    yield from (Unread(where, Severity.NOTE) for where in _unread(case, here, losses, slots))
    method = f"{here}/transformer/method"
    if isinstance(losses.transformer, NoLoss) and method not in case.notes.asked:
        yield Unread(method, Severity.NOTE)


def _unread(case: Case, here: str, model: Model, slots: Collection[str]) -> Iterator[str]:
    for name, field in type(model).model_fields.items():
        value, where = getattr(model, name), f"{here}/{name}"
        is_number = isinstance(value, Decimal) and where not in slots
        is_series = name == "series" and value is not None and where not in case.notes.asked
        if is_number or is_series:
            yield where
        elif isinstance(value, Model):
            yield from _unread(case, where, value, slots)
        elif PLANNED not in field.metadata and isinstance(value, dict | tuple):
            entries = value.items() if isinstance(value, dict) else enumerate(value)
            for key, entry in entries:
                yield from _unread(case, f"{where}/{key}", entry, slots)
