"""Search: what can be found on each host, and the index that a browser asks without telling anybody."""

from generator.search.outputs import make_indexes

__all__ = ["make_indexes"]
