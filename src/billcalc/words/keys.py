"""What is said of the service's API keys, and of what can be the matter with their file."""

from collections.abc import Mapping
from enum import StrEnum

from billcalc.words.language import Pair

__all__ = ["KEPT", "KEYS", "KEYS_COMMANDS", "KEYS_OPTIONS", "KeysTrouble"]

KEPT = Pair(
    "its hash is kept in {path}: start the service with --keys {path}",
    "其散列值已存入 {path}：请用 --keys {path} 启动服务",
)
"""What is said of a key that was made."""


class KeysTrouble(StrEnum):
    """What is the matter."""

    UNREADABLE = "unreadable"
    UNWRITABLE = "unwritable"
    DAMAGED = "damaged"
    NAME_TAKEN = "name_taken"
    NAME_UNKNOWN = "name_unknown"
    NO_NAME = "no_name"


KEYS: Mapping[KeysTrouble, Pair] = {
    KeysTrouble.UNREADABLE: Pair(
        "the keys in {path} cannot be read: {reason}; check the path, and that you may read it",
        "无法读取密钥文件 {path}：{reason}；请检查路径以及是否有读取权限",
    ),
    KeysTrouble.UNWRITABLE: Pair(
        "the keys in {path} cannot be written: {reason}; check the path and the space on the disk, "
        "and with billcalc keys list which keys there are",
        "无法写入密钥文件 {path}：{reason}；请检查路径和磁盘空间，并用 billcalc keys list 查看现有密钥",
    ),
    KeysTrouble.DAMAGED: Pair(
        "{path}:{line}: this line is not an API key; restore the file or remove the line",
        "{path}:{line}：这一行不是 API 密钥；请恢复该文件或删除这一行",
    ),
    KeysTrouble.NAME_TAKEN: Pair(
        'there is a key "{name}" already: revoke it, or choose another name',
        "已有名为“{name}”的密钥：请先吊销，或另取名称",
    ),
    KeysTrouble.NAME_UNKNOWN: Pair(
        'there is no key "{name}"',
        "没有名为“{name}”的密钥",
    ),
    KeysTrouble.NO_NAME: Pair(
        "this cannot be the name of a key: give a text of 1 to {limit} characters",
        "这不能作为密钥的名称：请给出 1 到 {limit} 个字符的文本",
    ),
}
"""What is said of it."""

KEYS_COMMANDS: Mapping[str, Pair] = {
    "keys": Pair("Make, list, renew and revoke the service's API keys.", "管理服务的密钥。可新建、列出、更换和吊销。"),
    "keys create": Pair("Make a key and print it; it is not shown again.", "新建密钥并显示。只显示这一次。"),
    "keys list": Pair(
        "List the keys: the days they were made, their names, and what they may do where not everything.",
        "列出各密钥。包括新建日期、名称，以及权限和限额（如有）。",
    ),
    "keys renew": Pair(
        "Make another key of NAME with the same rights; the older one holds until it is revoked.",
        "更换密钥。为同一名称新建权限相同的密钥；原密钥在吊销前仍有效。",
    ),
    "keys revoke": Pair("Forget a key; a running service refuses it from now on.", "吊销密钥。运行中的服务不再接受。"),
}
_FILE = Pair("The file of keys; only hashes are in it.", "密钥文件；其中只有散列值。")
KEYS_OPTIONS: Mapping[str, Mapping[str, Pair]] = {
    "keys create": {
        "--scope": Pair("What it may do; may be repeated. Without one everything.", "权限，可多次给出；不给出则不限。"),
        "--per-minute": Pair("How many requests it may send in a minute.", "每分钟可发送的请求数。"),
        "--at-once": Pair("How many of its requests may be worked on at once.", "可同时处理的请求数。"),
        "--file": _FILE,
    },
    "keys list": {"--file": _FILE},
    "keys renew": {"--file": _FILE},
    "keys revoke": {"--older": Pair("Keep the newest key of the name.", "保留该名称最新的密钥。"), "--file": _FILE},
}
"""What the help says of the commands, and of their options."""
