"""Bills for people: statements, tables and derivations, in Chinese and English."""
