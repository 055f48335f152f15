"""API keys: shown once, hashed at rest, listed and revoked; what is damaged is said."""

import stat
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from billcalc.words.keys import KeysTrouble
from billcalc.words.language import Language
from billcalc_api.keys import KeyFile, create_key, matches, read_keys, revoke_key
from billcalc_api.keys_command import keys as command
from billcalc_api.keys_error import KeysError
from tests.files.faults import Killed, faulty_disk


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
    assert call("create", "audit") == (2, 'Error: there is a key "audit" already: revoke it, or choose another name\n')
    assert call("list")[1].endswith("  audit\n")
    assert call("revoke", "audit") == (0, "")
    assert call("revoke", "audit") == (2, 'Error: there is no key "audit"\n')
    assert call("list") == (0, "")
    path.write_text("damage\n", encoding="utf-8")
    assert call("list")[0] == 2


def test_the_help_shows_an_example() -> None:
    assert "billcalc keys create audit-team" in CliRunner().invoke(command, ["--help"]).output


AT_ONCE = """
import os, sys
from pathlib import Path
from billcalc_api.keys import create_key, revoke_key

path, left = Path(sys.argv[1]), []
for name in [*sys.argv[2:], None]:
    if (child := os.fork()) == 0:
        print(create_key(path, name) if name else revoke_key(path, "old") or "", flush=True)
        os._exit(0)
    left.append(child)
sys.exit(any(os.waitpid(child, 0)[1] for child in left))
"""


def test_keys_made_and_revoked_at_once_are_all_kept_and_all_gone(path: Path) -> None:
    create_key(path, "old")
    names = [f"key{number}" for number in range(12)]
    call = subprocess.run([sys.executable, "-c", AT_ONCE, path, *names], capture_output=True, text=True, check=True)

    assert {matches(key, read_keys(path)) for key in call.stdout.split()} == set(names)
    assert {record.name for record in read_keys(path)} == set(names)


@given(name=st.text(min_size=1, max_size=200))
@example("\u2028").via("a separator of lines")
@example("a\u0085b").via("a separator of lines")
@example("a\nb\r\x0b\x0c\x1c\x00").via("separators of lines")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_key_has_one_line_whatever_its_name(tmp_path: Path, name: str) -> None:
    path = tmp_path / "named"
    path.unlink(missing_ok=True)
    create_key(path, "first")
    key = create_key(path, name) if name != "first" else ""
    listed = CliRunner().invoke(command, ["list", "--file", str(path)]).output

    assert matches(key, read_keys(path)) == (name if key else None)
    assert len(path.read_bytes().splitlines()) == len(listed.splitlines()) == (2 if key else 1)


def test_a_name_with_a_separator_of_lines_in_an_older_file_is_read(path: Path) -> None:
    key = create_key(path, "a\u2028b")
    path.write_text(path.read_text(encoding="utf-8").replace("\\u2028", "\u2028"), encoding="utf-8")

    assert matches(key, read_keys(path)) == "a\u2028b"


@pytest.mark.parametrize("name", ["", "x" * 201, "\udcff"])
def test_what_can_be_no_name_is_refused(path: Path, name: str) -> None:
    with pytest.raises(KeysError, match="give a text of 1 to 200 characters"):
        create_key(path, name)
    assert not path.exists()


@pytest.mark.parametrize(
    "line",
    [
        '{"name": 1, "sha256": "a", "created": ""}',
        '{"name": "a", "sha256": "é", "created": ""}',
        "",
        "[" * 100_000,
        "\ud800",
    ],
)
def test_a_line_that_is_no_record_is_damage(path: Path, line: str) -> None:
    path.write_bytes(line.encode("utf-8", "surrogatepass") + b"\n")

    with pytest.raises(KeysError, match=r"keys\.jsonl:1: this line is not an API key"):
        read_keys(path)


@pytest.mark.parametrize(
    ("broken", "english", "chinese"),
    [
        ("directory", "cannot be read: it is not a file", "无法读取密钥文件"),
        ("no directory", "cannot be written: No such file or directory", "无法写入密钥文件"),
        ("device", "cannot be read: it is not a file", "无法读取密钥文件"),
        ("circle", "cannot be", "无法"),
        ("damaged", "this line is not an API key", "这一行不是 API 密钥"),
        ("taken", 'there is a key "a" already', "已有名为“a”的密钥"),
    ],
)
@pytest.mark.parametrize("locale", ["C.UTF-8", "zh_CN.UTF-8"])
def test_a_file_that_cannot_be_used_is_told_in_both_languages(
    tmp_path: Path, broken: str, english: str, chinese: str, locale: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = {"no directory": tmp_path / "none" / "keys", "device": Path("/dev/zero")}.get(broken, tmp_path / "keys")
    match broken:
        case "directory":
            path.mkdir()
        case "circle":
            path.symlink_to(path)
        case "damaged":
            path.write_text("damage", encoding="utf-8")
        case "taken":
            create_key(path, "a")
    monkeypatch.setenv("LC_ALL", locale)
    result = CliRunner().invoke(command, ["create", "a", "--file", str(path)])

    assert result.exit_code == (2 if broken in ("damaged", "taken") else 4)
    assert isinstance(result.exception, SystemExit)
    assert (chinese if locale.startswith("zh") else english) in result.output
    assert "Traceback" not in result.output


def test_every_trouble_has_both_sentences_with_the_same_facts() -> None:
    facts = {"path": "P", "reason": "R", "line": "L", "name": "N", "limit": "M"}
    for trouble in KeysTrouble:
        english, chinese = (
            KeysError(trouble, **facts).told(language) for language in (Language.ENGLISH, Language.CHINESE)
        )
        assert english != chinese
        assert {fact for fact in "PRLNM" if fact in english.replace("API", "")} == {
            fact for fact in "PRLNM" if fact in chinese.replace("API", "")
        }


@pytest.mark.parametrize("is_killed", [False, True])
@pytest.mark.parametrize("change", ["first", "another", "revoke"])
def test_a_failure_of_any_write_sync_or_rename_leaves_the_old_keys_or_the_new(
    tmp_path: Path, change: str, is_killed: bool
) -> None:
    for number in range(1, 100):
        path = tmp_path / str(number) / "keys"
        path.parent.mkdir()
        before = set() if change == "first" else {"old"}
        if before:
            create_key(path, "old")
        after = set() if change == "revoke" else {*before, "new"}
        with faulty_disk(number, is_killed=is_killed) as faults, suppress(KeysError, Killed):
            revoke_key(path, "old") if change == "revoke" else create_key(path, "new")
        found = {record.name for record in read_keys(path)}

        assert found in ((after,) if faults.happened is None else (before, after)), faults
        assert not (path.exists() and path.stat().st_size and stat.S_IMODE(path.stat().st_mode) != 0o600)
        create_key(path, "next")
        assert {each.name for each in path.parent.iterdir()} == {"keys"}
        assert {record.name for record in read_keys(path)} == {*found, "next"}
        if faults.happened is None:
            return
    raise AssertionError("it never succeeds")


def test_a_full_disk_is_told(path: Path) -> None:
    with faulty_disk(1, is_killed=False), pytest.raises(KeysError, match="No space left on device"):
        create_key(path, "a")


def test_a_running_service_knows_the_keys_that_are_in_the_file_now(path: Path) -> None:
    file = KeyFile(path)
    assert file.records() == ()
    key = create_key(path, "a")
    assert matches(key, file.records()) == "a"
    assert file.records() is file.records()
    revoke_key(path, "a")
    assert file.records() == ()
    path.write_text("damage\n", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(KeysError):
            file.records()
    path.unlink()
    assert file.records() == ()
