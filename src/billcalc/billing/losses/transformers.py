"""The transformers that a metering point stands behind, and their numbers: of the request, or of documents."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from billcalc.billing.losses.records import RATED, RatedNumber, TableBandPlan, TableOf, TablePlan, TransformerPlan
from billcalc.billing.planning.capacity import kva_slot
from billcalc.billing.planning.case import REQUEST, Case, last_day, refuse
from billcalc.kernel.codes import FaultCode, RefusalCode
from billcalc.kernel.reasons import Reason
from billcalc.kernel.sources import Source
from billcalc.kernel.spans import Span
from billcalc.kernel.troubles import Fault, InvalidInput
from billcalc.metering.loss_models import Rated, TableLoss
from billcalc.metering.models import MeteringPoint
from billcalc.tariff.losses import LossBand, Series, SeriesTable, TransformerLosses
from billcalc.vocabulary import Kind, TransformerState

__all__ = ["Transformers", "missing"]

T = TypeVar("T", Series, SeriesTable)

_KEYS = {"p0_kw": "p0", "pk_kw": "pk", "i0_percent": "i0", "uk_percent": "uk"}
"""What a request and a document call the numbers of a transformer."""


def missing(where: str, key: str) -> InvalidInput:
    """The fault of a key that the losses need."""
    return InvalidInput([Fault(FaultCode.MISSING_KEY, where, {"key": key})])


@dataclass(frozen=True, slots=True)
class Transformers:
    """The transformers of the supply point of a metering point.

    Attributes:
        here: the pointer of the losses' rule.
    """

    case: Case
    point: MeteringPoint
    here: str

    def check_names(self, names: Sequence[str]) -> None:
        """Find transformers that the supply point never has.

        Raises:
            InvalidInput: with what is unknown.
        """
        known = {
            each.id
            for _, entry in self.case.entries
            if self.point.supply_point in entry.supply_points
            for each in entry.supply_points[self.point.supply_point].transformers
        }
        facts = {"kind": "transformer", "known": ", ".join(sorted(known))}
        faults = [
            Fault(FaultCode.UNKNOWN_REFERENCE, self._at(name), {**facts, "id": name})
            for name in names
            if name not in known
        ]
        if faults:
            raise InvalidInput(faults)

    def _at(self, name: str) -> str:
        is_one = isinstance(self.point.losses and self.point.losses.transformer, TableLoss)
        return f"{self.here}/transformer" if is_one else f"{self.here}/transformers/{name}"

    def running(
        self, named: Mapping[str, Rated], piece: int, span: Span, needed: Sequence[str], wanted: Sequence[str]
    ) -> tuple[TransformerPlan, ...]:
        """Those that stand under voltage in a piece, with their numbers.

        Args:
            named: the transformers that the losses are of.
            piece: of the period.
            span: its days.
            needed: the numbers that the rule cannot do without.
            wanted: those that it takes where they are told.

        Raises:
            InvalidInput: where a number that is needed is told nowhere.
            Refused: where no document of series is in force, or it is not known which of several ran.
        """
        name, interlocked = self.point.supply_point, self.case.agreement_of(piece).supply_points
        found = []
        for standing in self.case.standings[name][piece]:
            transformer = standing.transformer
            if transformer.id not in named or not standing.runs:
                continue
            at = self._at(transformer.id)
            told = self._numbers(named[transformer.id], transformer.id, piece, span)
            for key in needed:
                if told.get(key) is None:
                    raise missing(at, key)
            kept = {key: told.get(key) if key in (*needed, *wanted) else None for key in _KEYS}
            found.append(
                TransformerPlan(
                    id=transformer.id,
                    kva=kva_slot(self.case, name, piece, standing),
                    is_loaded=transformer.state is TransformerState.IN_SERVICE,
                    p0=kept["p0_kw"],
                    pk=kept["pk_kw"],
                    i0=kept["i0_percent"],
                    uk=kept["uk_percent"],
                )
            )
        loaded = {each.id for each in found if each.is_loaded}
        for each in interlocked[name].interlocked:
            if len(loaded.intersection(each)) > 1:
                facts = {"what": Reason.INTERLOCKED_RAN, "known": ", ".join(each)}
                raise refuse(RefusalCode.NOT_SUPPORTED, self.here, **facts)
        return tuple(found)

    def _numbers(self, rated: Rated, name: str, piece: int, span: Span) -> dict[str, RatedNumber | None]:
        """The numbers of a transformer: its own before those of its series."""
        of_series = {} if rated.series is None else self._of_series(rated.series, name, piece, span)
        found: dict[str, RatedNumber | None] = {}
        for key, short in _KEYS.items():
            own, (term, unit) = getattr(rated, key), RATED[short]
            where = f"{self._at(name)}/{key}"
            found[key] = of_series.get(key) if own is None else self.case.notes.slot(where, own, unit, term, name)
        return found

    def _of_series(self, name: str, transformer: str, piece: int, span: Span) -> dict[str, RatedNumber]:
        where = f"{self._at(transformer)}/series"
        series, source = self._found(lambda document: document.series, name, where, piece, span)
        found: dict[str, RatedNumber] = {}
        for key in _KEYS:
            entries = tuple((row.kva, number) for row in series.rows if (number := getattr(row, key)) is not None)
            if entries:
                found[key] = TableOf(entries, name, source)
        return found

    def _found(
        self, listed: Callable[[TransformerLosses], Sequence[T]], name: str, where: str, piece: int, span: Span
    ) -> tuple[T, Source]:
        """The series of a name at the voltage of the metering point, of the latest document that knows it.

        Raises:
            InvalidInput: where none does.
            Refused: where there is no document.
        """
        group = self.case.group(self.point.group, piece)
        voltage = None if group is None else group.voltage
        area, known = self.case.request.area, []
        for document in self.case.catalog.begun(Kind.TRANSFORMER_LOSSES, area, span.start):
            for series in listed(document.document):
                if series.voltage and voltage not in series.voltage:
                    continue
                if series.name == name:
                    self.case.notes.ask(where)
                    return series, self.case.notes.use(document, last_day(span))
                known.append(series.name)
        if not known:
            raise refuse(
                RefusalCode.NO_DOCUMENT, where, kind=Kind.TRANSFORMER_LOSSES.value, area=area, day=str(span.start)
            )
        facts = {"kind": "series of transformers", "id": name, "known": ", ".join(dict.fromkeys(known))}
        raise InvalidInput([Fault(FaultCode.UNKNOWN_REFERENCE, where, facts)])

    def table(self, told: TableLoss, piece: int, span: Span) -> TablePlan:
        """The table that a loss is read from: the request's own for the transformer, or that of its series."""
        if told.bands is not None:
            self.case.notes.documents[REQUEST] = None
            return TablePlan(((None, _bands(told.bands)),), "", REQUEST)
        assert told.series is not None, "a table is told, or the series of one"
        where = f"{self.here}/series"
        series, source = self._found(lambda document: document.tables, told.series, where, piece, span)
        rows: list[tuple[Decimal | None, tuple[TableBandPlan, ...]]] = [
            (row.kva, _bands(row.bands)) for row in series.rows
        ]
        return TablePlan(tuple(rows), told.series, source)


def _bands(bands: Sequence[LossBand]) -> tuple[TableBandPlan, ...]:
    return tuple(TableBandPlan(band.up_to_kwh, band.kwh, band.kvarh) for band in bands)
