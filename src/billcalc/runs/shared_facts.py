"""What all bills of a table have in common and no column tells: area, class, voltage, … as a template of requests.

A fact has no default: what neither a column nor the caller tells is asked for, everything that is missing at once.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from billcalc.agreement.models import BasicMode
from billcalc.agreement.named import NamedArea, SupplyVoltage
from billcalc.fields import Flag, Model, fault_error, validated
from billcalc.kernel.closed_lists import words_by_name
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.troubles import Fault, InvalidInput
from billcalc.metering.models import Side
from billcalc.runs.exported_cells import month_told
from billcalc.vocabulary import STANDARDS, Billing, CustomerClass, Purchase, standard_named

__all__ = ["FACT_NAMES", "FACT_PATHS", "KVA", "SUPPLY_POINT", "shared_template", "told_facts"]

SUPPLY_POINT = "S1"
"""What the one supply point of the template is called."""
KVA = f"agreement.0.supply_points.{SUPPLY_POINT}.transformers.0.kva"
_GROUP = "agreement.0.groups.main"
_SINCE = "1900-01-01"
"""The agreement holds for whatever month a row is of."""

FACT_NAMES: Mapping[str, tuple[str, ...]] = {
    "area": ("地区", "省份", "价区"),
    "month": ("电费年月", "年月", "月份"),
    "class": ("用电类别", "类别"),
    "billing": ("计价方式", "单一制或两部制"),
    "voltage": ("电压等级", "供电电压", "电压"),
    "purchase": ("购电方式",),
    "time_of_use": ("分时电价", "分时"),
    "mode": ("基本电费计收方式", "基本电费方式"),
    "standard": ("功率因数标准", "力调标准"),
    "side": ("计量侧",),
}
"""What the facts are called besides their own names."""

FACT_PATHS = {
    "area": "area",
    "month": "month",
    "class": f"{_GROUP}.class",
    "billing": f"{_GROUP}.billing",
    "voltage": f"{_GROUP}.voltage",
    "purchase": f"{_GROUP}.purchase",
    "time_of_use": f"{_GROUP}.time_of_use",
    "mode": "agreement.0.basic.mode",
    "standard": f"agreement.0.supply_points.{SUPPLY_POINT}.power_factor_standard",
    "side": "metering_points.0.side",
}
"""The column's path of each fact."""
_OPTIONAL = ("mode",)
"""What a bill needs only where it is two-part."""
_TRUTHS = {"true": True, "yes": True, "是": True, "false": False, "no": False, "否": False}


def _standard(raw: object) -> object:
    standard = standard_named(str(raw))
    if standard is None:
        raise fault_error(FaultCode.UNKNOWN_WORD, value=str(raw), known=", ".join(STANDARDS))
    return standard


def _month(raw: object) -> object:
    if month_told(str(raw)) is None:
        raise fault_error(FaultCode.UNKNOWN_WORD, value=str(raw), known="202608, 2026-08")
    return raw


class _Facts(Model):
    """The facts that are told."""

    area: NamedArea | None = None
    month: Annotated[str | None, BeforeValidator(_month)] = None
    customer_class: CustomerClass | None = Field(None, alias="class")
    billing: Billing | None = None
    voltage: SupplyVoltage | None = None
    purchase: Purchase | None = None
    time_of_use: Flag | None = None
    mode: BasicMode | None = None
    standard: Annotated[str | None, BeforeValidator(_standard)] = None
    side: Side | None = None


def told_facts(texts: Iterable[str], *, where: str) -> dict[str, str]:
    """Facts as they are written, ``地区=广西, 电压等级=110千伏``: name → value, the names ours.

    Raises:
        InvalidInput: for one without a value, or that is told twice.

    >>> told_facts(["地区=广西,voltage=110kV"], where="--where")
    {'area': '广西', 'voltage': '110kV'}
    """
    known = words_by_name({name: (name, *aliases) for name, aliases in FACT_NAMES.items()})
    found: dict[str, str] = {}
    faults = []
    for each in (part for text in texts for part in text.replace("，", ",").split(",") if part.strip()):
        name, sign, value = (part.strip() for part in each.partition("="))
        ours = known.get("".join(name.split()).casefold(), name)
        if not sign or not value:
            faults.append(Fault(FaultCode.EMPTY, f"{where} {each.strip()}"))
        elif ours in found:
            faults.append(Fault(FaultCode.DUPLICATE_KEY, where, {"key": name}))
        else:
            found[ours] = value
    if faults:
        raise InvalidInput(faults)
    return found


def shared_template(told: Mapping[str, str], columns: Collection[str], *, where: str) -> dict[str, Any]:
    """A template of requests for a table of bills.

    Args:
        told: facts by name.
        columns: the paths that the columns of the table have.
        where: what messages call the facts.

    Raises:
        InvalidInput: for facts that are unknown, told in a column too, or told nowhere.
    """
    data = {name: _TRUTHS.get(value, value) if name == "time_of_use" else value for name, value in told.items()}
    facts = validated(_Facts, data, where=lambda path: f"{where} {'.'.join(map(str, path))}")
    in_columns = {name for name, path in FACT_PATHS.items() if path in columns}
    twice = [Fault(FaultCode.DUPLICATE_KEY, where, {"key": name}) for name in told if name in in_columns]
    needed = [name for name in FACT_PATHS if name not in _OPTIONAL or facts.billing is Billing.TWO_PART]
    missing = [
        Fault(FaultCode.MISSING_KEY, where, {"key": f"{name} ({FACT_NAMES[name][0]})"})
        for name in needed
        if name not in in_columns and name not in told
    ]
    if twice or missing:
        raise InvalidInput([*twice, *missing])
    return _template(facts, has_capacity=KVA in columns)


def _template(facts: _Facts, *, has_capacity: bool) -> dict[str, Any]:
    group = {
        "class": facts.customer_class,
        "billing": facts.billing,
        "voltage": facts.voltage,
        "purchase": facts.purchase,
        "time_of_use": facts.time_of_use,
    }
    point: dict[str, Any] = {"power_factor_standard": facts.standard}
    if has_capacity:
        point["transformers"] = [{"id": "T1", "state": "in_service"}]
    meter = {"id": "M1", "group": "main", "supply_point": SUPPLY_POINT, "side": facts.side}
    template: dict[str, Any] = {
        "area": facts.area,
        "agreement": [
            {
                "from": _SINCE,
                "groups": {"main": _without_none(group)},
                "supply_points": {SUPPLY_POINT: _without_none(point)},
                "basic": {"mode": (facts.mode or BasicMode.EXEMPT).value},
            }
        ],
        "metering_points": [_without_none(meter)],
    }
    if facts.month is not None:
        first, end = month_told(facts.month) or ("", "")
        template["cycle"] = template["period"] = {"from": first, "to": end}
    return _without_none(template)


def _without_none(data: Mapping[str, Any]) -> dict[str, Any]:
    return {key: str(value) if isinstance(value, str) else value for key, value in data.items() if value is not None}
