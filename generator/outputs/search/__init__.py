"""Search: one index for each host, which the browser reads and queries without a server."""

from generator.outputs.search.outputs import make_indexes

__all__ = ["make_indexes"]
