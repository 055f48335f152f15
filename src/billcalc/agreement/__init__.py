"""The customer's agreement with the supplier, dated."""
