"""Owns how pleas are found: the core that nothing masks, the wider lists, the scope of a negation and of a time."""
