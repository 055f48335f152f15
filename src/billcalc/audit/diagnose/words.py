"""What is said of each cause, in English and Chinese: what happened, by which text, and what confirms it."""

from collections.abc import Mapping
from typing import NamedTuple

from billcalc.audit.diagnose.clauses import Clause, clauses_said
from billcalc.words.language import Language, Pair

__all__ = ["CAUSE_WORDS", "CauseWords", "Told"]


class Told(NamedTuple):
    """One language: what happened, and which file to pull; ``{…}`` are the facts of an instance."""

    what: str
    look_up: str


class CauseWords(NamedTuple):
    """The words of one cause.

    Attributes:
        clauses: the texts that say what is right.
    """

    english: Told
    chinese: Told
    clauses: tuple[Clause, ...]

    @property
    def source(self) -> str:
        """The clauses, in Chinese, as they are cited."""
        return clauses_said(self.clauses, Language.CHINESE)


_SUPPLY = Clause("供电营业规则（国家发展和改革委员会令第14号）")
_SUPPLY_1996 = "供电营业规则（1996年电力工业部令第8号）"
_FACTOR = Clause("(83)水电财字第215号 功率因数调整电费办法")
_NETWORK = Clause("发改价格〔2023〕526号")
_TWO_PART = Clause("发改办价格〔2016〕1583号")
_AGENCY = Clause("发改办价格〔2021〕809号")
_LEVIES = Clause(Pair("the document of the levy", "该项基金或附加的征收文件"))
_HOURS = Clause(Pair("the area's document of time-of-use prices", "当地分时电价文件"))
_TIERS = Clause(Pair("the area's document of prices by tier", "当地阶梯电价文件"))
_DAYS_OFF = Clause(
    Pair("the State Council's notice of the year's holidays", "国务院办公厅关于当年部分节假日安排的通知")
)
_AREA = Clause(
    Pair("the area's billing convention (docs/conventions.md)", "当地计费惯例（docs/conventions.md）"),
    is_national=False,
)


def _words(english: tuple[str, str], chinese: tuple[str, str], *clauses: Clause) -> CauseWords:
    return CauseWords(Told(*english), Told(*chinese), clauses)


CAUSE_WORDS: Mapping[str, CauseWords] = {
    "voltage": _words(
        (
            "group {group} was billed at the prices of {wrong} in place of {right}",
            "the supply agreement's voltage, and the voltage in the master file",
        ),
        ("计费分组 {group} 按“{wrong}”电价计费，应为“{right}”", "供用电合同中的供电电压，以及档案中的电压等级"),
        _NETWORK,
    ),
    "price_table": _words(
        ("the price table {document} was used in place of {right}", "the month of the price table in the billing run"),
        ("使用了电价表 {document}，应为 {right}", "发行所用电价版本及其执行月份"),
        _AGENCY,
    ),
    "multiplier": _words(
        (
            "metering point {point} was billed with the multiplier {wrong} in place of {right}",
            "the nameplates of the instrument transformers, and the work order of their installation",
        ),
        ("计量点 {point} 按倍率 {wrong} 计费，应为 {right}", "互感器铭牌变比，以及装表接电工单"),
        Clause(_SUPPLY_1996, "第八十一条"),
        _SUPPLY,
    ),
    "standard": _words(
        (
            "supply point {supply_point} was assessed by the power-factor standard {wrong} in place of {right}",
            "the standard in the supply agreement, and the customer's capacity and use",
        ),
        (
            "受电点 {supply_point} 的功率因数标准记为 {wrong}，应为 {right}",
            "供用电合同约定的考核标准，以及用电容量和用电性质",
        ),
        _FACTOR,
    ),
    "power_factor_base": _words(
        (
            "the adjustment was taken of another base: {wrong}",
            "how the billing system is set for the base of the adjustment",
        ),
        ("力调电费的计算基数不同：{wrong}", "营销系统中力调电费基数的参数设置"),
        _FACTOR,
        _AREA,
    ),
    "bands_ignored": _words(
        (
            "group {group} was billed {wrong}, and is {right}",
            "the time-of-use mark in the master file, and the tables of the meter",
        ),
        ("计费分组 {group} 被作为{wrong}计费，应为{right}", "档案中的分时标志，以及电能表时段设置"),
        _HOURS,
    ),
    "billing_parts": _words(
        (
            "group {group} was billed as {wrong} in place of {right}",
            "the capacity of the agreement, and the customer's choice of billing",
        ),
        ("计费分组 {group} 按“{wrong}”计费，应为“{right}”", "合同容量，以及用户选择电价方式的申请"),
        _NETWORK,
    ),
    "customer_class": _words(
        (
            "group {group} was billed as {wrong} in place of {right}",
            "the use of the energy on site, and the class in the agreement",
        ),
        ("计费分组 {group} 按“{wrong}”计费，应为“{right}”", "现场用电性质，以及合同约定的用电类别"),
        _SUPPLY,
    ),
    "purchase": _words(
        (
            "group {group} was billed by purchase {wrong} in place of {right}",
            "the customer's registration in the market and its dates",
        ),
        ("计费分组 {group} 按“{wrong}”计费，应为“{right}”", "用户的市场化属性及其变更日期"),
        _AGENCY,
    ),
    "basic_mode": _words(
        (
            "the basic charge was billed by {wrong} in place of {right}",
            "the customer's last application for the way of the basic charge",
        ),
        ("基本电费计收方式记为“{wrong}”，应为“{right}”", "用户最近一次基本电费计收方式申请"),
        _TWO_PART,
    ),
    "contract": _words(
        (
            "the contracted demand {name} was taken as {wrong} kW in place of {right} kW",
            "the agreed demand of the month and its application",
        ),
        ("合同最大需量 {name} 按 {wrong} 千瓦计，应为 {right} 千瓦", "当月核定需量及其变更申请"),
        _TWO_PART,
    ),
    "suspension": _words(
        (
            "the transformer {id} was billed as {wrong} from {day} on, and was {right}",
            "the work orders of suspension and sealing, with their days",
        ),
        ("变压器 {id} 自 {day} 起按“{wrong}”计费，应为“{right}”", "暂停、加封、启封工单及其日期"),
        _TWO_PART,
    ),
    "capacity_size": _words(
        (
            "the transformer {id} was billed with {wrong} kVA in place of {right} kVA",
            "the nameplate of the transformer, and the agreement",
        ),
        ("变压器 {id} 按 {wrong} 千伏安计费，应为 {right} 千伏安", "变压器铭牌容量，以及供用电合同"),
        _SUPPLY,
    ),
    "demand_multiplier": _words(
        (
            "the maximum demand of supply point {supply_point} was billed as shown, {wrong} kW, without the multiplier",
            "the demand reading and the multiplier of its meter",
        ),
        ("受电点 {supply_point} 的最大需量按示数 {wrong} 千瓦计，未乘倍率", "需量示数及其电能表倍率"),
        _SUPPLY,
    ),
    "floor": _words(
        (
            "the floor of the contracted demand ({share} of the running capacity) was left out",
            "the running capacity of the month beside the contracted demand",
        ),
        ("未执行合同最大需量的下限（运行容量的 {share}）", "当月运行容量与核定需量"),
        _TWO_PART,
    ),
    "excess": _words(
        (
            "demand above the contract was {wrong}",
            "the maximum demand of the month beside the contract",
        ),
        ("超过合同最大需量的部分{wrong}", "当月最大需量与核定需量"),
        _TWO_PART,
    ),
    "discount": _words(
        (
            "the discount for intensive use was {wrong}",
            "the energy of all meters of the month and the contract capacity",
        ),
        ("需量电价九折优惠{wrong}", "当月全部计量点电量与合同变压器容量"),
        _NETWORK,
    ),
    "digit": _words(
        (
            "register {register} of metering point {point} on {day} was read as {wrong} in place of {right}",
            "the photograph or the record of the reading",
        ),
        ("计量点 {point} 在 {day} 的 {register} 示数被抄为 {wrong}，应为 {right}", "抄表照片或采集记录"),
        _SUPPLY,
    ),
    "digits_exchanged": _words(
        (
            "two digits of register {register} of metering point {point} on {day} were exchanged: {wrong} for {right}",
            "the photograph or the record of the reading",
        ),
        ("计量点 {point} 在 {day} 的 {register} 示数两位数字颠倒：{wrong}，应为 {right}", "抄表照片或采集记录"),
        _SUPPLY,
    ),
    "given_quantity": _words(
        (
            "the given {register} {quantity} of metering point {point} was taken as {wrong} in place of {right}",
            "the record of the readings or of the collected data, beside what was typed",
        ),
        ("计量点 {point} 给定的{register}{quantity}记为 {wrong}，应为 {right}", "抄表记录或采集数据，与录入的数值核对"),
        _SUPPLY,
    ),
    "registers_swapped": _words(
        (
            "the readings of registers {register} and {other} of metering point {point} were exchanged",
            "the display of the meter, register by register",
        ),
        ("计量点 {point} 的 {register} 与 {other} 示数互换", "电能表逐项显示的示数"),
        _SUPPLY,
    ),
    "rollover": _words(
        (
            "register {register} of metering point {point} passed zero before {day}; its last reading alone was billed",
            "the number of digits of the meter, and the reading before",
        ),
        ("计量点 {point} 的 {register} 在 {day} 前已过零，仅按末次示数计费", "电能表位数及上次示数"),
        _SUPPLY,
    ),
    "meter_exchange": _words(
        (
            "what metering point {point} counted {wrong} the exchange of {day} was left out",
            "the work order of the exchange with both readings",
        ),
        ("计量点 {point} 在 {day} 换表{wrong}的电量漏计", "换表工单及其拆装示数"),
        _SUPPLY,
    ),
    "losses": _words(
        (
            "the losses of metering point {point} were {wrong}",
            "on which side of the transformer the meter stands, and what the agreement says of losses",
        ),
        ("计量点 {point} 的变压器及线路损耗{wrong}", "计量方式（高供低计）、产权分界点及合同约定的损耗"),
        Clause(_SUPPLY_1996, "第七十四条"),
        _SUPPLY,
    ),
    "sub_meter": _words(
        (
            "the sub-meter {child} of metering point {point} was {wrong}",
            "the relation of the meters in the master file",
        ),
        ("计量点 {point} 的分表 {child} {wrong}", "档案中的主分表关系"),
        _SUPPLY,
    ),
    "sub_meter_order": _words(
        ("{key} was taken as {wrong}", "the settings for fixed and proportional energy"),
        ("“{key}”执行为“{wrong}”", "定量定比的计算设置"),
        _AREA,
    ),
    "reactive": _words(
        (
            "reactive energy was counted by other registers: {wrong}",
            "which registers the billing system adds, and the reverse reading",
        ),
        ("无功电量取用的示数不同：{wrong}", "营销系统参与考核的无功示数，以及反向无功示数"),
        _FACTOR,
    ),
    "cosphi_cut": _words(
        (
            "the power factor of {scope} was taken as {wrong} in place of {right}: cut or rounded up",
            "the active and reactive energy, and the table's step",
        ),
        ("{scope} 的功率因数取为 {wrong}，应为 {right}：被截断或进位", "有功、无功电量，以及查表步长"),
        Clause(_FACTOR.document, "附表"),
    ),
    "power_factor_scope": _words(
        (
            "the power factor was assessed for another whole: {wrong}",
            "for what the agreement has the power factor assessed",
        ),
        ("功率因数的考核范围按“{wrong}”执行", "合同约定的功率因数考核范围"),
        _FACTOR,
        _AREA,
    ),
    "day_count": _words(
        ("a part of a month was counted by {wrong}", "the day of the change and the rule in force on it"),
        ("不足月的天数{wrong}计算", "变更日期及当日有效的计算办法"),
        _SUPPLY,
    ),
    "edge_days": _words(
        ("the day of a change was {wrong} ({key})", "the days of the work orders"),
        ("“{key}”执行为“{wrong}”", "业务工单日期"),
        _SUPPLY,
    ),
    "change_ignored": _words(
        (
            "the change of {day} was {wrong}",
            "the work order of the change and the day it was entered",
        ),
        ("{day} 的变更{wrong}", "变更工单及其归档日期"),
        _SUPPLY,
    ),
    "component_left_out": _words(
        ("the component {line} of {document} was not billed", "the components of the price in the billing system"),
        ("{document} 中的“{line}”漏计", "营销系统中电价的组成项目"),
        _NETWORK,
    ),
    "printed_line": _words(
        (
            "the whole line {line} was {wrong}",
            "how the billing system puts the line together, and whether the bill's form has it once",
        ),
        ("“{line}”整行{wrong}", "营销系统中该行的组成及计费标志，以及账单模板是否漏列、重列"),
        _NETWORK,
    ),
    "levy_rate": _words(
        (
            "{line} was billed at the rate of {document} in place of {right}",
            "the dates of the levy in the billing system, and its document",
        ),
        ("“{line}”按 {document} 的标准计收，应按 {right}", "营销系统中该项基金或附加标准的执行日期，及其征收文件"),
        _LEVIES,
    ),
    "given_line": _words(
        ("the given line {line} was {wrong}", "the papers of the line: refund, market settlement"),
        ("给定行“{line}”{wrong}", "该行的依据：退补单、市场结算单"),
        _SUPPLY,
    ),
    "earlier_version": _words(
        ("the table {document} was used, which {right} corrects", "the version of the price table in the billing run"),
        ("使用了已被 {right} 更正的电价表 {document}", "发行所用电价版本"),
        _AGENCY,
    ),
    "time_of_use_table": _words(
        (
            "the time of use of {document} was used in place of {right}",
            "the season and the time-of-use table in the billing run",
        ),
        ("使用了 {document} 的分时规定，应为 {right}", "发行所用的季节及分时方案"),
        _HOURS,
    ),
    "holiday": _words(
        (
            "the bands of the break of {day} were billed otherwise ({wrong})",
            "the calendar in the billing system and in the meter",
        ),
        ("{day} 节假日的时段执行有误（{wrong}）", "营销系统及电能表中的节假日设置"),
        _HOURS,
        _DAYS_OFF,
    ),
    "tiers": _words(
        (
            "the tiers of {group} were counted otherwise ({wrong})",
            "what was billed before in the period of the tiers, the days of the account, and the persons",
        ),
        ("{group} 的阶梯计算有误（{wrong}）", "阶梯周期内已计电量、立户销户日期，以及家庭人口"),
        _TIERS,
    ),
    "price_day": _words(
        ("prices were taken by {wrong} ({key})", "which day's price the billing system takes"),
        ("“{key}”执行为“{wrong}”", "营销系统取价日期的设置"),
        _AREA,
    ),
    "energy_register": _words(
        ("the energy was taken otherwise: {key} was taken as {wrong}", "the total register beside the bands"),
        ("“{key}”执行为“{wrong}”", "总示数与各时段示数"),
        _AREA,
    ),
    "adjustment_rounding": _words(
        ("the adjustment was rounded by {wrong}", "how the billing system rounds the adjustment"),
        ("力调电费按“{wrong}”取整", "营销系统力调电费的取整方式"),
        _AREA,
    ),
    "rounding": _words(
        ("{key} was taken as {wrong}", "how the billing system rounds"),
        ("“{key}”执行为“{wrong}”", "营销系统的取整方式"),
        _AREA,
    ),
}
"""The words of every cause, by its code."""
