"""One module a format: what others exported, read as entries."""
