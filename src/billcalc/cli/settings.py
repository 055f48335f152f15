"""What a user has settled once for all calls: in the environment, and before that in a file of the platform's place.

``BILLCALC_CONFIG`` names another file, or, where it is empty, none. What is told nearer to the call wins: an option,
the environment, the file; then, for the language, the locale.
"""

from collections.abc import Iterator, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from billcalc.fields import Model, Printed, validated
from billcalc.files.text import read_text
from billcalc.files.toml_text import parse_toml
from billcalc.words.language import Language
from billcalc.words.settings import Origin

__all__ = ["SETTINGS", "SETTLED", "Output", "Settings", "Told", "read_settings"]


class Output(StrEnum):
    """In which shape commands answer that have a choice."""

    TABLE = "table"
    JSON = "json"


class _Config(Model):
    """What a file may settle."""

    language: Language | None = None
    tariffs: Printed | None = None
    output: Output | None = None
    layouts: Printed | None = None


_VARIABLES = {
    "language": "BILLCALC_LANG",
    "tariffs": "BILLCALC_TARIFFS",
    "output": "BILLCALC_OUTPUT",
    "layouts": "BILLCALC_LAYOUTS",
}
SETTINGS = tuple(_VARIABLES)
"""What may be settled."""
_FOLDERS = ("tariffs", "layouts")


@dataclass(frozen=True, slots=True)
class Told:
    """One value, and where it is told."""

    value: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class Settings:
    """What is settled.

    Attributes:
        file: where a file would be; None where none is to be read.
        read: whether it is there.
        told: by setting, the value that wins before those that it overrides.
    """

    file: Path | None = None
    read: bool = False
    told: Mapping[str, tuple[Told, ...]] = field(default_factory=dict)

    def of(self, setting: str) -> tuple[Told, ...]:
        """What is told of a setting; the first counts."""
        return self.told.get(setting, ())

    def value(self, setting: str) -> str | None:
        """The value of a setting."""
        return next((each.value for each in self.of(setting)), None)

    @property
    def language(self) -> Language | None:
        """The language, where one is settled."""
        value = self.value("language")
        return None if value is None else Language(value)

    def located(self, name: Any) -> Any:
        """A layout of the folder of layouts, by its name with or without ``.yaml``; another stays as it is."""
        folder = self.value("layouts")
        if name is None or folder is None or Path(name).exists():
            return name
        candidates = (Path(folder) / name, Path(folder) / f"{name}.yaml")
        return next((type(name)(each) for each in candidates if each.is_file()), name)


_NOTHING = Settings()
SETTLED: ContextVar[Settings] = ContextVar("settled", default=_NOTHING)
"""What is settled for this call."""


def read_settings(environment: Mapping[str, str]) -> Settings:
    """What the environment and the file settle.

    Raises:
        InvalidInput: for what no setting may be, with the line of the file or the name of the variable.
    """
    told = {name: environment[variable] for name, variable in _VARIABLES.items() if environment.get(variable)}
    near = validated(_Config, told, where=lambda path: _VARIABLES.get(str(path[0]), ""))
    file = _file(environment)
    named = bool(environment.get("BILLCALC_CONFIG"))
    if file is None or not (named or file.exists()):
        return Settings(file, read=False, told=_merged((near, Origin.ENVIRONMENT, Path())))
    toml = parse_toml(read_text(file))
    far = validated(_Config, toml.data, where=toml.where)
    layers = ((near, Origin.ENVIRONMENT, Path()), (far, Origin.FILE, file.parent))
    return Settings(file, read=True, told=_merged(*layers))


def _file(environment: Mapping[str, str]) -> Path | None:
    named = environment.get("BILLCALC_CONFIG")
    if named is not None:
        return Path(named) if named else None
    import platformdirs

    return platformdirs.user_config_path("billcalc", appauthor=False, roaming=True) / "config.toml"


def _merged(*layers: tuple[_Config, Origin, Path]) -> dict[str, tuple[Told, ...]]:
    return {name: tuple(_told(name, layers)) for name in _VARIABLES}


def _told(name: str, layers: tuple[tuple[_Config, Origin, Path], ...]) -> Iterator[Told]:
    for config, origin, folder in layers:
        value: str | None = getattr(config, name)
        if value is not None:
            yield Told(str(folder / Path(value).expanduser()) if name in _FOLDERS else str(value), origin)
