"""``gatherwell.yaml``: declared once, strictly; an unknown key is an error with a suggestion."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from generator.errors import ConfigError, SiteError, SiteErrors
from generator.matter import BASE_URL, QUIET_HOURS, SLOW_MODE, TEXT, URL, CommentsMode
from generator.model import MarkdownOptions, Struct
from generator.strict import Check, Invalid, Reader
from generator.yaml_source import Position, as_mapping, parse_yaml

CONFIG_NAME = "gatherwell.yaml"
Localized = str | dict[str, str]
CheckLevel = Literal["error", "warning", "off"]
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|[0-9]{3}))?")
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
        raise Invalid(f"{number} is no quality", "write a number from 1 to 100; 62 is a good one")
    return number


POSITIVE = Check(_positive)


class Widgets(Struct):
    """The function behind polls, reactions and comments; an empty endpoint leaves complete, silent pages."""

    endpoint: Annotated[str, Check(_endpoint)] = ""
    polls: bool = True


class Comments(Struct):
    """*policy*: `pre` holds all, `first` holds until a pseudonym was approved once, `post` publishes at once.
    In *quiet_hours* (`22:00-07:00`, of `time_zone`) all is held; *slow_mode*: minutes between two of one author."""

    policy: Literal["pre", "first", "post"] = "first"
    default: CommentsMode = "open"
    reactions: Annotated[tuple[str, ...], Check(_reactions)] = ("me-too", "thank-you", "helpful")
    quiet_hours: Annotated[str, QUIET_HOURS] = "off"
    slow_mode: Annotated[int, SLOW_MODE] = 0


class Pagination(Struct):
    """How many articles a page of a listing holds at least."""

    per_page: Annotated[int, POSITIVE] = 20


class Feeds(Struct):
    """How many of the newest articles a feed holds."""

    items: Annotated[int, POSITIVE] = 20


class Markdown(Struct):
    """*raw_html*: let HTML in Markdown through; *typographer*: typographic quotes and dashes."""

    raw_html: bool = False
    typographer: bool = True


class Checks(Struct):
    """How seriously each check is taken."""

    links: CheckLevel = "error"
    alt: CheckLevel = "error"
    people: CheckLevel = "warning"
    reviews: CheckLevel = "warning"
    summaries: CheckLevel = "off"


class FrontMatterOptions(Struct):
    """*extra*: names that articles may use besides the known ones; the generator ignores them."""

    extra: tuple[str, ...] = ()


class Organisation(Struct):
    """Who publishes, for JSON-LD and feeds."""

    name: Annotated[str, TEXT]
    url: Annotated[str, URL] = ""


class Images(Struct):
    """Widths in pixels that photographs are scaled to, never up; and how much of them is kept, 1 to 100."""

    widths: Annotated[tuple[int, ...], Check(_widths)] = (480, 960, 1440)
    quality: Annotated[int, Check(_quality)] = 62


class Config(Struct):
    """The whole of ``gatherwell.yaml``."""

    title: Annotated[str, TEXT] | dict[str, str]
    description: Localized = ""
    base_url: Annotated[str, BASE_URL] = "http://localhost:8000/"
    language: Annotated[str, Check(_language)] = "en"
    languages: Annotated[tuple[str, ...], Check(_languages)] = ()
    time_zone: Annotated[str, Check(_time_zone)] = "UTC"
    theme: str = "commons"
    notice: Localized = ""
    organisation: Organisation | None = None
    edit_url: str = ""
    widgets: Widgets = Widgets()
    comments: Comments = Comments()
    pagination: Pagination = Pagination()
    feeds: Feeds = Feeds()
    markdown: Markdown = Markdown()
    images: Images = Images()
    cards: Literal["condition", "article", "off"] = "condition"
    search: bool = True
    checks: Checks = Checks()
    front_matter: FrontMatterOptions = FrontMatterOptions()

    @property
    def all_languages(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((self.language, *self.languages)))

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def markdown_options(self) -> MarkdownOptions:
        return MarkdownOptions(raw_html=self.markdown.raw_html, typographer=self.markdown.typographer)


def localized(value: Localized, language: str, default_language: str) -> str:
    """The words for *language*, else for its base language, else the site's, else whatever there is."""
    if isinstance(value, str):
        return value
    for tag in (language, language.split("-")[0], default_language):
        if tag in value:
            return value[tag]
    return next(iter(value.values()), "")


def parse_config(text: str, source_path: str = CONFIG_NAME) -> Config:
    """The configuration; raises SiteErrors with every fault at once."""
    mapped = parse_yaml(text, source_path)
    value = as_mapping(mapped, source_path)
    reader = Reader(mapped, source_path)
    config = reader.struct(dict(value), Config)
    if config is None or reader.problems:
        raise SiteErrors(reader.problems)
    return config


def config_place(root: Path, key: str) -> Position:
    """Line and column of the value of a top-level *key*; the first line where it is not written."""
    try:
        return parse_yaml((root / CONFIG_NAME).read_text("utf-8-sig"), CONFIG_NAME).position(key)
    except (OSError, UnicodeDecodeError, SiteError):
        return (1, 1)


def read_config(root: Path) -> tuple[Config, bytes]:
    """The configuration of the project in *root*, and its bytes; without the file, defaults named after the folder."""
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
