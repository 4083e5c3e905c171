"""Stories and questions of members on the organized site: which forms it has, and which edition shows which."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import msgspec

from generator.bodies.table import BodyTable
from generator.content.snapshot import Snapshot, VoiceAnswer
from generator.content.voice_text import is_day, is_voice_id
from generator.ground.model import VoiceForm
from generator.site.permalinks import Root
from generator.site.sections import sections_with_pages
from generator.site.types import Condition, Site

# The folder of an address, and of the ``_index.md`` whose text stands above the list.
FOLDERS: Mapping[str, str] = {"story": "stories", "question": "questions"}


class FormPlace(NamedTuple):
    """A form, and the published page that has it."""

    form: VoiceForm
    condition: str
    language: str
    root: Root
    url_path: str

    @property
    def id(self) -> str:
        return form_id(self.condition, self.form.kind)


def without_adopted(snapshot: Snapshot, site: Site) -> Snapshot:
    """The snapshot without stories and questions that became articles: their ``id`` is that of the story's thread."""
    if not snapshot.voices:
        return snapshot
    threads = {article.thread for article in site.articles.values()}
    kept = {
        id_: voice for id_, voice in snapshot.voices.items() if f"{voice.condition}~{id_}" not in threads
    }
    return msgspec.structs.replace(snapshot, voices=kept) if len(kept) < len(snapshot.voices) else snapshot


def form_id(condition: str, kind: str) -> str:
    """The identity of a form: ``migraine~story``."""
    return f"{condition}~{kind}"


def form_places(site: Site, bodies: BodyTable) -> Iterator[FormPlace]:
    """Every form on a page that everybody can see: those of sections first, in order of path."""
    for section in sorted(sections_with_pages(site), key=lambda one: one.document.source_path):
        document = section.document
        if document.parsed.asks and not section.front_matter.draft:
            for form in bodies.of(document.source_path).facts.forms:
                yield FormPlace(form, section.condition, section.language, section.root, section.url_path)
    for path, article in sorted(site.articles.items()):
        if article.document.parsed.asks and article.is_public:
            for form in bodies.of(path).facts.forms:
                yield FormPlace(form, article.condition, article.language, article.root, article.url_path)


def voice_path(condition: Condition, kind: str, id_: str, language: str) -> str:
    """The url_path of a story or question written in *language*: in that edition, else in the condition's first."""
    return f"{condition.hub(language).url_path}{FOLDERS[kind]}/{id_}/"


def voice_shown(site: Site, snapshot: Snapshot, kind: str, id_: str) -> VoiceAnswer | None:
    """The story or question of this id that has a page; None where it was taken back or is not fetched yet."""
    voice = snapshot.voices.get(id_)
    if voice is None or voice.kind != kind or voice.condition not in site.conditions:
        return None
    return voice if is_voice_id(voice.id) and is_day(voice.published) else None


def voices_of(snapshot: Snapshot, condition: Condition, language: str, kind: str) -> list[VoiceAnswer]:
    """What an edition shows, the newest first: what was written in its language, and in the first edition also what was
    written in a language that the condition has no edition in."""
    found = [
        voice
        for voice in snapshot.voices.values()
        if voice.condition == condition.id
        and voice.kind == kind
        and is_voice_id(voice.id)
        and is_day(voice.published)
        and condition.hub(voice.lang).language == language
    ]
    return sorted(found, key=lambda voice: (voice.published, voice.id), reverse=True)
