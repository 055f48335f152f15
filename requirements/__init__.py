"""What is installed: exact versions with hashes, what is known against them, and whether others would do."""
