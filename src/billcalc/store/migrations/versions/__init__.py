"""The steps, in the order that they name."""
