"""Tariffs: the documents' models, which is in force when, and the price sheet they compose."""
