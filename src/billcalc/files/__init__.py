"""The only disk I/O: texts in and out, and what stands in them as plain data with positions."""
