"""Audit: an issued bill beside the recomputed one."""

from billcalc.audit.comparing import compare
from billcalc.audit.comparison import Comparison
from billcalc.audit.diagnose import Diagnosis, diagnose
from billcalc.audit.issued import IssuedBill, IssuedFacts, IssuedLine, IssuedSubtotal
from billcalc.audit.layout import Layout
from billcalc.audit.reading import Reading, read_data, read_rows

__all__ = [
    "Comparison",
    "Diagnosis",
    "IssuedBill",
    "IssuedFacts",
    "IssuedLine",
    "IssuedSubtotal",
    "Layout",
    "Reading",
    "compare",
    "diagnose",
    "read_data",
    "read_rows",
]
