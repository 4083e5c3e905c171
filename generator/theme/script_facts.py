"""What the published scripts can do to a reader's device, read from their text: their size, and whether they can store.

It looks for the names of the browser's own interfaces. A script that hid them on purpose would not be found; a theme's
author reads here what a theme does by habit, and a browser test proves it of the bundled one.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from generator.theme.types import Theme

_COOKIES = re.compile(rb"document\.cookie|\bcookieStore\b")
_STORES = re.compile(rb"\.setItem\(|\bindexedDB\b|\bcaches\.open\b|localStorage\[|sessionStorage\[")
# Scripts of the bundled theme that store what a reader chose or sent, and nothing before. Every other one that can
# store is counted as if it did so on reading.
ON_REQUEST = frozenset({"js/comfort.js", "elements/device.js"})


class ScriptFacts(NamedTuple):
    """A script's logical *name* (``js/comfort.js``), its size in bytes, and what its text names.

    The size is that of the file: what a server's compression makes of it differs between servers.
    """

    name: str
    size: int
    cookies: bool
    stores: bool

    @property
    def stores_on_reading(self) -> bool:
        return self.stores and self.name not in ON_REQUEST


def script_facts(theme: Theme) -> tuple[ScriptFacts, ...]:
    """Every script that the theme's pages can load, by name."""
    contents = {file.output_path: file.content for file in theme.files}
    return tuple(
        _facts(name, contents[path])
        for name, path in sorted(theme.urls.items())
        if path.endswith(".js") and path in contents
    )


def _facts(name: str, content: bytes) -> ScriptFacts:
    return ScriptFacts(name, len(content), bool(_COOKIES.search(content)), bool(_STORES.search(content)))
