"""Runs over tables: bills and comparisons by the million, in parts that an interrupted run goes on from."""
