"""What lines are for: the sections of a bill and the components, as mainland bills and notices print them."""

from collections.abc import Mapping

from billcalc.vocabulary import Section
from billcalc.words.language import Pair

__all__ = ["COMPONENTS", "SECTIONS"]

SECTIONS: Mapping[Section, Pair] = {
    Section.ENERGY: Pair("Energy purchase", "购电电费"),
    Section.UPSTREAM_LOSS: Pair("Upstream network losses", "上网环节线损费用"),
    Section.NETWORK_ENERGY: Pair("Network, by energy", "输配电量电费"),
    Section.NETWORK_CAPACITY: Pair("Network, by capacity or demand", "输配容（需）量电费"),
    Section.SYSTEM_OPERATION: Pair("System operation", "系统运行费用"),
    Section.LEVIES: Pair("Government funds and surcharges", "政府性基金及附加"),
    Section.CATALOGUE: Pair("Catalogue price", "目录电度电费"),
    Section.MINIMUM: Pair("Minimum bill", "最低电费"),
    Section.POWER_FACTOR: Pair("Power-factor adjustment", "功率因数调整电费"),
    Section.REFUNDS: Pair("Refunds and back-billing", "退补电费"),
}

COMPONENTS: Mapping[str, Pair] = {
    "purchase": Pair("Energy purchase", "购电电费"),
    "purchase_average": Pair("Energy purchase, average price of the month", "当月平均购电电费"),
    "purchase_deviation": Pair("Energy purchase, past deviations", "历史偏差电费"),
    "purchase_difference": Pair("Energy purchase, shared gains and losses", "购电损益分摊电费"),
    "direct_trade": Pair("Direct trading", "直接交易电费"),
    "green_energy": Pair("Green energy", "绿电交易电费"),
    "green_deviation": Pair("Green energy, deviations", "绿电偏差补偿费用"),
    "generation_return": Pair("Returned gains of generation", "发电侧收益返还电费"),
    "over_declared_return": Pair("Returned charge for over-declaration", "超额申报费用返还"),
    "deviation_return": Pair("Returned charge for deviations", "偏差回收返还"),
    "market_returns": Pair("Market deviations, returns and congestion", "市场偏差、返还及阻塞费用"),
    "capacity_compensation": Pair("Capacity compensation", "容量补偿电费"),
    "upstream_loss": Pair("Upstream network losses", "上网环节线损费用"),
    "network_energy": Pair("Network energy charge", "输配电量电费"),
    "capacity": Pair("Basic charge by capacity", "容量电费"),
    "demand_discount": Pair("Discount for intensive use", "需量电价折扣"),
    "demand": Pair("Basic charge by demand", "需量电费"),
    "system_operation": Pair("System operation charge", "系统运行费用"),
    "coal_capacity": Pair("Coal capacity charge", "煤电容量电费"),
    "gas_capacity": Pair("Gas capacity charge", "气电容量电费"),
    "other": Pair("Other charges", "其他费用折合度电水平"),
    "local_reservoir_resettlement": Pair("Local reservoir resettlement fund", "地方水库移民后期扶持资金"),
    "time_of_use_difference": Pair("Time-of-use difference", "峰谷分时电价损益"),
    "other_funds": Pair("Other funds, not told apart", "其他基金（未分列）"),
    "energy_total": Pair("Energy, all prices together", "电度电费（各项合计）"),
    "energy_without_network": Pair("Energy without the network charge", "电度用电价格（不含输配电价）"),
    "priority_generation_difference": Pair("Priority generation difference", "剩余优先发电价差损益"),
    "residential_guarantee": Pair(
        "Guarantee of residential and agricultural prices", "保障居民农业用电价格稳定的新增损益"
    ),
    "local_water_works": Pair("Local water works fund", "地方水利建设基金"),
    "pumped_storage": Pair("Pumped-storage capacity charge", "抽水蓄能容量电费"),
    "ancillary_services": Pair("Ancillary services", "辅助服务费用"),
    "residential_stability": Pair("Price stability of residential and agricultural use", "居民农业电价稳定损益"),
    "cross_subsidy": Pair("Cross-subsidy of residential and agricultural use", "居民农业交叉补贴新增损益"),
    "new_difference": Pair("New gains and losses", "新增损益"),
    "renewable_difference": Pair("Renewable price mechanism, shared difference", "新能源机制差价分摊电费"),
    "capacity_compensation_bands": Pair("Capacity compensation, shared over bands", "容量补偿峰谷损益分摊费用"),
    "loss_difference": Pair("Upstream loss difference", "上网环节线损损益"),
    "power_factor_difference": Pair("Power-factor adjustment difference", "功率因数调整电费损益"),
    "other_operation": Pair("Other system operation charges", "其他系统运行费用"),
    "levies": Pair("Government funds and surcharges", "政府性基金及附加"),
    "rural_grid_loan": Pair("Rural grid loan fund", "农网还贷资金"),
    "sharp_surcharge": Pair("Surcharge of sharp hours", "尖峰加价"),
    "water_project": Pair("Major water projects fund", "国家重大水利工程建设基金"),
    "water_projects": Pair("Major water projects fund", "国家重大水利工程建设基金"),
    "three_gorges": Pair("Three Gorges fund", "三峡工程建设基金"),
    "reservoir_resettlement": Pair("Reservoir resettlement fund", "大中型水库移民后期扶持资金"),
    "small_reservoirs": Pair("Small reservoirs resettlement fund", "小型水库移民后期扶持资金"),
    "local_levy": Pair("Local surcharge", "地方附加"),
    "renewable_energy": Pair("Renewable energy surcharge", "可再生能源电价附加"),
    "demand_half_peak": Pair("Basic charge of the half-peak contract", "半尖峰契约基本电费"),
    "demand_non_summer": Pair("Basic charge of the non-summer contract", "非夏月契约基本电费"),
    "demand_weekend": Pair("Basic charge of the Saturday and off-peak contracts", "周六半尖峰或离峰契约基本电费"),
    "customer_charge": Pair("Basic charge by household", "按户计收基本电费"),
    "catalogue_energy": Pair("Energy at catalogue price", "目录电度电费"),
    "residential_energy": Pair("Residential energy", "居民生活电费"),
    "lighting_energy": Pair("Lighting energy", "照明电费"),
    "power_factor": Pair("Power-factor adjustment", "功率因数调整电费"),
    "refund": Pair("Refund or back-billing", "退补电费"),
}
