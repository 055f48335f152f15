"""The words of the table of a notice that was read, and how its import ended."""

from collections.abc import Mapping

from billcalc.words.language import Pair

__all__ = ["IMPORTED", "NOTICE_TABLE"]

NOTICE_TABLE: Mapping[str, Pair] = {
    "total": Pair("total", "电度用电价格"),
    "purchase": Pair("purchase", "代理购电"),
    "upstream_loss": Pair("upstream loss", "线损"),
    "network_energy": Pair("network energy", "输配电价"),
    "system_operation": Pair("system operation", "系统运行"),
    "levies": Pair("levies", "基金附加"),
    "demand": Pair("demand", "需量"),
    "capacity": Pair("capacity", "容量"),
    "voltage": Pair("voltage", "电压"),
    "customers": Pair("customers", "用户"),
    "one_part": Pair("one part", "单一制"),
    "two_part": Pair("two part", "两部制"),
    "agent": Pair("agent", "代理购电"),
    "agent_1.5x": Pair("agent 1.5x", "1.5倍代理购电"),
    "large_industrial": Pair("large industrial", "大工业"),
    "general_commercial": Pair("general commercial", "一般工商业"),
    "error": Pair("error", "错误"),
    "warning": Pair("warning", "警告"),
    "note": Pair("note", "提示"),
    "cell": Pair("cell", "单元格"),
    "this month": Pair("this month", "本月"),
    "month before": Pair("month before", "上月"),
    "change": Pair("change", "变化"),
    "component": Pair("component", "组成"),
}
"""The words of the table of a reading; what has none is written as it is."""

IMPORTED: Mapping[str, Pair] = {
    "kept": Pair(
        "read, not yet a document: compare with the notice, then run again with --accept; kept in {path}",
        "已读取，尚未形成文件：请与公告核对，再加 --accept 运行；读数保存在 {path}",
    ),
    "would": Pair("would be written with --accept: {path}", "加 --accept 将写入：{path}"),
    "beside": Pair(
        "{key}, which no document has, says: {text}: see that nothing is billed by it, and that it is of your customer",
        "{key} 没有写入文件，内容为：{text}：请确认其中没有计费项目，且适用于您的用户",
    ),
    "nothing": Pair("nothing was written", "没有写入任何内容"),
    "written": Pair("written: {path}", "已写入：{path}"),
}
"""How an import ended."""
