"""The library of tariffs on the disk: reading it, and writing what a notice brings."""
