"""The pricing service: HTTP around the engine, without billing logic of its own."""

__all__: list[str] = []
