"""The language of an answer: what ``lang`` asks for, else what ``Accept-Language`` would rather have, else English."""

import re

import pytest

from billcalc_api.languages import _preferred
from billcalc_api.problems import PROBLEM_TYPE
from tests.api.calling import Caller, contract, request_data
from tests.api.calling import service as new_service

CHINESE = {"accept-language": "zh-CN,zh;q=0.9,en;q=0.8"}
OPERATIONS = [
    (method, path)
    for path, operations in contract()["paths"].items()
    for method, operation in operations.items()
    if any(each["name"] == "lang" for each in operation.get("parameters", ()))
]


@pytest.mark.parametrize(
    ("accepted", "found"),
    [
        ("", "en"),
        ("zh", "zh"),
        ("ZH-Hant-TW", "zh"),
        ("fr, zh;q=0.8, en;q=0.3", "zh"),
        ("en, zh", "en"),
        ("zh;q=0.5, en;q=0.75", "en"),
        ("zh;q=0, *", "en"),
        ("zh;q=2, en;q=x", "en"),
        ("zh; charset=x; q=1.000, en", "zh"),
        ("fr, de", "en"),
        (";;,=,q=1", "en"),
    ],
)
def test_the_language_of_the_highest_quality_is_spoken(accepted: str, found: str) -> None:
    assert _preferred(accepted) == found


def test_a_parameter_is_above_a_header(service: Caller) -> None:
    told = service("GET", "/v1/problems/busy?lang=en", headers=CHINESE)
    assert (told.json()["what"], told.headers["content-language"]) == (
        "All places or all who calculate are at work",
        "en",
    )
    assert service("GET", "/v1/problems/busy", headers=CHINESE).json()["what"] == "处理能力已占满"


@pytest.mark.parametrize("path", ["/v1/areas", "/v1/tariffs", "/v1/problems/busy"])
def test_every_route_takes_a_language_and_tells_so_where_another_parameter_is_wrong(service: Caller, path: str) -> None:
    assert service("GET", f"{path}?lang=zh").status_code == 200
    told = service("GET", f"{path}?lang=zh&langue=zh")
    assert told.status_code == 400
    [wrong] = told.json()["parameters"]
    assert wrong["parameter"] == "langue"
    assert "lang" in wrong["message"]


def test_an_answer_without_sentences_has_no_language(service: Caller) -> None:
    for path in ("/v1/areas", "/healthz", "/metrics"):
        assert "content-language" not in service("GET", path, headers=CHINESE).headers


def test_a_bill_is_in_the_language_that_is_asked_for(service: Caller) -> None:
    answer = service("POST", "/v1/bills", json=request_data("hubei-2025-10"), headers=CHINESE)
    assert (answer.headers["content-language"], answer.headers["vary"]) == ("zh", "accept-language")
    messages = [problem["message"] for problem in answer.json()["problems"]]
    assert messages
    assert all(re.search("[\u4e00-\u9fff]", message) for message in messages)


def test_every_route_that_may_refuse_does_so_in_chinese() -> None:
    service = new_service()
    assert len(OPERATIONS) > 15
    for method, path in OPERATIONS:
        asked = re.sub(r"{[^}]*}", "1", path)
        answer = service(method.upper(), f"{asked}?nothing=1", headers=CHINESE)
        assert answer.headers["content-type"] == PROBLEM_TYPE, path
        assert answer.headers["content-language"] == "zh", path
        told = answer.json()
        sentences = [told["title"], told["detail"], *(each["message"] for each in told.get("parameters", ()))]
        assert all(re.search("[\u4e00-\u9fff]", sentence) for sentence in sentences), sentences


@pytest.mark.parametrize(
    ("method", "path", "told"),
    [
        ("GET", "/nowhere", "该路径下没有内容；请在接口约定 /openapi.json 中查找路径"),
        ("GET", "/v1/tariffs/none", "没有这个编号的文件；请在 GET /v1/tariffs 中查找"),
        ("GET", "/v1/findings", "本服务不保存稽查发现；请用 BILLCALC_STORE 启动"),
        ("POST", "/v1/bills?explain=x", "参数缺失、格式不符、无法识别或重复出现；请逐一改正 parameters 中列出的参数"),
        ("GET", "/v1/price-sheets", "参数缺失、格式不符、无法识别或重复出现；请逐一改正 parameters 中列出的参数"),
    ],
)
def test_what_the_service_itself_refuses_is_told_in_chinese(service: Caller, method: str, path: str, told: str) -> None:
    assert service(method, path, headers=CHINESE).json()["detail"] == told


def test_a_parameter_is_corrected_in_chinese(service: Caller) -> None:
    told = service("GET", "/v1/price-sheets?on=x&area=cn-guangxi&area=cn", headers=CHINESE).json()["parameters"]
    assert [each["message"] for each in told] == ["该参数重复出现；请只保留一个"]
    told = service("GET", "/v1/price-sheets?on=x&billing=x&area=cn-guangxi", headers=CHINESE).json()["parameters"]
    messages = {each["parameter"]: each["message"] for each in told}
    assert messages["class"] == "缺少该参数"
    assert messages["billing"].startswith("请使用以下之一：")
    assert messages["on"] == "取值不符合要求"


def test_a_body_that_is_too_large_is_told_in_chinese() -> None:
    answer = new_service(body_bytes_max=10)("POST", "/v1/bills", json=request_data(), headers=CHINESE)
    assert answer.json()["detail"] == "请求内容超过 10 字节；请拆分"


def test_a_line_of_a_batch_is_told_in_the_language_that_is_asked_for(service: Caller) -> None:
    content = b'{"area": 1}\n'
    answer = service(
        "POST", "/v1/bills:batch", content=content, headers={"content-type": "application/x-ndjson"} | CHINESE
    )
    assert "缺少键" in answer.text
    assert answer.headers["content-language"] == "zh"
