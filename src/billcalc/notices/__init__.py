"""Price notices of utilities: what their tables say, whether it fits, and the tariff document that comes of it."""
