"""What a worker makes of a request and what is to be otherwise: each change a variant, with the lines that differ."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from billcalc.advice.simulated import Outcome, simulation_statement
from billcalc.agreement.models import BasicMode
from billcalc.billing.bill import Bill
from billcalc.billing.calculate import calculate
from billcalc.fields import validated
from billcalc.files.documents import parse_document
from billcalc.files.text import read_text
from billcalc.kernel.decimals import NumberError, decimal_text, parse_decimal
from billcalc.kernel.troubles import InvalidInput, Refusal
from billcalc.runs.simulating import Variant, Variants
from billcalc.words.language import Language
from billcalc.words.lexicon import LEXICONS, Lexicon
from billcalc.words.pages import PAGES
from billcalc.words.questions import REFUSALS_OF_ANSWERS, AnswerFault, Question
from billcalc.words.saying import trouble_sentence
from billcalc_api.calculating import Answer, Tools
from billcalc_api.simulations import variant_bills
from billcalc_pages.answers import Given, refused_page, wrong_page
from billcalc_pages.asking import AskedField, asked_fields
from billcalc_pages.forms import Upload
from billcalc_pages.rendering import HTML, Frame, page
from billcalc_pages.showing import area_name, table

__all__ = ["simulation_answer", "simulation_form"]

_DEMAND = "demand"
_FIELDS = (
    Question.STANDARD,
    Question.VOLTAGE,
    Question.TRANSFORMERS,
    Question.MODE,
    Question.CONTRACT,
    _DEMAND,
)


_SHORT = {Question.VOLTAGE: "simulate_voltage", Question.TRANSFORMERS: "simulate_kva"}
"""What fields are called here, and so the variants that they make."""


class _Wrong(Exception):
    """An answer that cannot be taken: its field, and why."""

    def __init__(self, field: str, text: str) -> None:
        super().__init__(text)
        self.field = field
        self.text = text


def simulation_form(
    language: Language,
    *,
    told: Mapping[str, str] | None = None,
    wrong: Mapping[str, str] | None = None,
    fault: str = "",
    given: Given | None = None,
) -> Mapping[str, object]:
    """What the form shows.

    Args:
        language: of the visitor.
        told: what was filled in.
        wrong: by field why an answer cannot be taken.
        fault: what stands above all fields.
        given: the request, where one was given already.
    """
    fields = asked_fields(language)
    mine = {name: fields[name] for name in _FIELDS if name in fields}
    for name, word in _SHORT.items():
        mine[name] = mine[name]._replace(label=PAGES[word].of(language))
    mine[_DEMAND] = AskedField(_DEMAND, PAGES["simulate_demand"].of(language))
    return {
        "fields": mine,
        "told": told or {},
        "wrong": wrong or {},
        "fault": fault,
        "given": given,
        "about": (),
        "blocks": (),
        "unbilled": (),
    }


def simulation_answer(
    tools: Tools, frame: Frame, request: Upload, told: Mapping[str, str], file: Upload | None
) -> Answer:
    """The variants beside the request; the form once more where nothing is to be otherwise, or cannot be taken."""
    given = None
    try:
        with tools.limited():
            given = Given(request, bytes_max=tools.bytes_max, language=frame.language)
            base = calculate(given.request(), tools.catalog)
    except InvalidInput as error:
        return wrong_page(frame, error, request, given)
    if isinstance(base, Refusal):
        return refused_page(frame, base, request, given)
    data = given.document.data
    assert isinstance(data, Mapping), "it was read as a request"
    try:
        variants = [*_asked(data, told, frame.language), *_of_file(file, tools.bytes_max)]
    except _Wrong as wrong:
        values = simulation_form(frame.language, told=told, wrong={wrong.field: wrong.text}, given=given)
        return Answer(422, page("simulate", frame, values), HTML)
    except InvalidInput as error:
        assert file is not None, "fields make variants that are in order"
        return wrong_page(frame, error, file, None)
    if not variants:
        is_first = "asked" not in told
        fault = "" if is_first else PAGES["simulate_nothing"].of(frame.language)
        values = simulation_form(frame.language, told=told, fault=fault, given=given)
        return Answer(200 if is_first else 422, page("simulate", frame, values), HTML)
    found = variant_bills(tools, data, variants)
    values = {
        **simulation_form(frame.language, told=told, given=given),
        **_shown(base, found, LEXICONS[frame.language]),
    }
    return Answer(200, page("simulate", frame, values), HTML, (("bills", "pages_simulations", 1 + len(variants)),))


def _shown(base: Bill, found: Mapping[str, Outcome], lexicon: Lexicon) -> Mapping[str, object]:
    billed = {name: each for name, each in found.items() if isinstance(each, Bill)}
    head, *blocks = simulation_statement(base, billed, lexicon=lexicon)
    troubles = {name: each for name, each in found.items() if not isinstance(each, Bill)}
    area = area_name(base.area, lexicon.language)
    return {
        "about": [(str(name), area if value == base.area else str(value)) for name, value in head.rows],
        "blocks": [table(block) for block in blocks if block.rows],
        "unbilled": [(name, _why(each, lexicon)) for name, each in troubles.items()],
    }


def _why(trouble: Outcome, lexicon: Lexicon) -> Sequence[str]:
    assert not isinstance(trouble, Bill), "it was not billed"
    told = [trouble] if isinstance(trouble, Refusal) else trouble
    return list(dict.fromkeys(trouble_sentence(lexicon, each) for each in told))


def _of_file(file: Upload | None, bytes_max: int) -> Sequence[Variant]:
    """The variants of a file.

    Raises:
        InvalidInput: where it holds none.
    """
    if file is None:
        return ()
    text = read_text(file.content, name=file.name, max_bytes=bytes_max)
    document = parse_document(text.content, name=text.name)
    told = validated(Variants, document.data, where=document.where, where_key=document.where_key)
    return told.variants


def _asked(data: Mapping[str, Any], told: Mapping[str, str], language: Language) -> Iterator[Variant]:
    """A variant for each thing that is to be otherwise.

    Raises:
        _Wrong: where an answer cannot be taken.
    """
    fields = asked_fields(language)
    entries = data["agreement"]
    points = [(number, name) for number, entry in enumerate(entries) for name in entry["supply_points"]]
    for question in (Question.STANDARD, Question.VOLTAGE):
        if chosen := told.get(question, ""):
            word = dict(fields[question].options).get(chosen)
            label = PAGES[_SHORT[question]].of(language) if question in _SHORT else fields[question].label
            if word is None:
                raise _Wrong(question, PAGES["choose"].of(language))
            groups = [(number, name) for number, entry in enumerate(entries) for name in entry["groups"]]
            places = (
                [f"/agreement/{at}/supply_points/{_key(name)}/power_factor_standard" for at, name in points]
                if question is Question.STANDARD
                else [f"/agreement/{at}/groups/{_key(name)}/voltage" for at, name in groups]
            )
            yield Variant(name=f"{label} {word}", edits=dict.fromkeys(places, chosen))
    if kva := _numbers(Question.TRANSFORMERS, told, language):
        yield Variant(
            name=f"{PAGES['simulate_kva'].of(language)} {'+'.join(kva)}", edits=_transformers(data, kva, language)
        )
    if mode := told.get(Question.MODE, ""):
        yield _mode(mode, {name for _, name in points}, len(entries), told, language)


def _transformers(data: Mapping[str, Any], kva: Sequence[str], language: Language) -> dict[str, str]:
    """The places of all transformers, with their capacities in the same order."""
    edits: dict[str, str] = {}
    for at, entry in enumerate(data["agreement"]):
        places = [
            f"/agreement/{at}/supply_points/{_key(name)}/transformers/{number}/kva"
            for name, point in entry["supply_points"].items()
            for number, _ in enumerate(point.get("transformers", ()))
        ]
        if len(places) != len(kva):
            text = PAGES["simulate_transformers"].of(language).format(count=len(places))
            raise _Wrong(Question.TRANSFORMERS, text)
        edits |= dict(zip(places, kva, strict=True))
    return edits


def _mode(mode: str, points: set[str], entries: int, told: Mapping[str, str], language: Language) -> Variant:
    """Another way of paying the basic charge, with the contract and the demand that it needs."""
    known = {each.value: word for each, word in zip(BasicMode, _mode_words(language), strict=True)}
    if mode not in known:
        raise _Wrong(Question.MODE, PAGES["choose"].of(language))
    name, basic = known[mode], dict[str, Any](mode=mode)
    patch: dict[str, Any] | None = None
    if mode == BasicMode.CONTRACTED:
        [contract, *_] = _numbers(Question.CONTRACT, told, language) or [""]
        if not contract:
            text = REFUSALS_OF_ANSWERS[AnswerFault.NUMBER].of(language).format(answer="", known="")
            raise _Wrong(Question.CONTRACT, text)
        basic["contracts"] = dict.fromkeys(points, contract)
        name = f"{name} {contract} kW"
    if demand := _numbers(_DEMAND, told, language):
        patch = {"facts": {point: {"demand_kw": demand[0]} for point in points}}
    return Variant(name=name, patch=patch, edits={f"/agreement/{at}/basic": basic for at in range(entries)})


def _mode_words(language: Language) -> Sequence[str]:
    words = dict(asked_fields(language)[Question.MODE].options)
    return [words.get(each.value, each.value) for each in BasicMode]


def _numbers(name: str, told: Mapping[str, str], language: Language) -> Sequence[str]:
    """The numbers of a field.

    Raises:
        _Wrong: where one is none.
    """
    found = []
    for text in told.get(name, "").replace("、", " ").replace("+", " ").split():
        try:
            number = parse_decimal(text)
        except NumberError:
            number = None
        if number is None or number < 0:
            raise _Wrong(name, REFUSALS_OF_ANSWERS[AnswerFault.NUMBER].of(language).format(answer=text, known=""))
        found.append(decimal_text(number))
    return found


def _key(name: str) -> str:
    """A name as a part of a JSON pointer."""
    return name.replace("~", "~0").replace("/", "~1")
