"""API keys: shown once, kept as hashes.

A key is 256 bits of chance, so its plain SHA-256 cannot be guessed back; the file holds a name, the hash and the day
for each, one line of JSON, and is replaced as a whole. Who changes it holds a lock from reading to writing; who reads
it needs none. A service looks at the file again when it is another one, so a key is revoked at once.
"""

import hashlib
import hmac
import json
import os
import re
import secrets
import stat
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from billcalc.files import disk
from billcalc.files.writing import write_file
from billcalc.words.keys import KeysTrouble
from billcalc_api.keys_error import KeysError
from billcalc_api.rights import Right

__all__ = ["KeyFile", "KeyRecord", "create_key", "matches", "read_keys", "record_of", "renew_key", "revoke_key"]

_PREFIX = "bck_"
_HASH = re.compile(r"[0-9a-f]{64}")
_NAME_MAX = 200
_OWNER_ONLY = 0o600
_SCOPES = frozenset(scope.value for scope in Right)


@dataclass(frozen=True, slots=True)
class KeyRecord:
    """A key as it is kept.

    Attributes:
        name: whose it is; while keys are changed, several have one name.
        scopes: what it may do; everything where there are none.
        per_minute: how many requests it may send in a minute; any number where None.
        at_once: how many of its requests may be worked on at once; as the service has places where None.
    """

    name: str
    sha256: str
    created: str
    scopes: tuple[str, ...] | None = None
    per_minute: int | None = None
    at_once: int | None = None

    def may(self, scope: Right | None) -> bool:
        """Whether it may do what is in a scope."""
        return scope is None or self.scopes is None or scope.value in self.scopes

    @property
    def is_sound(self) -> bool:
        """Whether it is what it says it is: a file may come from anywhere."""
        texts = (self.name, self.sha256, self.created)
        limits = [limit for limit in (self.per_minute, self.at_once) if limit is not None]
        return (
            all(isinstance(text, str) for text in texts)
            and _HASH.fullmatch(self.sha256) is not None
            and all(type(limit) is int and limit > 0 for limit in limits)
            and _SCOPES.issuperset(self.scopes or ())
        )


def read_keys(path: Path) -> tuple[KeyRecord, ...]:
    """The keys of a file; none where there is no file yet.

    Raises:
        KeysError: where it cannot be read, or a line is not a key; the message names the line and shows nothing of it.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise KeysError(KeysTrouble.UNREADABLE, path=str(path), reason="it is not a file")
        *lines, rest = path.read_bytes().split(b"\n")
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise KeysError(KeysTrouble.UNREADABLE, path=str(path), reason=_reason(error)) from None
    if rest:
        lines.append(rest)
    return tuple(_record(path, number, line) for number, line in enumerate(lines, start=1))


def _record(path: Path, number: int, line: bytes) -> KeyRecord:
    try:
        told = json.loads(line)
        scopes = told.get("scopes")
        record = KeyRecord(**{**told, "scopes": None if scopes is None else tuple(scopes)})
        if record.is_sound:
            return record
    except (TypeError, ValueError, AttributeError, RecursionError):
        pass
    raise KeysError(KeysTrouble.DAMAGED, path=str(path), line=str(number))


def create_key(
    path: Path,
    name: str,
    *,
    scopes: Sequence[str] = (),
    per_minute: int | None = None,
    at_once: int | None = None,
) -> str:
    """Make a key and keep its hash; returns the key, which is never shown again.

    Args:
        path: of the file of keys.
        name: whose it is.
        scopes: what it may do; everything without any.
        per_minute: how many requests it may send in a minute.
        at_once: how many of its requests may be worked on at once.

    Raises:
        KeysError: where there is a key of this name, the name cannot be one, or the file cannot be read or written.
    """
    if not 0 < len(name) <= _NAME_MAX or not _is_text(name):
        raise KeysError(KeysTrouble.NO_NAME, limit=str(_NAME_MAX))
    with _locked(path) as target:
        records = read_keys(target)
        if any(record.name == name for record in records):
            raise KeysError(KeysTrouble.NAME_TAKEN, name=name)
        key = _PREFIX + secrets.token_urlsafe(32)
        record = KeyRecord(name, _hash(key), _today(), tuple(scopes) or None, per_minute, at_once)
        _write(target, (*records, record))
    return key


def renew_key(path: Path, name: str) -> str:
    """Make another key of a name, with the same rights; the older ones hold until they are revoked.

    Raises:
        KeysError: where there is none of this name, or the file cannot be read or written.
    """
    with _locked(path) as target:
        records = read_keys(target)
        newest = _newest(records, name)
        key = _PREFIX + secrets.token_urlsafe(32)
        _write(target, (*records, replace(newest, sha256=_hash(key), created=_today())))
    return key


def _newest(records: Sequence[KeyRecord], name: str) -> KeyRecord:
    """The last key that was made of a name.

    Raises:
        KeysError: where there is none.
    """
    found = [record for record in records if record.name == name]
    if not found:
        raise KeysError(KeysTrouble.NAME_UNKNOWN, name=name)
    return found[-1]


def _today() -> str:
    return datetime.now(UTC).date().isoformat()


def revoke_key(path: Path, name: str, *, older: bool = False) -> None:
    """Forget the keys of a name.

    Args:
        path: of the file of keys.
        name: whose they are.
        older: whether the newest one is kept.

    Raises:
        KeysError: where there is none of this name, or the file cannot be read or written.
    """
    with _locked(path) as target:
        records = read_keys(target)
        newest = _newest(records, name)
        _write(target, [each for each in records if each.name != name or (older and each is newest)])


def matches(key: str, records: Iterable[KeyRecord]) -> str | None:
    """The name of a key, or None."""
    found = record_of(key, records)
    return None if found is None else found.name


def record_of(key: str, records: Iterable[KeyRecord]) -> KeyRecord | None:
    """A key as it is kept, or None; takes the same time whichever it is."""
    digest = _hash(key)
    found = None
    for record in records:
        if hmac.compare_digest(record.sha256, digest):
            found = record
    return found


class KeyFile:
    """The keys of a running service: those that are in the file now."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._seen: tuple[int, ...] | None = None
        self._records = read_keys(path)

    def records(self) -> tuple[KeyRecord, ...]:
        """The keys; the file is read again only where it is another one than before.

        Raises:
            KeysError: where it cannot be read: then nobody is let in.
        """
        mark = self._mark()  # before reading: a file that is replaced meanwhile is read once more
        if mark != self._seen:
            self._seen = None
            self._records = read_keys(self._path)
            self._seen = mark
        return self._records

    def _mark(self) -> tuple[int, ...]:
        try:
            now = self._path.stat()
        except OSError:
            return ()
        return (now.st_ino, now.st_size, now.st_mtime_ns, now.st_ctime_ns)


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


def _is_text(name: str) -> bool:
    """Whether a name is text: what a terminal sent in another encoding has halves of characters."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


@contextmanager
def _locked(path: Path) -> Iterator[Path]:
    """Change a file alone; gives where it really lies. The lock is its directory's: the file itself is replaced."""
    try:
        target = path.resolve()
        opened = os.open(target.parent, os.O_RDONLY) if disk.LOCKS is not None else None
    except (OSError, RuntimeError) as error:  # RuntimeError: links in a circle
        raise KeysError(KeysTrouble.UNWRITABLE, path=str(path), reason=_reason(error)) from None
    try:
        if opened is not None:
            disk.LOCKS.flock(opened, disk.LOCKS.LOCK_EX)
        yield target
    except OSError as error:
        raise KeysError(KeysTrouble.UNWRITABLE, path=str(path), reason=_reason(error)) from None
    finally:
        if opened is not None:
            os.close(opened)


def _write(path: Path, records: Iterable[KeyRecord]) -> None:
    """Replace the file; it is its owner's before there is anything in it."""
    told = ({key: value for key, value in asdict(record).items() if value is not None} for record in records)
    text = "".join(json.dumps(each) + "\n" for each in told)  # in ASCII, so that a name ends no line
    if not path.exists():
        disk.create(path).close()
    disk.permit(path, _OWNER_ONLY)
    write_file(path, text)


def _reason(error: Exception) -> str:
    return str(getattr(error, "strerror", None) or error)
