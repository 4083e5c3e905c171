"""Comments that allow what a rule finds, with a reason: ``<!-- allow absolutes: a leaflet is quoted -->``."""

from __future__ import annotations

import re
from bisect import bisect_right

from generator.ground.model import Allowed

# Nothing more on the comment's line, perhaps blank lines, then lines up to the next blank one.
_BLOCK_BELOW = re.compile(r"[ \t]*\n(?:[ \t]*\n)*(?:[^\n]*\S[^\n]*(?:\n|\Z))+")
# Without a colon it is one word and nothing else: no sentence is taken for an allowance.
_COMMENT = re.compile(r"<!--\s*allow\s+([a-z][a-z_-]*)\s*(?::(.{0,1000}?))?-->", re.DOTALL)


def allowed_in(text: str, starts: list[int]) -> tuple[Allowed, ...]:
    """What comments allow. One that stands alone speaks of the block below it, another of its own line.

    *starts* are the offsets at which lines begin.
    """
    if "<!--" not in text:
        return ()
    found = []
    for match in _COMMENT.finditer(text):
        line, last = bisect_right(starts, match.start()), bisect_right(starts, match.end() - 1)
        alone = not text[starts[line - 1] : match.start()].strip()
        if alone and (below := _BLOCK_BELOW.match(text, match.end())):
            last = bisect_right(starts, below.end() - 1)
        found.append(Allowed(match[1], " ".join((match[2] or "").split()), line, last))
    return tuple(found)
