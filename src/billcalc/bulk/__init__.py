"""Bulk: the same rules over columns of many bills, Arrow in and Arrow out."""

from billcalc.bulk.calculate import calculate

__all__ = ["calculate"]
