"""The Chinese sentence of each fault, refusal and problem: the same facts as in ``kernel.wording``."""

from billcalc.explain.lexicon import Code
from billcalc.kernel.wording import FaultCode, ProblemCode, RefusalCode, Wording

__all__ = ["CHINESE_WORDING"]

CHINESE_WORDING: dict[Code, Wording] = {
    FaultCode.CANNOT_READ: Wording("无法读取输入：{reason}", "请检查文件名以及是否有读取权限"),
    FaultCode.CANNOT_WRITE: Wording("无法写入：{reason}", "请检查文件名、磁盘空间以及是否有写入权限"),
    FaultCode.SYSTEM_FAILED: Wording("系统无法继续：{reason}", "请排除原因后重新运行"),
    FaultCode.OUTPUT_CLASHES: Wording("写入此处会毁掉同一次运行读取或写入的 {other}", "请给输出另取一个文件名"),
    FaultCode.INPUT_CHANGED: Wording(
        "该输入在读取期间被改动，因此没有写出任何结果", "运行期间请勿写入该文件，然后重新运行"
    ),
    FaultCode.OTHER_RUN: Wording(
        "已有的中间结果属于一次中断的运行，其{differing}不同", "请重新运行那一次，或用 --restart 丢弃其中间结果"
    ),
    FaultCode.PART_DAMAGED: Wording(
        "有 {count} 份中间结果在运行期间被其他程序改动，因此没有写出任何结果", "请重新运行：这些部分会重新计算"
    ),
    FaultCode.TOO_MANY_ROWS: Wording("{rows} 行超过工作簿的上限 {limit} 行", "请写成 .parquet 或 .csv"),
    FaultCode.INTERNAL: Wording("billcalc 自身出错：{what}", "请连同 billcalc doctor 的输出一并报告"),
    FaultCode.EMPTY: Wording("输入为空", "请提供内容，或检查文件名"),
    FaultCode.TOO_LARGE: Wording("输入超过 {limit} 字节", "请拆分，或用 --max-bytes 提高上限"),
    FaultCode.TOO_DEEP: Wording("输入的嵌套超过 {limit} 层", "请减少层级：任何请求都不需要这么深"),
    FaultCode.TOO_MANY: Wording("此处有 {count} 项，最多 {limit} 项", "请去掉不需要的项，或分成几个请求计费"),
    FaultCode.SPAN_TOO_LONG: Wording("{start} 至 {end} 共 {days} 天，一次最多计费 {limit} 天", "请分成几个请求计费"),
    FaultCode.TOO_MUCH_WORK: Wording("计算超过 {limit} 秒处理器时间，已被终止", "请分成几个请求计费"),
    FaultCode.MORE_FAULTS: Wording("还有 {count} 处错误", "请先更正已列出的错误"),
    FaultCode.NOT_TEXT: Wording("输入不是 UTF-8 文本（第 {byte} 字节）", "请另存为 UTF-8"),
    FaultCode.SYNTAX: Wording("文本无法解析：{reason}", "请在此处更正"),
    FaultCode.STRAY_QUOTE: Wording(
        "从此处开始的带引号单元格没有闭合，或在闭合引号之后还有内容", "请把整个单元格放在引号内，其中的引号写两个"
    ),
    FaultCode.SPOILT_NAME: Wording(
        "“{value}”是表格软件截短的数字，其余数位已丢失", "请先把该列设为文本格式，再录入或打开，然后重新导出"
    ),
    FaultCode.TWICE: Wording(
        "户号 {account} 同一时段在前面已出现过：{file} 第 {row} 行",
        "两行请只保留一行；不同月份或同月的不同时段，请用 cycle 和 period 说明",
    ),
    FaultCode.SEVERAL_MONTHS: Wording(
        "户号 {account} 复算了多个月份的账单，而已出账单表没有说明月份",
        "请指明月份所在的列（month: …），或逐月比对",
    ),
    FaultCode.SEVERAL_SHEETS: Wording(
        "工作簿中有多张工作表有内容：{known}", "请在文件名后用 # 写明要读取的工作表，如 {one}"
    ),
    FaultCode.OTHER_SEPARATOR: Wording("列名之间是 {separator}，而不是逗号", "请另存为以逗号分隔的 CSV"),
    FaultCode.ALIAS: Wording("不接受 YAML 锚点和别名（{name}）", "请把值写全"),
    FaultCode.DUPLICATE_KEY: Wording("同一映射中键“{key}”出现了两次", "请只保留一个"),
    FaultCode.UNKNOWN_KEY: Wording("此处没有名为“{key}”的键", "请使用以下之一：{known}"),
    FaultCode.MISSING_KEY: Wording("缺少键“{key}”", "请补充"),
    FaultCode.UNKNOWN_WORD: Wording("“{value}”不是可接受的值", "请使用以下之一：{known}"),
    FaultCode.WRONG_TYPE: Wording("{reason}", "请更正该值 {value}"),
    FaultCode.NOT_A_NUMBER: Wording("{reason}", "请更正该数字"),
    FaultCode.JSON_NUMBER: Wording("{value} 是 JSON 数字，许多程序会把它变成浮点数", '请写成字符串 "{value}"'),
    FaultCode.NEGATIVE: Wording("{value} 为负数", "请给出不小于零的值；退费请用给定行"),
    FaultCode.OUT_OF_RANGE: Wording("{value} 不在 {range} 范围内", "请更正该值"),
    FaultCode.SPAN_REVERSED: Wording("时段 {start} 至 {end} 的结束不晚于开始", "结束日应为时段之后的第一天"),
    FaultCode.BAND_NOT_PRICED: Wording(
        "电价项“{component}”没有时段“{band}”的价格",
        "请补充该时段的价格；没有电量的时段可列入电价项的 unpriced，用户自己的价格可用 total 表示其余时段",
    ),
    FaultCode.OVERLAPPING_DOCUMENTS: Wording(
        "{first} 与 {second} 在 {span} 同时有效", "请用 repealed_on 终止其一，或让后者取代（supersedes）前者"
    ),
    FaultCode.DUPLICATE_DOCUMENT: Wording("{first} 与 {second} 的 id 相同", "请重命名其中一个文件"),
    FaultCode.DUPLICATE_ID: Wording("id“{id}”出现了两次", "请使每个 id 唯一"),
    FaultCode.UNKNOWN_REFERENCE: Wording("不存在{kind}“{id}”", "请使用以下之一：{known}"),
    FaultCode.CYCLE_NOT_A_MONTH: Wording(
        "计费周期 {span} 不是从某日到次月同日的一个月；周期后的第一天应为 {meant}",
        "请更正周期（to 为周期后的第一天）；两至十二个月逐月计费",
    ),
    FaultCode.AGREEMENT_GAP: Wording("用电档案未说明 {span} 的情况", "第一条档案应不晚于计费首日开始"),
    FaultCode.READINGS_NOT_ORDERED: Wording("示数未按日期排列", "请按 at 排序"),
    FaultCode.READING_OUTSIDE: Wording("{day} 的示数不在计费期间 {span} 内", "某日末的示数，日期写该日的次日"),
    FaultCode.CLOSING_BELOW_OPENING: Wording(
        "计度器 {register} 倒走：本次示数 {closing} 小于上次示数 {opening}",
        "如果计度器翻转，请在本次示数旁注明 rollover: [{register}]；否则请更正示数",
    ),
    FaultCode.UNKNOWN_STANDARD: Wording(
        "“{value}”不是功率因数考核标准", '请使用以下之一：{known}；受电点不考核的写 "none"'
    ),
    FaultCode.CAPACITY_MISSING: Wording(
        "基本电费（{mode}）取决于受电点 {supply_point} 的容量，而该受电点没有变压器",
        "请列出变压器及其容量（kva），或改用其他计收方式",
    ),
    FaultCode.CONTRACT_MISSING: Wording(
        "基本电费按合同最大需量计收，但没有给出受电点 {supply_point} 的合同需量",
        "请在 basic.contracts.{supply_point} 中给出，单位 kW；只有一个受电点计收时可写 regular",
    ),
    FaultCode.INCONSISTENT: Wording("{reason}", "请更正其中之一"),
    FaultCode.HOURS_WITHOUT_BAND: Wording(
        "自 {day} 起，{key} 的 {hours} 不属于任何时段", "请把它们列入某个时段，或写明其余时间属于哪个时段"
    ),
    FaultCode.READING_ABOVE_METER: Wording(
        "计度器 {register} 不可能显示 {reading}：电能表整数位为 {digits} 位",
        "请更正示数（多一位电量即为十倍），或更正 config 中的 digits",
    ),
    FaultCode.READING_TOO_FINE: Wording(
        "计度器 {register} 不可能显示 {reading}：电能表小数位为 {decimals} 位",
        "请更正示数，或更正 config 中的 decimals",
    ),
    FaultCode.ROLLOVER_AND_RISE: Wording(
        "计度器 {register} 注明翻转，而示数由 {opening} 上升到 {closing}", "请删去 rollover，或更正示数"
    ),
    FaultCode.DEMAND_BELOW_MEAN: Wording(
        "受电点 {supply_point}：最大需量 {demand} 千瓦低于 {span} 电量 {energy} 千瓦时的平均功率",
        "请核对需量、电量及其倍率，其中必有误抄",
    ),
    FaultCode.MULTIPLIER_ZERO: Wording(
        "电能表倍率为 0，计得的电量将全部为零", "请给出互感器变比的乘积；没有互感器的写 1"
    ),
    FaultCode.AMOUNT_TOO_FINE: Wording(
        "给定金额 {amount} 细于分，各行之和将与合计不符", "请按出账金额给出，保留两位小数"
    ),
    FaultCode.INTERVAL_OUTSIDE: Wording(
        "按本地区时钟（{clock}）始于 {start} 的区间不属于 {span} 中的任何一天",
        "请给出这些日子的区间数据：无论以何种时差书写，一天都从该时钟的 00:00 开始",
    ),
    FaultCode.INTERVAL_NOT_ALIGNED: Wording(
        "按本地区时钟，区间数据始于 {start}，不是 {step} 分钟的整倍数", "请让第一个区间始于步长的整倍数"
    ),
    FaultCode.TIME_NOT_READ: Wording(
        "无法读取 {value}：时间应以年份开头，写作 {expected}", "请按此书写；小时为 0 至 24"
    ),
    FaultCode.TIME_WITHOUT_ZONE: Wording("{value} 没有时差，也没有指定时区", "请写明时差（如 +08:00），或指定时区"),
    FaultCode.CLOCK_CHANGES: Wording(
        "{zone} 的时钟此时变更，{value} 不是唯一的时刻", "请按各区间的时刻及其时差给出数据"
    ),
    FaultCode.STEP_DIFFERS: Wording(
        "此处区间相隔 {seen} 分钟，而所述步长为 {step} 分钟", "请说明实际步长；如有缺失，请给出该行并将数值留空"
    ),
    FaultCode.HOURS_OF_DAY: Wording(
        "列名不能构成一天的各时刻：缺少 {missing}；错位或重复 {twice}；其他列名 {others}",
        "请以各区间的开始时刻作为列名（0:00、0:15……），或统一以结束时刻作为列名（至 24:00）",
    ),
    FaultCode.SEVERAL_METERS: Wording("列“{column}”区分了多个电能表或通道：{known}", '请每次读取一个：meter="{first}"'),
    FaultCode.UNKNOWN_AREA: Wording(
        "没有名为“{area}”的地区", "请使用 docs/codes.md 中的地区（最接近的是 {nearest}），或用 own_area 说明自带的地区"
    ),
    RefusalCode.NO_DOCUMENT: Wording(
        "{area} 在 {day} 没有有效的{kind}文件", "请把该文件加入电价库，或在请求中给出其内容"
    ),
    RefusalCode.NO_PRICE: Wording(
        "{day} 没有适用于 {key} 的{wanted}", "请在文件 {document} 中补充该行，或在请求中给出价格表"
    ),
    RefusalCode.PRICE_NOT_GIVEN: Wording(
        "电价项“{component}”由用户自己的合同定价，而请求没有给出价格", "请在 price_sheet.prices 中给出"
    ),
    RefusalCode.PRICE_PARTS_UNKNOWN: Wording(
        "价格表中的 {component} 只有合计价，而功率因数调整基数或请求自带的行、价格需要其中的一部分",
        "请给出分项价格表，或用给定行说明所需的整项金额",
    ),
    RefusalCode.REGISTER_MISSING: Wording(
        "计量点 {point} 没有计度器 {register}，而{needed_by}需要它",
        "请给出其示数，或注明 not_installed: [{register}]",
    ),
    RefusalCode.READING_MISSING: Wording(
        "计量点 {point} 的计度器 {register} 从 {start} 到 {end} 计了多少没有示数可知",
        "请给出这两天的示数（{last} 日终的示数写 at: {end}），或直接给定电量",
    ),
    RefusalCode.CHANGE_WITHOUT_READING: Wording(
        "{what} 在 {day} 变更，而计量点 {point} 当日没有抄表", "请给出该日的示数"
    ),
    RefusalCode.DEMAND_MISSING: Wording(
        "受电点 {supply_point} 按需量计收，而 {of} 从 {start} 到 {end} 的最大需量没有抄见也没有给定",
        "请给出其各计量点两端的需量示数；不参与相加的计量点写 not_installed: [maximum_demand]；或给定 facts.demand_kw",
    ),
    RefusalCode.NO_ACTIVE_ENERGY: Wording(
        "{scope} 只有无功电量而没有有功电量，功率因数将为 0.00",
        "请确定该地区的 power_factor.no_energy 惯例，或给定调整率",
    ),
    RefusalCode.POWER_FACTOR_NOT_MEASURED: Wording(
        "本账单有电费按 {scope} 的功率因数调整，但没有计量其{energy}电量",
        "请给出示数，或 facts.{scope}.cosphi；不考核的，标准写 none",
    ),
    RefusalCode.NEGATIVE_ENERGY: Wording(
        "{group} 在时段“{band}”的结算电量小于零", "请检查从中扣减的分表电量和调整电量"
    ),
    RefusalCode.CHILD_ABOVE_PARENT: Wording(
        "分表 {child} 从 {point} 的时段“{band}”扣减的电量超过其电量", "请检查示数和定量"
    ),
    RefusalCode.NOT_SUPPORTED: Wording("尚不能计算：{what}", "请把相关电费作为给定行写入请求"),
    RefusalCode.NO_BANDS: Wording("{document} 没有说明 {key} 的时段划分", "请在该文件中补充，或按时段给定电量"),
    RefusalCode.BAND_WITHOUT_PRICE: Wording(
        "{group} 在时段“{band}”有电量，而 {component} 在该时段没有价格",
        "请检查计度器：文件 {document} 知道该时段而没有给出价格；如电量无误，请随请求给出该电价项（price_sheet）",
    ),
    RefusalCode.EVENT_NOT_GIVEN: Wording(
        "{needed_by} 的时段取决于 {day} 的 {measure}，而请求没有给出", "请在 events 中给出"
    ),
    RefusalCode.INTERVALS_MISSING: Wording(
        "计量点 {point} 缺少 {count} 个区间数据，第一个始于 {start}",
        "请补齐，或选择补数规则：zero（补零）或 neighbours（取相邻值）",
    ),
    RefusalCode.NOTHING_TO_FILL_FROM: Wording(
        "计量点 {point} 的全部 {count} 个区间数据均缺失，没有相邻值可用于补数", "请给出其中一部分，或直接给定电量"
    ),
    RefusalCode.OTHER_CURRENCY: Wording(
        "账单以人民币（CNY）计算，而该地区的货币是 {currency}", "请折算价格并写 CNY；目前没有其他办法"
    ),
    RefusalCode.LOSS_NOT_CALCULATED: Wording(
        "计量点 {point} 为高供低计，而请求没有说明应另加的损耗如何计算",
        "请写明 losses.transformer：formula（公式）、coefficient（系数）、table（查表）、fixed（定量）"
        "或 share（比例）；协议不加损耗或电量已含损耗的写 none",
    ),
    RefusalCode.LOSS_NOT_TOLD: Wording(
        "{document} 没有 {series} 系列 {kva} 千伏安变压器（如 {transformer}）的损耗",
        "请给出其自身参数（p0_kw、pk_kw、i0_percent、uk_percent，或其损耗表各档 bands）",
    ),
    RefusalCode.LOSS_OF_NEGATIVE_ENERGY: Wording(
        "计量点 {point} 的电量为 {energy} 千瓦时，小于零，无法计算其损耗",
        "请将估抄各月合并清算，或把损耗写成定量（fixed）或比例（share）",
    ),
    RefusalCode.TRANSFORMERS_AT_REST: Wording(
        "计量点 {point} 在 {span} 有电量 {energy} 千瓦时，而其变压器当时均未运行", "请检查变压器状态和示数"
    ),
    RefusalCode.ENERGY_NOT_MEASURED: Wording(
        "没有任何数据说明计量点 {point} 的电量：它没有计度器 {register}", "请给出其示数、区间数据或 given.kwh"
    ),
    RefusalCode.TOTAL_REGISTER_MISSING: Wording(
        "计费惯例 power_factor.active: total 需要计量点 {point} 的总计度器",
        "请给出其示数或 given.kwh.total，或写明 power_factor.active: bands",
    ),
    RefusalCode.NOT_A_MONTH: Wording("{what}按月给出，而计费周期为 {days} 天", "请给出一个月的周期；多个月请逐月计费"),
    ProblemCode.CONVENTION_UNDOCUMENTED: Wording(
        "没有文件说明 {area} 的计费惯例 {key}，现按“{chosen}”计算", "请与该地区已出的账单比对，并把惯例记录下来"
    ),
    ProblemCode.DOCUMENT_UNVERIFIED: Wording(
        "{document} 已知存在但未见原文（{evidence}）", "在采信引用它的各行之前，请与官方原文核对"
    ),
    ProblemCode.DOCUMENT_PAST_SEEN: Wording(
        "{document} 最后一次确认有效是 {last}，而计费日 {day} 更晚", "请核实当时是否仍然有效"
    ),
    ProblemCode.GIVEN_FACT: Wording("{fact} 由请求给定，未经计算", "请核对其来源"),
    ProblemCode.BAND_NOT_MEASURED: Wording(
        "计量点 {point} 没有 {register} 时段的电量，而用电组 {group} 有该时段的电价",
        "请给出该时段的示数或电量（没有用电写 0）；没有该计度器的写 not_installed: [{register}]",
    ),
    ProblemCode.TOTAL_DIFFERS_FROM_BANDS: Wording(
        "计量点 {point}：总计度器电量 {total} 千瓦时，各时段合计 {bands} 千瓦时", "如果差异超出取整误差，请检查电能表"
    ),
    ProblemCode.ENERGY_SPLIT_BY_DAYS: Wording(
        "计量点 {point} 在 {day} 没有抄表，电量已按天数分摊", "有该日的示数即可确定"
    ),
    ProblemCode.DEMAND_NOT_READ: Wording(
        "受电点 {supply_point}：{of} 从 {start} 到 {end} 没有抄见最大需量，{span} 仅按合同需量计收",
        "请给出需量计度器在两端的示数；整个周期的需量无法归到其中一段",
    ),
    ProblemCode.DISCOUNT_NOT_TESTED: Wording(
        "受电点 {supply_point}：不知道{missing}，因此没有核对需量电价折扣条件",
        "请给出每个受电点的变压器和每个计量点的电量",
    ),
    ProblemCode.DISCOUNT_CAPACITY_CHANGED: Wording(
        "受电点 {supply_point}：合同容量在计费期间有变化，需量电价折扣条件按其天数加权平均值核对",
        "请向该地区供电企业核实应与哪个容量比较",
    ),
    ProblemCode.CAPACITY_REPLACED: Wording(
        "受电点 {supply_point}：在 {days} 天的周期内更换变压器，持续投运的容量按一个月计收",
        "请向该地区供电企业核实是否各变压器按各自天数计收",
    ),
    ProblemCode.CHANGE_NOT_COUNTED: Wording(
        "受电点 {supply_point}：{of} 的{change}自 {day} 起未按所述计收：{reason}（{rule}）",
        "请核对工单；conventions.basic.changes: as_stated 可按所述计收",
    ),
    ProblemCode.CHANGE_UNSETTLED: Wording(
        "受电点 {supply_point}：{of} 的{change}自 {day} 起按所述计收：{reason}（{rule}）", "如已知结束日期请补充"
    ),
    ProblemCode.CHANGE_AGAINST_RULES: Wording(
        "受电点 {supply_point}：{day} {of} 的{change}：{reason}（{rule}）", "请核对工单；已按所述计收"
    ),
    ProblemCode.TWO_PART_BELOW_THRESHOLD: Wording(
        "受电点 {supply_point}：自 {day} 起剩余容量 {capacity} 千伏安，低于执行两部制的 {least} 千伏安（{rule}）",
        "按规定应改为单一制的，请自该日起变更",
    ),
    ProblemCode.MUTUAL_STANDBY: Wording(
        "受电点 {supply_point}：各路电源互为备用，应各路相加还是按最大一路计收，资料说法不一（{rule}）",
        "请向该地区供电企业核实",
    ),
    ProblemCode.DISCOUNT_PART_PERIOD: Wording(
        "受电点 {supply_point}：本次只计周期的一部分，其电量与全部容量比较，未达到需量电价折扣条件；"
        "如容量按天数折算则已达到",
        "请向该地区供电企业核实新装或终止用电当月如何核对",
    ),
    ProblemCode.DEMAND_DIFFERS: Wording(
        "受电点 {supply_point}：给定最大需量为 {given} 千瓦，而电能表为 {read} 千瓦，按给定值计收；"
        "期内条件变更而电能表分段抄见的，按抄见值计收",
        "请核对哪一个正确",
    ),
    ProblemCode.NO_ENERGY_USED: Wording(
        "{scope} 没有有功电量，{span} 未作功率因数调整", "请检查电能表是否计量；停产用户只付容（需）量电费，不作调整"
    ),
    ProblemCode.SETTLED_POWER_FACTOR: Wording(
        "{scope}：清算估抄电量为负，余下电量的功率因数为 {cosphi}，按 {span} 参与调整电费的 {ratio} 增收",
        "请将估抄各月合并清算，或给定当月实际用电的功率因数",
    ),
    ProblemCode.GIVEN_AND_COMPUTED: Wording(
        "用电组 {group} 的给定行 {line} 与系统计算的 {component} 同时计费",
        "如果该行就是这一项，请在 supplies 中写明 {component}；如果不是，请换一个代码",
    ),
    ProblemCode.AMOUNT_DIFFERS: Wording(
        "给定行 {line} 的金额为 {amount}，而其电量 {kwh} 千瓦时乘以电价 {price} 为 {product}，相差超出取整误差",
        "请核对三者中哪一个正确；电量或电价与金额无关的，请去掉",
    ),
    ProblemCode.GIVEN_AGAINST_BASE: Wording(
        "给定行 {line} 按其自身说明参与了功率因数调整，而计费惯例 power_factor.base 不含其 {section}、代码或用电组",
        "请与账单上参与调整的金额比对；如不参与，请去掉该行的 power_factor，或写明本户的调整范围",
    ),
    ProblemCode.RATIO_NOT_IN_TABLE: Wording(
        "给定的调整率 {ratio} 不在标准 {standard} 的查对表范围内（{least} 至 {most}）",
        "请写成小数（减收 0.75% 为 -0.0075），或核对功率因数标准",
    ),
    ProblemCode.REST_NOT_TOLD: Wording(
        "用电组 {group} 的 {lines} 未采用计费惯例 {key}：{rest} 对应其中 {count} 行，而必须恰有一行承担其余各行的余数",
        "请指明承担余数的行；如不适用该惯例，请写成空列表",
    ),
    ProblemCode.GIVEN_PARTLY_ASSESSED: Wording(
        "给定行 {line} 属于整个计费期间并全额参与调整，而 {scope} 在 {span} 不考核功率因数",
        "请分两行给定，不考核期间的部分写 power_factor: none",
    ),
    ProblemCode.MINIMUM_WITH_ADJUSTMENT: Wording(
        "最低电费 {line} 以整张账单为准，功率因数调整电费已计入",
        "请核实调整电费是否计入最低电费，并在文件的 minimum_of 中列明所含各部分",
    ),
    ProblemCode.SUPPLIES_NOTHING: Wording(
        "给定行 {line} 代替 {component}，而 {group} 并不支付该项", "请检查代码：未注明由给定行代替的项目会另行计费"
    ),
    ProblemCode.EXCESS_DEMAND: Wording(
        "最大需量 {metered} 千瓦超过合同限额 {limit} 千瓦，超出部分按 {rule} 计收",
        "请核实该地区对合同值与限额之间部分的计收办法",
    ),
    ProblemCode.ESTIMATED_READING: Wording(
        "计量点 {point} 在 {day} 未实抄，示数为估抄", "请在下次实抄时清算：以该示数作为上次示数，种类写 estimated"
    ),
    ProblemCode.BELOW_ESTIMATE: Wording(
        "计量点 {point} 的计度器 {register} 示数低于此前的估抄示数：清算 {energy} 千瓦时", "请核对估抄示数和实抄示数"
    ),
    ProblemCode.ROLLOVER_LARGE: Wording(
        "计量点 {point} 的计度器 {register} 过零计量 {counted}，超过其量程 {range} 的一半",
        "请核对示数和表位数：计度器可能倒走",
    ),
    ProblemCode.ENERGY_FED_BACK: Wording(
        "计量点 {point} 反向电量 {energy} 千瓦时，未计费", "如合同约定结算，请作为给定行或给定电量写入请求"
    ),
    ProblemCode.FROM_INTERVALS: Wording("计量点 {point} 的 {fact} 由 {step} 分钟区间数据计算得出", "请核对数据来源"),
    ProblemCode.INTERVALS_FILLED: Wording(
        "计量点 {point} 缺少 {count} 个区间数据，第一个始于 {start}，已按规则 {fill} 补计 {kwh} 千瓦时",
        "请补齐，或在数据齐全后清算差额",
    ),
    ProblemCode.INTERVALS_DIFFER: Wording(
        "计量点 {point}：计度器 {register} 电量 {read} 千瓦时，区间数据合计 {intervals} 千瓦时，按后者计费",
        "如果差异超出取整误差，请检查电能表、倍率和区间数据",
    ),
    ProblemCode.REGISTER_UNREAD: Wording(
        "计量点 {point} 的计度器 {register} 从 {start} 到 {end} 计了多少没有示数可知；本账单不需要",
        "如需计量，请给出这两天的示数（{last} 日终的示数写 at: {end}）",
    ),
    ProblemCode.DEMAND_ABOVE_CAPACITY: Wording(
        "受电点 {supply_point}：最大需量 {demand} 千瓦超过其变压器所能承受的 {limit} 千瓦",
        "请核对示数、倍率和变压器容量",
    ),
    ProblemCode.DEMAND_ABOVE_ENERGY: Wording(
        "受电点 {supply_point}：最大需量 {demand} 千瓦持续 {minutes} 分钟，所需电量超过 {span} 的 {energy} 千瓦时",
        "请核对需量、电量及其倍率，其中可能有误抄",
    ),
    ProblemCode.INTERVAL_ABOVE_CAPACITY: Wording(
        "计量点 {point}：始于 {start} 的区间为 {kw} 千瓦，超过变压器所能承受的 {limit} 千瓦", "请核对数据来源"
    ),
    ProblemCode.STATED_WITHOUT_EFFECT: Wording(
        "请求写明了 {key}，而本账单没有任何部分取决于它", "请删去，或检查它本应决定什么"
    ),
    ProblemCode.SECTION_NOT_PRICED: Wording(
        "用电组 {group} 没有任何“{section}”费用，而 {area} 该类别的电价中有这一项",
        "请给出其价格或给定行；如确实不收，请写明 price_sheet.not_charged: [{section}]",
    ),
    ProblemCode.BANDS_AT_ONE_PRICE: Wording(
        "用电组 {group} 执行分时电价，而其电能量各时段同价",
        "请给出每个时段的价格（确实相同也逐一写明），或写 time_of_use: false",
    ),
}
