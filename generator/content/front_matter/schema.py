"""Front matter as frozen types, one for each kind of file under ``content/``, and the checks of their fields."""

from __future__ import annotations

import re
from typing import Annotated, Literal, get_args
from urllib.parse import urlsplit

import msgspec

from generator.content.front_matter.addresses import checked_aliases
from generator.content.front_matter.placeholders import is_written, says_something
from generator.content.menu import MenuItem
from generator.ground.model import Struct
from generator.schema.convert import Check, Invalid
from generator.schema.dates import MOMENT, PERIOD

ArticleType = Literal[
    "article",
    "story",
    "basics",
    "symptom",
    "diagnosis",
    "treatment",
    "living-with",
    "question",
    "event",
    "survey-report",
    "we-did",
]
ARTICLE_TYPES: tuple[str, ...] = get_args(ArticleType)
Stage = Literal["undiagnosed", "new", "long-term", "caregiver"]
STAGES: tuple[str, ...] = get_args(Stage)
CommentsMode = Literal["open", "closed", "off"]
ROLES = ("advocate", "caregiver", "clinician", "researcher", "editor", "moderator", "organisation", "member")
Role = Literal[
    "advocate", "caregiver", "clinician", "researcher", "editor", "moderator", "organisation", "member"
]

_THREAD_ID = re.compile(r"[a-z0-9][a-z0-9._~-]*")
_SURVEY_ID = re.compile(r"(?:[a-z0-9][a-z0-9-]*~)?[a-z0-9][a-z0-9-]*")
_QUESTION_KEY = re.compile(r"[a-z0-9][a-z0-9-]*")
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*\.?")
_HEX = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")


def _not_empty(text: str) -> str:
    if not text.strip():
        raise Invalid("is empty", "write some words")
    return " ".join(text.split())


def _thread_id(text: str) -> str:
    if not _THREAD_ID.fullmatch(text) or len(text) > 200:
        raise Invalid(
            f"'{text}' cannot be an id", "use a-z, 0-9 and . _ ~ - and begin with a letter or digit"
        )
    return text


def _survey(text: str) -> str:
    if not _SURVEY_ID.fullmatch(text):
        raise Invalid(f"'{text}' cannot be the id of a survey", "write its file's name without .yaml")
    return text


def _question(text: str) -> str:
    if not _QUESTION_KEY.fullmatch(text):
        raise Invalid(f"'{text}' cannot be the key of a question", "write its `key` in the survey's file")
    return text


def _slug(text: str) -> str:
    if "/" in text or "\\" in text or ".." in text or text in ("", "."):
        raise Invalid(f"'{text}' is not one segment of an address", "use one word such as `pacing-your-day`")
    if text != text.strip() or re.search(r"[\s%?#:*\"'<>|\x00-\x1f]", text):
        raise Invalid(f"'{text}' holds characters that break addresses", "use letters, digits and hyphens")
    if len(text.encode()) > 200:
        raise Invalid(f"is too long for a file name ({len(text.encode())} bytes)", "use at most 200 bytes")
    return text


def _url(text: str) -> str:
    try:
        parts = urlsplit(text)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.netloc or re.search(r"[\s<>\"]", text):
        raise Invalid(f"'{text}' is not a web address", "write it whole: https://…")
    return text


def _social(places: dict[str, str]) -> dict[str, str]:
    """Names of places elsewhere with their addresses: ``Mastodon: https://…``."""
    return {" ".join(name.split()): _url(address) for name, address in places.items()}


def _base_url(text: str) -> str:
    """A web address that a site can be published at: a host, optionally a port and a path, nothing else."""
    parts = urlsplit(_url(text))
    hint = "write scheme, host and perhaps a path: https://example.org/health/"
    if parts.query or parts.fragment or "@" in parts.netloc or "?" in text or "#" in text:
        raise Invalid(f"'{text}' has more than a host and a path", hint)
    host, _, port = parts.netloc.partition(":")
    if not host.isascii():
        raise Invalid(f"'{host}' is not how browsers write this host", f"write it as {_ascii_host(host)}")
    if not _HOST.fullmatch(host.lower()) or (port and not (port.isdecimal() and 0 < int(port) < 65536)):
        raise Invalid(f"'{parts.netloc}' is not a host", hint)
    if any(part in (".", "..") for part in parts.path.split("/")) or "//" in parts.path or "\\" in text:
        raise Invalid(f"'{parts.path}' is not a plain path", hint)
    return text


def _ascii_host(host: str) -> str:
    try:
        return host.encode("idna").decode()
    except UnicodeError:
        return "its ASCII form (xn--…)"


def _accent(text: str) -> str:
    if not _HEX.fullmatch(text):
        raise Invalid(
            f"'{text}' is not a colour", 'write six hexadecimal digits in quotes: accent: "#5b4b8a"'
        )
    return text.lower()


TEXT = Check(_not_empty, r"\S")


def _quiet_hours(text: str) -> str:
    found = _SPAN.fullmatch(text.strip())
    if text.strip() == "off" or (found and found[1] != found[2]):
        return text.strip() if not found else f"{found[1]}-{found[2]}"
    raise Invalid(f"'{text}' is not a span of hours", "write `22:00-07:00`, or `off` for none")


def _slow_mode(minutes: int) -> int:
    if not 0 <= minutes <= 1440:
        raise Invalid(f"{minutes} minutes are not between 0 and a day", "write 0 to 1440; 0 is off")
    return minutes


def _minimum_age(years: int) -> int:
    if years and not 13 <= years <= 18:
        raise Invalid(f"{years} is no age from 13 to 18", "write 13 to 18; 0 asks nobody")
    return years


_CLOCK = r"(?:[01][0-9]|2[0-3]):[0-5][0-9]"
_SPAN = re.compile(rf"({_CLOCK}) ?[-–] ?({_CLOCK})")
QUIET_HOURS = Check(_quiet_hours, rf"^\s*(?:off|{_CLOCK} ?[-–] ?{_CLOCK})\s*$")
SLOW_MODE = Check(_slow_mode)
MINIMUM_AGE = Check(_minimum_age)
SOCIAL = Check(_social)
URL = Check(_url, r'^https?://[^\s<>"]+$')
BASE_URL = Check(_base_url, r"^https?://[^\s<>\"@?#]+$")
SLUG = Check(_slug, r"""^[^\s%?#:*"'<>|/\\]{1,200}$""")
ALIASES = Check(checked_aliases, r"^(?:[^\\?#]*[^\\?#/][^\\?#]*|[^\\?#]*\?(?:p|page_id)=[1-9][0-9]{0,11})$")
QUESTION = Check(_question, r"^[a-z0-9][a-z0-9-]*$")
SURVEY = Check(_survey, r"^(?:[a-z0-9][a-z0-9-]*~)?[a-z0-9][a-z0-9-]*$")
THREAD_ID = Check(_thread_id, r"^[a-z0-9][a-z0-9._~-]{0,199}$")
ACCENT = Check(_accent, r"^#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})$")


class SourceRef(Struct):
    """A source that an article rests on; cited in the text as ``[^id]``."""

    id: Annotated[str, THREAD_ID]
    title: Annotated[str, TEXT]
    authors: str = ""
    body: str = ""
    publisher: str = ""
    journal: str = ""
    year: int | str = ""
    url: Annotated[str, URL] = ""
    doi: str = ""
    pmid: str | int = ""
    accessed: Annotated[str, MOMENT] = ""


class Correction(Struct):
    """A correction that readers of an earlier version should know of: the day, and what changed."""

    date: Annotated[str, MOMENT]
    what: Annotated[str, TEXT]


class Cause(Struct):
    """What members said that a page answers: a poll, a survey, a page, or a story or question that one sent; one of them."""

    poll: str = ""
    survey: Annotated[str, SURVEY] = ""
    page: str = ""
    story: str = ""
    question: str = ""


class ArticleFrontMatter(Struct, tag_field="kind", tag="article"):
    """Front matter of an article."""

    title: Annotated[str, TEXT]
    date: Annotated[str, MOMENT] = ""
    updated: Annotated[str, MOMENT] = ""
    expires: Annotated[str, MOMENT] = ""
    draft: bool = False
    slug: Annotated[str, SLUG] = ""
    aliases: Annotated[tuple[str, ...], ALIASES] = ()
    id: Annotated[str, THREAD_ID] = ""
    order: int | float | None = None
    type: ArticleType = "article"
    summary: str = ""
    authors: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    stage: tuple[Stage, ...] = ()
    conditions: tuple[str, ...] = ()
    reviewer: str = ""
    last_reviewed: Annotated[str, MOMENT] = ""
    review_in: Annotated[str, PERIOD] = ""
    minor: str = ""
    corrections: tuple[Correction, ...] = ()
    because: tuple[Cause, ...] = ()
    references: tuple[SourceRef, ...] = ()
    content_notes: tuple[str, ...] = ()
    sponsor: str = ""
    image: str = ""
    image_alt: str = ""
    translation_of: str = ""
    comments: CommentsMode | None = None
    reactions: bool | tuple[str, ...] | None = None
    noindex: bool = False
    allow: dict[str, str] = msgspec.field(default_factory=dict)
    start: Annotated[str, MOMENT] = ""
    end: Annotated[str, MOMENT] = ""
    place: str = ""
    online_url: Annotated[str, URL] = ""
    organiser: str = ""
    survey: Annotated[str, SURVEY] = ""
    finding: Annotated[str, QUESTION] = ""

    @property
    def excuse(self) -> str:
        """Why a change needs no review; a ``minor`` of a dash or ``none`` is no reason."""
        return self.minor if says_something(self.minor) else ""

    @property
    def payer(self) -> str:
        """Who paid for the page; empty where nobody is named."""
        return self.sponsor if says_something(self.sponsor) else ""


class Codes(Struct):
    """Codes of a condition in public classifications, for JSON-LD."""

    icd10: str | tuple[str, ...] = ()
    mesh: str | tuple[str, ...] = ()


class HubFrontMatter(Struct, tag_field="kind", tag="hub"):
    """Front matter of ``_index.md``: a condition's home."""

    title: Annotated[str, TEXT]
    short_title: str = ""
    description: str = ""
    synonyms: tuple[str, ...] = ()
    codes: Codes = Codes()
    accent: Annotated[str, ACCENT] = ""
    base_url: Annotated[str, BASE_URL] = ""
    editor: str = ""
    crisis: bool = True
    start_here: tuple[str, ...] = ()
    order: int | float | None = None
    comments: Literal["pre", "first", "post"] | None = None
    quiet_hours: Annotated[str, QUIET_HOURS] = ""
    slow_mode: Annotated[int | None, SLOW_MODE] = None
    minimum_age: Annotated[int | None, MINIMUM_AGE] = None
    aliases: Annotated[tuple[str, ...], ALIASES] = ()
    noindex: bool = False
    image: str = ""
    image_alt: str = ""
    menu: tuple[MenuItem, ...] = ()
    logo: str = ""
    logo_alt: str = ""
    allow: dict[str, str] = msgspec.field(default_factory=dict)
    social: Annotated[dict[str, str], SOCIAL] = msgspec.field(default_factory=dict)


class PersonFrontMatter(Struct, tag_field="kind", tag="person"):
    """Front matter of ``_people/<id>.md``."""

    name: Annotated[str, TEXT]
    role: Role = "member"
    conditions: tuple[str, ...] = ()
    credential: str = ""
    disclosures: str = ""
    photo: str = ""
    photo_alt: str = ""
    since: str | int = ""
    summary: str = ""
    noindex: bool = False

    @property
    def known_credential(self) -> str:
        """The credential; empty where nobody has written it yet, or it says that there is none."""
        return " ".join(self.credential.split()) if says_something(self.credential) else ""

    @property
    def known_disclosures(self) -> str:
        """What they say of ties; ``none`` is an answer, a dash or what is still to be written is none."""
        return self.disclosures if is_written(self.disclosures) else ""


class PageFrontMatter(Struct, tag_field="kind", tag="page"):
    """Front matter of ``_pages/*.md``; *checked* is the day on which somebody last compared it with the site."""

    title: Annotated[str, TEXT]
    summary: str = ""
    slug: Annotated[str, SLUG] = ""
    order: int | float | None = None
    updated: Annotated[str, MOMENT] = ""
    checked: Annotated[str, MOMENT] = ""
    aliases: Annotated[tuple[str, ...], ALIASES] = ()
    noindex: bool = False
    allow: dict[str, str] = msgspec.field(default_factory=dict)
    draft: bool = False


class SectionFrontMatter(Struct, tag_field="kind", tag="section"):
    """Front matter of an ``_index.md`` in a folder below a condition's: the page above what lies in there."""

    title: Annotated[str, TEXT]
    summary: str = ""
    aliases: Annotated[tuple[str, ...], ALIASES] = ()
    noindex: bool = False
    draft: bool = False


FrontMatter = ArticleFrontMatter | HubFrontMatter | PersonFrontMatter | PageFrontMatter | SectionFrontMatter
