"""Reading a form: within the limits of the service, and only where it was given to who sends it."""

from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import dataclass, field

from python_multipart.exceptions import FormParserError
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from billcalc_api.bodies import read_body
from billcalc_api.settings import Settings

__all__ = ["BrokenForm", "Form", "Upload", "read_form"]

_MULTIPART = "multipart/form-data"
_FILES_MAX = 2
_FIELDS_MAX = 400
_BESIDE = 64 * 1024
"""What a form has besides its files: names and borders [byte]."""


class BrokenForm(Exception):
    """A body that is no form."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file of a form.

    Attributes:
        name: as its owner calls it; messages name it so, and nothing is opened by it.
    """

    name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Form:
    """What was filled in.

    Attributes:
        lists: the files of each field that lets several be chosen; one that none was chosen for has an empty file.
    """

    fields: Mapping[str, str] = field(repr=False)
    files: Mapping[str, Upload] = field(repr=False)
    lists: Mapping[str, Sequence[Upload]] = field(repr=False)


async def read_form(request: Request, settings: Settings, *, files_max: int = _FILES_MAX) -> Form:
    """Read a whole form; it stays in memory, and nothing of it goes to the disk.

    Raises:
        Answered: where it is too large, too slow or of another type.
        BrokenForm: where it is no form.
    """
    bytes_max = _FILES_MAX * settings.body_bytes_max + _BESIDE
    body = await read_body(request, media_type=_MULTIPART, bytes_max=bytes_max, seconds_max=settings.body_seconds_max)
    parser = MultiPartParser(request.headers, _whole(body), max_files=files_max, max_fields=_FIELDS_MAX)
    parser.spool_max_size = parser.max_part_size = bytes_max
    try:
        told = await parser.parse()
    except (MultiPartException, FormParserError, KeyError, UnicodeDecodeError):  # KeyError: a type without a border
        raise BrokenForm from None
    fields: dict[str, str] = {}
    files: dict[str, Upload] = {}
    lists: dict[str, list[Upload]] = {}
    for name, value in told.multi_items():
        if isinstance(value, UploadFile):
            files[name] = Upload(value.filename or name, await value.read())
            lists.setdefault(name, []).append(files[name])
            await value.close()
        else:
            fields[name] = value
    return Form(fields, files, lists)


async def _whole(body: bytes) -> AsyncGenerator[bytes, None]:
    yield body
    yield b""
