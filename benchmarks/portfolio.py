"""What the corpus holds before any body is written: conditions, topics, people, outlines of articles."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import isqrt
from random import Random

from benchmarks.prose import Prose, words_of

_CONDITIONS = (
    "Migraine", "Multiple sclerosis", "Rheumatoid arthritis", "Asthma", "Psoriasis", "Epilepsy", "Lupus",
    "Endometriosis", "Fibromyalgia", "Diabetes", "Coeliac disease", "Parkinson's disease",
)  # fmt: skip
_TOPICS = (
    "Sleep", "Fatigue", "Work", "Family", "Triggers", "Diagnosis", "Medicines", "Side effects", "Exercise",
    "Food", "Mental health", "Travel", "Money", "School", "Pregnancy", "Pain", "Research", "Pacing",
    "Relationships", "Seasons",
)  # fmt: skip
_GIVEN = words_of("Robin Sasha Amina Jonas Mei Luca Noor Tomas Freya Ade Ines Kofi Lena Ravi Elif Owen")
_FAMILY = words_of(
    "Ashdown Berger Castell Dahl Emeka Fontaine Grove Hartley Ito Jensen Kaur Lindqvist Marsh Novak"
)
_FIRST_DAY = datetime.date(2016, 1, 1)
_DAYS = 3_652
# Before the moment of the measured builds: a review cannot lie in the future.
LAST_UPDATE = datetime.date(2026, 5, 31)
DEFAULT_SEED = 20_260_101
_SHARED_TOPICS = 12
_LEAST_TOPICS = 40
_ACCENTS = ("#5b3f9e", "#1d6f6a", "#8a3b12", "#1f4f99", "#7a2f5f", "#3d6b21")
# (type, folder, weight): two folders deep here and there, since folders do not enter addresses.
_KINDS = (
    ("article", "news", 30),
    ("story", "stories", 22),
    ("living-with", "living-with/everyday", 14),
    ("treatment", "treatments", 10),
    ("symptom", "symptoms", 9),
    ("question", "questions", 7),
    ("basics", "basics", 5),
    ("diagnosis", "diagnosis", 3),
)
REVIEWED_TYPES = frozenset({"treatment", "symptom", "basics", "diagnosis"})


@dataclass(frozen=True, slots=True)
class CorpusPlan:
    """What is asked for; *words* is the mean of a body, *images* the share of articles with one, 0 to 1."""

    articles: int
    conditions: int
    words: int = 800
    images: float = 0.0
    seed: int = DEFAULT_SEED


@dataclass(frozen=True, slots=True)
class Condition:
    slug: str
    title: str
    accent: str
    topics: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Topic:
    slug: str
    title: str


@dataclass(frozen=True, slots=True)
class Person:
    id: str
    name: str
    role: str
    conditions: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """An article without its body; *condition*, *topics*, *authors* and *reviewer* are indexes."""

    index: int
    condition: int
    kind: str
    folder: str
    slug: str
    title: str
    date: datetime.date
    updated: datetime.date | None
    topics: tuple[int, ...]
    authors: tuple[int, ...]
    reviewer: int | None


@dataclass(frozen=True, slots=True)
class Portfolio:
    plan: CorpusPlan
    conditions: tuple[Condition, ...]
    topics: tuple[Topic, ...]
    people: tuple[Person, ...]
    outlines: tuple[Outline, ...]

    def of_condition(self, condition: int) -> list[Outline]:
        return [outline for outline in self.outlines if outline.condition == condition]


def plan_portfolio(plan: CorpusPlan, prose: Prose) -> Portfolio:
    """Everything but the bodies; topics grow as 40 + √N and authors as √N, each used with Zipf's weights."""
    if plan.articles < 1 or plan.conditions < 1 or plan.articles < plan.conditions:
        raise ValueError("a corpus needs at least one condition, and an article for each")
    rng = Random(f"{plan.seed}/portfolio")
    topics = _topics(rng, _LEAST_TOPICS + isqrt(plan.articles), prose)
    conditions = _conditions(rng, plan.conditions, len(topics))
    people = _people(rng, max(4, isqrt(plan.articles)), len(conditions))
    return Portfolio(plan, conditions, topics, people, _outlines(rng, plan, conditions, people, prose))


def slug_of(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower().replace("'", "")).strip("-")


def zipf(count: int) -> list[float]:
    """Cumulative weights of ranks 1 … *count*, for ``Random.choices``."""
    return list(accumulate(1 / (rank + 1) for rank in range(count)))


def _topics(rng: Random, count: int, prose: Prose) -> tuple[Topic, ...]:
    titles = dict.fromkeys(_TOPICS)
    while len(titles) < count:
        titles[prose.phrase(rng, 2, 2)] = None
    named = {slug_of(title): Topic(slug_of(title), title) for title in titles}
    return tuple(named.values())


def _conditions(rng: Random, count: int, topic_count: int) -> tuple[Condition, ...]:
    """Each condition has a dozen topics that all share and a draw of the rest, in an order of its own."""
    size = min(topic_count, max(_LEAST_TOPICS, 2 * topic_count // count))
    shared = list(range(min(_SHARED_TOPICS, topic_count)))
    found = []
    for index in range(count):
        name = _CONDITIONS[index % len(_CONDITIONS)]
        title = name if index < len(_CONDITIONS) else f"{name} type {index // len(_CONDITIONS) + 1}"
        own = shared + rng.sample(range(len(shared), topic_count), size - len(shared))
        rng.shuffle(own)
        found.append(Condition(slug_of(title), title, _ACCENTS[index % len(_ACCENTS)], tuple(own)))
    return tuple(found)


def _people(rng: Random, count: int, condition_count: int) -> tuple[Person, ...]:
    """Every seventh is a clinician (they review), the rest mostly advocates."""
    found = []
    for index in range(count):
        name = f"{rng.choice(_GIVEN)} {rng.choice(_FAMILY)}"
        role = (
            "clinician" if index % 7 == 3 else rng.choices(("advocate", "caregiver", "editor"), (8, 3, 1))[0]
        )
        lived = tuple(sorted({rng.randrange(condition_count) for _ in range(2)}))
        found.append(Person(f"{slug_of(name)}-{index}", name, role, lived))
    return tuple(found)


def _reviewer(
    drawn: int, clinicians: Sequence[int], authors: Sequence[int], people: Sequence[Person]
) -> int | None:
    """Who was drawn, or the next clinician with the name of no author; None where every one has."""
    names = {people[author].name for author in authors}
    at = clinicians.index(drawn)
    ordered = (*clinicians[at:], *clinicians[:at])
    return next((person for person in ordered if people[person].name not in names), None)


def _outlines(
    rng: Random, plan: CorpusPlan, conditions: tuple[Condition, ...], people: tuple[Person, ...], prose: Prose
) -> tuple[Outline, ...]:
    topic_weights = [zipf(len(condition.topics)) for condition in conditions]
    people_weights = zipf(len(people))
    clinicians = [index for index, person in enumerate(people) if person.role == "clinician"]
    found = []
    for index in range(plan.articles):
        # The first articles go round, so that no condition stays empty.
        home = index if index < len(conditions) else rng.randrange(len(conditions))
        kind, folder, _ = rng.choices(_KINDS, [weight for *_, weight in _KINDS])[0]
        title = prose.title(rng)
        day = _FIRST_DAY + datetime.timedelta(days=rng.randrange(_DAYS))
        drawn = rng.choices(conditions[home].topics, cum_weights=topic_weights[home], k=rng.randint(1, 4))
        authors = rng.choices(range(len(people)), cum_weights=people_weights, k=1 + (rng.random() < 0.12))
        reviewed = kind in REVIEWED_TYPES and rng.random() < 0.7
        found.append(
            Outline(
                index=index,
                condition=home,
                kind=kind,
                folder=folder,
                slug=f"{slug_of(title)}-{index}",
                title=title,
                date=day,
                updated=min(day + datetime.timedelta(days=rng.randint(20, 400)), LAST_UPDATE)
                if rng.random() < 0.3
                else None,
                topics=tuple(dict.fromkeys(drawn)),
                authors=tuple(dict.fromkeys(authors)),
                reviewer=_reviewer(rng.choice(clinicians), clinicians, authors, people) if reviewed else None,
            )
        )
    return tuple(found)
