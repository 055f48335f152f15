"""What can be the matter with the file of keys, in English and in Chinese."""

from enum import StrEnum

from billcalc.fields.shown import printable
from billcalc.words.language import Language, Pair

__all__ = ["KEPT", "KeysError", "KeysTrouble"]


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


_WORDING = {
    Language.ENGLISH: {
        KeysTrouble.UNREADABLE: "the keys in {path} cannot be read: {reason}; check the path, and that you may read it",
        KeysTrouble.UNWRITABLE: "the keys in {path} cannot be written: {reason}; check the path and the space on the "
        "disk, and with billcalc keys list which keys there are",
        KeysTrouble.DAMAGED: "{path}:{line}: this line is not an API key; restore the file or remove the line",
        KeysTrouble.NAME_TAKEN: 'there is a key "{name}" already: revoke it, or choose another name',
        KeysTrouble.NAME_UNKNOWN: 'there is no key "{name}"',
        KeysTrouble.NO_NAME: "this cannot be the name of a key: give a text of 1 to {limit} characters",
    },
    Language.CHINESE: {
        KeysTrouble.UNREADABLE: "无法读取密钥文件 {path}：{reason}；请检查路径以及是否有读取权限",
        KeysTrouble.UNWRITABLE: "无法写入密钥文件 {path}：{reason}；请检查路径和磁盘空间，并用 billcalc keys list "
        "查看现有密钥",
        KeysTrouble.DAMAGED: "{path}:{line}：这一行不是 API 密钥；请恢复该文件或删除这一行",
        KeysTrouble.NAME_TAKEN: "已有名为“{name}”的密钥：请先吊销，或另取名称",
        KeysTrouble.NAME_UNKNOWN: "没有名为“{name}”的密钥",
        KeysTrouble.NO_NAME: "这不能作为密钥的名称：请给出 1 到 {limit} 个字符的文本",
    },
}


class KeysError(ValueError):
    """The file of keys, or the name of one, is not as it must be; nothing of a key is in the message."""

    def __init__(self, trouble: KeysTrouble, **facts: str) -> None:
        self.trouble = trouble
        self._facts = {name: printable(fact) for name, fact in facts.items()}
        super().__init__(self.told(Language.ENGLISH))

    def told(self, language: Language) -> str:
        """What is the matter and what to do."""
        return _WORDING[language][self.trouble].format_map(self._facts)
