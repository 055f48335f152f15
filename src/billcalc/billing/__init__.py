"""Billing: plan, then quantities, month facts and lines, then the bill. The one place with order."""
