"""What a key may do: its scopes, its limits, and the change of a key while the service runs."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from billcalc_api.keys import KeyFile, create_key, matches, read_keys, renew_key, revoke_key
from billcalc_api.keys_command import keys as command
from billcalc_api.keys_error import KeysError
from billcalc_api.rights import Allowances, Right, right_for
from tests.api.calling import contract, problem_of, request_data
from tests.api.calling import service as new_service

FREE = ("/", "/healthz", "/readyz", "/v1/problems", "/v1/problems/{code}")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "keys.jsonl"


def bearer(key: str, **more: str) -> dict[str, str]:
    return {"authorization": f"Bearer {key}", **more}


def test_every_path_of_the_contract_is_in_a_scope_or_for_every_key() -> None:
    found = {path: right_for(path) for path in contract()["paths"]}
    assert sorted(path for path, right in found.items() if right is None) == sorted(FREE)
    assert set(found.values()) == {*Right, None} - {Right.PAGES}


def test_a_key_does_what_is_in_its_scopes(path: Path) -> None:
    service = new_service(keys=path)
    of_bills, of_tariffs = (
        create_key(path, "erp", scopes=["bill"]),
        create_key(path, "bi", scopes=["tariffs", "metrics"]),
    )
    all_of_it = create_key(path, "office")

    def status(key: str, method: str, asked: str, body: object = None) -> int:
        return service(method, asked, headers=bearer(key), **({} if body is None else {"json": body})).status_code

    assert status(of_bills, "POST", "/v1/bills", request_data()) == status(all_of_it, "GET", "/metrics") == 200
    assert status(of_bills, "GET", "/v1/problems") == status(of_tariffs, "GET", "/v1/areas") == 200
    assert status(of_bills, "GET", "/v1/areas") == status(of_bills, "GET", "/metrics") == 403
    assert status(of_tariffs, "POST", "/v1/bills", request_data()) == 403
    refused = service("GET", "/v1/areas", headers=bearer(of_bills, **{"accept-language": "zh"}))
    assert problem_of(refused) == (403, "out_of_scope")
    assert refused.json()["detail"] == "该密钥无权进行此事项；请向服务的运行人员申请具有该权限的密钥"


def test_a_key_sends_its_share_of_a_minute() -> None:
    now = [0.0]
    allowances = Allowances(lambda: now[0])
    assert [allowances.wait("a", 2) for _ in range(3)] == [0, 0, 31]
    assert allowances.wait("b", 2) == 0
    now[0] = 29.0
    assert allowances.wait("a", 2) == 1
    now[0] = 31.0
    assert [allowances.wait("a", 2) for _ in range(2)] == [0, 29]
    now[0] = 1000.0  # what is not sent does not add up
    assert [allowances.wait("a", 2) for _ in range(3)] == [0, 0, 31]


def test_who_sends_more_is_told_when_to_come_back(path: Path) -> None:
    service, key = new_service(keys=path), create_key(path, "erp", per_minute=1)
    assert service("GET", "/v1/areas", headers=bearer(key)).status_code == 200
    told = service("GET", "/v1/areas", headers=bearer(key))
    assert problem_of(told) == (429, "too_many_requests")
    assert 1 <= int(told.headers["retry-after"]) <= 61


def test_a_key_has_no_more_places_than_its_own_limit(path: Path) -> None:
    service, key = new_service(keys=path), create_key(path, "erp", at_once=1)
    service.app.state.service.active["erp"] = 1
    assert problem_of(service("GET", "/v1/areas", headers=bearer(key))) == (429, "too_many_requests")
    service.app.state.service.active["erp"] = 0
    assert service("GET", "/v1/areas", headers=bearer(key)).status_code == 200


def test_a_key_is_changed_while_the_service_runs(path: Path) -> None:
    first = create_key(path, "erp", scopes=["bill"], per_minute=600, at_once=4)
    service = new_service(keys=path)
    second = renew_key(path, "erp")

    def known(key: str) -> bool:
        return service("GET", "/v1/problems/busy", headers=bearer(key)).status_code == 200

    assert (known(first), known(second)) == (True, True)
    one, other = read_keys(path)
    assert (one.name, one.scopes, one.per_minute, one.at_once) == (other.name, ("bill",), 600, 4)
    revoke_key(path, "erp", older=True)
    assert (known(first), known(second)) == (False, True)
    revoke_key(path, "erp")
    assert not known(second)
    with pytest.raises(KeysError, match='there is no key "erp"'):
        renew_key(path, "erp")


def test_the_command_gives_rights_and_changes_keys(path: Path) -> None:
    def call(*arguments: str) -> str:
        return CliRunner().invoke(command, [*arguments, "--file", str(path)]).stdout

    call("create", "erp", "--scope", "bill", "--scope", "tariffs", "--per-minute", "600", "--at-once", "4")
    call("create", "office")
    key = call("renew", "erp").strip()
    assert matches(key, KeyFile(path).records()) == "erp"
    erp, office, renewed = call("list").splitlines()
    assert erp == renewed
    assert erp.endswith("  erp  bill tariffs per-minute=600 at-once=4")
    assert office.endswith("  office")
    call("revoke", "erp", "--older")
    assert len(call("list").splitlines()) == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"scopes": ["x"]},
        {"scopes": 1},
        {"scopes": [[]]},
        {"per_minute": 0},
        {"per_minute": True},
        {"at_once": "1"},
        {"x": 1},
    ],
)
def test_a_line_with_rights_that_are_none_is_damage(path: Path, wrong: dict[str, object]) -> None:
    create_key(path, "erp")
    path.write_text(json.dumps({**json.loads(path.read_text(encoding="utf-8")), **wrong}) + "\n", encoding="utf-8")
    with pytest.raises(KeysError, match="this line is not an API key"):
        read_keys(path)


def test_a_key_without_rights_is_kept_as_before(path: Path) -> None:
    create_key(path, "erp")
    assert list(json.loads(path.read_text(encoding="utf-8"))) == ["name", "sha256", "created"]
