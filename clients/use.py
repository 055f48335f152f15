"""What a program in Python does with the generated client: it runs where names and shapes are as generators need."""

from billcalc_client.api.bills import calculate_batch, calculate_bill, compare_bill, simulate
from billcalc_client.models import Bill, Intervals, Problem, SimulatedBill

operations = (calculate_batch, calculate_bill, compare_bill, simulate)
assert all(hasattr(operation, "sync_detailed") for operation in operations)
assert {"total", "lines"} <= Bill.__annotations__.keys()
assert {"code", "detail"} <= Problem.__annotations__.keys()
assert "difference" in SimulatedBill.__annotations__
assert Intervals.__annotations__
