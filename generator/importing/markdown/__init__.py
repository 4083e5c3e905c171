"""Markdown of other generators to ours: what is plain Markdown stays as it was written, line for line."""
