"""Lines whose amounts the request gives."""
