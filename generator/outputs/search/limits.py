"""How large the files of an index grow. A reader's script depends on none of these numbers."""

from __future__ import annotations

from generator.outputs.search.cells import Limits

# A shard: so many bytes, if it has so many words; and never fewer words than the last number.
WORDS = Limits(11_000, 32, 16)
ENDS = Limits(6_000, 32, 16)
# A word on more pages than LONG keeps BEST of them in its shard, at least BEST_OF_ONE for each condition; the others lie
# in a file of their own.
LONG, BEST, BEST_OF_ONE = 1024, 256, 16
