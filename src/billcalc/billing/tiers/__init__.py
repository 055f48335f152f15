"""Tiers (阶梯电价): what of the billed energy is in which of them, counted over a month, two, or a year."""
