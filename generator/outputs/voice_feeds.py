"""Feeds of what members told and asked: only of texts whose writers agreed to share them beyond the site."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from generator import __version__
from generator.content.snapshot import VoiceAnswer
from generator.schema.dates import with_offset
from generator.site.voices import FOLDERS, voices_of
from generator.views import types as shapes
from generator.views.context import ViewContext
from generator.views.frame import Frame
from generator.views.planned import Frames, Planned
from generator.views.voices import excerpt, list_path, voice_path

_KINDS = (("feed.atom", shapes.AtomFeed), ("feed.json", shapes.JsonFeed))


def plan_voice_feeds(context: ViewContext, frames: Frames, pages: Sequence[Planned]) -> Iterator[Planned]:
    """Beside each list that has anything to share."""
    for condition in context.site.conditions.values():
        if not context.part.has(condition.id):
            continue
        for language in condition.hubs:
            frame = frames.get(condition.root, language, condition)
            for kind, folder in FOLDERS.items():
                found = voices_of(context.snapshot, condition, language, kind)
                shared = tuple(voice for voice in found if voice.share)[: context.site.config.feeds.items]
                if not shared:
                    continue
                for name, form in _KINDS:
                    url_path = f"{list_path(frame, kind)}{name}"
                    make = partial(_feed, form, frame, kind, shared, url_path)
                    path = frame.root.output_path(url_path)
                    yield Planned(path, f"feed of {folder}", make, root=frame.root)


def _feed(
    form: type[shapes.AtomFeed] | type[shapes.JsonFeed],
    frame: Frame,
    kind: str,
    voices: Sequence[VoiceAnswer],
    url_path: str,
) -> shapes.AtomFeed | shapes.JsonFeed:
    root, folder, icon = frame.root, FOLDERS[kind], frame.chrome.assets.icon
    entries = tuple(_entry(frame, voice) for voice in voices)
    return form(
        output_path=root.output_path(url_path),
        title=f"{frame.words(f'title.{folder}')} – {frame.chrome.site_title}",
        description=frame.describe(folder),
        language=frame.language,
        page_url=root.permalink(list_path(frame, kind)),
        feed_url=root.permalink(url_path),
        changed=entries[0].changed,
        entries=entries,
        icon=root.origin + icon if icon else "",
        generator=f"Gatherwell {__version__}",
    )


def _entry(frame: Frame, voice: VoiceAnswer) -> shapes.FeedEntry:
    config = frame.context.site.config
    day = with_offset(voice.published, config.zone)
    return shapes.FeedEntry(
        id=f"tag:{config.feeds.tag}:{voice.lang}/{voice.condition}~{voice.id}",
        title=voice.title,
        url=frame.root.permalink(voice_path(frame, voice)),
        summary=excerpt(voice),
        published=day,
        changed=day,
        authors=(voice.pseudonym or frame.words("voice.member"),),
    )
