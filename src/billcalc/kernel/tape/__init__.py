"""The tape: what the rules do to a plan's numbers, recorded once and run as whole numbers many times."""
