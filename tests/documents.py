"""Reads the documentation: its examples, to be run as they stand."""

import re
from dataclasses import dataclass
from pathlib import Path

__all__ = ["ROOT", "Block", "Command", "blocks_of", "commands_of", "pages"]

ROOT = Path(__file__).parents[1]
_FENCE = re.compile(r"^```(?P<language>[a-z]+)(?P<rest>[^\n]*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Block:
    """A fenced block of a page.

    Attributes:
        label: what follows the language, such as ``request``.
    """

    page: str
    line: int
    language: str
    label: str
    text: str


@dataclass(frozen=True)
class Command:
    """A command of a console block and what the page says it prints; ``…`` alone on a line is anything."""

    page: str
    line: int
    command: str
    output: str


def pages() -> list[Path]:
    """Every page that speaks to a reader."""
    return sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("api/*.md")])


def blocks_of(page: Path) -> list[Block]:
    """The fenced blocks of a page."""
    text = page.read_text(encoding="utf-8")
    name = page.relative_to(ROOT).as_posix()
    return [
        Block(name, text.count("\n", 0, found.start()) + 1, found["language"], found["rest"].strip(), found["text"])
        for found in _FENCE.finditer(text)
    ]


def commands_of(block: Block) -> list[Command]:
    """The commands of a console block, each with its output; a line that ends in a backslash goes on."""
    found: list[Command] = []
    lines = iter(enumerate(block.text.splitlines(), start=block.line + 1))
    for number, line in lines:
        if line.startswith("$ "):
            command = line[2:]
            while command.endswith("\\"):
                command = command[:-1] + next(lines)[1].strip()
            found.append(Command(block.page, number, command, ""))
        elif found:
            last = found.pop()
            found.append(Command(last.page, last.line, last.command, last.output + line + "\n"))
    return found
