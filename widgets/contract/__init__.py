"""Owns the contract: schemas, examples and codes as JSON files, and their shapes in Python."""
