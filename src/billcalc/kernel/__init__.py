"""The kernel: exact numbers, values that remember, spans, sources, troubles. Standard library only."""
