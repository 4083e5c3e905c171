"""Everything a site holds beside its pages: one file an output, one ordered list.

An output is a function of the material, the frames and the planned pages that yields further planned outputs;
``render`` turns their views into bytes, in workers as for pages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from generator.outputs.calendars import plan_calendars
from generator.outputs.feeds import plan_feeds, render_atom, render_json_feed
from generator.outputs.headers import plan_headers
from generator.outputs.manifest import plan_manifest
from generator.outputs.redirects import plan_redirects
from generator.outputs.robots import plan_robots
from generator.outputs.sitemap import plan_sitemaps, render_sitemap
from generator.views import shapes
from generator.views.material import Material
from generator.views.planned import Frames, Planned

Output = Callable[[Material, Frames, Sequence[Planned], Sequence[str]], Iterator[Planned]]

OUTPUTS: tuple[Output, ...] = (
    plan_feeds,
    plan_calendars,
    plan_redirects,
    plan_manifest,
    plan_sitemaps,
    plan_robots,
    plan_headers,
)


def render(view: shapes.AnyView) -> bytes:
    """The bytes of a view that is no page."""
    match view:
        case shapes.AtomFeed():
            return render_atom(view)
        case shapes.JsonFeed():
            return render_json_feed(view)
        case shapes.Sitemap():
            return render_sitemap(view)
        case shapes.File():
            return view.content
        case _:
            raise TypeError(f"{type(view).__name__} is rendered by a template")
