"""Electricity bills, exact and explained."""
