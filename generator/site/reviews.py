"""Owns the law of reviews: who may review, what a review is worth at a moment, and which pages wait for one."""

from __future__ import annotations

import datetime as dt
import functools
import html
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple
from zoneinfo import ZoneInfo

from generator.content.config import Config
from generator.content.front_matter.schema import ArticleFrontMatter
from generator.ground.errors import Problem
from generator.ground.text import did_you_mean, folded, in_latin_letters
from generator.schema.dates import add_period, local_day
from generator.site.people import person_id
from generator.site.schedule import moment_of, review_due
from generator.site.types import Article, Person

# The rule of findings about missing, lapsed and outdated reviews; what can never be right has the other one.
RULE, REVIEWERS = "reviews", "reviewers"
# Types whose text people act upon: without a review their pages say so at the top.
NEEDS_REVIEW = ("treatment", "symptom", "diagnosis")
# What people write before and behind a name.
_TITLES = frozenset(
    "dr dra drs prof profa professor doctor doctora mr mrs ms miss mx sr sra srta herr frau"
    " md phd dphil mbbs mbchb msc bsc rn frcp frcs mrcp mrcgp facp mph dds pharmd psyd".split()
)
# How long a review holds at most, whatever an article says; guidelines ask for one every three years.
LONGEST = "5 years"


class Review(NamedTuple):
    """What a review is worth at a moment.

    *there* says that somebody reviewed the article, *due* on which day the next review is due, *overdue* that this day
    has come, *changed* that the article was changed since, in more than a minor way.
    """

    there: bool
    due: dt.date | None
    overdue: bool
    changed: bool

    @property
    def holds(self) -> bool:
        """Whether the text that readers see is the one that was reviewed, and recently enough."""
        return self.there and not self.overdue and not self.changed


def review_of(front_matter: ArticleFrontMatter, zone: ZoneInfo, now: str) -> Review:
    """The review of an article at *now* (UTC ISO text)."""
    due = review_due(front_matter, zone)
    return Review(
        there=bool(front_matter.reviewer and front_matter.last_reviewed),
        due=due,
        overdue=due is not None and moment_of(due.isoformat(), zone) <= now,
        changed=bool(changed_since(front_matter, zone)) and not front_matter.excuse,
    )


def changed_since(front_matter: ArticleFrontMatter, zone: ZoneInfo) -> str:
    """The key of the first change of a later day than ``last_reviewed``: ``updated`` or a correction; empty without one."""
    if not front_matter.last_reviewed:
        return ""
    reviewed = local_day(front_matter.last_reviewed, zone)
    changes = [("updated", front_matter.updated)]
    changes += ((f"corrections.{at}.date", each.date) for at, each in enumerate(front_matter.corrections))
    return next((key for key, day in changes if day and local_day(day, zone) > reviewed), "")


def lacks_review(front_matter: ArticleFrontMatter, config: Config) -> bool:
    """Whether the page must say that nobody has reviewed it."""
    reviewed = front_matter.reviewer and front_matter.last_reviewed
    return config.medical and front_matter.type in NEEDS_REVIEW and not reviewed


def waits_for_review(front_matter: ArticleFrontMatter, config: Config, now: str) -> bool:
    """Whether the review is lapsed, or missing where the type needs one. Nobody reviews a demonstration."""
    missing = lacks_review(front_matter, config) and not config.demonstration
    return missing or review_of(front_matter, config.zone, now).overdue


def is_suspended(front_matter: ArticleFrontMatter, config: Config, now: str) -> bool:
    """Whether ``checks.reviews: error`` takes the text off the page until it is reviewed."""
    return config.checks.reviews == "error" and waits_for_review(front_matter, config, now)


def review_problems(
    articles: Iterable[Article], people: Mapping[str, Person], config: Config, now: str
) -> Iterator[Problem]:
    """An error for each review that cannot be one, and for each date that has not come yet."""
    articles = tuple(articles)
    originals = {article.key: article for article in articles if article.language == config.language}
    for article in articles:
        front_matter = article.unnoted
        if front_matter.reviewer or front_matter.last_reviewed:
            yield from _together(article)
            yield from _future(article, "last_reviewed", front_matter.last_reviewed, "review", config, now)
            yield from _too_long(article, config)
        if front_matter.reviewer:
            yield from _reviewer(article, originals.get(article.key, article), people, config)
        for index, correction in enumerate(front_matter.corrections):
            yield from _future(article, f"corrections.{index}.date", correction.date, "correction", config, now)


def _together(article: Article) -> Iterator[Problem]:
    front_matter = article.front_matter
    if not front_matter.last_reviewed:
        hint = "write the day as `last_reviewed`, or leave the name out until the review is done"
        message = "a reviewer is named, but no day of the review"
        yield article.document.problem("reviewer", message, hint, rule=REVIEWERS)
    if not front_matter.reviewer:
        hint = "write who reviewed it as `reviewer`, a file in content/_people/ without .md"
        message = "a review has a day, but nobody who made it"
        yield article.document.problem("last_reviewed", message, hint, rule=REVIEWERS)


def _future(article: Article, key: str, day: str, what: str, config: Config, now: str) -> Iterator[Problem]:
    if day and moment_of(day, config.zone) > now:
        message = f"the {what} is dated {day[:10]}, which has not come yet"
        yield article.document.problem(key, message, "write the day on which it was made", rule=REVIEWERS)


def _too_long(article: Article, config: Config) -> Iterator[Problem]:
    """No review holds for ever: ``review_in`` would say so of a text that nobody looks at again."""
    written, reviewed = article.front_matter.review_in, article.front_matter.last_reviewed
    if not (written and reviewed):
        return
    day = local_day(reviewed, config.zone)
    if add_period(day, written) > add_period(day, LONGEST):
        message = f"the review is said to hold for {written}, and none holds longer than {LONGEST}"
        hint = "write a shorter period, or take the line out: 36 months, 24 for treatments"
        yield article.document.problem("review_in", message, hint, rule=REVIEWERS)


def _reviewer(
    article: Article, original: Article, people: Mapping[str, Person], config: Config
) -> Iterator[Problem]:
    """The reviewer wrote nothing of it, nor of the *original* that it translates; in a site about health they are
    somebody who may judge it.
    """
    name = article.front_matter.reviewer
    person = person_id(name, people)
    texts = (article,) if original is article else (article, original)
    wrote = next((each for each in texts if _has_written(each, name, person, people)), None)
    if wrote is not None:
        what = "the article" if wrote is article else f"the original, {original.document.source_path},"
        message = f"'{name}' wrote {what} and cannot review it"
        hint = "have somebody else review it; until then leave `reviewer` and `last_reviewed` out"
        yield article.document.problem("reviewer", message, hint, rule=REVIEWERS)
    if not config.medical:
        return
    if not person:
        message = f"'{name}' has no profile, so readers cannot tell who reviewed this"
        hint = did_you_mean(name, people) or "write a profile with role and credential in content/_people/"
        yield article.document.problem("reviewer", message, hint, rule=REVIEWERS)
        return
    profiles = people[person].front_matters.values()
    roles = config.reviews.roles
    if not any(profile.role in roles for profile in profiles):
        message = f"'{name}' has the role {next(iter(profiles)).role}, which may not review"
        hint = f"who may review is {_either(roles)} (`reviews.roles` in gatherwell.yaml)"
        yield article.document.problem("reviewer", message, hint, rule=REVIEWERS)
    elif not any(profile.known_credential for profile in profiles):
        message = f"'{name}' has no credential, so readers cannot tell what the review is worth"
        hint = "add a line `credential: …` to the profile: training, position, register entry"
        yield article.document.problem("reviewer", message, hint, rule=REVIEWERS)


def _has_written(article: Article, name: str, person: str, people: Mapping[str, Person]) -> bool:
    return any(_is_one(author, name, person, people) for author in article.unnoted.authors)


def _is_one(author: str, name: str, person: str, people: Mapping[str, Person]) -> bool:
    """Whether the author is the reviewer: by the same name or profile, or by two profiles of one name."""
    own = person_id(author, people)
    if person and own == person:
        return True
    return not _names(author, own, people).isdisjoint(_names(name, person, people))


def _names(written: str, person: str, people: Mapping[str, Person]) -> set[str]:
    """The names of somebody, folded: as front matter has it, and those of the profile."""
    profiles = people[person].front_matters.values() if person else ()
    return {bare_name(written), *(bare_name(profile.name) for profile in profiles)}


@functools.lru_cache(maxsize=4096)
def bare_name(name: str) -> str:
    """A name without what makes no other person of it: titles, accents, order, and characters that nobody sees."""
    letters = "".join(
        char
        for char in unicodedata.normalize("NFKD", in_latin_letters(html.unescape(name))).casefold()
        if unicodedata.category(char) not in ("Mn", "Cf")
    )
    words = sorted(word for word in re.findall(r"\w+", letters.replace(".", "")) if word not in _TITLES)
    # A first name alone is not enough: `Dr Ana` may be another Ana.
    return " ".join(words) if len(words) > 1 else folded(name)


def _either(words: Iterable[str]) -> str:
    return " or ".join(words)
