"""Owns the texts of outputs that are known when they are planned, for a tiny site."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec

from generator.content.config import Widgets
from generator.site.permalinks import make_permalinks
from generator.views import types as shapes
from generator.views.planned import Frames, Planned
from tests.generator.organized import CONFIG, context_of, hub, site

OWN = {"ms": "https://ms.example/"}


def files(
    plan: Callable[..., Iterator[Planned]],
    base_url: str = CONFIG.base_url,
    endpoint: str = "",
    urls: dict[str, str] | None = None,
    only: tuple[str, ...] = (),
) -> dict[str, str]:
    """The texts that an output plans, by output path."""
    config = msgspec.structs.replace(CONFIG, base_url=base_url, widgets=Widgets(endpoint=endpoint))
    permalinks = make_permalinks(base_url, urls or {})
    made = context_of(site(conditions=[hub("ms", permalinks)], config=config, urls=urls), only)
    found = {}
    for planned in plan(made, Frames(made), []):
        view = planned.make()
        assert isinstance(view, shapes.File)
        assert view.output_path == planned.output_path
        found[view.output_path] = view.content.decode()
    return found
