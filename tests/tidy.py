"""The rules of this repository that no linter knows, as functions from text to findings.

A rule of style that nobody runs is a wish; tests/test_tidy.py runs these over the repository, and over small bad
snippets to show that each of them finds something.
"""

import ast
import re
import subprocess
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
CODE_DIRECTORIES = ("src/", "api/", "tests/", "browser/", "cluster/", "bench/", "requirements/")

FUNCTION_LINES_MAX = 60  # a function fits on a screen
FILE_LINES_MAX = 400
STANDING_ALONE = {"src/billcalc/verify.py": 1420}  # one file that needs no other: who doubts a bill reads it at one go

BANNED_CALLS = {
    "float": "binary fractions are not money; use Decimal from a string",
    "round": "it rounds half to even; use the kernel's named roundings",
    "print": "the core has no output; return a value",
    "open": "the core reads no disk; read it in billcalc.files and pass the text in",
}
BANNED_ATTRIBUTES = dict.fromkeys(("now", "today", "utcnow"), "the core has no clock; take the date as an argument")
BANNED_NAMES = dict.fromkeys(("utils", "helpers", "common", "misc"), "it says nothing; name it after what it holds")
# Written so that the patterns do not find themselves here.
BANNED_TEXTS = {
    re.compile(r"(?<![\w./~-])[/]work\b"): "it exists on one machine only; use a path relative to the repository",
    re.compile(r"[.]{2}/shared\b"): "it lies outside the repository; bring what is needed in",
}


class Finding(NamedTuple):
    """One breach of a rule: where, what, and what to do instead."""

    path: str
    line: int
    what: str
    instead: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.what}; {self.instead}"


@cache
def _parsed(text: str) -> ast.Module:
    """Each file is parsed once for all rules."""
    return ast.parse(text)


def core_findings(path: str, text: str) -> Iterator[Finding]:
    """What the pure core may not do: floats, rounding outside the kernel, disk, output, clock."""
    in_kernel = path.startswith("src/billcalc/kernel/")
    for node in ast.walk(_parsed(text)):
        match node:
            case ast.Constant(value=float() | complex() as number):
                yield Finding(path, node.lineno, f"the float {number}", "write Decimal with a string")
            case ast.Call(func=ast.Name(id=name)) if name in BANNED_CALLS:
                yield Finding(path, node.lineno, f"a call of {name}()", BANNED_CALLS[name])
            case ast.Call(func=ast.Attribute(attr="quantize")) if not in_kernel:
                yield Finding(path, node.lineno, "a call of .quantize()", "only the kernel rounds; use its roundings")
            case ast.Attribute(attr=name) if name in BANNED_ATTRIBUTES:
                yield Finding(path, node.lineno, f"the attribute .{name}", BANNED_ATTRIBUTES[name])


def size_findings(path: str, text: str) -> Iterator[Finding]:
    """Files and functions that are too long to be read at one go."""
    lines = len(text.splitlines())
    limit = STANDING_ALONE.get(path, FILE_LINES_MAX)
    if lines > limit:
        yield Finding(path, 1, f"a file of {lines} lines", f"split it; {limit} is the limit")
    for node in ast.walk(_parsed(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > FUNCTION_LINES_MAX:
                yield Finding(
                    path, node.lineno, f"{node.name} has {lines} lines", f"split it; {FUNCTION_LINES_MAX} is the limit"
                )


def name_findings(path: str) -> Iterator[Finding]:
    """Modules and packages with a name that anything would fit into."""
    for name in Path(path).with_suffix("").parts:
        if name in BANNED_NAMES:
            yield Finding(path, 1, f"the module name {name}", BANNED_NAMES[name])


def docstring_findings(path: str, text: str) -> Iterator[Finding]:
    """Public modules that do not say what they are for; an empty `__init__.py` has nothing to say."""
    name = Path(path).stem
    public = name == "__init__" or not name.startswith("_")
    module = _parsed(text)
    if public and module.body and not ast.get_docstring(module):
        yield Finding(path, 1, "a module without a docstring", "say in one sentence what it is for")


def text_findings(path: str, text: str) -> Iterator[Finding]:
    """Paths that mean nothing in another checkout."""
    for number, line in enumerate(text.splitlines(), start=1):
        for pattern, instead in BANNED_TEXTS.items():
            if found := pattern.search(line):
                yield Finding(path, number, f"the path {found[0]}", instead)


def repository_texts() -> dict[str, str]:
    """Every text file that is in the repository or about to be, by its path from the root."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    texts = {}
    for path in filter(None, listed.stdout.decode().split("\0")):
        try:
            texts[path] = (ROOT / path).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # not a text
        except FileNotFoundError:
            continue  # deleted, and the deletion not yet staged
    return texts


def is_code(path: str) -> bool:
    """Whether the path is Python that we keep."""
    return path.endswith(".py") and path.startswith(CODE_DIRECTORIES)


def core_prefixes() -> tuple[str, ...]:
    """Where the core lies, from the one list of it: the contract `core` in pyproject.toml."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    [core] = [contract for contract in contracts if contract["id"] == "core"]
    places = [f"src/{module.replace('.', '/')}" for module in core["source_modules"]]
    return tuple(place + end for place in places for end in ("/", ".py"))
