"""What the service tells of itself."""

from typing import Literal, TypedDict

__all__ = ["AliveData", "ReadyData"]


class AliveData(TypedDict):
    """The process runs."""

    status: Literal["ok"]


class ReadyData(TypedDict):
    """The tariffs are loaded: the engine's version and the tariff set it bills by."""

    status: Literal["ready"]
    version: str
    tariff_set: str
