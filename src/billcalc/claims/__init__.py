"""Claims beside the bill: late fees, breach of contract, theft, and energy that no meter counted (docs/claims.md)."""
