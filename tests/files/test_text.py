"""Reading: from where, how much, and what is text."""

import io
import os
import sys
from pathlib import Path

import pytest

from billcalc.files.text import Text, read_text
from billcalc.kernel.troubles import InvalidInput


class Console:
    """A standard input of given bytes, which it gives in parts as a pipe does."""

    def __init__(self, content: bytes, *, part: int = 1 << 16) -> None:
        self.buffer = self
        self.taken = 0
        self._part = part
        self._stream = io.BytesIO(content)

    def read(self, size: int) -> bytes:
        piece = self._stream.read(min(size, self._part))
        self.taken += len(piece)
        return piece


def message_of(source: str | os.PathLike[str] | bytes, *, max_bytes: int = 100) -> str:
    with pytest.raises(InvalidInput) as caught:
        read_text(source, max_bytes=max_bytes)
    return str(caught.value)


def cannot_read(name: str, reason: str) -> str:
    return f"{name}: cannot_read: the input cannot be read: {reason}; check its name, and that you may read it"


def test_a_line_ends_with_a_line_feed_alone() -> None:
    assert Text("keys", "a\u2028b\x85c\r\n\nd").lines == ["a\u2028b\x85c", "", "d"]
    assert Text("keys", "").lines == []


def test_a_file_is_read_and_keeps_its_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "request.yaml"
    path.write_bytes("地区: 广西\r\n".encode())
    expected = Text(str(path), "地区: 广西\r\n")
    assert [read_text(path), read_text(str(path))] == [expected, expected]


def test_bytes_are_read() -> None:
    assert read_text(b"a: 1") == Text("input", "a: 1")


def test_the_name_in_messages_can_be_given() -> None:
    assert read_text(b"a: 1", name="body").name == "body"


def test_a_byte_order_mark_is_left_out() -> None:
    assert read_text(b"\xef\xbb\xbfa: 1").content == "a: 1"


@pytest.mark.parametrize("dash", ["-", Path("-")])
@pytest.mark.parametrize("part", [1, 3, 100])
def test_a_dash_is_the_standard_input(monkeypatch: pytest.MonkeyPatch, dash: str | Path, part: int) -> None:
    monkeypatch.setattr(sys, "stdin", Console(b"a: 12", part=part))
    assert read_text(dash, max_bytes=5) == Text("stdin", "a: 12")


@pytest.mark.parametrize("part", [1, 4, 1000])
def test_one_byte_more_than_the_limit_is_read_and_no_other(monkeypatch: pytest.MonkeyPatch, part: int) -> None:
    console = Console(b"x" * 1000, part=part)
    monkeypatch.setattr(sys, "stdin", console)
    assert message_of("-", max_bytes=10).startswith("stdin: too_large: the input is larger than 10 bytes;")
    assert console.taken == 11


@pytest.mark.parametrize(("size", "fits"), [(9, True), (10, True), (11, False)])
def test_the_limit_belongs_to_what_fits(tmp_path: Path, size: int, fits: bool) -> None:
    path = tmp_path / "request.yaml"
    path.write_bytes(b"x" * size)
    for source in (path, path.read_bytes()):
        if fits:
            assert read_text(source, max_bytes=10).content == "x" * size
        else:
            assert "too_large" in message_of(source, max_bytes=10)


def test_an_endless_file_is_too_large() -> None:
    assert message_of("/dev/zero") == (
        "/dev/zero: too_large: the input is larger than 100 bytes; split it, or raise the limit with --max-bytes"
    )


@pytest.mark.parametrize(
    ("content", "byte"),
    [
        ("地区".encode("gbk"), 0),
        (b"\xef\xbb\xbfarea: \xe5\x9c", 9),
        ("area".encode("utf-16"), 0),
        (b"a: \xed\xa0\x80", 3),
    ],
)
def test_other_encodings_are_not_text(content: bytes, byte: int) -> None:
    assert message_of(content) == f"input: not_text: the input is not UTF-8 text (byte {byte}); save it as UTF-8"


def test_what_is_not_there_cannot_be_read(tmp_path: Path) -> None:
    path = tmp_path / "request.yaml"
    assert message_of(path) == cannot_read(str(path), "no such file or directory")
    assert message_of(tmp_path) == cannot_read(str(tmp_path), "is a directory")
    assert message_of("x" * 5000).endswith("file name too long; check its name, and that you may read it")


def test_a_name_that_no_file_can_have_cannot_be_read_and_is_shown_on_one_line() -> None:
    assert message_of("a\0\nb") == cannot_read(r"a\x00\nb", 'the system says "embedded null byte"')


def test_a_file_that_one_may_not_read_cannot_be_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def refuse(*_: object, **__: object) -> None:  # root, who runs CI, may read everything
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("billcalc.files.text.FileIO", refuse)
    assert message_of(tmp_path / "a") == cannot_read(str(tmp_path / "a"), "permission denied")


def test_without_a_standard_input_there_is_nothing_to_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert message_of("-") == cannot_read("stdin", "there is no standard input")


def test_a_closed_standard_input_cannot_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    closed = io.TextIOWrapper(io.BytesIO())
    closed.close()
    monkeypatch.setattr(sys, "stdin", closed)
    assert message_of("-") == cannot_read("stdin", 'the system says "I/O operation on closed file."')
