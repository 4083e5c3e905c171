"""``gatherwell.yaml`` as a frozen type; an unknown key is an error with a suggestion."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from generator.content.front_matter.schema import (
    BASE_URL,
    MINIMUM_AGE,
    QUIET_HOURS,
    SLOW_MODE,
    SOCIAL,
    TEXT,
    CommentsMode,
    Role,
)
from generator.content.identity import Footer, Organisation
from generator.content.menu import MenuItem
from generator.ground.conflicts import refuse_conflicts
from generator.ground.errors import ConfigError, Position, SiteError, SiteErrors
from generator.ground.model import MarkdownOptions, Struct
from generator.schema.convert import Check, Invalid, Reader
from generator.schema.yaml_source import as_mapping, parse_yaml

CONFIG_NAME = "gatherwell.yaml"
# Where a site stands whose settings name no address: every permalink in it is wrong elsewhere.
NO_ADDRESS = "http://localhost:8000/"
Localized = str | dict[str, str]
CheckLevel = Literal["error", "warning", "off"]
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|[0-9]{3}))?")
_EXTRA = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,60}")
# RFC 4151: a host or an e-mail address that was the site's on a day, month or year.
_TAG = re.compile(
    r"(?:[A-Za-z0-9._-]+@)?[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?,[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?"
)
_REACTION = re.compile(r"[a-z][a-z0-9-]{0,30}")


def _language(text: str) -> str:
    if not _LANGUAGE.fullmatch(text):
        raise Invalid(f"'{text}' is not a language tag", "write it as `en`, `es` or `pt-BR`")
    return text


def _languages(tags: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_language(tag) for tag in tags))


def _time_zone(text: str) -> str:
    try:
        ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Invalid(
            f"'{text}' is not a time zone", "write it as `Europe/London`; `UTC` always works"
        ) from None
    return text


def _positive(number: int) -> int:
    if number < 1:
        raise Invalid(f"{number} is too small", "write 1 or more")
    return number


def _reactions(keys: tuple[str, ...]) -> tuple[str, ...]:
    for key in keys:
        if not _REACTION.fullmatch(key):
            raise Invalid(f"'{key}' cannot be a reaction's key", "use a-z, 0-9 and hyphens, such as `me-too`")
    return keys


def _endpoint(text: str) -> str:
    parts = urlsplit(text)
    if (
        text
        and not (text.startswith("/") and not text.startswith("//"))
        and not (parts.scheme in ("https", "http") and parts.netloc)
    ):
        raise Invalid(
            f"'{text}' is not an address", "write `/api/v1`, or the whole https address of the function"
        )
    return text.rstrip("/")


def _widths(widths: tuple[int, ...]) -> tuple[int, ...]:
    if not widths or not all(16 <= width <= 8192 for width in widths):
        raise Invalid("image widths are whole numbers from 16 to 8192", "write them as `[480, 960, 1440]`")
    return tuple(sorted(set(widths)))


def _quality(number: int) -> int:
    if not 1 <= number <= 100:
        raise Invalid(f"{number} is not a quality", "write a number from 1 to 100; 62 is a good one")
    return number


def _extra_names(names: tuple[str, ...]) -> tuple[str, ...]:
    for name in names:
        if not _EXTRA.fullmatch(name) or name in ("pairs", "names", "with_names"):
            raise Invalid(
                f"'{name}' cannot be a key of a theme's own",
                "use a-z, 0-9 and _ and begin with a letter, such as `photographer`",
            )
    return names


def _tag(text: str) -> str:
    if not _TAG.fullmatch(text):
        raise Invalid(
            f"'{text}' names no place and day", "write a host of yours and a year: `example.org,2026`"
        )
    return text


POSITIVE = Check(_positive)


class Widgets(Struct):
    """The function behind polls, reactions and comments; an empty endpoint leaves complete, silent pages."""

    endpoint: Annotated[str, Check(_endpoint)] = ""
    polls: bool = True


class Comments(Struct):
    """*policy*: `pre` holds all, `first` holds until a pseudonym was approved once, `post` publishes at once.
    *in_pages*: pages hold the published ones, so that they can be read without JavaScript, and by every crawler;
    *structured*: JSON-LD holds them too. In *quiet_hours* (`22:00-07:00`, of `time_zone`) all is held; *slow_mode*: minutes between two of one author.
    Who writes says to be of *minimum_age*; 0 asks nobody."""

    policy: Literal["pre", "first", "post"] = "first"
    default: CommentsMode = "open"
    in_pages: bool = True
    structured: bool = False
    reactions: Annotated[tuple[str, ...], Check(_reactions)] = ("me-too", "thank-you", "helpful")
    quiet_hours: Annotated[str, QUIET_HOURS] = "off"
    slow_mode: Annotated[int, SLOW_MODE] = 0
    minimum_age: Annotated[int, MINIMUM_AGE] = 16


class Pagination(Struct):
    """How many articles a page of a listing holds at least."""

    per_page: Annotated[int, POSITIVE] = 20


class Feeds(Struct):
    """*items*: how many of the newest articles a feed holds; *content*: what of each. *tag* begins the entries' ids."""

    items: Annotated[int, POSITIVE] = 20
    content: Literal["summary", "full"] = "summary"
    tag: Annotated[str, Check(_tag)] = "gatherwell.invalid,2026"


class Markdown(Struct):
    """*raw_html*: let HTML in Markdown through, or clean it; *typographer*: typographic quotes and dashes; *bare_addresses*: make links
    of addresses without angle brackets, as GitHub does.
    """

    raw_html: bool | Literal["clean"] = False
    typographer: bool = True
    bare_addresses: bool = False


class Checks(Struct):
    """How seriously each check is taken; without a level, each finding is an error or a warning as its check has it."""

    links: CheckLevel | None = None
    images: CheckLevel | None = None
    alt: CheckLevel | None = None
    media: CheckLevel | None = None
    tables: CheckLevel | None = None
    foreign: CheckLevel | None = None
    html: CheckLevel | None = None
    keys: CheckLevel | None = None
    languages: CheckLevel | None = None
    dates: CheckLevel | None = None
    files: CheckLevel | None = None
    address: CheckLevel | None = None
    people: CheckLevel | None = None
    reviews: CheckLevel | None = None
    summaries: CheckLevel = "off"
    accessibility: CheckLevel | None = None
    surveys: CheckLevel | None = None
    retractions: CheckLevel | None = None
    doses: CheckLevel | None = None
    absolutes: CheckLevel | None = None
    safe_messaging: CheckLevel | None = None
    person_first: CheckLevel | None = None
    personal_data: CheckLevel | None = None
    sponsors: CheckLevel | None = None
    disclosures: CheckLevel | None = None
    headings: CheckLevel | None = None
    link_texts: CheckLevel | None = None
    tracking: CheckLevel | None = None
    poll_hygiene: CheckLevel | None = None
    # Right in 19 of 50 judged hits: see docs/checks.md.
    reading: CheckLevel = "off"


class Reviews(Struct):
    """*roles*: whose review counts as a medical one."""

    roles: tuple[Role, ...] = ("clinician",)


class FrontMatterOptions(Struct):
    """*extra*: names that front matter may use besides the known ones; templates see them as ``page.extra.<name>``."""

    extra: Annotated[tuple[str, ...], Check(_extra_names)] = ()


class Images(Struct):
    """Widths in pixels that photographs are scaled to, never up; and how much of them is kept, 1 to 100."""

    widths: Annotated[tuple[int, ...], Check(_widths)] = (480, 960, 1440)
    quality: Annotated[int, Check(_quality)] = 62


class Config(Struct):
    """The whole of ``gatherwell.yaml``."""

    title: Annotated[str, TEXT] | dict[str, str]
    description: Localized = ""
    base_url: Annotated[str, BASE_URL] = NO_ADDRESS
    language: Annotated[str, Check(_language)] = "en"
    languages: Annotated[tuple[str, ...], Check(_languages)] = ()
    time_zone: Annotated[str, Check(_time_zone)] = "UTC"
    theme: str = "commons"
    notice: Localized = ""
    organisation: Organisation | None = None
    logo: str = ""
    logo_alt: Localized = ""
    menu: tuple[MenuItem, ...] = ()
    footer: Footer = Footer()
    funding: Localized = ""
    ai_crawlers: Literal["allow", "refuse"] = "allow"
    social: Annotated[dict[str, str], SOCIAL] = msgspec.field(default_factory=dict)
    edit_url: str = ""
    widgets: Widgets = Widgets()
    comments: Comments = Comments()
    pagination: Pagination = Pagination()
    feeds: Feeds = Feeds()
    markdown: Markdown = Markdown()
    images: Images = Images()
    cards: Literal["condition", "article", "off"] = "condition"
    search: bool = True
    demonstration: bool = False
    medical: bool = True
    checks: Checks = Checks()
    reviews: Reviews = Reviews()
    front_matter: FrontMatterOptions = FrontMatterOptions()

    @property
    def has_address(self) -> bool:
        """Whether the settings say where the site will stand."""
        return self.base_url != NO_ADDRESS

    @property
    def all_languages(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((self.language, *self.languages)))

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def markdown_options(self) -> MarkdownOptions:
        return MarkdownOptions(
            raw_html=self.markdown.raw_html,
            typographer=self.markdown.typographer,
            bare_addresses=self.markdown.bare_addresses,
        )


def localized(value: Localized, language: str, default_language: str) -> str:
    """The text in *language*, else in its primary language, else in the site's language, else the first there is."""
    if isinstance(value, str):
        return value
    for tag in (language, language.split("-")[0], default_language):
        if tag in value:
            return value[tag]
    return next(iter(value.values()), "")


def parse_config(text: str, source_path: str = CONFIG_NAME) -> Config:
    """The configuration; raises SiteErrors with everything that is wrong with it.

    An unsolved merge conflict and bad YAML are raised alone, as another SiteError.
    """
    refuse_conflicts(text, source_path, ConfigError)
    mapped = parse_yaml(text, source_path)
    value = as_mapping(mapped, source_path)
    reader = Reader(mapped, source_path)
    config = reader.struct(dict(value), Config)
    if config is None or reader.problems:
        raise SiteErrors(reader.problems)
    return config


def config_place(root: Path, *key: str | int) -> Position:
    """Line and column of the value that *key* leads to; of the nearest one that holds it where it is not written."""
    try:
        return parse_yaml((root / CONFIG_NAME).read_text("utf-8-sig"), CONFIG_NAME).position(*key)
    except (OSError, UnicodeDecodeError, SiteError):
        return Position(1, 1)


def is_written(root: Path, *keys: str) -> bool:
    """Whether the settings say anything of what *keys* lead to, be it what they would have without it."""
    try:
        value = parse_yaml((root / CONFIG_NAME).read_text("utf-8-sig"), CONFIG_NAME).value
    except (OSError, UnicodeDecodeError, SiteError):
        return False
    for key in keys:
        if not isinstance(value, dict) or key not in value:
            return False
        value = value[key]
    return True


def read_config(root: Path) -> tuple[Config, bytes]:
    """The configuration of the project in *root*, and its bytes; without the file, defaults with the folder's name as
    title.
    """
    path = root / CONFIG_NAME
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return Config(title=root.resolve().name or "Gatherwell"), b""
    except OSError as error:
        raise ConfigError(
            f"cannot be read ({error.strerror})", CONFIG_NAME, hint="check the file's permissions"
        ) from None
    try:
        return parse_config(raw.decode("utf-8-sig")), raw
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise ConfigError("is not UTF-8 text", CONFIG_NAME, line, 1, "save the file as UTF-8") from None
