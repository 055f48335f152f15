"""Energy at prices by interval: what each hour took, at what it cost."""
