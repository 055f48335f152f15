"""The tax that is added to a bill whose prices are without it."""
