"""Bills for people: words, tables, derivations in Chinese and English, and the JSON of bills."""
