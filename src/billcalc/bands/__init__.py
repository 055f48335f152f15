"""Bands: which time band a minute of a day is of, by the calendar, the events of the day and the tariff's hours."""
