"""What another agreement or another use would have cost: the ways of paying, the contract, the load, the power factor.

Every amount is the difference of two bills of the engine: of what was asked, and of the same month with one thing else.
"""
