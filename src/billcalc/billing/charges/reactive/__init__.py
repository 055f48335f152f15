"""Reactive energy above what is free beside the active energy."""
