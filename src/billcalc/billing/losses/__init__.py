"""Losses: what comes on top of what meters show, as quantities of a bill and no charge of it."""
