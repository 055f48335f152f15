"""Read notices from files, keep what was read for a person to see, and lay down the document that comes of it."""
