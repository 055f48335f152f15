"""What the service calls its problems, and what can be the matter with its settings."""

from collections.abc import Mapping
from enum import StrEnum

from billcalc.words.language import Pair, Wording

__all__ = [
    "BODY_TOO_LARGE",
    "KNOWN_PARAMETERS",
    "LINE_FAILED",
    "NO_STORE",
    "PARAMETERS",
    "REPEATED_PARAMETER",
    "SERVICE_WORDING",
    "SETTINGS_TROUBLES",
    "TITLES",
    "UNFIT_PARAMETER",
    "ServiceCode",
    "SettingsTrouble",
]

TITLES: Mapping[int, Pair] = {
    400: Pair("The request is malformed", "请求有误"),
    401: Pair("An API key is needed", "需要 API 密钥"),
    403: Pair("The key is not for this", "该密钥不能用于此事项"),
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


class ServiceCode(StrEnum):
    """What only the service answers: no fault of a bill's input, no refusal of a bill and no problem on one."""

    BAD_REQUEST = "bad_request"
    BODY_CUT_SHORT = "body_cut_short"
    BODY_TOO_SLOW = "body_too_slow"
    BUSY = "busy"
    INTERNAL_ERROR = "internal_error"
    INVALID_PARAMETER = "invalid_parameter"
    KEYS_UNREADABLE = "keys_unreadable"
    METHOD_NOT_ALLOWED = "method_not_allowed"
    NOT_FOUND = "not_found"
    OUT_OF_SCOPE = "out_of_scope"
    STORE_FAILED = "store_failed"
    TOO_MANY_LINES = "too_many_lines"
    TOO_MANY_REQUESTS = "too_many_requests"
    UNAUTHORIZED = "unauthorized"
    UNKNOWN_CODE = "unknown_code"
    UNKNOWN_CURSOR = "unknown_cursor"
    UNKNOWN_DOCUMENT = "unknown_document"
    UNSUPPORTED_MEDIA_TYPE = "unsupported_media_type"


SERVICE_WORDING: Mapping[ServiceCode, Wording] = {
    ServiceCode.BAD_REQUEST: Wording(
        Pair("the request is not one of HTTP as it is understood here", "请求不符合 HTTP 的要求"),
        Pair("send it as the contract has it", "请按接口约定发送"),
    ),
    ServiceCode.BODY_CUT_SHORT: Wording(
        Pair("the connection ended before the body did", "请求内容未送完，连接已断开"),
        Pair("send the request again", "请重新发送请求"),
    ),
    ServiceCode.BODY_TOO_SLOW: Wording(
        Pair("the body did not arrive within its time", "请求内容未在规定时间内送达"),
        Pair("send it faster or in smaller batches", "请加快发送，或分成较小的批次"),
    ),
    ServiceCode.BUSY: Wording(
        Pair("all places or all who calculate are at work", "处理能力已占满"),
        Pair("wait the seconds of Retry-After and try again", "请等待 Retry-After 所示秒数后重试"),
    ),
    ServiceCode.INTERNAL_ERROR: Wording(
        Pair("the service itself failed on the request", "服务处理该请求时自身出错"),
        Pair(
            "report the x-request-id of the answer, of a line of a batch its id",
            "请报告答复的 x-request-id；批量请求中的某一行请报告其 id",
        ),
    ),
    ServiceCode.INVALID_PARAMETER: Wording(
        Pair(
            "a parameter is missing, not of its form, not known, or stands several times",
            "参数缺失、格式不符、无法识别或重复出现",
        ),
        Pair("correct each one that stands under parameters", "请逐一改正 parameters 中列出的参数"),
    ),
    ServiceCode.KEYS_UNREADABLE: Wording(
        Pair("the file of API keys cannot be read, so nobody is let in", "无法读取密钥文件，因此不接受任何请求"),
        Pair("tell whoever runs the service", "请告知服务的运行人员"),
    ),
    ServiceCode.METHOD_NOT_ALLOWED: Wording(
        Pair("the path does not have this method", "该路径不支持这种方法"),
        Pair("use one of those in the header Allow", "请使用 Allow 标头列出的方法"),
    ),
    ServiceCode.NOT_FOUND: Wording(
        Pair("there is nothing at this path", "该路径下没有内容"),
        Pair("look the path up in the contract, /openapi.json", "请在接口约定 /openapi.json 中查找路径"),
    ),
    ServiceCode.OUT_OF_SCOPE: Wording(
        Pair("the key may not do this", "该密钥无权进行此事项"),
        Pair("ask whoever runs the service for a key with its scope", "请向服务的运行人员申请具有该权限的密钥"),
    ),
    ServiceCode.STORE_FAILED: Wording(
        Pair("the store of findings cannot be read or written now", "发现库暂时无法读写"),
        Pair("tell whoever runs the service", "请告知服务的运行人员"),
    ),
    ServiceCode.TOO_MANY_LINES: Wording(
        Pair("a batch has more lines than the service takes", "批量请求的行数超过上限"),
        Pair("split the batch", "请拆分该批次"),
    ),
    ServiceCode.TOO_MANY_REQUESTS: Wording(
        Pair(
            "more of your requests are in work than may be at once, or the key has sent its share of a minute",
            "您同时处理中的请求超过上限，或该密钥一分钟内的请求已达上限",
        ),
        Pair("wait the seconds of Retry-After and try again", "请等待 Retry-After 所示秒数后重试"),
    ),
    ServiceCode.UNAUTHORIZED: Wording(
        Pair("there is no API key with the request, or one that is not known", "请求没有 API 密钥，或密钥无法识别"),
        Pair(
            "send a key as Authorization: Bearer; without keys the service answers on a loopback address only",
            "请以 Authorization: Bearer 发送密钥；未启用密钥时，服务只在本机地址答复",
        ),
    ),
    ServiceCode.UNKNOWN_CODE: Wording(
        Pair("there is no problem with this code", "没有这个代码"),
        Pair("look it up in GET /v1/problems", "请在 GET /v1/problems 中查找"),
    ),
    ServiceCode.UNKNOWN_CURSOR: Wording(
        Pair("the cursor was not given by this service", "该游标不是由本服务给出的"),
        Pair("start without one", "请不带游标重新开始"),
    ),
    ServiceCode.UNKNOWN_DOCUMENT: Wording(
        Pair("there is no document with this id", "没有这个编号的文件"),
        Pair("look it up in GET /v1/tariffs", "请在 GET /v1/tariffs 中查找"),
    ),
    ServiceCode.UNSUPPORTED_MEDIA_TYPE: Wording(
        Pair(
            "the body is of a type that the path does not take, or is packed",
            "该路径不接受这种类型的请求内容，或内容经过压缩",
        ),
        Pair("send one of the types of the contract, as it is", "请按接口约定的类型发送，不要压缩"),
    ),
}
"""What is said of it wherever it stands; an answer may say it with its own numbers."""

LINE_FAILED = Pair("the service failed on this line; report the id {id}", "服务处理这一行时出错；请报告 id {id}")
"""Of a line of a batch."""
BODY_TOO_LARGE = Pair("the body is larger than {limit} bytes; split it", "请求内容超过 {limit} 字节；请拆分")
NO_STORE = Pair(
    "this service keeps no findings; start it with BILLCALC_STORE", "本服务不保存稽查发现；请用 BILLCALC_STORE 启动"
)
KNOWN_PARAMETERS = Pair("this parameter is not known; use {known}", "没有这个参数；请使用 {known}")
REPEATED_PARAMETER = Pair("this parameter stands several times; keep one", "该参数重复出现；请只保留一个")
PARAMETERS: Mapping[str, str] = {
    "missing": "缺少该参数",
    "enum": "请使用以下之一：{expected}",
    "literal_error": "请使用以下之一：{expected}",
    "bool_parsing": "请写 true 或 false",
    "int_parsing": "请写整数",
    "string_too_long": "长度不能超过 {max_length} 个字符",
}
"""What is wrong with a parameter, in Chinese, by the type of its error; the framework says it in English."""
UNFIT_PARAMETER = "取值不符合要求"
"""Of any other."""
