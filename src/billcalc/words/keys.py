"""What is said of the service's API keys, and of what can be the matter with their file."""

from collections.abc import Mapping
from enum import StrEnum

from billcalc.words.language import Pair

__all__ = ["KEPT", "KEYS", "KeysTrouble"]

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
