"""Diagnosis: named causes of what an issued bill differs by, proved to the fen, and the money of each."""

from billcalc.audit.diagnose.diagnosis import Diagnosis, Status, diagnose

__all__ = ["Diagnosis", "Status", "diagnose"]
