"""Owns the manifest's shape: what published pages show, as `manifest.schema.json` fixes it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Final, Literal

import msgspec

from widgets.contract.problems import Problem
from widgets.contract.surveys import Survey

VERSION: Final = 1

Id = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9][a-z0-9._~-]*\Z", max_length=200)]
Key = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9][a-z0-9-]*\Z", max_length=64)]
Path_ = Annotated[str, msgspec.Meta(pattern=r"^/(?![/\\])[^?#\\\x00-\x20]*\Z", max_length=1000)]
Clock = Annotated[str, msgspec.Meta(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]\Z")]
Origin = Annotated[str, msgspec.Meta(pattern=r"^https?://[^/?#@\\ \x00-\x20]+\Z")]


class Option(msgspec.Struct, frozen=True):
    key: Key
    label: str


class Poll(msgspec.Struct, frozen=True):
    condition: Id
    question: str
    options: tuple[Option, ...]
    multiple: bool
    min: int
    max: int
    version: int
    closes: Annotated[datetime, msgspec.Meta(tz=True)] | None
    results: Literal["always", "after-vote", "on-close"]
    sensitive: bool
    pages: Mapping[str, Path_]


class Thread(msgspec.Struct, frozen=True):
    condition: Id
    title: str
    comments: Literal["open", "closed", "off"]
    reactions: tuple[Key, ...]
    pages: Mapping[str, Path_]
    sort: Literal["oldest", "newest", "reacted"] = "oldest"


class Quiet(msgspec.Struct, frozen=True):
    """Hours in which new comments wait; over midnight where `to` is earlier than `from`."""

    begin: Clock = msgspec.field(name="from")
    end: Clock = msgspec.field(name="to")
    time_zone: str


class Condition(msgspec.Struct, frozen=True):
    title: str
    origin: Origin
    url_path: Path_
    comments: Literal["pre", "first", "post"]
    quiet: Quiet | None = None
    slow: Annotated[int, msgspec.Meta(ge=0, le=1440)] = 0  # minutes
    minimum_age: Annotated[int, msgspec.Meta(ge=0, le=18)] = 0  # of who writes; 0 where nobody is asked


class VoiceForm(msgspec.Struct, frozen=True):
    """A form for stories or questions that a published page holds; `prompts` lead its writer, by language."""

    kind: Literal["story", "question"]
    condition: Id
    pages: Mapping[str, Path_]
    prompts: Mapping[str, tuple[Annotated[str, msgspec.Meta(max_length=300)], ...]] = msgspec.field(
        default_factory=dict
    )


class HelpLine(msgspec.Struct, frozen=True):
    """Where to turn in a crisis; the shape is that of the contract's answers."""

    name: str
    phone: str | None = None
    text: str | None = None
    url: str | None = None
    hours: str | None = None
    kinds: tuple[str, ...] | msgspec.UnsetType = msgspec.UNSET
    region: str | msgspec.UnsetType = msgspec.UNSET


class RetiredPoll(msgspec.Struct, frozen=True):
    id: Id
    version: int


class Retired(msgspec.Struct, frozen=True):
    polls: tuple[RetiredPoll, ...] = ()
    surveys: tuple[RetiredPoll, ...] = ()
    threads: tuple[Id, ...] = ()
    conditions: tuple[Id, ...] = ()


class Manifest(msgspec.Struct, frozen=True):
    """Unknown keys are ignored, so that an older function reads a newer file."""

    version: Literal[1]
    generated_by: str
    origins: tuple[Origin, ...]
    default_language: str
    languages: tuple[str, ...]
    conditions: Mapping[Id, Condition]
    polls: Mapping[Id, Poll]
    threads: Mapping[Id, Thread]
    retired: Retired = Retired()
    help: Mapping[str, tuple[HelpLine, ...]] = msgspec.field(default_factory=dict)
    title: Annotated[str, msgspec.Meta(max_length=300)] = ""
    people: tuple[str, ...] = ()  # names on published profiles: nobody else writes under them
    surveys: Mapping[Id, Survey] = msgspec.field(default_factory=dict)
    voices: Mapping[Id, VoiceForm] = msgspec.field(default_factory=dict)
    # The page of one's own contributions: origin → language → path.
    you: Mapping[Origin, Mapping[str, Path_]] = msgspec.field(default_factory=dict)

    def page_path(self, pages: Mapping[str, str], lang: str | None) -> str:
        """The page in that language, else in the default one, else the first."""
        return pages.get(lang or "") or pages.get(self.default_language) or next(iter(pages.values()))

    def own_numbers(self) -> list[str]:
        """The numbers of the site's own crisis lines, which are nobody's personal data."""
        lines = [line for some in self.help.values() for line in some]
        return [number for line in lines for number in (line.phone, line.text) if number]

    def language_of(self, wanted: str | None) -> str:
        """The language of a page that a writer names, else the site's."""
        return wanted if wanted in self.languages else self.default_language

    def minimum_age(self, condition: str) -> int:
        """0 where nobody is asked, and where the condition is not known."""
        known = self.conditions.get(condition)
        return known.minimum_age if known else 0

    def poll(self, id_: str) -> Poll:
        poll = self.polls.get(id_)
        if poll is None:
            raise Problem("unknown-poll")
        return poll

    def survey(self, id_: str) -> Survey:
        survey = self.surveys.get(id_)
        if survey is None:
            raise Problem("unknown-survey")
        return survey

    def voice_form(self, kind: str, id_: str) -> VoiceForm:
        form = self.voices.get(id_)
        if form is None or form.kind != kind:
            raise Problem("unknown-form")
        return form

    def thread(self, id_: str) -> Thread:
        thread = self.threads.get(id_)
        if thread is None:
            raise Problem("unknown-thread")
        return thread


def parse_manifest(data: bytes) -> Manifest:
    """Raises msgspec.DecodeError or UnicodeDecodeError, both ValueErrors."""
    manifest = msgspec.json.decode(data, type=Manifest)
    items: list[tuple[str, Poll | Thread | Survey | VoiceForm]] = [
        *manifest.polls.items(),
        *manifest.threads.items(),
        *manifest.surveys.items(),
        *manifest.voices.items(),
    ]
    for id_, item in items:
        if item.condition not in manifest.conditions:
            raise msgspec.ValidationError(f"{id_}: its condition is not in the manifest")
        if not item.pages:
            raise msgspec.ValidationError(f"{id_}: it names no page")
        if isinstance(item, Survey) and not item.words:
            raise msgspec.ValidationError(f"{id_}: it has no words")
    return manifest
