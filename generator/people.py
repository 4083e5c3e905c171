"""People with a profile, and which of them a name in front matter means."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from generator.config import Config
from generator.errors import Problem
from generator.matter import ArticleMatter, PersonMatter
from generator.read import Document
from generator.site import Article, Person
from generator.text import did_you_mean, slugify


def make_people(documents: Iterable[Document], config: Config, problems: list[Problem]) -> dict[str, Person]:
    by_id: dict[str, dict[str, Document]] = defaultdict(dict)
    for document in documents:
        person = slugify(document.name)
        if not person:
            problems.append(
                document.problem(
                    "", "the file's name cannot become an address", "name it with letters: `_people/ana.md`"
                )
            )
            continue
        other = by_id[person].get(document.language)
        if other is not None:
            problems.append(
                document.problem("", f"is the same person as {other.source_path}", "rename one of the files")
            )
        by_id[person][document.language] = document
    people = {}
    for person, by_language in sorted(by_id.items()):
        ordered = sorted(by_language, key=lambda tag: (tag != config.language, tag))
        matters: dict[str, PersonMatter] = {}
        for tag in ordered:
            matter = by_language[tag].matter
            assert isinstance(matter, PersonMatter)
            matters[tag] = matter
        people[person] = Person(
            person, {tag: by_language[tag] for tag in ordered}, matters, f"/people/{person}/"
        )
    return people


def person_id(name: str, people: Mapping[str, Person]) -> str:
    """The id of the profile that *name* in front matter means, or ``""``."""
    if name in people:
        return name
    slug = slugify(name)
    return slug if slug in people else ""


def by_person(
    articles: Iterable[Article], people: Mapping[str, Person], names: Callable[[ArticleMatter], Sequence[str]]
) -> dict[str, tuple[Article, ...]]:
    """Articles of each person, in the order given; *names* takes the people of one article."""
    found: dict[str, list[Article]] = defaultdict(list)
    ids: dict[str, str] = {}
    for article in articles:
        for name in names(article.matter):
            if name not in ids:
                ids[name] = person_id(name, people)
            person = ids[name]
            # Two spellings of one name in one article are one person.
            if person and (not found[person] or found[person][-1] is not article):
                found[person].append(article)
    return {person: tuple(written) for person, written in found.items()}


def unknown_people(
    articles: Iterable[Article],
    people: Mapping[str, Person],
    names: Callable[[ArticleMatter], Sequence[str]],
    key: str,
) -> list[Problem]:
    """A warning for each name without a profile, once, at the first article that has it."""
    seen: set[str] = set()
    problems = []
    for article in articles:
        for name in names(article.matter):
            if name not in seen and not person_id(name, people):
                seen.add(name)
                hint = did_you_mean(name, people) or f"write content/_people/{slugify(name) or 'id'}.md"
                message = f"nobody in _people/ is called '{name}'"
                problems.append(article.document.problem(key, message, hint, "warning", rule="people"))
    return problems
