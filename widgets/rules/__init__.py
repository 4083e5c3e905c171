"""The rules: pure functions from a request, what is known, and the time to a decision."""
