"""The charges of a bill: a room for each, with its records, its planning and its lines."""
