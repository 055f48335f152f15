"""Checks the JSON of a bill, a comparison or a diagnosis by itself: ``python verify.py bill.json``.

It needs Python's standard library and nothing else.

It shares no line with the engine that made the bill. Each step is computed again from its operands, in fractions: its
formula is read, its rounding done, its unit multiplied out. Each operand is an earlier step of its line, or a number of
the request at the place it names, or a figure of a document that it cites, or a bare number of its rule. Amounts are
their last steps, sections sum their lines, the total sums the sections. Hashes bind the request and the documents.

A bill made with ``billcalc bill REQUEST --format json --proof`` has its documents in it and is sealed, so all of this
can be followed. Of another bill it says what it could not follow. What nothing computes it cannot judge: whether a rule
was the right one, how many days of a month count, what another reading of a doubted rule would come to.

A comparison has in it both bills that it is of: each line of both stands in one entry, and sums, verdicts and causes
of the money are made again of them. A diagnosis has in it the comparison whose difference its causes sum to. Both are
made with ``--proof``, too. What a bill would come to under a mistake is another bill, which it cannot judge.
"""

import argparse
import hashlib
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from fractions import Fraction
from functools import reduce
from pathlib import Path
from typing import Any, NamedTuple

__all__ = ["SAYS", "Finding", "main", "report", "verify"]

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
SIXTH = Fraction(1, 10**6)
MONTH = "month"
PRORATED = "{0} × {1} × {2} ÷ {3}"
POWERS = [Fraction(10**power) for power in range(20)]
CALENDAR = ("days", "days_of_cycle", "weighted_days", "weighted_days_of_cycle", "days_apart")
PRINTED = {  # the quantities and prices of a line; a reading is none, though it has the unit of one
    *("billed_energy", "billed_quantity", "billed_reactive", "given_energy", "tier_energy", "days"),
    *("billed_capacity", "billed_demand", "demand_part", "band_amount", "power_factor_base", "power_factor_ratio"),
    *("unit_price", "floated_price", "discounted_price"),
}
HOURLY = {"kWh": "kW", "kvarh": "kvar", "kVAh": "kVA"}
EVIDENCE = ("official_text", "official_quoted", "secondary", "inferred", "unverified", "given")
NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
TOKEN = re.compile(r"\{[0-9]+\}|[0-9]+(?:\.[0-9]+)?|[a-z]+|\S")
HOLDS: dict[str, Callable[[Fraction, Fraction], bool]] = {
    ">": lambda left, right: left > right,
    "≥": lambda left, right: left >= right,
    "<": lambda left, right: left < right,
    "≤": lambda left, right: left <= right,
}


SAYS: dict[str, tuple[str, str]] = {
    "not_a_bill": ("this is not data as they were written: {0}", "这不是原样的数据：{0}"),
    "not_kind": (
        "a bill, a comparison or a diagnosis is verified, and this is {0}",
        "只核验电费单、比对和差异原因，而这是 {0}",
    ),
    "no_content": ("the bill does not have the text of {0}", "电费单未附文件 {0} 的正文"),
    "content_changed": ("{0} is not what its hash was taken of", "文件 {0} 与其散列不符"),
    "other_content": ("the text is of another document than {0}", "所附正文不是文件 {0}"),
    "id": ("it is not the hash of request, documents and engine", "它不是请求、文件和引擎版本的散列"),
    "requested_otherwise": ("the request says {0}", "请求中为 {0}"),
    "said_otherwise": ("{0} says {1}", "{0} 中为 {1}"),
    "unbound": ("{0} is cited and no hash binds it", "引用了 {0}，但没有散列加以约束"),
    "evidence": ("the weakest evidence of the documents is {0}", "所引文件中最弱的证据等级是 {0}"),
    "no_seal": ("no seal: names, titles and sentences are not bound", "未封签：名称、标题和语句未受约束"),
    "seal": ("it was changed after it was sealed", "封签之后被改动"),
    "no_steps": ("the line has no steps", "该行没有计算步骤"),
    "not_given": ("the request gives no such line", "请求中没有给出这样的行"),
    "last_step": ("the last step is {0} {1}", "最后一步的结果是 {0} {1}"),
    "days": ("its days are not of the billed period", "其日期不在计费期间内"),
    "not_computed": ("no step and no operand is this number", "没有任何步骤或运算数等于这个数"),
    "not_cited": ("a step cites {0} and the line does not", "步骤引用了 {0}，该行却没有引用"),
    "no_source": ("{0} is not among the bill's documents", "{0} 不在电费单所列文件中"),
    "other_result": ("the earlier step came to another number", "前面的步骤得出的是另一个数"),
    "no_origin": ("where {0} comes from is not told", "没有说明 {0} 的来源"),
    "calendar": ("how many days count is a rule of the calendar", "计多少天取决于天数规则"),
    "unused": ("no later step uses it", "后面没有步骤用到它"),
    "no_word": ("neither the request nor a document nor a step has {0}", "请求、文件和步骤中都没有 {0}"),
    "computed_of": ("it is computed of {0}", "它由 {0} 计算得出"),
    "requested": ("the request has {0} at {1}", "请求在 {1} 处为 {0}"),
    "no_figure": ("{0} does not have this number", "{0} 中没有这个数"),
    "comes_to": ("{0} comes to {1} and not to {2}", "{0} 的结果是 {1}，不是 {2}"),
    "other_unit": ("{0} is in {1} and not in {2}", "{0} 的单位是 {1}，不是 {2}"),
    "exact": ("{0} is {1} before rounding and not {2}", "{0} 舍入前为 {1}，不是 {2}"),
    "comparison": ("{0} {1} {2} does not hold", "{0} {1} {2} 不成立"),
    "units": ("{0} and {1} do not go together", "单位 {0} 与 {1} 不能合在一起"),
    "formula": ("{0} cannot be followed", "无法核验 {0}"),
    "cosphi": ("{0} is not the power factor of {1} and {2}", "{0} 不是 {1} 与 {2} 的功率因数"),
    "table": ("no cited table has {0} for {1}", "所引的表中 {1} 对应的不是 {0}"),
    "last_part": ("the last part does not end where the weights end", "最后一份没有止于权数之和"),
    "sum": ("it is the sum of {0}", "其和应为 {0}"),
    "no_bills": ("it does not have the bills that it is of", "未附所比对的两张电费单"),
    "not_on_bill": ("the bill has no such line, or fewer of them", "电费单中没有这一行，或没有这么多"),
    "left_out": ("a line of the bill that stands in no entry", "电费单中的这一行没有列入任何条目"),
    "should_be": ("from what stands here follows {0}", "按所列内容应为 {0}"),
    "mistaken": ("what the bill comes to under this mistake is another bill", "按该错误计算的金额属于另一张电费单"),
    "alternative": ("what another reading comes to is another bill", "另一种理解的金额属于另一张电费单"),
}
"""What is said of a bill, in English and in Chinese."""


class Finding(NamedTuple):
    """Something that does not hold, or (``is_open``) that could not be followed; its code is a key of ``SAYS``."""

    where: str
    code: str
    facts: tuple[str, ...] = ()
    is_open: bool = False

    def sentence(self, lang: str) -> str:
        """What it is in English (``en``) or Chinese (``zh``)."""
        return SAYS[self.code][lang == "zh"].format(*self.facts)


class Amount(NamedTuple):
    """A number with its unit; None is the unit of a bare number, which goes with any."""

    number: Fraction
    unit: str | None


class Wrong(Exception):
    """A step that does not come to what it says, or (``is_open``) that cannot be followed."""

    def __init__(self, code: str, *facts: str, is_open: bool = False) -> None:
        super().__init__(code)
        self.finding = ("", code, facts, is_open)


def verify(bill: Any) -> list[Finding]:
    """What does not hold in a bill, and what could not be followed; nothing where all of it is proved.

    Args:
        bill: the JSON of a bill, read.
    """
    try:
        return list(_findings(bill))
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, Wrong, ZeroDivisionError) as error:
        return [Finding("", "not_a_bill", (f"{type(error).__name__} {error}",))]


def _findings(data: dict[str, Any]) -> Iterator[Finding]:
    kinds = {"bill": _billed, "comparison": _compared, "diagnosis": _diagnosed}
    if data["kind"] not in kinds:
        yield Finding("/kind", "not_kind", (str(data["kind"]),))
        return
    if data["seal"] is None:
        yield Finding("/seal", "no_seal", is_open=True)
    elif data["seal"] != _hash({key: value for key, value in data.items() if key != "seal"}):
        yield Finding("/seal", "seal")
    yield from kinds[data["kind"]](data)


def _billed(bill: dict[str, Any]) -> Iterator[Finding]:
    yield from _bindings(bill)
    figures = {each["id"]: _Figures(json.loads(each["content"])) for each in bill["documents"] if "content" in each}
    figures["request"] = _Figures(bill["request"])
    for index, line in enumerate(bill["lines"]):
        yield from _Line(bill, line, f"/lines/{index}", figures).findings()
    yield from _sums(bill)
    yield from _facts(bill)
    for index, loss in enumerate(bill.get("losses", [])):
        yield from _lost(bill, loss, f"/losses/{index}", figures)
    for index, problem in enumerate(bill["problems"]):
        if problem["alternatives"] and bill["seal"] is None:
            yield Finding(f"/problems/{index}", "alternative", is_open=True)


def _bindings(bill: dict[str, Any]) -> Iterator[Finding]:
    """The hashes: of the documents, of the bill's identity, of the whole."""
    for index, document in enumerate(bill["documents"]):
        content = document.get("content")
        if content is None:
            yield Finding(f"/documents/{index}", "no_content", (document["id"],), is_open=True)
        elif hashlib.sha256(content.encode()).hexdigest() != document["sha256"]:
            yield Finding(f"/documents/{index}", "content_changed", (document["id"],))
        elif json.loads(content)["id"] != document["id"]:
            yield Finding(f"/documents/{index}", "other_content", (document["id"],))
    fingerprints = sorted(f"{each['id']}:{each['sha256']}" for each in bill["documents"])
    identity = {"request": bill["request"], "documents": fingerprints, "engine": bill["version"]}
    if bill["id"] != "sha256:" + _hash(identity):
        yield Finding("/id", "id")
    for name in ("area", "cycle", "period"):
        asked = bill["request"][name]
        if bill[name] not in (asked, name == "cycle" and {key: asked.get(key) for key in bill[name]}):
            yield Finding(f"/{name}", "requested_otherwise", (str(asked),))
    yield from _sources(bill)
    weakest = max((source["evidence"] for source in bill["sources"]), key=EVIDENCE.index, default=bill["evidence"])
    if weakest != bill["evidence"]:
        yield Finding("/evidence", "evidence", (weakest,))


def _sources(bill: dict[str, Any]) -> Iterator[Finding]:
    """What is told of a cited document is what the document tells of itself."""
    contents = {each["id"]: each.get("content") for each in bill["documents"]}
    for index, source in enumerate(bill["sources"]):
        where = f"/sources/{index}"
        place = source["id"].removeprefix("request")
        if place != source["id"] and source["evidence"] == "given" and _stated(bill["request"], place) is not None:
            continue
        if source["id"] not in contents:
            yield Finding(where, "unbound", (source["id"],))
        elif contents[source["id"]] is not None:
            content = json.loads(contents[source["id"]])
            itself = {**content["document"], "evidence": content["evidence"]}
            for name in ("title", "number", "clause", "url", "evidence"):
                if source[name] != itself[name]:
                    yield Finding(f"{where}/{name}", "said_otherwise", (source["id"], str(itself[name])))


def _hash(data: Any) -> str:
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


class _Figures:
    """The words and numbers of a document (or of a request), and its tables of numbers by numbers."""

    def __init__(self, content: Any) -> None:
        self.words: set[str] = set()
        self.numbers: set[Fraction] = set()
        self.tables: list[tuple[Fraction, dict[Fraction, Fraction], Fraction | None]] = []
        self.rows: list[tuple[str, Fraction, set[Fraction]]] = []
        self._read(content, "")

    def _read(self, node: Any, name: str) -> None:
        if isinstance(node, dict):
            if isinstance(node.get("percent"), dict):
                below = node.get("below")
                rows = {_number(key): _number(value) / 100 for key, value in node["percent"].items()}
                self.tables.append((_number(name), rows, None if below is None else _number(below) / 100))
            if isinstance(node.get("name"), str) and isinstance(node.get("rows"), list):
                for row in node["rows"]:
                    numbers = {_number(each) for each in row.values() if isinstance(each, str)}
                    self.rows.append((node["name"], _number(row["kva"]), numbers))
            for key, value in node.items():
                self.words.add(key)
                self._read(value, key)
        elif isinstance(node, list):
            for value in node:
                self._read(value, name)
        elif not isinstance(node, bool):
            self.words.add(str(node))
            if NUMBER.fullmatch(str(node)):
                self.numbers.add(_number(str(node)))

    def has(self, number: Fraction) -> bool:
        """Whether the document states the number, as it is or in hundredths."""
        return number in self.numbers or number * 100 in self.numbers

    def entries(self, key: Fraction, words: list[str]) -> set[Fraction]:
        """What the tables of some names have for a key; below its last row a table goes on by steps."""
        names = {_number(each) for each in words if NUMBER.fullmatch(each)}
        found = {number for name, row, numbers in self.rows if name in words and row == key for number in numbers}
        for name, rows, below in self.tables:
            last = min(rows)
            if name in names and key in rows:
                found.add(rows[key])
            elif name in names and below is not None and key < last:
                found.add(rows[last] + (last - key) * 100 * below)
        return found


class _Line:
    """One line: its steps in their order, then what is printed."""

    def __init__(self, bill: dict[str, Any], line: dict[str, Any], where: str, figures: dict[str, _Figures]) -> None:
        self.bill = bill
        self.line = line
        self.where = where
        self.figures = figures
        self.results: dict[tuple[str, tuple[str, ...]], list[Amount]] = defaultdict(list)
        self.seen: set[Amount] = set()

    def findings(self) -> Iterator[Finding]:
        line = self.line
        yield from self.computed()
        given = self._given()
        if line["given"] != (given is not None):
            yield Finding(f"{self.where}/given", "not_given")
        elif given is None and not line["steps"]:
            is_open = not any(each["steps"] for each in self.bill["lines"])
            yield Finding(self.where, "no_steps", is_open=is_open)
        yield from self._named()
        if given is None and line["steps"]:
            yield from self._printed(line["steps"][-1])

    def computed(self) -> Iterator[Finding]:
        """What of its steps does not follow from what they are of."""
        line = self.line
        used = {(operand["name"], *operand["of"]) for step in line["steps"] for operand in step["operands"]}
        for index, step in enumerate(line["steps"]):
            where = f"{self.where}/steps/{index}"
            yield from self._leaves(step, where)
            try:
                self._recompute(step)
            except Wrong as wrong:
                yield Finding(*wrong.finding)._replace(where=where)
            result = Amount(_number(step["value"]), step["unit"])
            self.results[step["name"], tuple(step["of"])].append(result)
            if step["name"] in PRINTED:
                self.seen.add(result)
            is_result = step is line["steps"][-1] or step["name"] == "loss_energy"
            if not is_result and (step["name"], *step["of"]) not in used:
                yield Finding(where, "unused")

    def _given(self) -> dict[str, Any] | None:
        """What the request gives of this line, where it is given as it stands here."""
        line = self.line
        for given in self.bill["request"]["given"]:
            told = (given["label"], given["kwh"], given["price"], given["amount"])
            shown = (line.get("label"), line["quantity"], line["price"], line["amount"])
            named = all(given[name] == line[name] for name in ("code", "group", "band", "section"))
            if named and all(map(_same, told, shown)):
                return dict(given)
        return None

    def _named(self) -> Iterator[Finding]:
        """Its words are of the request, of a document or of a step, and its days of the billed period."""
        line, period = self.line, self.bill["period"]
        days = (period["from"], line["from"], line["to"], period["to"])
        if not all(map(DAY.fullmatch, days)) or not days[0] <= days[1] < days[2] <= days[3]:
            yield Finding(self.where, "days")
        words = set().union(*[each.words for each in self.figures.values()], *[step["of"] for step in line["steps"]])
        known = all("content" in each for each in self.bill["documents"])  # with the documents at hand
        for name in ("code", "label", "group", "band"):
            word = line.get(name)
            if word is not None and known and word not in words and word not in ("power_factor", "total"):
                yield Finding(f"{self.where}/{name}", "no_word", (word,))
        for source in sorted(set(line["sources"]).difference(each["id"] for each in self.bill["sources"])):
            yield Finding(f"{self.where}/sources", "no_source", (source,))
        cited = {source for step in line["steps"] for source in step["sources"]}
        for source in sorted(cited.difference(line["sources"])):
            yield Finding(f"{self.where}/sources", "not_cited", (source,))

    def _printed(self, last: dict[str, Any]) -> Iterator[Finding]:
        line, currency = self.line, self.bill["currency"]
        if (_number(last["value"]), last["unit"], last["name"]) != (_number(line["amount"]), currency, "amount"):
            yield Finding(f"{self.where}/amount", "last_step", (last["value"], last["unit"]))
        billed = {key: each[-1] for key, each in self.results.items() if key[0] == "billed_energy"}
        adjusted = [
            _number(each["value"])
            for step in line["steps"]
            if step["name"] == "line_adjustment"
            for each in step["operands"][:-1]
        ]
        # The bands of a line that are billed together, and the lines and the supply points that an adjustment is of.
        self.seen.add(Amount(sum((each.number for each in billed.values()), Fraction(0)), "kWh"))
        self.seen.add(Amount(sum(adjusted, Fraction(0)), currency))
        bases = [base.number for key, each in self.results.items() if key[0] == "power_factor_base" for base in each]
        self.seen.add(Amount(sum(bases, Fraction(0)), currency))
        for step in line["steps"]:
            whole, _, days, cycle = ([_number(each["value"]) for each in step["operands"]] + [Fraction(0)] * 4)[:4]
            if step["formula"] == PRORATED and cycle:
                self.seen.add(Amount(_rounded(whole * days / cycle, SIXTH), line["unit"]))
        if line["unit"] == MONTH:  # a fee: its price is of a month, its quantity a month or the part that its days are
            of = {each["name"].removeprefix("weighted_"): _number(each["value"]) for each in last["operands"]}
            part = of["days"] / of["days_of_cycle"] if of.get("days_of_cycle") else of.get("months", Fraction(1))
            self.seen.add(Amount(_rounded(part, SIXTH), MONTH))
            self.seen.add(Amount(of.get("unit_price", Fraction(0)), f"{currency}/{MONTH}"))
        if any(each["name"] == "interval_price" for each in last["operands"]):  # of them the average is printed
            kwh = sum((_number(each["value"]) for each in last["operands"] if each["unit"] == "kWh"), Fraction(0))
            average = _rounded(_number(line["amount"]) / (kwh or 1), SIXTH)
            self.seen.update([Amount(kwh, "kWh"), Amount(average, f"{currency}/kWh")])
        before = sum(map(self._billed_before, line["steps"]), Fraction(0))
        self.seen.update([Amount(each.number - before, "kWh") for each in self.seen if each.unit == "kWh"])
        units = {
            "quantity": line["unit"],
            "price": _unit(Amount(Fraction(1), currency), Amount(Fraction(1), line["unit"]), -1),
        }
        operands = [each for step in line["steps"] for each in step["operands"]]
        full = {(*each["of"],): _number(each["value"]) for each in operands if each["name"] == "unit_price"}
        low = [_number(each["value"]) for each in operands if each["name"] == "discounted_price"]
        # The components of a line that are rounded one by one, and a discount that is printed apart.
        prices = (sum(full.values(), Fraction(0)), *(each - price for each in low for price in full.values()))
        self.seen.update([Amount(price, units["price"]) for price in prices])
        if shown := _stated(self.bill["request"], "/conventions/kwh/round/print"):
            told = [each.number for each in self.seen if each.unit == "kWh"]
            self.seen.update([Amount(_rounded(each, _number(shown)), "kWh") for each in told])
        for name, unit in units.items():
            if line[name] is not None and Amount(_number(line[name]), unit) not in self.seen:
                yield Finding(f"{self.where}/{name}", "not_computed")

    def _billed_before(self, step: dict[str, Any]) -> Fraction:
        """The energy of what a step takes off, as the request has it beside the amount [kWh]."""
        rows = [each["at"].rpartition("/")[0] for each in step["operands"] if each["name"] == "billed_before"]
        return sum((_number(_stated(self.bill["request"], f"{row}/kwh") or "0") for row in rows), Fraction(0))

    def _leaves(self, step: dict[str, Any], where: str) -> Iterator[Finding]:
        for index, operand in enumerate(step["operands"]):
            number, at = _number(operand["value"]), f"{where}/operands/{index}"
            if operand["name"] in PRINTED:
                self.seen.add(Amount(number, operand["unit"]))
            earlier = self.results.get((operand["name"], tuple(operand["of"])))
            if operand["name"] is None:
                continue
            if earlier:
                if Amount(number, operand["unit"]) not in earlier:
                    yield Finding(at, "other_result")
            elif "at" in operand:
                yield from self._requested(operand["at"], number, at)
            elif "source" in operand:
                yield from self._cited(operand["source"], number, at)
            elif operand["name"] == "running_hours":
                if number != (hours := _hours(*operand["of"])):
                    yield Finding(at, "comes_to", (operand["of"][0], f"{hours} h", f"{_text(number)} h"))
            elif operand["name"] == "months" and operand["of"]:
                if number != (months := _months_of(*operand["of"])):
                    yield Finding(at, "comes_to", (operand["of"][0], f"{months}", _text(number)))
            elif operand["name"] in (*CALENDAR, "tier_months"):
                yield Finding(at, "calendar", is_open=True)
            elif number and _cut(number) not in POWERS:  # nothing, one of something, and where a register turns over
                yield Finding(at, "no_origin", (operand["name"],))

    def _requested(self, pointer: str, number: Fraction, at: str) -> Iterator[Finding]:
        stated = _stated(self.bill["request"], pointer)
        if isinstance(stated, list | dict):
            yield Finding(at, "computed_of", (pointer,), is_open=True)
        elif stated is None or not _same(str(stated), _text(number)):
            yield Finding(at, "requested", (str(stated), pointer))

    def _cited(self, source: str, number: Fraction, at: str) -> Iterator[Finding]:
        if source not in self.line["sources"]:
            yield Finding(at, "not_cited", (source,))
            return
        place = "request" if source.startswith("request") else source
        if place in self.figures and not self.figures[place].has(number):
            yield Finding(at, "no_figure", (source,))

    def _recompute(self, step: dict[str, Any]) -> None:
        operands = [
            Amount(_number(each["value"]), None if each["name"] is None else each["unit"]) for each in step["operands"]
        ]
        tables = [self.figures[source] for source in step["sources"] if source in self.figures]
        result = _Formula(step, operands, tables).result()
        if result.number != _number(step["value"]):
            raise Wrong("comes_to", step["formula"], _text(result.number), step["value"])
        if result.unit not in (None, step["unit"]):
            raise Wrong("other_unit", step["formula"], str(result.unit), step["unit"])


class _Formula:
    """Reads a step's formula and computes it: sums of products of places, calls and parentheses."""

    def __init__(self, step: dict[str, Any], operands: list[Amount], tables: list[_Figures]) -> None:
        self.step = step
        self.operands = operands
        self.tables = tables
        self.tokens: list[str] = [*TOKEN.findall(step["formula"]), ""]
        self.at = 0

    def result(self) -> Amount:
        """The step's result, after its rounding."""
        step = self.step
        rounding = None if step["rounded_to"] is None else _number(step["rounded_to"])
        if "share" in step:
            return self._shared(step["share"], _positive(rounding))
        if step["formula"] == "cosphi({0}, {1})":
            return self._cosphi(_positive(rounding))
        value = self._chosen()
        self._take("")
        self._exact(value.number, rounding)
        return value if rounding is None else Amount(_rounded(value.number, rounding), value.unit)

    def _exact(self, number: Fraction, rounding: Fraction | None) -> None:
        exact = self.step["exact"]
        if exact is None:
            if rounding is not None and "÷ " not in self.step["formula"]:
                raise Wrong("exact", self.step["formula"], _text(number), "")
            return
        shown = exact.removesuffix("…")
        if rounding is None or (number != _number(shown) if shown == exact else _cut(number) != _number(shown)):
            raise Wrong("exact", self.step["formula"], _text(number), exact)

    def _chosen(self) -> Amount:
        value = self._sum()
        while self._peek() == "[":
            self._take("[")
            left, sign, right = self._sum(), self._next(), self._sum()
            self._take("]")
            _together(left, right)
            if not HOLDS[sign](left.number, right.number):
                raise Wrong("comparison", _text(left.number), sign, _text(right.number))
        return value

    def _sum(self) -> Amount:
        value = self._product()
        while self._peek() in ("+", "−"):
            is_sum = self._next() == "+"
            right = self._product()
            unit = _of_squares(value, right) or _together(value, right)
            value = Amount(value.number + right.number if is_sum else value.number - right.number, unit)
        return value

    def _product(self) -> Amount:
        value = self._atom()
        while self._peek() in ("×", "÷"):
            is_product = self._next() == "×"
            right = self._atom()
            if is_product:
                value = _times(value, right)
            else:  # a quotient is a total function: 0 where it divides by 0
                number = value.number / right.number if right.number else Fraction(0)
                value = Amount(number, _unit(value, right, -1))
        return value

    def _factors(self) -> Iterator[Amount]:
        """What stands between the signs of a product, the divisor last."""
        yield self._atom()
        while self._peek() in ("×", "÷"):
            self._next()
            yield self._atom()
        self._take("")

    def _atom(self) -> Amount:
        token = self._next()
        if token == "−":
            value = self._atom()
            return Amount(-value.number, value.unit)
        if token == "(":
            value = self._chosen()
            self._take(")")
            return value
        if token.startswith("{"):
            return self.operands[int(token[1:-1])]
        if NUMBER.fullmatch(token):
            return Amount(_number(token), None)
        return self._call(token)

    def _call(self, name: str) -> Amount:
        self._take("(")
        values = [self._chosen()]
        while self._peek() == ",":
            self._take(",")
            values.append(self._chosen())
        self._take(")")
        if name == "table":
            return self._table(*values)
        if name not in ("round", "max", "min"):
            raise Wrong("formula", self.step["formula"], is_open=True)
        first, second = values
        if name == "round":
            return Amount(_rounded(first.number, _positive(second.number)), first.unit)
        return Amount((max if name == "max" else min)(first.number, second.number), _together(first, second))

    def _cosphi(self, step: Fraction) -> Amount:
        """W ÷ √(W² + Q²) without a root: the nearest multiple of the step is where squares lie on both sides."""
        active, reactive = (each.number for each in self.operands)
        value = _number(self.step["value"])
        whole = active**2 + reactive**2
        low, high = value - step / 2, value + step / 2
        reaches = low <= 0 or (active >= 0 and active**2 >= low**2 * whole)
        passes = high <= 1 and active >= 0 and active**2 >= high**2 * whole
        if not reaches or passes or value % step or not 0 <= value <= 1:
            raise Wrong("cosphi", _text(value), _text(active), _text(reactive))
        return Amount(value, "1")

    def _table(self, key: Amount) -> Amount:
        """The entry of a cited table: with no table at hand, what the step says it is."""
        entries = set[Fraction]().union(*[table.entries(key.number, self.step["of"]) for table in self.tables])
        value = _number(self.step["value"])
        if self.tables and value not in entries:
            raise Wrong("table", _text(value), _text(key.number))
        return Amount(value, self.step["unit"])

    def _shared(self, share: dict[str, Any], step: Fraction) -> Amount:
        """The running sum up to this part, rounded, less that of the parts before it; the last takes what is left."""
        *factors, weights = self._factors()
        whole, weight = reduce(_times, factors[:-1]), factors[-1]
        before = _number(share["before"])
        above = before + weight.number

        def reached(of: Fraction) -> Fraction:
            return _rounded(whole.number * of / weights.number, step) if weights.number else Fraction(0)

        if share["is_last"] and above != weights.number:
            raise Wrong("last_part")
        up_to = whole.number if share["is_last"] else reached(above)
        return Amount(up_to - reached(before), whole.unit)

    def _peek(self) -> str:
        return self.tokens[self.at]

    def _next(self) -> str:
        self.at += 1
        return self.tokens[self.at - 1]

    def _take(self, token: str) -> None:
        if self._next() != token:
            raise Wrong("formula", self.step["formula"])


def _sums(bill: dict[str, Any]) -> Iterator[Finding]:
    """Sections sum their lines, and the total sums the sections."""
    sections: dict[str, Fraction] = defaultdict(Fraction)
    for line in bill["lines"]:
        sections[line["section"]] += _number(line["amount"])
    stated = {each["section"]: _number(each["amount"]) for each in bill["sections"]}
    for section in sorted({*sections, *stated}):
        if sections.get(section) != stated.get(section):
            yield Finding("/sections", "sum", (f"{section} {_text(sections[section])}",))
    if "months" in bill:
        yield from _months(bill)
        whole = sum((_number(month["total"]) for month in bill["months"]), Fraction(0))
    else:
        whole = _total(bill, bill["lines"])
    if whole != _number(bill["total"]):
        yield Finding("/total", "sum", (_text(whole),))
    if tax := bill.get("tax"):
        total = _number(bill["total"])
        without = _rounded(total / (1 + _number(tax["rate"])), Fraction(1, 100))
        if (_number(tax["without"]), _number(tax["amount"])) != (without, total - without):
            yield Finding("/tax", "sum", (_text(without),))


def _months(bill: dict[str, Any]) -> Iterator[Finding]:
    """The months follow one another through the period, and each comes to its lines."""
    begins = bill["period"]["from"]
    for index, month in enumerate(bill["months"]):
        where, first, last = f"/months/{index}", month["period"]["from"], month["period"]["to"]
        if first != begins or not (month["cycle"]["from"] <= first < last <= month["cycle"]["to"]):
            yield Finding(f"{where}/period", "days")
        begins = last
        whole = _total(bill, [line for line in bill["lines"] if first <= line["from"] and line["to"] <= last])
        if whole != _number(month["total"]):
            yield Finding(f"{where}/total", "sum", (_text(whole),))
    if begins != bill["period"]["to"]:
        yield Finding("/months", "days")


def _total(bill: dict[str, Any], lines: list[dict[str, Any]]) -> Fraction:
    step = _positive(_number(bill["total_rounded_to"]))
    return _rounded(sum((_number(line["amount"]) for line in lines), Fraction(0)), step)


def _months_of(days: str) -> int:
    """The months from a day to the same day of a later one."""
    return sum(sign * (12 * int(day[:4]) + int(day[5:7])) for sign, day in zip((-1, 1), days.split("/"), strict=True))


def _hours(span: str) -> int:
    """Of the days of a span [h]."""
    start, end = map(date.fromisoformat, span.split("/"))
    return 24 * (end - start).days


def _facts(bill: dict[str, Any]) -> Iterator[Finding]:
    """What is told beside the lines stands in their steps: energies by band, power factors and their ratios."""
    steps = [step for line in bill["lines"] for step in line["steps"]]
    numbers = {(each["name"], _number(each["value"])) for step in steps for each in (step, *step["operands"])}
    energies: dict[tuple[str, ...], set[tuple[int, tuple[str, ...], Fraction]]] = defaultdict(set)
    begins = [month["period"]["from"] for month in bill.get("months", ())]
    for line, step in ((each, step) for each in bill["lines"] for step in each["steps"]):
        if step["name"] == "billed_energy":
            month = sum(first <= line["from"] for first in begins)  # one may have the energy of another
            energies[tuple(step["of"][:2])].add((month, tuple(step["of"]), _number(step["value"])))
    for group, by_band in bill["kwh"].items():
        for band, kwh in by_band.items():
            found = energies.get((group, band))
            if found is None:
                yield Finding(f"/kwh/{group}/{band}", "no_steps", is_open=True)
            elif (whole := sum((number for *_, number in found), Fraction(0))) != _number(kwh):
                yield Finding(f"/kwh/{group}/{band}", "sum", (_text(whole),))
    for index, fact in enumerate(bill["power_factors"]):
        for name, term in (("cosphi", "power_factor"), ("ratio", "power_factor_ratio")):
            if fact[name] is not None and (term, _number(fact[name])) not in numbers:
                is_open = all(step["name"] != term or step["of"][0] != fact["scope"] for step in steps)
                yield Finding(f"/power_factors/{index}/{name}", "not_computed", is_open=is_open)


def _lost(bill: dict[str, Any], loss: dict[str, Any], where: str, figures: dict[str, _Figures]) -> Iterator[Finding]:
    """What was lost follows from its steps, and its energy is in the lines."""
    line = _Line(bill, loss, where, figures)
    yield from line.computed()
    yield from line._named()
    parts = [amount for (name, _), each in line.results.items() if name.endswith("_loss") for amount in each]
    whole = line.results["loss_energy", (loss["point"],)]
    for key, unit in (("kwh", "kWh"), ("kvarh", "kvarh"), ("transformer_kwh", "kWh"), ("line_kwh", "kWh")):
        if loss[key] is not None and Amount(_number(loss[key]), unit) not in (parts if "_" in key else whole):
            yield Finding(f"{where}/{key}", "not_computed", is_open=not loss["steps"])


OUTCOMES = ("unmapped", "missing", "differing", "tolerated", "zero", "agreeing", "not_read", "not_printed", "net")
APART = ("not_read", "not_printed")  # lines of ours that nothing printed is compared with
HEADING = ("id", "version", "tariff_set", "area", "currency", "cycle", "period")
FEN = Fraction(1, 100)
POWER_FACTOR = "power_factor"
SHAPES = {  # how many lines of the issued bill and of ours a way of matching brings together, one or several
    "one": [(1, 1), (1, 0), (0, 1)],
    "order": [(1, 1)],
    "elsewhere": [(1, 1)],
    "sum_of_recomputed": [(1, 2)],
    "sum_of_issued": [(2, 1)],
    "sums": [(2, 2)],
}


def _compared(data: dict[str, Any]) -> Iterator[Finding]:
    """Every line of both bills stands in one entry, and all that is told of them follows from them."""
    rests_on = data["rests_on"]
    if rests_on is None:
        yield Finding("/rests_on", "no_bills", is_open=True)
        return
    yield from (each._replace(where=f"/rests_on/bill{each.where}") for each in verify(rests_on["bill"]))
    yield from _of_bill(data["bill"], rests_on["bill"])
    yield from _Comparison(data).findings()


def _of_bill(heading: dict[str, Any], bill: dict[str, Any]) -> Iterator[Finding]:
    for name in HEADING:
        if heading[name] != bill[name]:
            yield Finding(f"/bill/{name}", "should_be", (str(bill[name]),))


class _Comparison:
    """A comparison beside what follows from the two bills that it is of.

    A tax that the issued bill tells is taken out of both: our lines are amount ÷ (1 + rate), and have no price then.
    """

    def __init__(self, data: dict[str, Any]) -> None:
        self.data = data
        self.bill, self.issued = data["rests_on"]["bill"], data["rests_on"]["issued"]
        self.tolerance = _number(data["tolerance"])
        self.entries = [(kind, f"/{kind}/{at}", entry) for kind in OUTCOMES for at, entry in enumerate(data[kind])]
        self.printed = sum((_amounts(entry["issued"]) for _, _, entry in self.entries), Fraction(0))
        tax, whole = self.issued["tax"], _number(self.bill["total"])
        self.rate = None if tax is None else _number(tax["rate"])
        self.ours = [self._ours(line) for line in self.bill["lines"]]
        self.total = whole if tax is None else _amounts(self.ours)
        self.tax = whole - self.total
        self.tax_printed = None if tax is None or tax["amount"] is None else _number(tax["amount"])
        self.issued_total = None
        if self.issued["total"] is not None:
            out = self.tax if self.tax_printed is None else self.tax_printed
            self.issued_total = _number(self.issued["total"]) - out
        has_sums = self.issued["total"] is not None or bool(self.issued["subtotals"])
        self.has_sums_only = has_sums and not self.issued["lines"] and not data["unread"]

    def _ours(self, line: dict[str, Any]) -> dict[str, Any]:
        """A line of the bill as an entry has it."""
        told = {**line, "span": {"from": line["from"], "to": line["to"]}, "label": line.get("label")}
        if self.rate is not None:
            told |= {"amount": _text(_rounded(_number(line["amount"]) / (1 + self.rate), FEN)), "price": None}
            told |= {"quantity": None} if line["section"] == POWER_FACTOR else {}
        return {key: value for key, value in told.items() if key not in ("from", "to", "steps")}

    def findings(self) -> Iterator[Finding]:
        """What does not follow."""
        yield from self._lines()
        for kind, where, entry in self.entries:
            yield from self._entry(kind, where, entry)
        yield from self._own()
        yield from _unlike("/facts", self.data["facts"], list(self._facts()))
        differing = [fact for fact in self.data["facts"] if fact["verdict"] == "differs"]
        yield from _unlike("/differing_facts", self.data["differing_facts"], differing)
        yield from self._money()
        yield from self._whole()

    def _lines(self) -> Iterator[Finding]:
        """Each line of both bills in one entry; a printed sum of which no line is printed may stand as a line."""
        left = [_plain(line) for line in self.ours]
        rows = dict(enumerate(map(_plain, map(_as_entered, self.issued["lines"]))))
        sums = [_plain(self._as_line(told)) for told in self.issued["subtotals"]]
        for _, where, entry in self.entries:
            for at, line in enumerate(map(_plain, entry["recomputed"])):
                if line in left:
                    left.remove(line)
                else:
                    yield Finding(f"{where}/recomputed/{at}", "not_on_bill")
            for at, line in enumerate(entry["issued"]):
                told = _plain({key: value for key, value in line.items() if key not in ("row", "where")})
                if rows.pop(line["row"], None) == told:
                    continue
                if line["row"] < len(self.issued["lines"]) or told not in sums:
                    yield Finding(f"{where}/issued/{at}", "not_on_bill")
                else:
                    sums.remove(told)
        yield from (Finding("/rests_on/bill/lines", "left_out", (line["code"],)) for line in left)
        yield from (Finding(f"/rests_on/issued/lines/{row}", "left_out", (str(row),)) for row in rows)

    def _as_line(self, told: dict[str, Any]) -> dict[str, Any]:
        codes = dict.fromkeys(line["code"] for line in self.ours if line["section"] in told["section"])
        name = told["name"] or " + ".join(told["section"])
        nothing = dict.fromkeys(("group", "band", "quantity", "price", "span"))
        return {"name": name, "amount": told["amount"], "codes": list(codes), "sections": told["section"], **nothing}

    def _entry(self, kind: str, where: str, entry: dict[str, Any]) -> Iterator[Finding]:
        """What is told of lines that belong together."""
        issued, ours = entry["issued"], entry["recomputed"]
        off = _amounts(issued) - _amounts(ours)
        amounts = {"issued": _amounts(issued), "recomputed": _amounts(ours), "difference": off}
        parts = list(self._parts(issued, ours, is_near=abs(off) <= self.tolerance)) if issued and ours else []
        differs = abs(off) > self.tolerance or any(part["verdict"] == "differs" for part in parts)
        missing = None
        if not ours and entry["unmapped"] is None:
            missing = "recomputed"
        elif not issued and kind not in APART:
            missing = "issued"
        sections = {line["section"] for line in ours} or {each for line in issued for each in line["sections"]}
        expected = {"amounts": amounts, "parts": parts, "effects": _effects(parts, off), "missing_from": missing}
        if ours or len(sections) == 1:
            expected["section"] = sections.pop() if len(sections) == 1 else None
        if ours:
            expected["unmapped"] = None
        for name, value in expected.items():
            if _plain(entry[name]) != _plain(value):
                yield Finding(f"{where}/{name}", "should_be", (_shown(value),))
        if kind not in self._kinds(entry, off, differs=differs):
            yield Finding(where, "should_be", (" / ".join(self._kinds(entry, off, differs=differs)),))
        if (min(len(issued), 2), min(len(ours), 2)) not in SHAPES[entry["matching"]]:
            yield Finding(f"{where}/matching", "should_be", (f"{len(issued)} : {len(ours)}",))

    def _kinds(self, entry: dict[str, Any], off: Fraction, *, differs: bool) -> list[str]:
        """What may become of an entry."""
        unread = ["not_read"] if self.data["unread"] else []
        net = ["net"] if self.data["untold_tax"] is not None else []
        if entry["issued"] and entry["recomputed"]:
            return ["differing", *unread, *net] if differs else ["agreeing" if off == 0 else "tolerated"]
        if entry["issued"]:
            found = "missing" if entry["unmapped"] is None else "unmapped"
            return ["zero"] if off == 0 else [found, *net]
        return ["not_printed"] if self.has_sums_only else ["zero" if off == 0 else "missing", *unread]

    def _parts(
        self, issued: list[dict[str, Any]], ours: list[dict[str, Any]], *, is_near: bool
    ) -> Iterator[dict[str, Any]]:
        rows = self.issued["lines"]
        printed = [rows[line["row"]] if line["row"] < len(rows) else line for line in issued]
        for name, joined in (("quantity", _sum_of), ("price", _one_of)):
            mine, other = (joined([line[name] for line in lines]) for lines in (printed, ours))
            verdict = _verdict(mine, other, is_rounded=is_near)
            yield {"part": name, "issued": mine, "recomputed": other, "verdict": verdict}
        if len(issued) != 1 or len(ours) != 1:
            return
        [line], [our] = issued, ours
        is_scope = our["section"] == POWER_FACTOR and line["group"] is not None
        told = " + ".join(line["sections"]) or None
        places: list[tuple[str | None, ...]] = [
            ("band", *(_band(each) or None for each in (line, our))),
            ("group", line["group"], line["group"] if is_scope else our["group"]),
            ("section", our["section"] if our["section"] in line["sections"] else told, our["section"]),
            ("span", *(None if each["span"] is None else _days(each["span"]) for each in (line, our))),
        ]
        for part, *sides in places:
            if None not in sides:
                verdict = "agrees" if sides[0] == sides[1] else "differs"
                yield {"part": part, "issued": sides[0], "recomputed": sides[1], "verdict": verdict}

    def _own(self) -> Iterator[Finding]:
        """Where the issued bill contradicts itself: its figures are its own, and no such line is passed over."""
        told = {}
        rows = {line["row"]: line for _, _, entry in self.entries for line in entry["issued"]}
        for at, own in enumerate(self.data["own"]):
            off = _number(own["printed"]) - _number(own["computed"])
            expected: dict[str, Any] = {"difference": off, "factors": None}
            if own["row"] is not None:
                line = rows[own["row"]]
                told[own["row"]] = own["check"]
                facts = self.issued["facts"]
                factors = [[line["quantity"], line["price"]], [facts["base"], facts["ratio"]]]
                factors = [pair for pair in factors if _plain(pair) == _plain(own["factors"])] or factors[:1]
                expected |= {"factors": factors[0], "printed": line["amount"]}
                expected["computed"] = _rounded(_number(factors[0][0]) * _number(factors[0][1]), FEN)
                expected["name"] = line["name"] or " + ".join(line["codes"])
            elif own["check"] == "total":
                expected |= {"printed": self.issued_total, "computed": self.printed, "name": None}
            else:
                sums = {
                    each["name"] or " + ".join(each["section"] + each["group"]) for each in self.issued["subtotals"]
                }
                expected |= {} if own["name"] in sums else {"name": sorted(sums)}
            for name, value in expected.items():
                if _plain(own[name]) != _plain(value):
                    yield Finding(f"/own/{at}/{name}", "should_be", (_shown(value),))
        for kind, _, entry in self.entries:
            figures = [part["verdict"] for part in entry["parts"][:2]]
            if kind == "agreeing" and len(entry["issued"]) == 1 and "differs" not in figures:
                continue
            check = POWER_FACTOR if entry["section"] == POWER_FACTOR else "product"
            for line in entry["issued"]:
                if line["quantity"] is not None and line["price"] is not None:
                    product = _rounded(_number(line["quantity"]) * _number(line["price"]), FEN)
                    if abs(product - _number(line["amount"])) > self.tolerance and told.get(line["row"]) != check:
                        yield Finding("/own", "left_out", (str(line["row"]),))

    def _facts(self) -> Iterator[dict[str, Any]]:
        """Every printed fact beside ours."""
        told, period = self.issued["facts"], self.issued["period"]
        if period is not None:
            verdict = "agrees" if period == self.bill["period"] else "differs"
            yield _fact("period", None, period, self.bill["period"], verdict)
        counted = [(band, _number(kwh)) for each in self.bill["kwh"].values() for band, kwh in each.items()]
        for band, kwh in told["kwh"].items():
            ours = _text(sum((number for of, number in counted if band in (of, "total")), Fraction(0)))
            yield _fact("kwh", band, kwh, ours, _verdict(kwh, ours, is_rounded=True))
        factors = self.bill["power_factors"]
        bases = [line["quantity"] for line in self.ours if line["section"] == POWER_FACTOR and not line["given"]]
        known = dict(factors[0]) if len(factors) == 1 else {}
        known |= {"kvarh": known.get("reactive_kvarh"), "base": bases[0] if known and len(bases) == 1 else None}
        for name in ("kvarh", "cosphi", "ratio", "base"):
            if told[name] is not None:
                verdict = _verdict(told[name], known.get(name), is_rounded=name != "base")
                yield _fact(name, None, told[name], known.get(name), verdict)
        if self.tax_printed is not None:
            yield self._sum_fact("tax", None, self.tax_printed, self.tax)
        for each in self.issued["subtotals"] if self.has_sums_only else ():
            name = each["name"] or " + ".join(each["section"] + each["group"])
            yield self._sum_fact("subtotal", name, _number(each["amount"]), _amounts(self.inside(each)))
        if self.has_sums_only and self.issued_total is not None:
            yield self._sum_fact("total", None, self.issued_total, self.total)

    def _sum_fact(self, fact: str, of: str | None, issued: Fraction, ours: Fraction) -> dict[str, Any]:
        verdict = "agrees" if abs(issued - ours) <= self.tolerance else "differs"
        return _fact(fact, of, _text(issued), _text(ours), verdict)

    def inside(self, told: dict[str, Any]) -> list[dict[str, Any]]:
        """Our lines that a printed sum has in it."""
        sections, groups = told["section"], told["group"]
        mine = [line for line in self.ours if not sections or line["section"] in sections]
        return [line for line in mine if not groups or line["group"] in groups]

    def _money(self) -> Iterator[Finding]:
        money = self.data["money"]
        issued = self.issued_total
        if issued is None:
            issued = self.total if self.has_sums_only else self.printed
        expected = {"issued": issued, "recomputed": self.total, "difference": issued - self.total}
        for name, number in expected.items():
            if _number(money[name]) != number:
                yield Finding(f"/money/{name}", "should_be", (_text(number),))
        sections: dict[str | None, list[Fraction]] = defaultdict(lambda: [Fraction(0)] * 3)
        for kind, _, entry in self.entries:
            if kind not in APART:
                numbers = _amounts(entry["issued"]), _amounts(entry["recomputed"])
                added = (*numbers, numbers[0] - numbers[1])
                sections[entry["section"]] = [
                    one + other for one, other in zip(sections[entry["section"]], added, strict=True)
                ]
        told = [[each["section"], *(_number(each[name]) for name in expected)] for each in money["sections"]]
        if sorted(told, key=str) != sorted(([name, *numbers] for name, numbers in sections.items()), key=str):
            yield Finding(
                "/money/sections", "should_be", (_shown({name or "": each for name, each in sections.items()}),)
            )
        causes = {each["cause"]: _number(each["amount"]) for each in money["causes"]}
        owners = [self._owner(), "not_read"] if self.data["unread"] else [self._owner()]
        if causes not in [self._causes(owner) for owner in owners] or len(causes) != len(money["causes"]):
            yield Finding("/money/causes", "should_be", (_shown(self._causes(owners[-1])),))

    def _owner(self) -> str:
        """The cause that has what the issued total is off the sum of the printed lines."""
        if self.has_sums_only:
            return "not_printed"
        is_own = any(own["check"] == "total" for own in self.data["own"])
        return "unmapped" if self.data["unmapped"] and not is_own else "own_error"

    def _causes(self, owner: str) -> dict[str, Fraction]:
        found: dict[str, Fraction] = defaultdict(Fraction)
        for kind, _, entry in self.entries:
            if kind not in ("agreeing", "zero"):
                cause = f"missing_from_{entry['missing_from']}" if kind == "missing" else kind
                found[cause] += _amounts(entry["issued"]) - _amounts(entry["recomputed"])
        if self.has_sums_only:
            found[owner] += self.total if self.issued_total is None else self.issued_total
        elif self.issued_total is not None:
            found[owner] += self.issued_total - self.printed
        found["total_rounding"] += _amounts(self.ours) - self.total
        return {cause: amount for cause, amount in found.items() if amount}

    def _whole(self) -> Iterator[Finding]:
        data = self.data
        found = data["unmapped"] or data["missing"] or data["differing"] or data["differing_facts"]
        agrees = not (found or data["untold_tax"] is not None or any(not own["may_be_rounding"] for own in data["own"]))
        given = [entry for entry in data["agreeing"] if all(line["given"] for line in entry["recomputed"])]
        wanted = None if self.issued_total is None or self.rate is not None else self.issued_total - self.total
        readings = [
            {"convention": problem["facts"].get("key", problem["code"]), "value": other["value"]}
            for problem in self.bill["problems"]
            for other in problem["alternatives"]
            if wanted and other["difference"] is not None and _number(other["difference"]) == wanted
        ]
        expected: dict[str, Any] = {"agreeing_given": sum(len(entry["issued"]) for entry in given), "tax": self.rate}
        if not (agrees and data["unread"]):  # what was not read may be what differs
            expected["agrees"] = agrees
        expected["doubts"] = [problem for problem in self.bill["problems"] if problem["severity"] == "doubt"]
        for name, value in {**expected, "readings": readings}.items():
            if _plain(data[name]) != _plain(value):
                yield Finding(f"/{name}", "should_be", (_shown(value),))


def _diagnosed(data: dict[str, Any]) -> Iterator[Finding]:
    """The difference is that of the comparison, and in every cell the causes and what is left sum to it."""
    comparison = data["comparison"]
    cells = _cells(data["difference"])
    if comparison is None:
        yield Finding("/comparison", "no_bills", is_open=True)
    else:
        yield from (each._replace(where=f"/comparison{each.where}") for each in verify(comparison))
        yield from _of_bill(data["bill"], comparison["bill"])
        yield from _unlike("/doubts", data["doubts"], comparison["doubts"])
        if comparison["rests_on"] is not None and not data["hindrances"]:
            expected = _difference(_Comparison(comparison))
            if cells != expected:
                yield Finding("/difference", "should_be", (_shown({key[0]: each for key, each in expected.items()}),))
    if _number(data["difference_amount"]) != _summed(cells):
        yield Finding("/difference_amount", "sum", (_text(_summed(cells)),))
    left = [_cells(answer["unexplained"]) for answer in data["answers"]]
    status = "hindered" if data["hindrances"] else "unexplained" if cells else "agrees"
    if left:
        status = "part" if any(left) else "proved"
    if data["status"] != status:
        yield Finding("/status", "should_be", (status,))
    for at, answer in enumerate(data["answers"]):
        yield from _answered(answer, cells, f"/answers/{at}")
    for at, telling in enumerate(data["telling"]):
        if len(telling["values"]) != len(left) or len(set(telling["values"])) < 2:
            yield Finding(f"/telling/{at}", "should_be", (str(len(left)),))


def _answered(answer: dict[str, Any], cells: dict[Any, Fraction], where: str) -> Iterator[Finding]:
    """The parts sum by cell to the difference; a cause has its share of each part that it is in, in whole fen."""
    told: dict[Any, Fraction] = defaultdict(Fraction)
    parts: dict[tuple[int, ...], Fraction] = {}
    sums = [(f"{where}/parts/{at}/amount", part["cells"], part["amount"]) for at, part in enumerate(answer["parts"])]
    sums.append((f"{where}/unexplained_amount", answer["unexplained"], answer["unexplained_amount"]))
    for place, each, amount in sums:
        for cell, number in _cells(each).items():
            told[cell] += number
        if _number(amount) != _summed(_cells(each)):
            yield Finding(place, "sum", (_text(_summed(_cells(each))),))
    if {cell: number for cell, number in told.items() if number} != cells:
        yield Finding(where, "sum", (_text(sum(told.values())),))
    count = len(answer["causes"])
    for at, part in enumerate(answer["parts"]):
        places = tuple(part["causes"])
        if not places or list(places) != sorted(set(places)) or not set(places) <= set(range(count)):
            yield Finding(f"{where}/parts/{at}/causes", "should_be", (f"0…{count - 1}",))
        parts[places] = _number(part["amount"])
    shares = _shares(count, parts)
    for at, (cause, share) in enumerate(zip(answer["causes"], shares, strict=True)):
        if _number(cause["amount"]) != share:
            yield Finding(f"{where}/causes/{at}/amount", "should_be", (_text(share),))
        yield Finding(f"{where}/causes/{at}", "mistaken", is_open=True)
    names = [cause["slot"] for cause in answer["causes"]]
    if len(set(names)) != count:
        yield Finding(f"{where}/causes", "should_be", (" ".join(sorted(set(names))),))


def _shares(count: int, parts: dict[tuple[int, ...], Fraction]) -> list[Fraction]:
    """What several causes do together is shared equally; the fen left over go by the largest remainder."""
    exact = [sum((each / len(of) for of, each in parts.items() if at in of), Fraction(0)) / FEN for at in range(count)]
    found = [each.__floor__() for each in exact]
    odd = sum(parts.values(), Fraction(0)) / FEN - sum(found)
    for at in sorted(range(count), key=lambda each: (found[each] - exact[each], each))[: int(odd)]:
        found[at] += 1
    return [each * FEN for each in found]


Cells = dict[tuple[str, ...], Fraction]
NOT_PRINTED = ("not_printed", "", "", "", "")


def _cells(told: list[dict[str, Any]]) -> Cells:
    """By cell; that of a sum which crosses others has one more word, and its money is told in the others."""
    names = ("code", "group", "band", "days", "section")
    cells = [each["cell"] for each in told]
    keys = [(*(cell[name] for name in names), *(["crosses"] if cell["crosses"] else [])) for cell in cells]
    return {key: _number(each["amount"]) for key, each in zip(keys, told, strict=True)}


def _summed(cells: Cells) -> Fraction:
    return sum((number for cell, number in cells.items() if len(cell) == len(NOT_PRINTED)), Fraction(0))


def _difference(compared: _Comparison) -> Cells:
    """Issued − recomputed by cell, where there is any: a cell is an entry, or a sum where sums alone are printed."""
    cells: Cells = {}
    if compared.has_sums_only:
        _by_sum(compared, cells)
    else:
        _by_entry(compared, cells)
    return {cell: number for cell, number in cells.items() if number}


Sum = tuple[tuple[str, ...], frozenset[str], frozenset[str], Fraction]
"""A printed sum: its cell, its sections, its groups (none: of all), and by how much it is off."""


def _by_sum(compared: _Comparison, cells: Cells) -> None:
    """A cell of each printed sum, without the sums within it; one that crosses others is whole."""
    sums: list[Sum] = []
    taken: dict[tuple[str, ...], int] = defaultdict(int)
    for each in compared.issued["subtotals"]:
        section = each["section"][0] if len(each["section"]) == 1 else ""
        name = each["name"] or " + ".join(each["section"] + each["group"])
        cell = (name, " + ".join(each["group"]), "", "", section)
        taken[cell] += 1
        off = _number(each["amount"]) - _amounts(compared.inside(each))
        own = cell if taken[cell] == 1 else (f"{name} {taken[cell]}", *cell[1:])
        sums.append((own, frozenset(each["section"]), frozenset(each["group"]), off))
    if compared.issued_total is not None:
        off = compared.issued_total - _amounts(compared.ours)
        sums.append((("total", "", "", "", ""), frozenset(), frozenset(), off))
    where = [(line["section"], line["group"]) for line in compared.ours]
    once = max((_uncrossed(sums, 2), _uncrossed(sums, 1)), key=lambda way: sum(_is_in(each, way) for each in where))
    for one in sums:
        within = [each for each in once if one in once and _is_within(each, one)]
        parts = [each for each in within if not any(_is_within(each, other) for other in within)]
        whole = NOT_PRINTED if parts and not one[1] and not one[2] else one[0]
        cells[whole if one in once else (*whole, "crosses")] = one[3] - sum((each[3] for each in parts), Fraction(0))


def _uncrossed(sums: list[Sum], behind: int) -> list[Sum]:
    """Sums of which none crosses another; last are taken those that name groups (2), or sections (1)."""
    size = {one: (len(one[1]) + len(one[2]), *map(sorted, one[1:3]), one[0]) for one in sums}
    way: list[Sum] = []
    for one in sorted(sums, key=lambda one: (bool(one[behind]), *size[one])):
        way += [one] if not any(_cross(one, each) for each in way) else []
    return way


def _is_in(where: tuple[str, str], way: list[Sum]) -> bool:
    return any((not each[1] or where[0] in each[1]) and (not each[2] or where[1] in each[2]) for each in way)


def _is_within(one: Sum, other: Sum) -> bool:
    pairs = ((one[1], other[1]), (one[2], other[2]))
    return one[1:3] != other[1:3] and all(not every or (bool(some) and some <= every) for some, every in pairs)


def _cross(one: Sum, other: Sum) -> bool:
    pairs = ((one[1], other[1]), (one[2], other[2]))
    may_meet = all(not some or not others or bool(some & others) for some, others in pairs)
    return may_meet and not _is_within(one, other) and not _is_within(other, one)


def _by_entry(compared: _Comparison, cells: Cells) -> None:
    """A cell of each entry, and one of what the printed total alone has; our lines go where most of their name goes."""
    entries = sorted((each for _, _, each in compared.entries), key=_order)
    is_partial = any(_amounts(each["recomputed"]) for each in entries if not each["issued"])
    rest = compared.issued_total - compared.printed if is_partial and compared.issued_total is not None else 0
    places: dict[tuple[str, ...], tuple[str, ...]] = {}
    for entry in entries:
        names = _names_in(entry) if entry["issued"] or not rest else []
        if names:
            cell = _cell_of(entry, names[0][0][0], cells)
            cells[cell] = cells.get(cell, Fraction(0)) + _amounts(entry["issued"])
            told = 4 if cell[3] else 3 if cell[2] else 2 if cell[1] else 1
            for way in (way for ways in names for way in ways if not rest or len(way) >= told):
                places[way] = cell if places.get(way, cell) == cell else ()
    for line in compared.ours:
        otherwise = (line["code"], line["group"], _band(line), "", line["section"])
        found = [places[way] for way in _ways(line, _days(line["span"])) if places.get(way)]
        cell = found[0] if found else NOT_PRINTED if rest else otherwise
        cells[cell] = cells.get(cell, Fraction(0)) - _amount(line)
    if rest:
        cells[NOT_PRINTED] = cells.get(NOT_PRINTED, Fraction(0)) + rest


def _names_in(entry: dict[str, Any]) -> list[list[tuple[str, ...]]]:
    """What the lines of an entry are called, from all of a name to its code alone; then with printed days."""
    ours, issued = entry["recomputed"], entry["issued"]
    names = [_ways(line, _days(line["span"])) for line in ours]
    if not ours:
        for line in issued:
            told = [each for each in (line["group"], _band(line)) if each] if line["group"] else []
            names += [[(code, *told)] for code in line["codes"]]
    for line in issued:
        codes = {each["code"]: each["group"] for each in ours} or dict.fromkeys(line["codes"], line["group"] or "")
        if line["span"] is not None and codes:
            names.append([(code, group, _band(line), _days(line["span"])) for code, group in codes.items()])
    return names


def _ways(line: dict[str, Any], days: str) -> list[tuple[str, ...]]:
    name = (line["code"], line["group"], _band(line), days)
    return [name[:length] for length in (4, 3, 2, 1)]


def _band(line: dict[str, Any]) -> str:
    return "" if line["band"] in (None, "total") else line["band"]


def _cell_of(entry: dict[str, Any], code: str, cells: Cells) -> tuple[str, ...]:
    lines = entry["recomputed"] or entry["issued"]
    days = {_days(line["span"]) for line in entry["issued"] if line["span"] is not None}
    sections = {entry["section"]} - {None} or {each for line in entry["issued"] for each in line["sections"]}
    groups, bands = {line["group"] for line in lines} - {None}, {_band(line) for line in lines} - {""}
    cell = (code, *map(_only, (groups, bands, days, sections)))
    if not entry["recomputed"]:  # a row again, of one that is printed, or by itself
        may_be = [each for each in cells if all(part in ("", of) for part, of in zip(cell[:4], each[:4], strict=True))]
        return may_be[0] if len(may_be) == 1 else cell
    if cell in cells:  # lines of other days, which the issued bill does not tell
        cell = (*cell[:3], " + ".join(sorted({_days(line["span"]) for line in entry["recomputed"]})), cell[4])
    return cell


def _order(entry: dict[str, Any]) -> tuple[bool, list[int]]:
    """Entries with printed lines first, in their order."""
    return not entry["issued"], [line["row"] for line in entry["issued"]]


def _only(names: set[Any]) -> str:
    return str(*names) if len(names) == 1 else ""


def _days(span: dict[str, str]) -> str:
    return f"{span['from']}/{span['to']}"


def _effects(parts: list[dict[str, Any]], off: Fraction) -> dict[str, Fraction] | None:
    """A difference over quantity and price; nothing where one of them is not told on both sides."""
    numbers = [part[side] for part in parts[:2] for side in ("issued", "recomputed")]
    if not numbers or None in numbers:
        return None
    quantity, our_quantity, price, our_price = map(_number, numbers)
    of_quantity = _rounded((quantity - our_quantity) * our_price, FEN)
    of_price = _rounded(quantity * (price - our_price), FEN)
    return {"quantity": of_quantity, "price": of_price, "rest": off - of_quantity - of_price}


def _fact(fact: str, of: str | None, issued: Any, recomputed: Any, verdict: str) -> dict[str, Any]:
    return {"fact": fact, "of": of, "issued": issued, "recomputed": recomputed, "verdict": verdict}


def _as_entered(line: dict[str, Any]) -> dict[str, Any]:
    """A printed line as an entry has it."""
    span = None if line["from"] is None else {"from": line["from"], "to": line["to"]}
    told = {name: line[name] for name in ("name", "group", "band", "quantity", "price", "amount")}
    return {**told, "codes": line["code"], "sections": line["section"], "span": span}


def _amount(line: dict[str, Any]) -> Fraction:
    return _number(line["amount"])


def _amounts(lines: Iterable[dict[str, Any]]) -> Fraction:
    return sum(map(_amount, lines), Fraction(0))


def _sum_of(numbers: list[str | None]) -> str | None:
    """The sum, with as many places as the number that has most; none where one is not told."""
    told = [each for each in numbers if each is not None]
    if len(told) < len(numbers):
        return None
    places = max(len(each.partition(".")[2]) for each in told)
    whole = int(sum(map(_number, told), Fraction(0)) * 10**places)
    sign, digits = "-" if whole < 0 else "", f"{abs(whole):0{places + 1}d}"
    return f"{sign}{digits[: len(digits) - places]}.{digits[len(digits) - places :]}".rstrip(".")


def _one_of(numbers: list[str | None]) -> str | None:
    """The one number that all of them are."""
    told = {None if each is None else _number(each) for each in numbers}
    return numbers[0] if len(told) == 1 else None


def _verdict(issued: str | None, ours: str | None, *, is_rounded: bool) -> str:
    """How a printed number compares; ours may be printed with fewer places."""
    if issued is None or ours is None:
        return "not_told"
    if _number(issued) == _number(ours):
        return "agrees"
    step = Fraction(1, 10 ** len(issued.partition(".")[2]))
    return "as_printed" if is_rounded and _rounded(_number(ours), step) == _number(issued) else "differs"


def _unlike(where: str, told: list[Any], expected: list[Any]) -> Iterator[Finding]:
    """Where a list is not what follows."""
    for at in range(max(len(told), len(expected))):
        if _plain(told[at : at + 1]) != _plain(expected[at : at + 1]):
            yield Finding(f"{where}/{at}", "should_be", (_shown(expected[at : at + 1]),))


def _plain(data: Any) -> Any:
    """Data of which two are equal where their numbers are, however they are written."""
    if isinstance(data, dict):
        return {key: _plain(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_plain(each) for each in data]
    return Fraction(data) if isinstance(data, str) and NUMBER.fullmatch(data) else data


def _shown(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, default=_text)


def _stated(request: Any, pointer: str) -> Any:
    """What a request has at a pointer: registers stand beside a reading's day, and a price has the number billed."""
    found = request
    try:
        for key in pointer.split("/")[1:]:
            place: Any = int(key) if isinstance(found, list) else key
            found = found["registers"][key] if isinstance(found, dict) and key not in found else found[place]
    except (KeyError, IndexError, TypeError, ValueError):
        return None
    if isinstance(found, dict) and "official" in found:
        return next(found[key] for key in ("corrected", "billed", "official") if found[key] is not None)
    return found


def _same(told: str | None, shown: str | None) -> bool:
    """Whether two texts are one text or one number."""
    if told is None or shown is None or not (NUMBER.fullmatch(told) and NUMBER.fullmatch(shown)):
        return told == shown
    return Fraction(told) == Fraction(shown)


def _number(text: str) -> Fraction:
    if NUMBER.fullmatch(text) is None:
        raise ValueError(text)
    return Fraction(text)


def _positive(step: Fraction | None) -> Fraction:
    if step is None or step <= 0:
        raise ValueError(step)
    return step


def _rounded(number: Fraction, step: Fraction) -> Fraction:
    """The nearest multiple of the step, halves away from zero."""
    count = (abs(number) / step + Fraction(1, 2)).__floor__()
    return count * step if number >= 0 else -count * step


def _cut(number: Fraction) -> Fraction:
    """The number cut to the eight places to which one without an end is shown."""
    return Fraction(int(number * 10**8), 10**8)


def _text(number: Fraction | int) -> str:
    """The number in digits, to at most twelve places."""
    whole, rest = divmod(_rounded(abs(Fraction(number)), Fraction(1, 10**12)), 1)
    digits = f"{whole}.{int(rest * 10**12):012d}".rstrip("0").removesuffix(".")
    return f"-{digits}" if number < 0 else digits


def _together(left: Amount, right: Amount) -> str | None:
    if left.unit is None or right.unit is None:
        return left.unit or right.unit
    if left.unit != right.unit:
        raise Wrong("units", left.unit, right.unit)
    return left.unit


def _of_squares(left: Amount, right: Amount) -> str | None:
    """Active and reactive energy make the square of the apparent one together."""
    return "kVAh·kVAh" if {left.unit, right.unit} == {"kWh·kWh", "kvarh·kvarh"} else None


def _times(left: Amount, right: Amount) -> Amount:
    return Amount(left.number * right.number, _unit(left, right, 1))


def _unit(left: Amount, right: Amount, sign: int) -> str:
    """The unit of a product (sign 1) or a quotient (sign -1), written as kWh, CNY/kWh or day·kVA."""
    powers: Counter[str] = Counter()
    for unit, factor in ((left.unit or "1", 1), (right.unit or "1", sign)):
        above, _, below = unit.partition("/")
        for names, side in ((above, factor), (below, -factor)):
            for name in filter(None, names.split("·")):
                for base in (HOURLY[name], "h") if name in HOURLY else (name,):
                    powers[base] += side
    del powers["1"]
    for energy, power in HOURLY.items():
        for sign_of in (1, -1):
            count = max(0, min(sign_of * powers[power], sign_of * powers["h"]))
            for name, change in ((energy, count), (power, -count), ("h", -count)):
                powers[name] += sign_of * change
    bought = "·".join(name for name in sorted(powers) for _ in range(powers[name]))
    per = "·".join(name for name in sorted(powers) for _ in range(-powers[name]))
    return (bought or "1") + (f"/{per}" if per else "")


def main(arguments: list[str] | None = None) -> int:
    """Verify a file and say what was found; 0 where nothing is wrong, 1 where something is, 2 where it is no JSON."""
    parser = argparse.ArgumentParser(
        prog="verify.py", description="Check the JSON of a bill, a comparison or a diagnosis."
    )
    parser.add_argument("bill", help="a file, or - for standard input")
    parser.add_argument("--lang", choices=["en", "zh"], default="en")
    asked = parser.parse_args(arguments)
    try:
        text = sys.stdin.buffer.read() if asked.bill == "-" else Path(asked.bill).read_bytes()
        findings = verify(json.loads(text))
    except (OSError, ValueError, RecursionError) as error:
        sys.stderr.write(f"{asked.bill}: {error}\n")
        return 2
    sys.stdout.write(report(findings, asked.lang))
    return int(any(not finding.is_open for finding in findings))


def report(findings: list[Finding], lang: str) -> str:
    """The findings as a text, the wrong ones first, and what they come to."""
    wrong = [each for each in findings if not each.is_open]
    left = [each for each in findings if each.is_open]
    marks = ("错误", "未核验") if lang == "zh" else ("WRONG", "not followed")
    lines = [
        f"{mark}  {each.where}: {each.sentence(lang)}"
        for mark, found in zip(marks, (wrong, left), strict=True)
        for each in found
    ]
    if lang == "zh":
        ends = f"错误 {len(wrong)} 处，未能核验 {len(left)} 处。" if findings else "每个数都已核验，全部成立。"
    else:
        ends = (
            f"{len(wrong)} wrong, {len(left)} not followed." if findings else "Every number was followed, and all hold."
        )
    return "\n".join([*lines, ends]) + "\n"


if __name__ == "__main__":
    sys.exit(main())
