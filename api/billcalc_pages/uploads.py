"""Receiving large files of a form: streamed to the disk within the limits of a job, never whole in memory."""

import asyncio
import shutil
from collections.abc import AsyncGenerator, Mapping
from pathlib import Path, PurePath

from python_multipart.exceptions import FormParserError
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import ClientDisconnect, Request

from billcalc.tables.readers import is_table
from billcalc_api.bodies import Answered
from billcalc_api.problems import problem
from billcalc_api.settings import Settings
from billcalc_pages.forms import BrokenForm

__all__ = ["Received", "received"]

_FILES_MAX = 3
_FIELDS_MAX = 10
_NAME_MAX = 200
_BESIDE = 64 * 1024
_PLAIN = (".yaml", ".yml", ".json")


class Received:
    """A form whose files are on the disk.

    Attributes:
        fields: what was filled in.
        files: by field the name of a file that is not empty, as its owner calls it.
    """

    def __init__(self, fields: Mapping[str, str], uploads: Mapping[str, UploadFile]) -> None:
        self.fields = fields
        self._uploads = uploads
        self.files = {field: (each.filename or field)[:_NAME_MAX] for field, each in uploads.items()}

    def keep(self, field: str, folder: Path) -> Path:
        """Keep a file in a directory; only the ending of its name is taken over."""
        ending = PurePath(self.files[field]).suffix.lower()
        known = is_table(f"x{ending}") or ending in _PLAIN
        path = folder / f"{field}{ending if known else ''}"
        with path.open("wb") as out:
            shutil.copyfileobj(self._uploads[field].file, out)
        return path

    def close(self) -> None:
        """Let go of what was received."""
        for each in self._uploads.values():
            each.file.close()


async def received(request: Request, settings: Settings) -> Received:
    """A form as it arrives; its files are in a place of the system until they are kept.

    Raises:
        Answered: where it is too large or too slow.
        BrokenForm: where it is no form.
    """
    stream = _limited(request, settings.job_bytes_max + _BESIDE)
    parser = MultiPartParser(request.headers, stream, max_files=_FILES_MAX, max_fields=_FIELDS_MAX)
    try:
        async with asyncio.timeout(settings.job_upload_seconds_max):
            told = await parser.parse()
    except (MultiPartException, FormParserError, KeyError, UnicodeDecodeError, ClientDisconnect):
        raise BrokenForm from None
    except TimeoutError:
        detail = f"the tables did not arrive within {settings.job_upload_seconds_max} s"
        raise Answered(problem(408, "body_too_slow", detail, headers={"connection": "close"})) from None
    fields: dict[str, str] = {}
    uploads: dict[str, UploadFile] = {}
    for name, value in told.multi_items():
        if isinstance(value, str):
            fields[name] = value
        elif value.size:
            uploads[name] = value
    return Received(fields, uploads)


async def _limited(request: Request, bytes_max: int) -> AsyncGenerator[bytes, None]:
    """A body, as long as it is not too much."""
    size = 0
    async for part in request.stream():
        size += len(part)
        if size > bytes_max:
            detail = f"the tables are larger than {bytes_max} bytes together; split them"
            raise Answered(problem(413, "too_large", detail, headers={"connection": "close"}))
        yield part
