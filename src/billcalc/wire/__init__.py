"""What is sent and kept: each shape of JSON declared once, and how it is made of what the engine answers.

A shape is a ``TypedDict``. The functions that make it are held to it by the type checker, the JSON Schemas and the
service's contract are written from it (``wire.schema``), and the client reads by it.
"""
