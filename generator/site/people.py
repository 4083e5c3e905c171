"""People with a profile, and the profile that a name in front matter refers to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from generator.content.config import Config
from generator.content.front_matter.schema import ArticleFrontMatter, PersonFrontMatter
from generator.content.read import Document
from generator.ground.errors import Problem
from generator.ground.text import did_you_mean, folded, slugify
from generator.site.types import Article, Person


def make_people(documents: Iterable[Document], config: Config) -> tuple[dict[str, Person], list[Problem]]:
    """People by id, each with their documents in the site's language first; and the problems of any."""
    by_id: dict[str, dict[str, Document]] = defaultdict(dict)
    problems: list[Problem] = []
    for document in documents:
        person = slugify(document.name)
        if not person:
            message = "the file's name cannot become an address"
            problems.append(document.problem("", message, "name it with letters: `_people/ana.md`"))
            continue
        other = by_id[person].get(document.language)
        if other is not None:
            message = f"is the same person as {other.source_path}"
            problems.append(document.problem("", message, "rename one of the files"))
        by_id[person][document.language] = document
    people = {person: _person(person, by_language, config) for person, by_language in sorted(by_id.items())}
    return people, problems


def _person(person: str, documents: Mapping[str, Document], config: Config) -> Person:
    ordered = sorted(documents, key=lambda tag: (tag != config.language, tag))
    front_matters: dict[str, PersonFrontMatter] = {}
    for tag in ordered:
        front_matter = documents[tag].front_matter
        assert isinstance(front_matter, PersonFrontMatter)
        front_matters[tag] = front_matter
    return Person(person, {tag: documents[tag] for tag in ordered}, front_matters, f"/people/{person}/")


def person_id(name: str, people: Mapping[str, Person]) -> str:
    """The id of the profile that *name* in front matter refers to, or ``""``."""
    if name in people:
        return name
    slug = slugify(name)
    return slug if slug in people else ""


def by_person(
    articles: Iterable[Article], people: Mapping[str, Person], names: Callable[[ArticleFrontMatter], Sequence[str]]
) -> dict[str, tuple[Article, ...]]:
    """Articles by person, in the order given; *names* gives the names of people in an article's front matter."""
    found: dict[str, list[Article]] = defaultdict(list)
    ids: dict[str, str] = {}
    for article in articles:
        for name in names(article.unnoted):
            if name not in ids:
                ids[name] = person_id(name, people)
            person = ids[name]
            # An article may name one person in two spellings; it is listed once.
            if person and (not found[person] or found[person][-1] is not article):
                found[person].append(article)
    return {person: tuple(written) for person, written in found.items()}


def unknown_people(
    articles: Iterable[Article],
    people: Mapping[str, Person],
    names: Callable[[ArticleFrontMatter], Sequence[str]],
    key: str,
) -> list[Problem]:
    """A warning for each name without a profile of its own, at the first article that has it under *key*.

    A name that only the slug leads to a profile is one: ``Ana+`` is not written as the profile ``ana`` or its name is.
    """
    seen: set[str] = set()
    problems = []
    for article in articles:
        for index, name in enumerate(names(article.unnoted)):
            if name in seen:
                continue
            seen.add(name)
            at = f"{key}.{index}"
            if (person := person_id(name, people)) and not _is_written(name, people[person]):
                problems.append(_shared_person(article, name, people[person], at))
            elif not person:
                hint = did_you_mean(name, people) or f"write content/_people/{slugify(name) or 'id'}.md"
                if "," in name or " and " in name:
                    hint = f"{hint}; several people are a list: [first, second]"
                message = f"nobody in _people/ is called '{name}'"
                problems.append(article.document.problem(at, message, hint, "warning", rule="people"))
    return problems


def _is_written(name: str, person: Person) -> bool:
    """Whether *name* differs from the person's id and names in nothing but case, blanks and hyphens."""
    text = folded(name)
    return text == folded(person.id) or any(text == folded(front.name) for front in person.front_matters.values())


def _shared_person(article: Article, name: str, person: Person, key: str) -> Problem:
    document = next(iter(person.documents.values()))
    known = next(iter(person.front_matters.values())).name
    message = f"'{name}' leads to the profile of '{known}' ({document.source_path})"
    hint = f"write `{person.id}` if this is the same person; else give '{name}' a profile of another name"
    return article.document.problem(key, message, hint, "warning", rule="people")
