"""What the service tells of itself."""

from typing import Literal, TypedDict

__all__ = ["AliveData", "IndexData", "ReadyData"]


class AliveData(TypedDict):
    """The process runs."""

    status: Literal["ok"]


class ReadyData(TypedDict):
    """The tariffs are loaded: the engine's version and the tariff set it bills by."""

    status: Literal["ready"]
    version: str
    tariff_set: str


class IndexData(TypedDict):
    """The engine's version, and the paths at which a client learns the rest."""

    name: Literal["billcalc"]
    version: str
    contract: str
    problems: str
    areas: str
    coverage: str
    tariffs: str
