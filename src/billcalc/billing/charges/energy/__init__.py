"""Energy × price: the lines of every component that is priced by the kilowatt-hour."""
