"""What is still to be completed before people are invited: one function an item, in one ordered list."""

from __future__ import annotations

import datetime as dt
import json
import re
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from http.client import HTTPException
from pathlib import Path
from typing import Final, Literal, NamedTuple
from urllib.parse import urlsplit

from generator import __version__
from generator.cli.function_origin import function_origin, leads_nowhere
from generator.cli.manifest_age import look_at_manifest, told_age
from generator.cli.messages import count
from generator.cli.store import own_replies
from generator.cli.uncalled import crisis_lines_of
from generator.content.config import CONFIG_NAME, Config, is_written
from generator.content.unfinished import unfinished_texts
from generator.ground.errors import SiteError
from generator.site.data_files import CRISIS

State = Literal["done", "open", "unknown"]
# Files in which the version of the generator may be pinned, and what a pin looks like.
REQUIREMENTS: Final = "requirements.txt"
_PINNED = re.compile(
    r"^\s*(?:\./\S+\.whl|gatherwell\S*\s*(?:==|@\s*\S+(?:@[0-9a-f]{40}|#sha256=)))", re.MULTILINE
)
_SECONDS: Final = 5.0
_OLD_MANIFEST: Final = 8 * 86400
_OLD_BACKUP: Final = 2 * 86400
_ELSEWHERE: Final = "widgets: {endpoint: https://talk.example.org/api/v1}"
_NONE: Final = 'widgets: {endpoint: ""}'


class Item(NamedTuple):
    """One thing: *name* is stable for programs; *unknown* is what cannot be seen from here, and counts as open."""

    name: str
    state: State
    said: str
    remedy: str = ""


class Seen(NamedTuple):
    """What the items are judged by. *errors* are those of `check`; *next_change* is UTC ISO text."""

    root: Path
    config: Config
    environ: Mapping[str, str]
    now: dt.datetime
    errors: int
    next_change: str | None
    ask: bool
    backups: Path | None


def address(seen: Seen) -> Item:
    if leads_nowhere(seen.config.base_url):
        return Item(
            "address", "open", f"`base_url` is {seen.config.base_url}", "write where the site will live"
        )
    return Item("address", "done", f"The site lives at {seen.config.base_url}")


def organisation(seen: Seen) -> Item:
    if seen.config.organisation is None:
        hint = f"write `organisation: {{name: …}}` into {CONFIG_NAME}"
        return Item("organisation", "open", "Nobody answers for the site", hint)
    return Item("organisation", "done", f"{seen.config.organisation.name} answers for the site")


def content(seen: Seen) -> Item:
    if seen.errors:
        return Item(
            "content", "open", f"`check` finds {count(seen.errors, 'error')}", "run `gatherwell check`"
        )
    return Item("content", "done", "`check` finds no error")


def texts(seen: Seen) -> Item:
    unfinished = unfinished_texts(seen.root)
    if unfinished:
        hint = "write what the boxes and the first lines ask for, and take these out"
        said = f"{count(len(unfinished), 'page')} to complete: {', '.join(unfinished)}"
        return Item("texts", "open", said, hint)
    return Item("texts", "done", "No page waits to be completed")


def crisis_lines(seen: Seen) -> Item:
    try:
        every = crisis_lines_of(seen.root)
    except SiteError as error:
        return Item("crisis-lines", "open", f"{CRISIS}: {error.message}", "run `gatherwell check`")
    unchecked = [name for name, called in every if not called]
    if not every:
        return Item("crisis-lines", "open", f"{CRISIS} has no line", "write down where to turn, with sources")
    if unchecked:
        said = f"{count(len(unchecked), 'crisis line')} nobody has called: {'; '.join(unchecked)}"
        return Item(
            "crisis-lines", "open", said, f"call each, then write the date into `checked` in {CRISIS}"
        )
    return Item("crisis-lines", "done", f"{count(len(every), 'crisis line')}, each called")


def endpoint(seen: Seen) -> Item:
    where = seen.config.widgets.endpoint
    own = "widgets: {endpoint: /api/v1}"
    if wants_no_function(seen):
        return Item("endpoint", "done", "No function is wanted: no votes, no comments; pages are complete")
    if not where:
        hint = f"write where it answers, `{_ELSEWHERE if _on_pages(seen) else own}`, or `{_NONE}` if none is wanted"
        return Item("endpoint", "open", "No function is configured: no votes, no comments", hint)
    if where.startswith("/") and _on_pages(seen):
        hint = (
            f"write the whole address of a function elsewhere, `{_ELSEWHERE}`, or `{_NONE}` if none is wanted"
        )
        return Item("endpoint", "open", f"GitHub Pages runs no function: nothing can answer at {where}", hint)
    return Item("endpoint", "done", f"The function is expected at {where}")


def wants_no_function(seen: Seen) -> bool:
    """Whether somebody decided for pages alone; an endpoint that is merely missing may have been forgotten."""
    return not seen.config.widgets.endpoint and is_written(seen.root, "widgets", "endpoint")


def _on_pages(seen: Seen) -> bool:
    """Whether GitHub Pages serves the site, by its address or by a workflow."""
    host = urlsplit(seen.config.base_url).hostname or ""
    return host.endswith(".github.io") or any("actions/deploy-pages@" in text for text in _workflows(seen))


def _workflows(seen: Seen) -> Iterator[str]:
    return (_text(path) for path in sorted((seen.root / ".github" / "workflows").glob("*.y*ml")))


def function(seen: Seen) -> Item:
    origin = function_origin(seen.config)
    if endpoint(seen).state != "done":
        return Item("function", "unknown", "The function was not asked", "say first where it answers")
    if leads_nowhere(origin) or not seen.ask:
        return Item("function", "unknown", "The function was not asked", "run this again when the site is up")
    url = f"{origin}/api/v1/healthz"
    try:
        with urllib.request.urlopen(url, timeout=_SECONDS) as answer:  # noqa: S310 - an address of the settings
            health = json.loads(answer.read(10_000))
        faults = [f"{key} {health.get(key)}" for key in ("store", "manifest") if health.get(key) != "ok"]
    except urllib.error.HTTPError as error:
        faults = [f"it answered {error.code}"]
    except (OSError, ValueError, AttributeError, HTTPException) as error:
        faults = [f"no answer ({type(error).__name__})"]
    if faults:
        return Item("function", "open", f"{url}: {', '.join(faults)}", "start it, or look at its log")
    return Item("function", "done", f"{url} answers")


def manifest(seen: Seen) -> Item:
    path = seen.root / "site" / "manifest.json"
    known = look_at_manifest(path)
    if known is None:
        return Item("manifest", "open", "site/manifest.json is not there", "run `gatherwell build`")
    state: State = "open" if known.age > _OLD_MANIFEST else "done"
    return Item(
        "manifest",
        state,
        f"site/manifest.json is {told_age(known.age)} old",
        "build, and publish it with the site" if state == "open" else "",
    )


def versions(seen: Seen) -> Item:
    pins = _text(seen.root / REQUIREMENTS)
    if not _PINNED.search(pins):
        hint = "name a wheel file or a git address with its full hash"
        return Item("versions", "open", f"{REQUIREMENTS} pins no version of Gatherwell", hint)
    built = re.search(r'"generated_by":\s*"gatherwell ([^"]+)"', _text(seen.root / "site" / "manifest.json"))
    if built and built[1] != __version__:
        said = f"The site was built by {built[1]}, this is {__version__}"
        return Item("versions", "open", said, "run `gatherwell build`")
    return Item("versions", "done", f"Gatherwell {__version__}, pinned in {REQUIREMENTS}")


def alerts(seen: Seen) -> Item:
    channels = [
        name for name in ("GATHERWELL_ALERT_WEBHOOK", "GATHERWELL_ALERT_SMTP") if seen.environ.get(name)
    ]
    if not channels:
        hint = (
            "set GATHERWELL_ALERT_WEBHOOK or GATHERWELL_ALERT_SMTP where the function runs, then try it with "
        )
        said = "In this environment nobody is called when somebody writes that they want to die"
        return Item("alerts", "open", said, f"{hint}`gatherwell desk alert --test`")
    return Item("alerts", "done", f"{' and '.join(channels)} set; `gatherwell desk alert --test` tries them")


def safeguarding(seen: Seen) -> Item:
    if not seen.environ.get("GATHERWELL_SAFEGUARDING", "").strip():
        hint = "set GATHERWELL_SAFEGUARDING, a name and how to reach them, where the function runs"
        said = "In this environment staff are told of nobody to turn to where a child may write"
        return Item("safeguarding", "open", said, hint)
    return Item("safeguarding", "done", "Staff are told whom to turn to where a child may write")


def backups(seen: Seen) -> Item:
    if seen.backups is None:
        hint = "name their folder with --backups, or in GATHERWELL_BACKUPS; `gatherwell function backup` makes one"
        return Item("backups", "unknown", "No folder of backups is named", hint)
    ages = [seen.now.timestamp() - path.stat().st_mtime for path in seen.backups.glob("*") if path.is_file()]
    if not ages:
        return Item(
            "backups", "open", f"{seen.backups} holds no backup", "make one with `gatherwell function backup`"
        )
    if min(ages) > _OLD_BACKUP:
        said = f"The newest backup is {told_age(min(ages))} old"
        return Item("backups", "open", said, "look why no newer one was made")
    return Item("backups", "done", f"The newest backup is {told_age(max(0.0, min(ages)))} old")


def next_build(seen: Seen) -> Item:
    moment = f"; the site changes by itself next at {seen.next_change}" if seen.next_change else ""
    if any(re.search(r"^\s*(?:-\s*)?cron:", text, re.MULTILINE) for text in _workflows(seen)):
        return Item("next-build", "done", f"A scheduled build is set up{moment}")
    hint = "build once a day by a timer: scheduled articles and closing polls need it"
    return Item("next-build", "unknown", f"No scheduled build is seen here{moment}", hint)


def replies(seen: Seen) -> Item:
    own = own_replies(seen.root)
    if own is None:
        return Item("replies", "done", "Private answers begin with the sentences that come with Gatherwell")
    from widgets.rules.replies import read_replies

    if fault := read_replies(own).fault:
        return Item(
            "replies", "open", "The community's own sentences for private answers are left out", fault
        )
    return Item("replies", "done", "Private answers begin with the community's own sentences")


def demonstration(seen: Seen) -> Item:
    if seen.config.demonstration:
        hint = f"when all of the above is done, take `demonstration: true` out of {CONFIG_NAME}"
        return Item("demonstration", "open", "This is a demonstration, and every page says so", hint)
    return Item("demonstration", "done", "This is no demonstration")


ITEMS: Final[tuple[Callable[[Seen], Item], ...]] = (
    *(address, organisation, content, texts, crisis_lines, endpoint, function, manifest, versions, alerts),
    *(replies, safeguarding, backups, next_build, demonstration),
)
# What nobody needs whose pages have no function behind them.
_OF_FUNCTION: Final = (function, alerts, replies, safeguarding, backups)


def still_to_do(seen: Seen) -> Iterator[Item]:
    """Every item, done or not; those of the function only where one is wanted."""
    left_out = _OF_FUNCTION if wants_no_function(seen) else ()
    return (item(seen) for item in ITEMS if item not in left_out)


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8", "replace")
    except OSError:
        return ""
