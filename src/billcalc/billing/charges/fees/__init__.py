"""Fees by the month."""
