"""What is settled once holds for every call, unless it is told nearer; and the doctor tells it."""

from pathlib import Path

import pytest

from billcalc.cli.settings import Settings, read_settings
from billcalc.kernel.troubles import InvalidInput
from tests.cli.calling import P1, ROOT, call, data_of
from tests.few_tariffs import few_tariffs

TARIFFS = str(few_tariffs())


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


def env(config: Path, **more: str) -> dict[str, str]:
    return {"BILLCALC_CONFIG": str(config), **more}


def test_the_language_of_the_file_goes_before_the_locale_and_behind_all_else(config: Path) -> None:
    config.write_text("language = 'zh'")
    assert "没有命令" in call("bil", env=env(config, LANG="en_US.UTF-8")).stderr
    assert "No such command" in call("bil", env=env(config, BILLCALC_LANG="en")).stderr
    assert "没有命令" in call("bil", "--lang", "zh", env=env(config, BILLCALC_LANG="en")).stderr


def test_settings_do_not_change_the_language_of_data(config: Path) -> None:
    config.write_text("language = 'zh'\noutput = 'json'")
    assert call("bill", P1, env=env(config)).stdout == call("bill", P1, "--format", "json").stdout


def test_the_shape_of_the_file_is_that_of_commands_that_have_it(config: Path) -> None:
    config.write_text('output = "json"')
    assert data_of(call("bill", P1, "--no-derivation", env=env(config)))["kind"] == "bill"
    assert call("bill", P1, "--format", "table", env=env(config)).stdout == call("bill", P1).stdout
    assert data_of(call("tariffs", "coverage", "--area", "cn-guangxi", "--tariffs", TARIFFS, env=env(config)))
    assert call("bill", P1, env=env(config, BILLCALC_OUTPUT="table")).stdout == call("bill", P1).stdout
    assert "[default: json]" in " ".join(call("bill", "--help", env=env(config)).stdout.split())


def test_the_tariffs_are_those_that_are_settled_nearest(config: Path, tmp_path: Path) -> None:
    config.write_text('tariffs = "of-file"')
    for told, where in (
        ((), tmp_path / "of-file"),
        (("--tariffs", "of-option"), "of-option"),
    ):
        assert str(where) in call("bill", P1, *told, env=env(config)).stderr
        assert str(where) in call("doctor", *told, env=env(config)).stderr
    assert "of-environment" in call("bill", P1, env=env(config, BILLCALC_TARIFFS="of-environment")).stderr
    assert str(tmp_path / "of-file") in call("tariffs", "check", env=env(config)).stderr
    assert "of-argument" in call("tariffs", "check", "of-argument", env=env(config)).stderr


def test_a_home_directory_may_be_meant(config: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    config.write_text('tariffs = "~/mine"')
    assert read_settings(env(config)).value("tariffs") == str(tmp_path / "home" / "mine")


def test_a_layout_is_found_in_the_folder_of_layouts_by_its_name(config: Path, tmp_path: Path) -> None:
    (tmp_path / "layouts").mkdir()
    (tmp_path / "layouts" / "ours.yaml").write_text("nonsense: 1")
    config.write_text('layouts = "layouts"')
    issued = tmp_path / "issued.csv"
    issued.write_text("code,amount\npurchase,1\n")
    for name in ("ours", "ours.yaml"):
        result = call("compare", P1, str(issued), "--mapping", name, env=env(config))
        assert f"{tmp_path / 'layouts' / 'ours.yaml'}:1:1" in result.stderr
    assert "none-such" in call("compare", P1, str(issued), "--mapping", "none-such", env=env(config)).stderr


def test_a_file_that_is_there_goes_before_the_folder_of_layouts(tmp_path: Path) -> None:
    settings = Settings(told=read_settings({"BILLCALC_CONFIG": "", "BILLCALC_LAYOUTS": str(tmp_path)}).told)
    (tmp_path / "a.yaml").touch()
    assert settings.located(None) is None
    assert settings.located("a") == str(tmp_path / "a.yaml")
    assert settings.located(Path("a.yaml")) == tmp_path / "a.yaml"
    assert settings.located(str(ROOT / "pyproject.toml")) == str(ROOT / "pyproject.toml")
    assert Settings().located("a") == "a"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("\n\nlangauge = 'zh'", ":3: invalid input [unknown_key]: the key \"langauge\" is not known here; use one of: language,"),
        ("tariffs = 'a\u2028b'  # c\x85d\nlangauge = 'zh'", ":2: invalid input [unknown_key]"),
        ("[tables]\noutput = 1", ':1: invalid input [unknown_key]: the key "tables" is not known here'),
        ("language = 'fr'", ":1: invalid input [unknown_word]"),
        ("tariffs = 3", ":1: invalid input [wrong_type]"),
        ("tariffs = ''", ":1: invalid input"),
        ("output = 2024-01-01", ":1: invalid input [unknown_word]"),
        ("language = 'zh'\nlanguage = \n", ":2:12: invalid input [syntax]: the text cannot be read: the TOML parser says"),
        ("language = '''", ":1:1: invalid input [syntax]"),
        ("a = {b = 1", ":1:1: invalid input [syntax]"),
    ],
)  # fmt: skip
def test_what_no_setting_may_be_is_told_with_its_line(config: Path, written: str, said: str) -> None:
    config.write_text(written)
    result = call("bill", P1, env=env(config))
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(str(config))
    assert said in result.stderr


def test_it_is_told_in_the_language_of_the_call(config: Path) -> None:
    config.write_text("x = 1")
    assert "输入有误 [unknown_key]：此处没有名为“x”的键" in call("doctor", "--lang", "zh", env=env(config)).stderr
    assert "use one of: zh, en" in call("doctor", env={"BILLCALC_LANG": "fr"}).stderr


def test_a_file_that_is_named_must_be_there(config: Path) -> None:
    assert str(config) in call("doctor", env=env(config)).stderr


def test_the_file_lies_where_the_platform_has_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import platformdirs

    def place(appname: str, *, appauthor: bool, roaming: bool) -> Path:
        assert (appauthor, roaming) == (False, True)
        return tmp_path / appname

    monkeypatch.setattr(platformdirs, "user_config_path", place)
    assert read_settings({}) == Settings(
        tmp_path / "billcalc" / "config.toml",
        told=dict.fromkeys(("language", "tariffs", "output", "layouts"), ()),
    )
    (tmp_path / "billcalc").mkdir()
    (tmp_path / "billcalc" / "config.toml").write_text("language = 'zh'")
    assert read_settings({}).language == "zh"


def test_no_setting_is_invented_where_the_environment_is_wrong() -> None:
    with pytest.raises(InvalidInput, match=r"BILLCALC_OUTPUT: unknown_word"):
        read_settings({"BILLCALC_CONFIG": "", "BILLCALC_OUTPUT": "xml"})


def test_the_doctor_tells_each_setting_where_it_comes_from_and_what_it_overrides(config: Path) -> None:
    config.write_text('language = "zh"\ntariffs = "/nowhere"\nlayouts = "/l"')
    told = call("doctor", "--tariffs", TARIFFS, env=env(config, BILLCALC_LANG="en")).stdout
    assert f"config      {config}\n" in told
    assert "language    en (environment; instead of zh, config file)\n" in told
    assert f"tariffs     {TARIFFS} (option; instead of /nowhere, config file)\n" in told
    assert "output      table (default)\n" in told
    assert "layouts     /l (config file)\n" in told
    chinese = call("--lang", "zh", "doctor", "--tariffs", TARIFFS).stdout
    assert "配置文件    无\n语言        zh（选项）\n" in chinese
    assert f"电价库      {TARIFFS}（选项）\n输出形式    table（默认）\n布局目录    无\n" in chinese


def test_the_doctor_tells_a_file_that_is_not_there(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.delenv("BILLCALC_CONFIG")
    assert "config.toml (not there)\n" in call("doctor", "--tariffs", TARIFFS).stdout


def test_the_doctor_tells_the_settings_as_data(config: Path) -> None:
    config.write_text('output = "json"')
    told = data_of(call("doctor", "--tariffs", TARIFFS, env=env(config)))["config"]
    assert (told["file"], told["is_read"]) == (str(config), True)
    assert told["settings"] == {
        "language": [{"value": "en", "origin": "locale"}],
        "tariffs": [{"value": TARIFFS, "origin": "option"}],
        "output": [{"value": "json", "origin": "file"}],
        "layouts": [],
    }
    assert data_of(call("doctor", "--format", "json", "--tariffs", TARIFFS))["config"]["file"] is None
