"""Stories and questions of members as pages show them: their forms, their lists, and the page of each."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Literal

from generator.content.read import Document
from generator.content.snapshot import VoiceAnswer
from generator.content.voice_text import clean_voice, plain_text
from generator.ground.model import VoiceSlot
from generator.ground.text import shorten
from generator.schema.dates import local_day
from generator.site.answers import Said
from generator.site.sections import text_above
from generator.site.types import Condition
from generator.site.voices import FOLDERS, form_id, voices_of
from generator.views import json_ld
from generator.views import types as shapes
from generator.views.answers import answer_link
from generator.views.formats import day_view
from generator.views.frame import Frame
from generator.views.planned import Planned, plan_page, sitemap_entry
from generator.views.threads import question_thread

# Characters of a text that a list shows.
_EXCERPT = 200
_LISTED = 200
_NEWEST = 2  # of each kind, on a hub


def plan_voices(frame: Frame, condition: Condition) -> Iterator[Planned]:
    """The page of each story and question of *condition* in the frame's language; lists where no section makes them."""
    for kind, folder in FOLDERS.items():
        voices = voices_of(frame.context.snapshot, condition, frame.language, kind)
        for voice in voices:
            url_path = voice_path(frame, voice)
            entry = sitemap_entry(frame, url_path, voice.published) if voice.share else None
            make = partial(voice_page, frame, voice)
            yield plan_page(frame, url_path, f"{kind} of a member", make, entry=entry)
        if voices and text_above(frame.context.site, condition.id, frame.language, folder) is None:
            url_path = list_path(frame, kind)
            make_list = partial(voices_page, frame, kind)
            yield plan_page(frame, url_path, folder, make_list, entry=sitemap_entry(frame, url_path))


def voice_path(frame: Frame, voice: VoiceAnswer) -> str:
    return f"{list_path(frame, voice.kind)}{voice.id}/"


def list_path(frame: Frame, kind: str) -> str:
    return f"{frame.prefix}{FOLDERS[kind]}/"


def voice_refs(frame: Frame, folder: str) -> tuple[shapes.VoiceRef, ...]:
    """What the list of *folder* shows: the newest; none of another folder."""
    kinds = [kind for kind, one in FOLDERS.items() if one == folder]
    if not kinds or frame.condition is None:
        return ()
    voices = voices_of(frame.context.snapshot, frame.condition, frame.language, kinds[0])
    return tuple(_ref(frame, voice) for voice in voices[:_LISTED])


def newest_voices(frame: Frame, condition: Condition) -> tuple[shapes.VoiceRef, ...]:
    """What a hub shows: of each kind the newest that may be shared, since a hub is found by search engines."""
    found = (
        [voice for voice in voices_of(frame.context.snapshot, condition, frame.language, kind) if voice.share]
        for kind in FOLDERS
    )
    return tuple(_ref(frame, voice) for some in found for voice in some[:_NEWEST])


def voice_lists(frame: Frame, condition: Condition) -> tuple[shapes.Link, ...]:
    """The lists that a hub leads to: those with a form above them, and those that hold something."""
    found = []
    for kind, folder in FOLDERS.items():
        section = text_above(frame.context.site, condition.id, frame.language, folder)
        asks = section is not None and bool(frame.context.bodies.of(section.document.source_path).facts.forms)
        if asks or voices_of(frame.context.snapshot, condition, frame.language, kind):
            label = f"hub.{'told' if asks else 'read'}-{kind}"
            found.append(shapes.Link(label, frame.root.href(list_path(frame, kind))))
    return tuple(found)


def _ref(frame: Frame, voice: VoiceAnswer) -> shapes.VoiceRef:
    return shapes.VoiceRef(
        title=voice.title,
        url=frame.root.href(voice_path(frame, voice)),
        summary=excerpt(voice),
        date=_day(frame, voice),
        name=voice.pseudonym or "",
        language=_written_in(frame, voice),
        content_notes=voice.content_notes,
        simulated=voice.simulated,
    )


def excerpt(voice: VoiceAnswer) -> str:
    """The beginning of a text; nothing of one that carries content notes: its reader chooses first."""
    return "" if voice.content_notes else shorten(plain_text(voice.html), _EXCERPT)


def _day(frame: Frame, voice: VoiceAnswer) -> shapes.Date:
    return day_view(local_day(voice.published, frame.context.site.config.zone), frame.language)


def _written_in(frame: Frame, voice: VoiceAnswer) -> str:
    return "" if voice.lang == frame.language else voice.lang


def voice_page(frame: Frame, voice: VoiceAnswer) -> shapes.VoicePage:
    """The page of a story or question. Without the consent to share it, search engines are asked to leave it."""
    root, url_path = frame.root, voice_path(frame, voice)
    above = shapes.Link(frame.words(f"title.{FOLDERS[voice.kind]}"), root.href(list_path(frame, voice.kind)))
    fields = frame.common(
        url_path,
        "voice.html",
        voice.title,
        description=(excerpt(voice) if voice.share else "") or frame.describe(FOLDERS[voice.kind]),
        noindex=not voice.share,
        breadcrumbs=frame.crumbs(above),
        updated=voice.published,
    )
    if voice.share:
        permalink = fields["permalink"]
        thing = {
            "@type": "DiscussionForumPosting",
            "headline": voice.title,
            "url": permalink,
            "datePublished": voice.published,
            "inLanguage": voice.lang,
            "author": {"@type": "Person", "name": voice.pseudonym or frame.words("voice.member")},
            "text": plain_text(voice.html),
        }
        way = json_ld.breadcrumbs(fields["breadcrumbs"], root.origin, voice.title, permalink)
        fields["json_ld"] = json_ld.encode(thing, way)
    thread = question_thread(frame, voice) if voice.kind == "question" else None
    return shapes.VoicePage(
        **fields,
        kind=voice.kind,
        html=clean_voice(voice.html),
        name=voice.pseudonym or "",
        date=_day(frame, voice),
        written_in=_written_in(frame, voice),
        carer=voice.carer,
        content_notes=voice.content_notes,
        note_html=clean_voice(voice.note.html) if voice.note else "",
        thread=thread,
        accepted=_accepted(voice, thread),
        list_url=above.url,
        answer=_what_came(frame, voice),
        you_url=frame.chrome.you_url,
        simulated=voice.simulated,
    )


def _what_came(frame: Frame, voice: VoiceAnswer) -> shapes.Link | None:
    kind: Literal["story", "question"] = "story" if voice.kind == "story" else "question"
    return answer_link(frame.context, frame.root, Said(kind, voice.id), frame.language)


def _accepted(voice: VoiceAnswer, thread: shapes.Thread | None) -> shapes.Comment | None:
    """The accepted answer, of a clinician or an editor alone, whatever a snapshot says."""
    every = [one for root in (thread.baked if thread else ()) for one in (root, *root.replies)]
    return next(
        (one for one in every if one.id == voice.accepted and one.role in ("clinician", "editor")), None
    )


def voices_page(frame: Frame, kind: str) -> shapes.ListingPage:
    """The list of stories or questions of a condition that has no ``_index.md`` for it."""
    folder = FOLDERS[kind]
    fields = frame.common(
        list_path(frame, kind),
        "listing.html",
        frame.words(f"title.{folder}"),
        description=frame.describe(folder),
        breadcrumbs=frame.crumbs(),
    )
    return shapes.ListingPage(
        **fields, kind="section", subject=fields["title"], voices=voice_refs(frame, folder)
    )


def form_view(frame: Frame, document: Document, slot: VoiceSlot) -> shapes.VoiceFormView:
    """The form of a page; without a function it says that nothing is taken."""
    context = frame.context
    endpoint = context.site.config.widgets.endpoint
    forms = context.bodies.of(document.source_path).facts.forms
    form = next((one for one in forms if one.kind == slot.kind), None)
    folder = FOLDERS[slot.kind]
    return shapes.VoiceFormView(
        kind=slot.kind,
        form=form_id(document.condition, slot.kind),
        action=f"{endpoint}/{folder}" if endpoint else "",
        prompts=form.prompts if form else (),
        script=frame.root.href(context.theme.urls["elements/voice.js"])
        if endpoint and "elements/voice.js" in context.theme.urls
        else "",
        you_url=frame.chrome.you_url,
    )
