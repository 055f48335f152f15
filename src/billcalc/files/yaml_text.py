"""YAML text to plain data: a scalar keeps its source text, and each value its position.

Built from the parser's events, one at a time, and not composed: so depth is limited while reading, nothing recurses,
and every fault has a place. Only the YAML that a bill needs is taken. Left out: anchors and aliases (a small text may
stand for a huge one), tags and merge keys (what a value is follows from where it stands), several documents in one
text, keys that are not texts, and the words of YAML 1.1 (``yes``, ``on``, dates and octal numbers stay texts).
"""

import re
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

import yaml

from billcalc.fields.shown import shown
from billcalc.files.positions import DEPTH_MAX, FAULTS_MAX, Lines, Path, Spots
from billcalc.kernel.codes import FaultCode
from billcalc.kernel.reasons import Reason
from billcalc.kernel.troubles import Fault, InvalidInput

__all__ = ["parse_yaml"]

_LOADER: Any = getattr(yaml, "CLoader", yaml.Loader)
"""Only its parser is used; the one in C is ten times faster and not installed everywhere."""

_WORDS = {"": None, "null": None, "~": None, "true": True, "false": False}
_REFUSED = re.compile("[^\t\n\r -~\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
"""What YAML calls not printable, byte order marks, and the line ends that editors do not count."""
_HALF = re.compile(r"[\ud800-\udfff]")


class _Stop(Exception):
    """After the last fault nothing more can be read; it does not leave this module."""


def parse_yaml(lines: Lines) -> tuple[object, Spots]:
    """Read mappings, lists, texts, true, false and None, and where they stand.

    Raises:
        InvalidInput: for what is no YAML, and for the YAML that is not taken.

    >>> parse_yaml(Lines("request.yaml", "{kva: 100.0, at: 2024-06-01, sealed: no}"))[0]
    {'kva': '100.0', 'at': '2024-06-01', 'sealed': 'no'}
    """
    if refused := _REFUSED.search(lines.text):
        facts = {"reason": Reason.CHARACTER, "character": f"U+{ord(refused[0]):04X}"}
        raise InvalidInput([_Builder(lines).fault(FaultCode.SYNTAX, refused.start(), **facts)])
    builder = _Builder(lines)
    builder.read(lines.text)
    if builder.broken_at is not None:
        # The parser reads ahead, and how many levels it bears differs between its versions: our own limit goes first.
        deepest = max(lines.text.rfind(opened, 0, builder.broken_at) for opened in "[{")
        before = _Builder(lines)
        before.read(lines.text[: deepest + 1])
        if any(fault.code is FaultCode.TOO_DEEP for fault in before.faults):
            builder = before
    if builder.faults:
        raise InvalidInput(builder.faults)
    if builder.is_empty:
        raise InvalidInput([Fault(FaultCode.EMPTY, lines.name)])
    return builder.root, builder.spots


@dataclass(slots=True)
class _Open:
    """A mapping or list that is not yet closed.

    Attributes:
        key: of the value that comes, in a mapping; None where a key comes.
    """

    path: Path
    content: dict[str, object] | list[object]
    key: str | None = None


@dataclass(slots=True)
class _Builder:
    lines: Lines
    root: object = None
    is_empty: bool = True
    documents: int = 0
    reached: int = 0
    broken_at: int | None = None
    spots: Spots = field(default_factory=Spots)
    faults: list[Fault] = field(default_factory=list)
    stack: list[_Open] = field(default_factory=list)

    def read(self, text: str) -> None:
        """All events of a text, as far as it can be read."""
        try:
            events: Any = yaml.parse(text, Loader=_LOADER)
            with closing(events):  # the parser in C has memory of its own
                for event in events:
                    self.take(event)
        except _Stop:
            pass
        except yaml.MarkedYAMLError as error:
            self.broken(error)
        except (OverflowError, ValueError):  # the parser in Python, of an escape that is no character
            self.broken_at = text.find("\\", self.reached)
            self.syntax(self.reached, Reason.NO_CHARACTER)

    def fault(self, code: FaultCode, offset: int, **facts: str) -> Fault:
        return Fault(code, self.lines.place(min(offset, len(self.lines.text))), facts)

    def add(self, code: FaultCode, offset: int, **facts: str) -> None:
        self.faults.append(self.fault(code, offset, **facts))
        if len(self.faults) >= FAULTS_MAX:
            raise _Stop

    def syntax(self, offset: int, reason: Reason, **facts: str) -> None:
        self.faults.append(self.fault(FaultCode.SYNTAX, offset, reason=reason, **facts))

    def take(self, event: Any) -> None:
        """One event of the parser."""
        self.reached = event.start_mark.index
        match event:
            case yaml.DocumentStartEvent():
                self.documents += 1
                if self.documents > 1:
                    self.syntax(self.reached, Reason.SECOND_DOCUMENT)
                    raise _Stop
            case yaml.NodeEvent():
                self.refuse_what_is_not_taken(event)
                self.node(event)
            case yaml.CollectionEndEvent():
                self.stack.pop()

    def refuse_what_is_not_taken(self, event: Any) -> None:
        if event.anchor is not None:
            sign = "*" if isinstance(event, yaml.AliasEvent) else "&"
            self.add(FaultCode.ALIAS, self.reached, name=shown(sign + event.anchor))
        if getattr(event, "tag", None) is not None:
            self.add(FaultCode.SYNTAX, self.reached, reason=Reason.TAG, tag=shown(event.tag))
        if _HALF.search(getattr(event, "value", "")):  # only the parser in Python lets it through
            self.add(FaultCode.SYNTAX, self.reached, reason=Reason.HALF_ESCAPE)

    def node(self, event: Any) -> None:
        """A key or a value."""
        inner = self.stack[-1] if self.stack else None
        if inner is not None and isinstance(inner.content, dict) and inner.key is None:
            inner.key = self.key(event, inner)
            self.spots.keys[(*inner.path, inner.key)] = self.reached
            return
        content: Any = None
        match event:
            case yaml.ScalarEvent():
                content = event.value
                if not event.style:  # a plain scalar
                    content = _WORDS.get(content, content)
            case yaml.SequenceStartEvent():
                content = []
            case yaml.MappingStartEvent():
                content = {}
        if inner is None:
            self.is_empty = content is None and getattr(event, "value", None) == ""
        path = self.put(content, inner)
        self.spots.values[path] = self.reached
        if isinstance(content, dict | list):
            self.stack.append(_Open(path, content))
            if len(self.stack) > DEPTH_MAX:
                self.faults.append(self.fault(FaultCode.TOO_DEEP, self.reached, limit=str(DEPTH_MAX)))
                raise _Stop

    def put(self, content: object, inner: _Open | None) -> Path:
        """Put a value where it belongs; return its path."""
        if inner is None:
            self.root = content
            return ()
        if isinstance(inner.content, list):
            inner.content.append(content)
            return (*inner.path, len(inner.content) - 1)
        assert inner.key is not None
        path = (*inner.path, inner.key)
        inner.content[inner.key] = content
        inner.key = None
        return path

    def key(self, event: Any, inner: _Open) -> str:
        """The text of a key."""
        if isinstance(event, yaml.AliasEvent):
            return f"*{event.anchor}"
        plain = isinstance(event, yaml.ScalarEvent) and not event.style
        if not isinstance(event, yaml.ScalarEvent) or (plain and not event.value):
            self.syntax(self.reached, Reason.KEY_AS_TEXT)
            raise _Stop
        key = str(event.value)
        if plain and key == "<<":
            self.add(FaultCode.SYNTAX, self.reached, reason=Reason.MERGE_KEY)
        if key in inner.content:
            self.add(FaultCode.DUPLICATE_KEY, self.reached, key=shown(key))
        return key

    def broken(self, error: yaml.MarkedYAMLError) -> None:
        """What the parser says, in one line."""
        offset = error.problem_mark.index if error.problem_mark is not None else self.reached
        self.broken_at = offset
        detail = " ".join(f"{error.problem} {error.context or ''}".split())
        begin = offset if error.context_mark is None else error.context_mark.index
        if self.lines.text[offset : offset + 1] == "\t" and "cannot start any token" in detail:
            self.syntax(offset, Reason.TAB_INDENT)
        elif begin != offset:
            self.syntax(offset, Reason.NOT_YAML_SINCE, detail=detail, place=self.lines.place(begin))
        else:
            self.syntax(offset, Reason.NOT_YAML, detail=detail)
