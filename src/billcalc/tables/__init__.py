"""Tables in files: one way in and one way out for every format; ``readers`` and ``writers`` have a line for each."""
