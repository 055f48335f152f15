"""API keys: shown once, kept as hashes.

A key is 256 bits of chance, so its plain SHA-256 cannot be guessed back; the file holds a name, the hash and the day
for each, one line of JSON, and is replaced as a whole.
"""

import hashlib
import hmac
import json
import secrets
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from billcalc.files.writing import write_file

__all__ = ["KeyRecord", "create_key", "matches", "read_keys", "revoke_key"]

_PREFIX = "bck_"


@dataclass(frozen=True, slots=True)
class KeyRecord:
    """A key as it is kept."""

    name: str
    sha256: str
    created: str


def read_keys(path: Path) -> tuple[KeyRecord, ...]:
    """The keys of a file; none where there is no file yet.

    Raises:
        ValueError: where a line is not a key; the message names the line and shows nothing of it.
    """
    if not path.exists():
        return ()
    records = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            records.append(KeyRecord(**json.loads(line)))
        except (TypeError, ValueError):
            raise ValueError(
                f"{path}:{number}: this line is not an API key; restore the file or remove the line"
            ) from None
    return tuple(records)


def create_key(path: Path, name: str) -> str:
    """Make a key and keep its hash; returns the key, which is never shown again.

    Raises:
        ValueError: where there is a key of this name.
    """
    records = read_keys(path)
    if any(record.name == name for record in records):
        raise ValueError(f'there is a key "{name}" already: revoke it, or choose another name')
    key = _PREFIX + secrets.token_urlsafe(32)
    _write(path, (*records, KeyRecord(name, _hash(key), datetime.now(UTC).date().isoformat())))
    return key


def revoke_key(path: Path, name: str) -> None:
    """Forget a key.

    Raises:
        ValueError: where there is none of this name.
    """
    records = read_keys(path)
    kept = tuple(record for record in records if record.name != name)
    if len(kept) == len(records):
        raise ValueError(f'there is no key "{name}"')
    _write(path, kept)


def matches(key: str, records: Iterable[KeyRecord]) -> str | None:
    """The name of a key, or None; takes the same time whichever it is."""
    digest = _hash(key)
    found = None
    for record in records:
        if hmac.compare_digest(record.sha256, digest):
            found = record.name
    return found


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


def _write(path: Path, records: Iterable[KeyRecord]) -> None:
    text = "".join(json.dumps(asdict(record), ensure_ascii=False) + "\n" for record in records)
    write_file(path, text)
    path.chmod(0o600)
