"""Pages of the service for people: rendered by the server, without any script; ``billcalc serve --pages``."""
