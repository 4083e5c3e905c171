"""A text that changed after its review while its front matter says nothing: readers would take it for the reviewed one."""

from __future__ import annotations

import datetime as dt
import re
from typing import NamedTuple
from zoneinfo import ZoneInfo

from generator.content.front_matter.parse import Parsed
from generator.content.front_matter.schema import ArticleFrontMatter, SourceRef
from generator.ground.errors import Problem
from generator.ground.text import slugify
from generator.schema.dates import local_day
from generator.site.retracted import doi_of
from generator.site.reviews import RULE, bare_name, changed_since

# Code is kept as it is, since readers see what looks like a comment in it.
_CODE_OR_COMMENT = re.compile(
    r"(?P<code>(?P<ticks>`+)(?!`).*?(?P=ticks)(?!`)|(?m:^) {0,3}(?P<tildes>~{3,}).*?\n {0,3}(?P=tildes))|<!--.*?-->",
    re.DOTALL,
)


class Version(NamedTuple):
    """An article's file at one time: what it says, and the text of its body."""

    parsed: Parsed
    text: str


def untold_change(path: str, then: Version, now: Version, zone: ZoneInfo, today: dt.date) -> Problem | None:
    """A finding where what readers see differs from *then*, the page still claims the review that it had, and neither
    ``updated`` nor a correction tells of it. A ``minor`` of *then* excuses no later change; the day of the review tells of
    a change *today* alone, since pages say nothing of it.
    """
    before, after = then.parsed.front_matter, now.parsed.front_matter
    if not (isinstance(before, ArticleFrontMatter) and isinstance(after, ArticleFrontMatter)):
        return None
    same_words = _shown(before, then) == _shown(after, now)
    if (same_words and _same_sources(before, after)) or _is_told(before, after, zone, today):
        return None
    what = "sources" if same_words else "text"
    message = f"the {what} changed since its review, and `updated` says nothing of it"
    hint = "have it reviewed and write the day as `last_reviewed`, or write today as `updated`; `minor: …` with the reason"
    hint += " where it needs no review"
    if after.minor and after.minor == before.minor:
        message = "the text changed again, and `minor` was written for an earlier change"
        hint = "write today as `updated`; keep `minor` with a reason for this change too, or have it reviewed"
    line, column = now.parsed.place("last_reviewed")
    return Problem(message, line, column, hint, path, "warning", RULE)


def changed_reviewer(path: str, then: Version, now: Version, zone: ZoneInfo) -> Problem | None:
    """A finding where somebody else is named for a review of the same day, or an earlier one: nobody tells when they read it."""
    before, after = then.parsed.front_matter, now.parsed.front_matter
    if not (isinstance(before, ArticleFrontMatter) and isinstance(after, ArticleFrontMatter)):
        return None
    if not (before.reviewer and before.last_reviewed and after.reviewer and after.last_reviewed):
        return None
    if local_day(after.last_reviewed, zone) > local_day(before.last_reviewed, zone):
        return None
    if slugify(bare_name(before.reviewer)) == slugify(bare_name(after.reviewer)):
        return None
    message = f"the reviewer was '{before.reviewer}', and the day of the review is no later"
    hint = "write the day on which this reviewer read it as `last_reviewed`; it may stay where only the name is spelt otherwise"
    line, column = now.parsed.place("reviewer")
    return Problem(message, line, column, hint, path, "warning", RULE)


def shown_words(version: Version) -> list[str]:
    """What readers see of the words of a body: neither comments nor how lines are broken."""
    return _CODE_OR_COMMENT.sub(lambda match: match["code"] or " ", version.text).split()


def _shown(front_matter: ArticleFrontMatter, version: Version) -> tuple[str, str, list[str]]:
    return front_matter.title, front_matter.summary, shown_words(version)


def _same_sources(before: ArticleFrontMatter, after: ArticleFrontMatter) -> bool:
    """Whether each source of one is one of the other: a moved address, a new order or a mended title makes no other of it."""
    then, now = [[_names(each) for each in one.references] for one in (before, after)]
    return all(
        any(not names.isdisjoint(others) for others in side)
        for ones, side in ((then, now), (now, then))
        for names in ones
    )


def _names(source: SourceRef) -> set[str]:
    names = {
        doi_of(source),
        source.pmid and f"PMID {source.pmid}",
        source.url,
        " ".join(source.title.casefold().split()),
    }
    return {str(name) for name in names if name}


def _is_told(before: ArticleFrontMatter, after: ArticleFrontMatter, zone: ZoneInfo, today: dt.date) -> bool:
    """Whether the page claims no review, was reviewed anew, says that it changed, or has a new excuse."""
    if not (after.reviewer and after.last_reviewed):
        return True
    reviewed = local_day(after.last_reviewed, zone)
    if not (before.reviewer and before.last_reviewed) or reviewed > local_day(before.last_reviewed, zone):
        return True
    if changed_since(after, zone) and not after.excuse:
        return True
    days = [after.updated, *(each.date for each in after.corrections)]
    is_late = any(
        told > reviewed or told == reviewed == today
        for day in days
        if day
        for told in (local_day(day, zone),)
    )
    return is_late and _said(before) != _said(after)


def _said(front_matter: ArticleFrontMatter) -> tuple[object, ...]:
    return front_matter.updated, front_matter.corrections, front_matter.minor
