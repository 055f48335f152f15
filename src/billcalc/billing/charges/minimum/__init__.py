"""The minimum bill 最低电费: what sections of a bill fall short of the least that is due for them."""
