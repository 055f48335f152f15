"""What the numbers of a loss and its conventions are called, in English and in Chinese."""

from collections.abc import Mapping

from billcalc.kernel.terms import Term
from billcalc.vocabulary import Kind

__all__ = [
    "CHINESE_LOSS_CHOICES",
    "CHINESE_LOSS_CONVENTIONS",
    "CHINESE_LOSS_KINDS",
    "CHINESE_LOSS_TERMS",
    "CHINESE_LOSS_THINGS",
    "CHINESE_LOSS_UNITS",
    "ENGLISH_LOSS_CHOICES",
    "ENGLISH_LOSS_CONVENTIONS",
    "ENGLISH_LOSS_KINDS",
    "ENGLISH_LOSS_TERMS",
    "ENGLISH_LOSS_THINGS",
    "ENGLISH_LOSS_UNITS",
]

_TERMS: Mapping[Term, tuple[str, str]] = {
    Term.NO_LOAD_LOSS: ("no-load loss P0", "空载损耗 P0"),
    Term.LOAD_LOSS: ("load loss Pk", "负载损耗 Pk"),
    Term.NO_LOAD_CURRENT: ("no-load current I0 %", "空载电流 I0%"),
    Term.SHORT_CIRCUIT_VOLTAGE: ("short-circuit voltage Uk %", "短路阻抗 Uk%"),
    Term.LOAD_SHAPE: ("load-shape factor K", "负荷波动系数 K"),
    Term.ASSUMED_POWER_FACTOR: ("assumed power factor", "假定功率因数"),
    Term.RUNNING_HOURS: ("running hours", "运行小时数"),
    Term.APPARENT_SQUARE: ("square of the apparent energy", "视在电量的平方"),
    Term.USABLE_SHARE: ("usable share of the capacity", "可用容量系数"),
    Term.LOAD_LIMIT: ("limit of the load", "负载率界限"),
    Term.LOSS_SHARE: ("share of the loss", "损耗比例"),
    Term.TABLE_LIMIT: ("limit of the table's band", "损耗表电量档界限"),
    Term.TABLE_LOSS: ("loss by the table", "查表损耗"),
    Term.AGREED_LOSS: ("agreed loss", "协议损耗"),
    Term.LINE_RESISTANCE: ("resistance of the line", "线路电阻"),
    Term.LINE_REACTANCE: ("reactance of the line", "线路电抗"),
    Term.LINE_VOLTAGE: ("voltage of the line", "线路电压"),
    Term.LINE_CURRENT: ("current of the line", "线路电流"),
    Term.LINE_FACTOR: ("factor of the line's loss", "线损计算系数"),
    Term.IRON_LOSS: ("iron loss", "铁损"),
    Term.COPPER_LOSS: ("copper loss", "铜损"),
    Term.TRANSFORMER_LOSS: ("transformer loss", "变损"),
    Term.LINE_LOSS: ("line loss", "线损"),
    Term.USED_BY_OTHERS: ("energy of another user of the transformer", "同一变压器其他用户电量"),
    Term.USER_WEIGHT: ("weight of the user", "用户分摊权重"),
    Term.SHARED_LOSS: ("part of the shared loss", "分摊的变损"),
    Term.LOSS_ENERGY: ("loss energy", "损耗电量"),
    Term.DEMAND_LOSS: ("loss in the demand", "损耗需量"),
}

_CONVENTIONS: Mapping[str, tuple[str, str]] = {
    "losses.round": ("rounding of losses", "损耗电量的取整"),
    "losses.bands": ("losses told for bands", "损耗电量在各时段的分摊"),
    "losses.groups": ("who pays the losses", "损耗电量的承担分组"),
    "losses.line_of": ("what a line loss is a share of", "线损比例的计算基数"),
    "losses.demand": ("losses in the demand", "需量中的损耗"),
}

_CHOICES: Mapping[str, tuple[str, str]] = {
    "main": ("the meter's own group", "主表所属分组"),
    "with_transformer": ("the reading with the transformer loss", "抄见电量加变损"),
    "share": ("by the share of the energy", "按电量比例"),
}

_KINDS: Mapping[Kind, tuple[str, str]] = {
    Kind.TRANSFORMER_LOSSES: ("losses of transformers", "变压器损耗参数"),
    Kind.LOSS_RULES: ("rules of losses", "损耗计费规则"),
}

_THINGS: Mapping[str, tuple[str, str]] = {
    "the losses": ("the losses", "损耗计算"),
    "transformer": ("transformer", "变压器"),
    "series of transformers": ("series of transformers", "变压器系列"),
}

_UNITS: Mapping[str, tuple[str, str]] = {"kvar": ("kvar", "千乏"), "kVAh": ("kVAh", "千伏安时")}

ENGLISH_LOSS_TERMS = {term: english for term, (english, _) in _TERMS.items()}
CHINESE_LOSS_TERMS = {term: chinese for term, (_, chinese) in _TERMS.items()}
ENGLISH_LOSS_CONVENTIONS = {key: english for key, (english, _) in _CONVENTIONS.items()}
CHINESE_LOSS_CONVENTIONS = {key: chinese for key, (_, chinese) in _CONVENTIONS.items()}
ENGLISH_LOSS_CHOICES = {choice: english for choice, (english, _) in _CHOICES.items()}
CHINESE_LOSS_CHOICES = {choice: chinese for choice, (_, chinese) in _CHOICES.items()}
ENGLISH_LOSS_KINDS = {each: words[0] for each, words in _KINDS.items()}
CHINESE_LOSS_KINDS = {each: words[1] for each, words in _KINDS.items()}
ENGLISH_LOSS_THINGS = {each: words[0] for each, words in _THINGS.items()}
CHINESE_LOSS_THINGS = {each: words[1] for each, words in _THINGS.items()}
ENGLISH_LOSS_UNITS = {each: words[0] for each, words in _UNITS.items()}
CHINESE_LOSS_UNITS = {each: words[1] for each, words in _UNITS.items()}
