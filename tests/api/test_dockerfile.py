"""The image: pinned, without rights, watched, and without secrets. It is not built here."""

import re

from tests.api.calling import ROOT

LINES = [
    line
    for line in (ROOT / "api" / "Dockerfile").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


def told(word: str) -> list[str]:
    return [line.removeprefix(word).strip() for line in LINES if line.startswith(word + " ")]


def test_every_base_is_pinned_to_a_patch_version() -> None:
    assert told("FROM")
    assert all(re.fullmatch(r"[a-z/]+:\d+\.\d+\.\d+[a-z-]*( AS [a-z]+)?", base) for base in told("FROM"))


def test_the_service_runs_without_rights() -> None:
    [user] = told("USER")
    assert user not in ("0", "root")
    assert LINES.index(f"USER {user}") < next(place for place, line in enumerate(LINES) if line.startswith("CMD "))


def test_its_health_is_watched() -> None:
    assert "/readyz" in told("HEALTHCHECK")[0]


def test_nothing_is_fetched_or_hidden_in_it() -> None:
    assert told("ADD") == []
    text = "\n".join(LINES)
    assert not re.search(r"curl|wget|bck_|password|token|secret", text, re.IGNORECASE)
    assert all(
        (ROOT / source).exists() for copied in told("COPY") if "--from" not in copied for source in copied.split()[:-1]
    )


def test_it_starts_the_service_with_keys_on() -> None:
    assert told("CMD") == ['["billcalc", "serve"]']
    assert "BILLCALC_KEYS=" in told("ENV")[0]


def test_it_installs_what_is_locked_and_nothing_else() -> None:
    text = (ROOT / "api" / "Dockerfile").read_text(encoding="utf-8")
    installs = [line for line in text.splitlines() if "pip install" in line]

    assert ["--require-hashes --requirement requirements/api.txt" in line for line in installs] == [True, False]
    assert "--no-deps --no-build-isolation ." in installs[1]
