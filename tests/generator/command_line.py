"""What a run of `gatherwell` gave back."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

GOOD = """
== gatherwell.yaml
title: Tiny
base_url: https://tiny.example/
search: false
cards: "off"
== content/migraine/_index.md
---
title: Migraine
---
== content/migraine/a.md
---
title: Article A
---
Text.
"""


class Ran(NamedTuple):
    code: int
    out: str
    err: str


Run = Callable[..., Ran]
