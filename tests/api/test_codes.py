"""The catalogue of problems: every code that the service may answer, in both languages."""

import re

import pytest

from billcalc.kernel.codes import FaultCode, ProblemCode, RefusalCode
from billcalc.words.service import ServiceCode
from tests.api.calling import ROOT, Caller, problem_of

KINDS = {"fault": FaultCode, "refusal": RefusalCode, "problem": ProblemCode, "service": ServiceCode}
SOURCE = "".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "api" / "billcalc_api").glob("*.py")))


def test_every_code_stands_once_under_its_kind(service: Caller) -> None:
    items = service("GET", "/v1/problems").json()["items"]

    assert [(each["kind"], each["code"]) for each in items] == [
        (kind, code) for kind, codes in KINDS.items() for code in sorted(each.value for each in codes)
    ]
    assert len({each["code"] for each in items}) == len(items)


@pytest.mark.parametrize(("lang", "page"), [("en", "errors.md"), ("zh", "errors.zh-CN.md")])
def test_the_catalogue_says_what_the_page_of_errors_says(service: Caller, lang: str, page: str) -> None:
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")

    for each in service("GET", f"/v1/problems?lang={lang}").json()["items"]:
        [entry] = re.findall(rf"### `{each['code']}`\n\n(.*)\n", text)
        assert entry.startswith(each["what"])
        assert each["do"] in entry


@pytest.mark.parametrize(
    ("code", "lang", "told"),
    [
        (
            "store_newer",
            "en",
            ("fault", "The store was made by a later version of billcalc", "Install that version"),
        ),
        ("store_newer", "zh", ("fault", "该发现库由更新版本的 billcalc 建立", "请安装该版本")),
        (
            "unknown_cursor",
            "en",
            ("service", "The cursor was not given by this service", "Start without one"),
        ),
    ],
)
def test_one_code_is_told(service: Caller, code: str, lang: str, told: tuple[str, str, str]) -> None:
    kind, what, do = told

    assert service("GET", f"/v1/problems/{code}?lang={lang}").json() == {
        "code": code, "kind": kind, "what": what, "do": do,
    }  # fmt: skip


def test_an_unknown_code_is_not_found_and_its_own_code_is(service: Caller) -> None:
    answer = service("GET", "/v1/problems/no_such_code?lang=zh")

    assert problem_of(answer) == (404, "unknown_code")
    assert answer.json()["title"] == "没有这项内容"
    assert service("GET", "/v1/problems/unknown_code").status_code == 200


def test_what_the_service_answers_is_in_the_catalogue(service: Caller) -> None:
    answered = set(re.findall(r'problem\(\s*[0-9]{3}, "([a-z_]+)"', SOURCE))
    told = {each["code"] for each in service("GET", "/v1/problems").json()["items"]}

    assert {"busy", "unauthorized", "unknown_cursor"} <= answered <= told
    for method, path in (("GET", "/v1/nothing"), ("DELETE", "/v1/problems")):
        assert problem_of(service(method, path))[1] in told


@pytest.mark.parametrize(
    ("method", "path", "code"),
    [
        ("POST", "/v1/bills", "missing_key"),
        ("GET", "/v1/coverage?area=cn-anhu", "unknown_area"),
        ("GET", "/v1/tariffs?limit=0", "invalid_parameter"),
        ("GET", "/v1/nothing", "not_found"),
    ],
)
def test_the_type_of_a_problem_leads_to_what_it_means(service: Caller, method: str, path: str, code: str) -> None:
    told = service(method, path, json={}).json()

    assert told["code"] == code
    assert service("GET", told["type"]).json()["code"] == code
