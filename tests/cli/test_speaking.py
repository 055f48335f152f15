"""The command line speaks the language it is asked in: its help, and all that is said of how it was called."""

import ast
import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click import core, decorators, exceptions, formatting, parser, termui, types
from click.testing import Result

import billcalc.cli.table_runs
from billcalc.cli.speaking import locale_language
from billcalc.words.commands import COMMANDS, option_words
from billcalc.words.exits import EXITS
from billcalc.words.language import Language
from billcalc.words.metavars import METAVARS
from billcalc.words.parsing import PARSER
from tests.cli.calling import P1, call
from tests.cli.walking import commands
from tests.words.speech import CHINESE, faults_of

PATHS = sorted(commands())
COMMAND = pytest.mark.parametrize("path", PATHS)
_EXAMPLE = re.compile(r"^ +(?:billcalc|--mapping layout|--where billing).*$", re.MULTILINE)
_IDS = re.compile(
    r"\[[\w|-]+\]|-{1,2}[a-z][a-z-]*|\.rejects\.csv|BILLCALC_…|x>=1|0<=x<=65535|127\.0\.0\.1|default"
    r"|\b(?:XLSX|XLS|HTML|PDF|JSON|YAML|CSV|xlsx|html|csv-bom|json|csv|API|Python)\b"
    r"|(?:默认|[：:])\s*[a-z][\w.-]*|cn-anhui|agent_1\.5x|billcalc"
)
"""What is the same in every language: options, file names, formats, and values of ours."""


def help_of(path: str, *lang: str) -> Result:
    return call(*(f"{path}=x" if path.endswith("--bulk") else path).split(), "--help", *lang)


def lines_without_examples(path: str, lang: str) -> str:
    told = help_of(path, "--lang", lang)
    assert (told.exit_code, told.stderr) == (0, "")
    return _EXAMPLE.sub("", told.stdout)


@COMMAND
def test_the_help_of_every_command_is_in_chinese_to_the_last_word(path: str) -> None:
    said = lines_without_examples(path, "zh")
    listed = {name.split()[-1] for name in PATHS if name}
    said = re.sub(rf"(?<![A-Za-z])(?:{'|'.join(sorted(listed, key=len, reverse=True))})(?![A-Za-z])", "", said)
    assert faults_of(re.sub(r"[\[\]]", " ", _IDS.sub(" ", said)), chinese=True, repeated=set()) == []


@COMMAND
def test_the_help_of_every_command_is_in_english_without_a_chinese_word(path: str) -> None:
    assert CHINESE.findall(lines_without_examples(path, "en")) == []


@COMMAND
def test_every_command_and_option_has_its_words(path: str) -> None:
    assert path in COMMANDS
    silent = [param.opts[0] for param in commands()[path].params if isinstance(param, click.Option)]
    assert [option for option in silent if option_words(path, option) is None] == []


def test_no_command_is_spoken_of_that_is_not_there() -> None:
    assert set(COMMANDS) == set(PATHS)


@COMMAND
def test_every_command_takes_the_language(path: str) -> None:
    assert "--lang [zh|en]" in help_of(path).stdout


def test_what_stands_for_a_value_has_chinese_words() -> None:
    used = {
        param.make_metavar(ctx=click.Context(command))
        for command in commands().values()
        for param in command.params
        if not (isinstance(param, click.Option) and param.is_flag)
    }
    choices = {each for each in used if each.startswith("[") and each[1].islower()}
    assert {each for each in used - choices if not CHINESE.search(each)} - METAVARS.keys() == set()


@pytest.mark.parametrize(
    "arguments",
    [
        ("--lang", "zh", "bil"),
        ("bil", "--lang", "zh"),
        ("bil", "--lang=zh"),
        ("bil", "--lang", "en", "--lang", "zh"),
        ("--lang", "zh", "bil", "--", "--lang", "en"),
        ("bil", "--lang", "zh", "--lang", "fr"),
    ],
)
def test_the_language_may_be_asked_for_anywhere(arguments: tuple[str, ...]) -> None:
    assert "没有命令 'bil'" in call(*arguments).stderr


def test_the_option_goes_before_the_locale() -> None:
    assert "No such command" in call("bil", "--lang", "en", env={"LANG": "zh_CN.UTF-8"}).stderr
    assert "没有命令" in call("bil", env={"LANG": "zh_CN.UTF-8"}).stderr
    assert "No such command" in call("bil", "--lang").stderr


def test_a_language_asked_for_before_the_command_counts_for_data_too() -> None:
    chinese = call("--lang", "zh", "bill", P1, "--format", "json", "--no-derivation")
    assert chinese.stdout == call("bill", P1, "--format", "json", "--no-derivation", "--lang", "zh").stdout
    assert chinese.stdout != call("bill", P1, "--format", "json", "--no-derivation").stdout


def test_a_group_takes_the_language_for_its_commands() -> None:
    assert call("tariffs", "--lang", "zh", "coverage", "--area", "cn-zhejiang").stdout.count("电价") > 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "用法： billcalc [选项] 命令 [参数]..."),
        (("tariffs", "lst"), "错误：没有命令 'lst'。"),
        (("bill",), "错误：缺少参数 '请求'."),
        (("bill", P1, "x"), "错误：多出的参数（x）"),
        (("bill", P1, "--fromat", "json"), "错误：没有选项 '--fromat'。 （是否指其中之一：'--format', '--out'？）"),
        (("bill", P1, "--format"), "错误：选项 '--format' 须给出值。"),
        (("bill", P1, "--format", "pdf"), "错误：'--format' 的值无效：'pdf' 不在可选值之内：'table', 'json'"),
        (("bill", P1, "--max-bytes", "0"), "错误：'--max-bytes' 的值无效：0 超出范围 x>=1。"),
        (("bill", P1, "--proof"), "错误：--proof 须与 --format json 同用"),
        (("bill", P1, "--out", "x.xlsx"), "错误：--out 与 --format xlsx 或 html 须同时给出"),
        (("bill", P1, "--proof=1"), "错误：选项 '--proof' 不带值。"),
        (("compare", P1, P1, "--tolerance", "-1"), "错误：'--tolerance' 的值无效：-1 是负数：请给出零或正数"),
        (("compare", P1, P1, "--tolerance", "1e5"), "错误：'--tolerance' 的值无效：不接受指数写法"),
        (("compare", "--bulk", "a.csv", "--out", "o.csv"), "错误：须给出 --requests、--layout 或 --guess"),
        (
            ("compare", "--bulk", "a.csv", "--out", "o.csv", "--layout", "l.yaml", "--columns", "c.yaml"),
            "错误：--layout 代替 --columns 和 --mapping，不能同用",
        ),
        (
            ("tariffs", "import", "n.pdf", "--area", "cn-anhui", "--month", "2026-13"),
            "错误：'--month' 的值无效：2026-13 不是月份，应如 2026-09",
        ),
        (
            ("tariffs", "import", "n", "--area", "cn", "--month", "2026-09", "--correct", "A", "1e5", "x"),
            "错误：'--correct' 的值无效：不接受指数写法",
        ),
    ],
)
def test_a_wrong_call_is_answered_in_chinese(arguments: tuple[str, ...], said: str) -> None:
    result = call("--lang", "zh", *arguments) if arguments else call(env={"LC_ALL": "zh_CN"})
    assert said in result.stderr, result.stderr


def test_a_package_that_is_missing_is_told_in_chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(billcalc.cli.table_runs, "find_spec", lambda name: None)
    result = call("batch", "in.csv", "--out", "o.csv", "--lang", "zh")
    assert (result.exit_code, result.stderr.startswith("错误：duckdb, numpy, pyarrow：未安装")) == (4, True)


def test_a_key_is_made_and_told_of_in_chinese(tmp_path: Path) -> None:
    made = call("keys", "create", "审计", "--file", str(tmp_path / "keys.jsonl"), "--lang", "zh")
    assert f"其散列值已存入 {tmp_path / 'keys.jsonl'}" in made.stderr


def test_the_version_is_told_in_chinese() -> None:
    assert call("--version", "--lang", "zh").stdout.startswith("billcalc，版本 ")


UNREACHED = {
    "Unknown color {colour!r}",
    "{value!r} is not a valid UUID.",
    "Invalid start character for option ({option})",
    "Name '{name}' defined twice",
    "{editor}: Editing failed",
    "file",
    "directory",
    "path",
    "DeprecationWarning: The {param_type} {name!r} is deprecated.{extra_message}",
    "DeprecationWarning: The command {name!r} is deprecated.{extra_message}",
    "Could not determine name for option with declarations {decls!r}",
    "No options defined but a name was passed ({name}). Did you mean to declare an argument instead? "
    "Did you mean to pass '--{name}'?",
    "Arguments take exactly one parameter declaration, got {length}: {decls}.",
    "Boolean option {decl!r} cannot use the same flag for true/false.",
    "Could not determine name for argument with declarations {decls!r}",
}
"""Messages of the parser about what no command of ours has."""


def messages_of_the_parser() -> Iterator[str]:
    for module in (core, decorators, exceptions, formatting, parser, termui, types):
        for node in ast.walk(ast.parse(inspect.getsource(module))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("_", "ngettext"):
                for argument in node.args[:2]:
                    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                        yield argument.value


def test_every_message_of_the_parser_has_chinese_words() -> None:
    assert set(messages_of_the_parser()) - PARSER.keys() - UNREACHED == set()


@pytest.mark.parametrize("message", PARSER)
def test_a_message_of_the_parser_is_filled_with_the_same_in_chinese(message: str) -> None:
    holes = re.compile(r"\{[^}]*\}|%\(\w+\)s")
    assert set(holes.findall(PARSER[message])) <= set(holes.findall(message)), message


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LC_ALL": "zh_CN.UTF-8", "LANG": "en_US"}, Language.CHINESE),
        ({"LC_ALL": "", "LC_MESSAGES": "C", "LANG": "zh_CN"}, Language.ENGLISH),
        ({}, Language.ENGLISH),
    ],
)
def test_a_locale_asks_for_a_language(environment: dict[str, str], language: Language) -> None:
    assert locale_language(environment) is language


def test_every_exit_is_told_in_both_languages() -> None:
    for meanings in EXITS.values():
        for code, (english, chinese) in meanings.items():
            assert faults_of(english, chinese=False, repeated=set()) == [], code
            assert faults_of(chinese, chinese=True, repeated=set()) == [], code


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--host", "0.0.0.0"), "错误：0.0.0.0 不是本机地址：请用 BILLCALC_KEYS 指定密钥文件\n"),
        (("--tariffs", "no-such-directory"), "no-such-directory"),
    ],
)
def test_a_service_that_cannot_run_says_why_in_chinese(options: tuple[str, ...], said: str) -> None:
    result = call("serve", *options, "--lang", "zh")
    assert result.exit_code == 2
    assert said in result.stderr
    assert CHINESE.search(result.stderr)


def test_keys_that_cannot_be_read_keep_the_service_from_running(tmp_path: Path) -> None:
    result = call("serve", "--keys", str(tmp_path), "--lang", "zh")
    assert (result.exit_code, "无法读取密钥文件" in result.stderr) == (4, True)
