"""Which losses are added to what metering points show, and by which rule."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from billcalc.billing.losses.checks import check_losses
from billcalc.billing.losses.doubts import doubt_losses
from billcalc.billing.losses.records import (
    CoefficientPlan,
    CurrentPlan,
    FixedPlan,
    FormulaPlan,
    Hours,
    LossesPlan,
    LossPlan,
    LossSegment,
    SharedPlan,
    SharePlan,
    TablePlan,
    TransformerPlan,
    UserPlan,
)
from billcalc.billing.losses.transformers import Transformers, missing
from billcalc.billing.plan_metering import PointPlan, Share
from billcalc.billing.planning.case import NOT_ASSESSED, REQUEST, Case, refuse, runs
from billcalc.billing.planning.registers import life_of, reactive_registers
from billcalc.billing.planning.shares import month_shares
from billcalc.kernel.codes import RefusalCode
from billcalc.kernel.reasons import Reason
from billcalc.kernel.slots import Slot
from billcalc.kernel.sources import Source
from billcalc.kernel.spans import Span
from billcalc.kernel.terms import Term
from billcalc.kernel.troubles import Refused
from billcalc.kernel.units import HOUR, KVA, KVARH, KWH, PURE
from billcalc.metering.loss_models import (
    CoefficientLoss,
    CurrentLoss,
    FixedLoss,
    FormulaLoss,
    Losses,
    NoLoss,
    Rated,
    ShareBy,
    SharedLoss,
    ShareLoss,
    TableLoss,
)
from billcalc.metering.models import MeteringPoint, Register
from billcalc.tariff.conventions import LineLossOf
from billcalc.vocabulary import Kind

__all__ = ["plan_losses"]

_HOURS_OF_DAY = 24
_Transformer = FormulaLoss | CoefficientLoss | TableLoss | FixedLoss | ShareLoss
_Line = FixedLoss | ShareLoss | CurrentLoss


def plan_losses(case: Case, points: Sequence[PointPlan]) -> LossesPlan:
    """The losses of every metering point of which some are told.

    Raises:
        InvalidInput: where losses contradict the meter, or lack a number that the power factor needs.
        Refused: where a meter on the low side tells no loss, or a month is cut that may not be.
    """
    check_losses(case)
    plans = tuple(
        _PointLosses(case, number, point, plan, point.losses).plan()
        for number, (point, plan) in enumerate(zip(case.request.metering_points, points, strict=True))
        if point.losses is not None and (_of_transformer(point.losses) is not None or point.losses.line is not None)
    )
    if not plans:
        return LossesPlan()
    for plan in plans:
        _check_users(case, plan, points)
    doubt_losses(case, plans, points)
    conventions, notes = case.conventions.losses, case.notes
    lost = {plan.point for plan in plans} | {user.point for plan in plans if plan.shared for user in plan.shared.users}
    concerned = [point for point in points if point.id in lost]
    many = any(len(point.bands) > 1 for point in concerned)
    behind = any(point.children for point in concerned)
    both = any(plan.transformer is not None and isinstance(plan.line, SharePlan) for plan in plans)
    return LossesPlan(
        plans,
        notes.rounding(conventions.round),
        notes.decided_by(conventions.bands) if many else conventions.bands.value,
        notes.decided_by(conventions.groups) if behind else conventions.groups.value,
        notes.decided_by(conventions.line_of) if both else LineLossOf.WITH_TRANSFORMER,
    )


def _check_users(case: Case, plan: LossPlan, points: Sequence[PointPlan]) -> None:
    """Refuse to share a loss with a metering point that was not metered all the time, or tells no reactive energy."""
    users = [] if plan.shared is None else [user.point for user in plan.shared.users]
    pieces = {piece for segment in plan.segments for piece in segment.pieces}
    for number, point in enumerate(points):
        if point.id in users and {piece for block in point.blocks for piece in block} != pieces:
            facts = {"what": Reason.SHARED_ON_OTHER_DAYS, "point": plan.point, "other": point.id}
            raise refuse(RefusalCode.NOT_SUPPORTED, f"/metering_points/{plan.number}/losses/shared", **facts)
        if point.id in users and plan.reactive:
            reactive_registers(case, number, point, needed_by="the losses")


def _of_transformer(losses: Losses) -> _Transformer | None:
    return None if isinstance(losses.transformer, NoLoss) else losses.transformer


def _named(method: _Transformer | None) -> Mapping[str, Rated]:
    """The transformers that a method is of, with what is told of them."""
    if isinstance(method, FormulaLoss | CoefficientLoss):
        return method.transformers
    return {method.transformer: Rated()} if isinstance(method, TableLoss) else {}


@dataclass(frozen=True)
class _PointLosses:
    """The losses of one metering point, to be planned."""

    case: Case
    number: int
    point: MeteringPoint
    metered: PointPlan
    losses: Losses

    @property
    def here(self) -> str:
        return f"/metering_points/{self.number}/losses"

    def plan(self) -> LossPlan:
        method = _of_transformer(self.losses)
        pieces = [piece for block in self.metered.blocks for piece in block]
        states = [self._state(piece) for piece in range(len(self.case.pieces))]
        cut = runs(pieces, lambda before, piece: states[before] == states[piece])
        spans = [self._days(run) for run in cut]
        if isinstance(method, TableLoss) and spans != [self.case.request.cycle.span]:
            raise self._not_cut(Reason.TABLE_CUT, "/transformer")
        registers = self._registers(method)
        transformers = Transformers(self.case, self.point, f"{self.here}/transformer")
        transformers.check_names([*_named(method)])
        segments = tuple(
            LossSegment(run, span, self._hours(span, share), share, self._running(transformers, method, run, span))
            for run, span, share in zip(cut, spans, self._shares(method, spans), strict=True)
        )
        return LossPlan(
            point=self.point.id,
            number=self.number,
            reactive=registers,
            segments=segments,
            transformer=None if method is None else self._of_transformers(method, segments, registers, transformers),
            line=None if self.losses.line is None else self._of_line(self.losses.line, registers),
            shared=None if self.losses.shared is None else self._shared(self.losses.shared, spans, registers),
            source=_law(self.case),
        )

    def _state(self, piece: int) -> object:
        """What a segment is of: an entry of the agreement, and which transformers run."""
        standings = self.case.standings[self.point.supply_point][piece]
        return self.case.pieces[piece].agreement, [each.transformer.id for each in standings if each.runs]

    def _not_cut(self, what: Reason, where: str) -> Refused:
        return refuse(RefusalCode.NOT_SUPPORTED, f"{self.here}{where}", what=what)

    def _days(self, run: tuple[int, ...]) -> Span:
        """The days of some pieces on which there was a meter."""
        lived = self.case.span_of(run).intersect(life_of(self.case, self.point))
        assert lived is not None, "a metering point is metered in the pieces of its life"
        return lived

    # Days and hours

    def _shares(self, method: _Transformer | None, spans: Sequence[Span]) -> Sequence[Share | None]:
        """The share of the month of each segment, where something is told by the month."""
        by_month = isinstance(method, FixedLoss) or isinstance(self.losses.line, FixedLoss)
        if not by_month and self.losses.hours is None:
            return [None] * len(spans)
        what, stated = f"losses/{self.point.id}", {"what": Reason.LOSS_OF_POINT, "point": self.point.id}
        return month_shares(self.case, spans, served=[Span(spans[0].start, spans[-1].end)], what=what, stated=stated)

    def _hours(self, span: Span, share: Share | None) -> Hours:
        if self.losses.hours is not None:
            return Hours(self._slot("hours", self.losses.hours, HOUR, Term.RUNNING_HOURS), share)
        use, hours = f"hours/{span.start}/{span.end}", span.days * _HOURS_OF_DAY
        return Hours(self.case.notes.computed(use, hours, HOUR, Term.RUNNING_HOURS, str(span)))

    def _slot(self, key: str, number: Decimal, unit: str, term: Term) -> Slot:
        return self.case.notes.slot(f"{self.here}/{key}", number, unit, term, self.point.id)

    def _optional(self, key: str, number: Decimal | None, unit: str, term: Term) -> Slot | None:
        return None if number is None else self._slot(key, number, unit, term)

    # Reactive energy

    @cached_property
    def _is_assessed(self) -> bool:
        """Whether a power factor is measured at the supply point, so that the reactive loss must be known."""
        scopes = self.case.scopes
        for scope in dict.fromkeys(scopes.groups.values()):
            facts = self.case.request.facts.get(scope)
            is_given = facts is not None and (facts.cosphi is not None or facts.power_factor_ratio is not None)
            if self.point.supply_point in scopes.supply_points[scope] and not is_given:
                return any(standard != NOT_ASSESSED for standard in scopes.standards[scope])
        return False

    def _needed(self, key: str, told: object) -> None:
        """Find a reactive loss that is not told and counts in a power factor.

        Raises:
            InvalidInput: with its key.
        """
        if told is None and self._is_assessed:
            place, _, name = key.rpartition("/")
            raise missing(f"{self.here}/{place}", name)

    def _registers(self, method: _Transformer | None) -> tuple[Register, ...]:
        """The registers that tell the reactive energy, where a method needs it.

        Raises:
            InvalidInput: where it has none of them, and nothing stands in for it.
        Refused: where it has not all of them, and does not say that one is not installed.
        """
        line = self.losses.line
        by_share = [each for each in (method, line) if isinstance(each, ShareLoss) and each.reactive_share is not None]
        by_current = isinstance(line, CurrentLoss) and line.current_a is None
        told = {register for register, _ in self.metered.registers}
        known = any(Register(each.value) in told for each in self.case.conventions.power_factor.reactive.value)
        if by_share or by_current or (known and isinstance(method, FormulaLoss)):
            registers = reactive_registers(self.case, self.number, self.metered, needed_by="the losses")
            if by_current and not registers:
                raise missing(f"{self.here}/line", "current_a")
            return registers
        return ()

    # Methods

    def _running(
        self, transformers: Transformers, method: _Transformer | None, run: tuple[int, ...], span: Span
    ) -> tuple[TransformerPlan, ...]:
        needed: tuple[str, ...] = ()
        wanted: tuple[str, ...] = ()
        if isinstance(method, FormulaLoss):
            needed, wanted = ("p0_kw", "pk_kw"), ("i0_percent", "uk_percent")
            needed = (*needed, *wanted) if self._is_assessed else needed
        elif isinstance(method, CoefficientLoss):
            needed = ("p0_kw",) if method.reactive_copper is None else ("p0_kw", "i0_percent")
        return transformers.running(_named(method), run[0], span, needed, wanted)

    def _of_transformers(
        self,
        method: _Transformer,
        segments: Sequence[LossSegment],
        registers: Sequence[Register],
        transformers: Transformers,
    ) -> FormulaPlan | CoefficientPlan | TablePlan | FixedPlan | SharePlan:
        if isinstance(method, FixedLoss | ShareLoss):
            return self._agreed(method, "transformer", registers)
        if isinstance(method, TableLoss):
            table = transformers.table(method, segments[0].pieces[0], segments[0].span)
            self._needed("transformer/kvarh", table.rows[0][1][0].kvarh)
            return table
        if isinstance(method, CoefficientLoss):
            self._needed("transformer/reactive_copper", method.reactive_copper)
            reactive = self._optional(
                "transformer/reactive_copper", method.reactive_copper, "kvarh/kWh", Term.LOSS_SHARE
            )
            self.case.notes.documents[REQUEST] = None
            usable = self._optional("transformer/usable", method.usable, PURE, Term.USABLE_SHARE)
            return CoefficientPlan(tuple((each.up_to_load, each.share) for each in method.copper), usable, reactive)
        assumed = None
        if not registers:
            if method.assumed_cosphi is None:
                raise missing(f"{self.here}/transformer", "assumed_cosphi")
            key, unit = "transformer/assumed_cosphi", "kW/kVA"
            assumed = self._slot(key, method.assumed_cosphi, unit, Term.ASSUMED_POWER_FACTOR)
        shape = self._slot("transformer/load_shape", method.load_shape, PURE, Term.LOAD_SHAPE)
        running = [each for segment in segments for each in segment.transformers]
        return FormulaPlan(shape, assumed, all(each.i0 is not None and each.uk is not None for each in running))

    def _agreed(self, method: FixedLoss | ShareLoss, key: str, registers: Sequence[Register]) -> FixedPlan | SharePlan:
        if isinstance(method, FixedLoss):
            self._needed(f"{key}/kvarh", method.kvarh)
            return FixedPlan(
                self._slot(f"{key}/kwh", method.kwh, KWH, Term.AGREED_LOSS),
                self._optional(f"{key}/kvarh", method.kvarh, KVARH, Term.AGREED_LOSS),
            )
        self._needed(f"{key}/reactive_share", method.reactive_share)
        reactive = method.reactive_share if registers else None
        return SharePlan(
            self._slot(f"{key}/share", method.share, PURE, Term.LOSS_SHARE),
            self._optional(f"{key}/reactive_share", reactive, PURE, Term.LOSS_SHARE),
        )

    def _of_line(self, method: _Line, registers: Sequence[Register]) -> FixedPlan | SharePlan | CurrentPlan:
        if not isinstance(method, CurrentLoss):
            return self._agreed(method, "line", registers)
        self._needed("line/reactance_ohm", method.reactance_ohm)
        return CurrentPlan(
            resistance=self._slot("line/resistance_ohm", method.resistance_ohm, "Ω", Term.LINE_RESISTANCE),
            reactance=self._optional("line/reactance_ohm", method.reactance_ohm, "Ω", Term.LINE_REACTANCE),
            current=self._optional("line/current_a", method.current_a, "A", Term.LINE_CURRENT),
            voltage=self._optional("line/voltage_kv", method.voltage_kv, "kV", Term.LINE_VOLTAGE),
            load_shape=self._optional("line/load_shape", method.load_shape, PURE, Term.LOAD_SHAPE),
        )

    # Sharing

    def _shared(self, shared: SharedLoss, spans: Sequence[Span], registers: Sequence[Register]) -> SharedPlan:
        """The users behind the transformer, by their names, so that the order of the request decides no digit.

        Raises:
            InvalidInput: where one does not tell the reactive energy that the loss needs.
            Refused: where the month is cut, and it is not known what another user used in a part of it.
        """
        unit = KVA if shared.by is ShareBy.CAPACITY else PURE
        own = self._optional("shared/weight", shared.weight, unit, Term.USER_WEIGHT)
        users = [UserPlan(self.point.id, self.point.id, None, None, own)]
        for place, user in enumerate(shared.users):
            key = f"shared/users/{place}"
            if user.point is None and spans != [self.case.request.period.span]:
                raise self._not_cut(Reason.SHARING_CUT, "/shared")
            if user.point is None and registers and user.kvarh is None:
                raise missing(f"{self.here}/{key}", "kvarh")
            users.append(
                UserPlan(
                    user.id,
                    user.point,
                    self._optional(f"{key}/kwh", user.kwh, KWH, Term.USED_BY_OTHERS),
                    self._optional(f"{key}/kvarh", user.kvarh, KVARH, Term.USED_BY_OTHERS),
                    self._optional(f"{key}/weight", user.weight, unit, Term.USER_WEIGHT),
                )
            )
        return SharedPlan(shared.by, tuple(sorted(users, key=lambda user: user.id)))


def _law(case: Case) -> Source | None:
    """The rules by which the owner of a transformer or a line bears its loss; None where no document tells them."""
    period = case.request.period.span
    if case.catalog.find(Kind.LOSS_RULES, case.request.area, period.start) is None:
        return None
    _, source = case.rules(Kind.LOSS_RULES, period, lambda rules: rules.in_demand)
    return source
