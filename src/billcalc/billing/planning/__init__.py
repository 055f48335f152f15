"""PLAN: from a request and the tariffs to the structure of a bill; the only place that asks what a customer is."""

__all__: list[str] = []
