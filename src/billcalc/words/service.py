"""What the service calls its problems."""

from collections.abc import Mapping

from billcalc.words.language import Pair

__all__ = ["TITLES"]

TITLES: Mapping[int, Pair] = {
    400: Pair("The request is malformed", "请求有误"),
    401: Pair("An API key is needed", "需要 API 密钥"),
    404: Pair("There is no such thing", "没有这项内容"),
    405: Pair("The method is not allowed here", "此处不允许这种方法"),
    406: Pair("The answer cannot be given in this form", "无法按这种形式答复"),
    408: Pair("The body did not arrive in time", "请求内容未及时送达"),
    413: Pair("The body is too large", "请求内容过大"),
    415: Pair("The body is not of an accepted type", "不接受这种类型的请求内容"),
    422: Pair("The bill cannot be calculated", "无法计费"),
    429: Pair("Too many requests at once", "同时的请求过多"),
    500: Pair("The service failed", "服务出错"),
    503: Pair("The service is full, or cannot answer now", "服务已满，或暂时无法答复"),
}
"""By status."""
