"""What the service calls its problems, and what can be the matter with its settings."""

from collections.abc import Mapping
from enum import StrEnum

from billcalc.words.language import Pair

__all__ = ["SETTINGS_TROUBLES", "TITLES", "SettingsTrouble"]

TITLES: Mapping[int, Pair] = {
    400: Pair("The request is malformed", "请求有误"),
    401: Pair("An API key is needed", "需要 API 密钥"),
    404: Pair("There is no such thing", "没有这项内容"),
    405: Pair("The method is not allowed here", "此处不允许这种方法"),
    406: Pair("The answer cannot be given in this form", "无法按这种形式答复"),
    408: Pair("The body did not arrive in time", "请求内容未及时送达"),
    409: Pair("This is not the next step", "现在不能进行此事项"),
    413: Pair("The body is too large", "请求内容过大"),
    415: Pair("The body is not of an accepted type", "不接受这种类型的请求内容"),
    422: Pair("The bill cannot be calculated", "无法计费"),
    429: Pair("Too many requests at once", "同时的请求过多"),
    500: Pair("The service failed", "服务出错"),
    503: Pair("The service is full, or cannot answer now", "服务已满，或暂时无法答复"),
}
"""By status."""


class SettingsTrouble(StrEnum):
    """Why the service cannot run with its settings."""

    NOT_LOOPBACK = "not_loopback"
    NO_SECONDS = "no_seconds"
    NO_NUMBER = "no_number"


SETTINGS_TROUBLES: Mapping[SettingsTrouble, Pair] = {
    SettingsTrouble.NOT_LOOPBACK: Pair(
        "{host} is not a loopback address: set BILLCALC_KEYS to a file of API keys",
        "{host} 不是本机地址：请用 BILLCALC_KEYS 指定密钥文件",
    ),
    SettingsTrouble.NO_SECONDS: Pair(
        "{variable} is {value}: write 1 or more seconds", "{variable} 为 {value}：请写 1 秒或以上"
    ),
    SettingsTrouble.NO_NUMBER: Pair("{variable} is {value}: write a whole number", "{variable} 为 {value}：请写整数"),
}
"""What is said of it."""
