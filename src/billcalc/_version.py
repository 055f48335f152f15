"""The one place where the version of the engine is written; the build reads it from here."""

__version__ = "0.1.0"
