"""The charges: plain functions over values, one module each; none knows another."""
