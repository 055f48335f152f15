"""The root of the service leads to everything else."""

from pathlib import Path

from billcalc import __version__
from tests.api.calling import Caller, problem_of
from tests.api.calling import service as new_service


def test_the_root_leads_to_the_contract_and_the_catalogues(service: Caller) -> None:
    told = service("GET", "/").json()

    assert (told.pop("name"), told.pop("version")) == ("billcalc", __version__)
    assert set(told) == {"contract", "problems", "areas", "coverage", "tariffs"}
    assert {name: service("GET", path).status_code for name, path in told.items()} == dict.fromkeys(told, 200)


def test_the_root_is_only_read_and_needs_the_key_as_the_rest_does(service: Caller, tmp_path: Path) -> None:
    assert problem_of(service("POST", "/")) == (405, "method_not_allowed")
    (tmp_path / "keys.jsonl").write_text("", encoding="utf-8")
    assert problem_of(new_service(keys=tmp_path / "keys.jsonl")("GET", "/")) == (401, "unauthorized")
