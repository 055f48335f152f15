"""What bills and derivations say beside the words of the field."""

from collections.abc import Mapping
from enum import StrEnum

from billcalc.words.language import Pair

__all__ = ["PHRASES", "Phrase"]


class Phrase(StrEnum):
    """What bills and derivations say beside the words of the field; ``{…}`` are filled in."""

    # punctuation
    QUALIFIED = "qualified"
    BETWEEN_QUALIFIERS = "between_qualifiers"
    BETWEEN_ITEMS = "between_items"
    BETWEEN_LISTED = "between_listed"
    TOGETHER = "together"
    INCLUDE = "include"
    EXCLUDE = "exclude"
    HUGE = "huge"
    LABELLED = "labelled"
    SPAN = "span"
    SINCE = "since"
    ABOVE = "above"
    AT_LEAST = "at_least"
    SENTENCE = "sentence"
    LACKING = "lacking"

    # the bill
    TITLE = "title"
    CYCLE = "cycle"
    ITEM = "item"
    BAND = "band"
    QUANTITY = "quantity"
    PRICE = "price"
    AMOUNT = "amount"
    SUBTOTAL = "subtotal"
    TOTAL = "total"
    GIVEN = "given"
    ENERGY = "energy"
    SUM = "sum"
    POWER_FACTOR = "power_factor"
    ACTIVE = "active"
    REACTIVE = "reactive"
    COSPHI = "cosphi"
    RATIO = "ratio"
    EVIDENCE = "evidence"
    PROBLEMS = "problems"
    DOUBTS = "doubts"
    ALTERNATIVE = "alternative"
    NOT_BILLABLE = "not_billable"
    IDENTITY = "identity"

    # derivations
    BECAUSE = "because"
    ROUNDED = "rounded"
    ALLOCATED = "allocated"
    ROUND = "round"
    MAXIMUM = "maximum"
    MINIMUM = "minimum"
    LOOK_UP = "look_up"
    GIVEN_LINE = "given_line"
    NO_STEPS = "no_steps"
    OTHER_LINES = "other_lines"
    FROM_REQUEST = "from_request"
    FIGURES = "figures"
    RULES = "rules"
    DOCUMENT = "document"

    # the statement
    AREA = "area"
    PERIOD = "period"
    LINES = "lines"
    UNIT = "unit"
    AVERAGE_PRICE = "average_price"
    TAX = "tax"
    READINGS = "readings"
    METERING_POINT = "metering_point"
    REGISTER = "register"
    OPENING = "opening"
    CLOSING = "closing"
    MULTIPLIER = "multiplier"
    COUNTED = "counted"
    LOSSES = "losses"
    TRANSFORMER_LOSS = "transformer_loss"
    LINE_LOSS = "line_loss"
    LOSS = "loss"

    # answers that are not bills
    INVALID = "invalid"
    FAILED = "failed"
    REFUSED = "refused"
    READ_AS = "read_as"
    COLUMNS_UNREAD = "columns_unread"
    HIDDEN_ROWS = "hidden_rows"
    HIDDEN_COLUMNS = "hidden_columns"


PHRASES: Mapping[Phrase, Pair] = {
    Phrase.QUALIFIED: Pair("{name} ({of})", "{name}（{of}）"),
    Phrase.BETWEEN_QUALIFIERS: Pair(", ", "·"),
    Phrase.BETWEEN_ITEMS: Pair(", ", "，"),
    Phrase.BETWEEN_LISTED: Pair(", ", "、"),
    Phrase.TOGETHER: Pair(" + ", " + "),
    Phrase.INCLUDE: Pair("only {names}", "仅含{names}"),
    Phrase.EXCLUDE: Pair("all without {names}", "不含{names}"),
    Phrase.HUGE: Pair("a number of about {digits} digits", "约 {digits} 位的数"),
    Phrase.LABELLED: Pair("{label}: {text}", "{label}：{text}"),
    Phrase.SPAN: Pair("{first} to {last}", "{first} 至 {last}"),
    Phrase.ABOVE: Pair("above {first}", "大于 {first}"),
    Phrase.AT_LEAST: Pair("{first} and more", "{first} 及以上"),
    Phrase.SINCE: Pair("from {first}", "{first} 起"),
    Phrase.SENTENCE: Pair("{what}; {do}", "{what}；{do}"),
    Phrase.LACKING: Pair(
        "{told}; to see all that is lacking: billcalc tariffs missing {lacking}",
        "{told}；一次查清所缺：billcalc tariffs missing {lacking}",
    ),
    Phrase.TITLE: Pair("Electricity bill", "电费账单"),
    Phrase.CYCLE: Pair("cycle", "结算周期"),
    Phrase.ITEM: Pair("item", "项目"),
    Phrase.BAND: Pair("band", "时段"),
    Phrase.QUANTITY: Pair("quantity", "计费量"),
    Phrase.PRICE: Pair("price", "单价"),
    Phrase.AMOUNT: Pair("amount [{currency}]", "金额（{currency}）"),
    Phrase.SUBTOTAL: Pair("section [{currency}]", "小计（{currency}）"),
    Phrase.TOTAL: Pair("Total", "合计"),
    Phrase.GIVEN: Pair("given", "给定"),
    Phrase.ENERGY: Pair("Billed energy", "结算电量"),
    Phrase.AREA: Pair("area", "地区"),
    Phrase.PERIOD: Pair("days billed", "计费时段"),
    Phrase.LINES: Pair("Charges", "电费明细"),
    Phrase.UNIT: Pair("unit", "单位"),
    Phrase.AVERAGE_PRICE: Pair("Average price", "平均电价"),
    Phrase.TAX: Pair("Of which tax of {rate}", "其中：税额（税率 {rate}）"),
    Phrase.READINGS: Pair("Readings", "示数"),
    Phrase.METERING_POINT: Pair("metering point", "计量点"),
    Phrase.REGISTER: Pair("register", "示数类型"),
    Phrase.OPENING: Pair("opening", "上次示数"),
    Phrase.CLOSING: Pair("closing", "本次示数"),
    Phrase.MULTIPLIER: Pair("multiplier", "倍率"),
    Phrase.COUNTED: Pair("counted", "抄见电量"),
    Phrase.LOSSES: Pair("Losses", "损耗电量"),
    Phrase.TRANSFORMER_LOSS: Pair("transformer [{unit}]", "变损（{unit}）"),
    Phrase.LINE_LOSS: Pair("line [{unit}]", "线损（{unit}）"),
    Phrase.LOSS: Pair("loss [{unit}]", "损耗（{unit}）"),
    Phrase.SUM: Pair("sum", "合计"),
    Phrase.POWER_FACTOR: Pair("Power factor", "功率因数"),
    Phrase.ACTIVE: Pair("active", "有功"),
    Phrase.REACTIVE: Pair("reactive", "无功"),
    Phrase.COSPHI: Pair("cosφ", "cosφ"),
    Phrase.RATIO: Pair("adjustment", "调整率"),
    Phrase.EVIDENCE: Pair("Weakest evidence", "最弱依据"),
    Phrase.PROBLEMS: Pair("Problems", "疑点与提示"),
    Phrase.DOUBTS: Pair("Doubts about the recomputed bill", "复算账单的疑点"),
    Phrase.ALTERNATIVE: Pair(
        "with {value} the total would change by {difference}", "若按“{value}”，合计变化 {difference}"
    ),
    Phrase.NOT_BILLABLE: Pair("with {value} the bill could not be calculated", "若按“{value}”，则无法计算"),
    Phrase.IDENTITY: Pair(
        "bill {id}, billcalc {version}, tariffs {tariff_set}", "账单 {id}，billcalc {version}，电价库 {tariff_set}"
    ),
    Phrase.BECAUSE: Pair("because", "因为"),
    Phrase.ROUNDED: Pair("rounded to {step}, half away from zero", "四舍五入到 {step}"),
    Phrase.ALLOCATED: Pair(
        "shared out in steps of {step} so that the parts sum to the whole", "按 {step} 的整数倍分摊，各部分之和等于总数"
    ),
    Phrase.ROUND: Pair("round to {step} ({of})", "四舍五入到 {step}（{of}）"),
    Phrase.MAXIMUM: Pair("the larger of ({of})", "取大者（{of}）"),
    Phrase.MINIMUM: Pair("the smaller of ({of})", "取小者（{of}）"),
    Phrase.LOOK_UP: Pair("table entry of ({of})", "查表（{of}）"),
    Phrase.GIVEN_LINE: Pair(
        "The amount was given with the request and not calculated.", "该金额由请求给定，未经计算。"
    ),
    Phrase.NO_STEPS: Pair("The bill was calculated without a derivation.", "该账单计算时未保留推导过程。"),
    Phrase.OTHER_LINES: Pair("Amounts of other lines, derived there", "其他行的金额，推导见各行"),
    Phrase.FROM_REQUEST: Pair("From the request", "取自请求"),
    Phrase.FIGURES: Pair("figures", "数据"),
    Phrase.RULES: Pair("rules", "规则"),
    Phrase.DOCUMENT: Pair('"{title}"', "《{title}》"),
    Phrase.INVALID: Pair("invalid input", "输入有误"),
    Phrase.FAILED: Pair("failed", "未能完成"),
    Phrase.REFUSED: Pair("cannot be billed", "无法计费"),
    Phrase.READ_AS: Pair("{name}: no UTF-8; read as {encoding}", "{name}：不是 UTF-8，按 {encoding} 读取"),
    Phrase.COLUMNS_UNREAD: Pair("{name}: not read: {columns}", "{name}：未读取的列：{columns}"),
    Phrase.HIDDEN_ROWS: Pair("{name}: {count} hidden rows are read, too", "{name}：隐藏的 {count} 行也已读取"),
    Phrase.HIDDEN_COLUMNS: Pair(
        "{name}: hidden columns are read, too: {columns}", "{name}：隐藏的列也已读取：{columns}"
    ),
}
