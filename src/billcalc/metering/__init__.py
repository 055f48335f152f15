"""Metering: what meters tell, and the rules that turn readings into energy."""
