"""Calls of the service, in process; every answer is held to the committed contract."""

import asyncio
import json
import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import httpx
import yaml
from fastapi import FastAPI
from jsonschema import Draft202012Validator

from billcalc.library.catalog import load_catalog
from billcalc.tariff.catalog import Catalog
from billcalc_api.app import create_app
from billcalc_api.settings import Settings

ROOT = Path(__file__).parents[2]
CONTRACT = ROOT / "api" / "openapi.json"
LINES = "application/x-ndjson"
OFFICIAL = sorted(path.parent.name for path in (ROOT / "fixtures" / "official").glob("*/request.yaml"))
P1 = "guangxi-2024-06-p1"


@cache
def tariffs() -> Catalog:
    return load_catalog(ROOT / "tariffs")


@cache
def contract() -> dict[str, Any]:
    document: dict[str, Any] = json.loads(CONTRACT.read_text(encoding="utf-8"))
    return document


@cache
def request_text(name: str) -> str:
    """The request of a real bill as JSON."""
    text = (ROOT / "fixtures" / "official" / name / "request.yaml").read_text(encoding="utf-8")
    data = json.dumps(yaml.load(text, yaml.BaseLoader), ensure_ascii=False)
    return data.replace('"true"', "true").replace('"false"', "false")


def request_data(name: str = P1) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(request_text(name))
    return data


def json_lines(requests: Iterable[object]) -> bytes:
    return b"".join(json.dumps(each, ensure_ascii=False).encode() + b"\n" for each in requests)


def hold_to_contract(method: str, path: str, answer: httpx.Response) -> None:
    """See that an answer is one that the contract tells of, in the shape it tells."""
    operation = operation_of(method, path)
    if operation is None:
        return
    told = operation["responses"].get(str(answer.status_code))
    assert told is not None, f"{method} {path} answers {answer.status_code}, which is not in the contract"
    if "content" not in told:
        assert answer.content == b""
        return
    media_type = answer.headers["content-type"].partition(";")[0]
    assert media_type in told["content"], f"{method} {path} answers {media_type}"
    if media_type == LINES:
        told = {re.sub(rb'^{"index":[0-9]+,', b'{"index":0,', line) for line in answer.content.splitlines()}
        for line in told:  # of those that differ in their number alone one stands for all
            hold_to_schema({"$ref": "#/components/schemas/BatchLine"}, json.loads(line))
    elif media_type.endswith("json"):
        hold_to_schema(told["content"][media_type]["schema"], answer.json())


def operation_of(method: str, path: str) -> dict[str, Any] | None:
    for template, operations in contract()["paths"].items():
        pattern = re.sub(r"\{[a-z_]+\}", ".+", template.replace(".", r"\."))
        if re.fullmatch(pattern, path.partition("?")[0]):
            found: dict[str, Any] | None = operations.get(method.lower())
            return found
    return None


@cache
def _validator(schema: str) -> Draft202012Validator:
    return Draft202012Validator({**json.loads(schema), "components": contract()["components"]})


def hold_to_schema(schema: Mapping[str, Any], data: object) -> None:
    _validator(json.dumps(schema)).validate(data)


class Caller:
    """Calls one service."""

    def __init__(self, app: FastAPI) -> None:
        self.app = app

    def __call__(self, method: str, path: str, **options: Any) -> httpx.Response:
        """The whole answer to one request."""
        answer = asyncio.run(self._send(method, path, options))
        hold_to_contract(method, path, answer)
        return answer

    async def _send(self, method: str, path: str, options: dict[str, Any]) -> httpx.Response:
        transport = httpx.ASGITransport(self.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            return await client.request(method, path, **options)

    def bill(self, data: object, *, explain: str = "none") -> httpx.Response:
        """``POST /v1/bills``."""
        return self("POST", f"/v1/bills?explain={explain}", json=data)

    def batch(self, content: bytes) -> list[dict[str, Any]]:
        """The lines of ``POST /v1/bills:batch``."""
        answer = self("POST", "/v1/bills:batch", content=content, headers={"content-type": LINES})
        assert answer.status_code == 200
        return [json.loads(line) for line in answer.content.splitlines()]


def service(**settings: Any) -> Caller:
    """A service of its own with some settings."""
    return Caller(create_app(Settings(**settings), tariffs()))


def problem_of(answer: httpx.Response) -> tuple[int, str]:
    """The status and code of a problem."""
    assert answer.headers["content-type"] == "application/problem+json"
    told = answer.json()
    assert told["status"] == answer.status_code
    assert told["type"] == f"/v1/problems/{told['code']}"
    return answer.status_code, told["code"]
