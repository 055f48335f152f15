"""What is said to people, English and Chinese beside each other: every code, term, unit, section and phrase."""
