"""Texts in, files out: YAML, JSON and TOML with positions, and every change of the disk."""
