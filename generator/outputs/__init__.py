"""All outputs that are not pages: one file an output, in one ordered list.

An output is a function of the context, the frames and the planned pages that yields further planned outputs;
``render`` turns their views into bytes, in workers as for pages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from generator.outputs.calendars import plan_calendars
from generator.outputs.feed_formats import BodyOf, render_atom, render_json_feed
from generator.outputs.feeds import plan_feeds
from generator.outputs.headers import plan_headers
from generator.outputs.manifest import plan_manifest
from generator.outputs.redirects import plan_redirects
from generator.outputs.robots import plan_robots
from generator.outputs.sitemap import plan_sitemaps, render_sitemap
from generator.outputs.survey_files import plan_survey_files
from generator.outputs.trust import plan_trust
from generator.outputs.voice_feeds import plan_voice_feeds
from generator.views import types as shapes
from generator.views.context import ViewContext
from generator.views.planned import Frames, Planned

Output = Callable[[ViewContext, Frames, Sequence[Planned]], Iterator[Planned]]

OUTPUTS: tuple[Output, ...] = (
    plan_feeds,
    plan_calendars,
    plan_survey_files,
    plan_voice_feeds,
    plan_redirects,
    plan_manifest,
    plan_sitemaps,
    plan_robots,
    plan_headers,
    plan_trust,
)


def render(view: shapes.AnyView, body_of: BodyOf) -> bytes:
    """The bytes of a view that is no page, with bodies by digest; raises TypeError for pages, which templates render."""
    match view:
        case shapes.AtomFeed():
            return render_atom(view, body_of)
        case shapes.JsonFeed():
            return render_json_feed(view, body_of)
        case shapes.Sitemap():
            return render_sitemap(view)
        case shapes.File():
            return view.content
        case _:
            raise TypeError(f"{type(view).__name__} is rendered by a template")
