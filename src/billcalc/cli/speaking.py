"""Commands that speak the language of the call: their help, and all that the parser of the command line says.

Our words are in ``billcalc.words``. Those of click are asked for through ``gettext``, message by message; here they are
asked of our words instead of the catalogs of the system, so that one choice of language decides for all.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from copy import copy
from typing import Any, NamedTuple, TypeVar

import click
from click import core, decorators, exceptions, formatting, parser, termui, types

from billcalc.cli.help_text import Context
from billcalc.cli.settings import SETTLED
from billcalc.kernel.decimals import NumberError
from billcalc.words.commands import COMMANDS, SHOW_HELP, option_words
from billcalc.words.exits import EXITS
from billcalc.words.language import Language
from billcalc.words.lexicon import LEXICONS
from billcalc.words.metavars import METAVARS
from billcalc.words.parsing import HEADINGS, MISUSES, PARSER, Heading, Misuse
from billcalc.words.saying import reason_words

__all__ = ["Spoken", "locale_language", "misused", "number_words", "speaking", "spoken", "worded"]

_C = TypeVar("_C", bound=click.Command)


class Spoken(NamedTuple):
    """The language of a call, and whether ``--lang`` asked for it: data for programs are in English otherwise."""

    language: Language
    asked: bool


_SPOKEN: ContextVar[Spoken] = ContextVar("spoken")


def spoken() -> Spoken:
    """The language of this call."""
    return _SPOKEN.get(None) or Spoken(locale_language(os.environ), asked=False)


@contextmanager
def speaking(
    arguments: Sequence[str], environment: Mapping[str, str], settled: Language | None = None
) -> Iterator[None]:
    """A call in the language that ``--lang`` asks for anywhere in it, else in the settled one, else in the locale's."""
    asked = _asked(arguments)
    token = _SPOKEN.set(Spoken(asked or settled or locale_language(environment), asked is not None))
    try:
        yield
    finally:
        _SPOKEN.reset(token)


def _asked(arguments: Sequence[str]) -> Language | None:
    """The language after the last ``--lang``; one that is none is told of when the arguments are read."""
    found = None
    for number, argument in enumerate(arguments):
        if argument == "--":
            break
        option, told, value = argument.partition("=")
        if option == "--lang":
            value = value if told else "".join(arguments[number + 1 : number + 2])
            found = Language(value) if value in list(Language) else found
    return found


def locale_language(environment: Mapping[str, str]) -> Language:
    """The language of the messages that a locale asks for: Chinese where it does, else English."""
    names = (environment.get(variable, "") for variable in ("LC_ALL", "LC_MESSAGES", "LANG"))
    locale = next(filter(None, names), "")
    return Language.CHINESE if locale.lower().startswith("zh") else Language.ENGLISH


def misused(misuse: Misuse, **facts: str) -> str:
    """What is wrong with how a command of ours was called."""
    return MISUSES[misuse].of(spoken().language).format_map(facts)


def number_words(error: NumberError) -> str:
    """Why a text is no number."""
    return reason_words(LEXICONS[spoken().language], error.why.reason, error.why.facts)


def worded(command: _C, path: str) -> _C:
    """The command with its words in the language of the call, and with those below it.

    Args:
        command: stays as it is.
        path: the words that call it, such as ``tariffs list``.
    """
    said = copy(command)
    said.context_class = Context
    language = spoken().language
    ctx = click.Context(command)
    said.params = [_worded_param(param, path, ctx, language) for param in command.params]
    if not any("--lang" in param.opts for param in said.params):
        option = click.Option(["--lang"], type=click.Choice([each.value for each in Language]), expose_value=False)
        said.params.append(_worded_param(option, path, ctx, language))
    help_option = said.get_help_option(ctx)
    if help_option is not None:
        help_option.help = SHOW_HELP.of(language)
    if path in COMMANDS:
        said.help = COMMANDS[path].of(language)
        if language is Language.CHINESE:  # click finds the end of an English sentence, and of no other
            said.short_help = said.help.partition("。")[0]
    said.epilog = _closing(command.epilog, language)
    if language is Language.CHINESE:
        said.options_metavar = METAVARS.get(command.options_metavar or "", command.options_metavar)
    if isinstance(said, click.Group):
        said.commands = {name: worded(each, f"{path} {name}".strip()) for name, each in said.commands.items()}
        if language is Language.CHINESE:
            said.subcommand_metavar = METAVARS.get(said.subcommand_metavar, said.subcommand_metavar)
    return said


def _worded_param(param: click.Parameter, path: str, ctx: click.Context, language: Language) -> click.Parameter:
    said = _settled(copy(param))
    metavar = param.make_metavar(ctx=ctx)
    if language is Language.CHINESE and metavar in METAVARS:
        said.metavar = METAVARS[metavar]
    words = option_words(path, param.opts[0])
    if words is not None and isinstance(said, click.Option):
        said.help = words.of(language)
    return said


def _settled(param: click.Parameter) -> click.Parameter:
    """The parameter as the settings have it where the call does not tell it."""
    settings, option = SETTLED.get(), param.opts[0]
    output = settings.value("output")
    if option == "--tariffs":
        param.default = settings.value("tariffs") or param.default
    elif option == "--format" and isinstance(param.type, click.Choice) and output in param.type.choices:
        param.default = output
    elif option in ("--layout", "--mapping", "--columns"):
        param.callback = _located
    return param


def _located(ctx: click.Context, param: click.Parameter, value: Any) -> Any:
    return SETTLED.get().located(value)


def _closing(told: str | None, language: Language) -> str | None:
    """What a help ends with: the examples and what the exit codes mean.

    Args:
        told: by ``exits.epilog``.
        language: in which it is said.
    """
    if told is None:
        return None
    command, *examples = told.splitlines()
    parts = ["\b", HEADINGS[Heading.EXAMPLES].of(language), *(f"  {line}" for line in examples), ""]
    if command not in EXITS:
        return "\n".join([*parts, HEADINGS[Heading.MORE].of(language)])
    codes = [f"  {code:>3}  {meaning.of(language)}" for code, meaning in sorted(EXITS[command].items())]
    return "\n".join([*parts, "\b", HEADINGS[Heading.EXITS].of(language), *codes])


def _of_parser(message: str) -> str:
    """A message of click."""
    return PARSER.get(message, message) if spoken().language is Language.CHINESE else message


def _of_parser_for(one: str, many: str, count: int) -> str:
    """A message of click about one or many."""
    return _of_parser(one if count == 1 else many)


for _module in (core, decorators, exceptions, formatting, parser, termui, types):
    vars(_module).update({"_": _of_parser, "ngettext": _of_parser_for})
