"""Checks of customer files and bills (双控): what looks wrong before anything is recomputed."""
