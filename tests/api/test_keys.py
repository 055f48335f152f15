"""API keys: shown once, hashed at rest, listed and revoked; what is damaged is said."""

import stat
from pathlib import Path

import pytest
from click.testing import CliRunner

from billcalc_api.keys import create_key, matches, read_keys, revoke_key
from billcalc_api.keys_command import keys as command


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "keys.jsonl"


def test_a_key_is_kept_as_a_hash_that_only_its_owner_reads(path: Path) -> None:
    key = create_key(path, "audit")

    assert key not in path.read_text(encoding="utf-8")
    assert key.removeprefix("bck_") not in path.read_text(encoding="utf-8")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert matches(key, read_keys(path)) == "audit"
    assert matches(key + "x", read_keys(path)) is None


def test_keys_are_known_by_name(path: Path) -> None:
    first, second = create_key(path, "audit"), create_key(path, "billing")
    with pytest.raises(ValueError, match='there is a key "audit" already'):
        create_key(path, "audit")
    revoke_key(path, "audit")

    assert [record.name for record in read_keys(path)] == ["billing"]
    assert (matches(first, read_keys(path)), matches(second, read_keys(path))) == (None, "billing")
    with pytest.raises(ValueError, match='there is no key "audit"'):
        revoke_key(path, "audit")


@pytest.mark.parametrize("line", ["not json", "{}", '{"name": "a"}', "[1]"])
def test_a_damaged_line_is_named_and_not_shown(path: Path, line: str) -> None:
    create_key(path, "audit")
    path.write_text(path.read_text(encoding="utf-8") + line + "\n", encoding="utf-8")

    with pytest.raises(ValueError, match=r"keys\.jsonl:2: this line is not an API key") as caught:
        read_keys(path)
    assert line not in str(caught.value)


def test_the_command_makes_lists_and_revokes(path: Path) -> None:
    def call(*arguments: str) -> tuple[int, str]:
        result = CliRunner().invoke(command, [*arguments, "--file", str(path)])
        return result.exit_code, result.output

    created = CliRunner().invoke(command, ["create", "audit", "--file", str(path)])
    code, key = created.exit_code, created.stdout
    assert created.stderr == f"its hash is kept in {path}: start the service with --keys {path}\n"
    assert (code, matches(key.strip(), read_keys(path))) == (0, "audit")
    assert call("create", "audit") == (1, 'Error: there is a key "audit" already: revoke it, or choose another name\n')
    assert call("list")[1].endswith("  audit\n")
    assert call("revoke", "audit") == (0, "")
    assert call("revoke", "audit") == (1, 'Error: there is no key "audit"\n')
    assert call("list") == (0, "")
    path.write_text("damage\n", encoding="utf-8")
    assert call("list")[0] == 1


def test_the_help_shows_an_example() -> None:
    assert "billcalc keys create audit-team" in CliRunner().invoke(command, ["--help"]).output
