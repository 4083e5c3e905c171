"""What the index of one host holds: a light record for each page and glossary term, known without any text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import msgspec

from generator.model import Struct, TermSlot
from generator.permalinks import Root
from generator.site import Article, Condition, Person, Term, serves_person
from generator.text import digest
from generator.tree import relative
from generator.views.material import Material, condition_link, language_prefix, person_languages, person_path
from generator.views.slots import find_term

# Types of results beside the articles' own; keys of the strings ``type.…``.
GLOSSARY, PERSON, POLICY = "glossary", "person", "policy"


class Record(Struct):
    """One thing that can be found. *body* is the key of its text, or ``""`` where *text* is all there is.

    *conditions* and *topics* are labels in the record's language. *also* are words that lead here without
    standing in the text; *terms* are ids of glossary terms that the text explains.
    """

    url: str
    language: str
    title: str
    type: str
    body: str = ""
    text: str = ""
    conditions: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()


class IndexPlan(NamedTuple):
    """The index of one host; equal keys mean equal indexes, whatever software of the same version makes them."""

    root: Root
    records: tuple[Record, ...]
    key: str


def plan_indexes(material: Material, only: Sequence[str], software: str) -> Iterator[IndexPlan]:
    """An index for each host; with *only*, of the conditions named. *software* makes the indexes."""
    encode = msgspec.msgpack.Encoder(order="deterministic").encode
    glossary = encode([msgspec.structs.asdict(term) for term in material.site.glossary.values()])
    for root in material.site.permalinks.roots:
        conditions = [
            condition
            for condition in material.site.conditions.values()
            if condition.root == root and (not only or condition.id in only)
        ]
        if only and not conditions:
            continue
        records = tuple(sorted(_records(material, root, conditions), key=lambda r: (r.language, r.url)))
        yield IndexPlan(root, records, digest(software, glossary, encode(records)))


def _records(material: Material, root: Root, conditions: Sequence[Condition]) -> Iterator[Record]:
    site = material.site
    languages = dict.fromkeys(site.languages if not root.condition else site.conditions[root.condition].hubs)
    for condition in conditions:
        for language in condition.hubs:
            yield from _hub(material, condition, language)
            for article in site.by_edition.get((condition.id, language), ()):
                if article.status == "published" and not article.matter.noindex:
                    yield _article(material, condition, article)
    for language in languages:
        for person in site.people.values():
            if serves_person(site, root, person.id) and language in person_languages(material, person.id):
                yield from _person(material, root, person, language)
        for policy in site.policies.get(language, ()):
            if not policy.matter.noindex:
                body = material.bodies[policy.document.source_path].key
                yield Record(root.href(policy.url_path), language, policy.matter.title, POLICY, body)
        for term in site.glossary.values():
            if language in term.term:
                yield _term(material, root, term, language)


def _hub(material: Material, condition: Condition, language: str) -> Iterator[Record]:
    hub = condition.hubs[language]
    if hub.matter.noindex:
        return
    yield Record(
        url=condition.root.href(hub.url_path),
        language=language,
        title=hub.matter.title,
        type="basics",
        body=material.bodies[hub.document.source_path].key if hub.document else "",
        text=hub.matter.description,
        conditions=(_label(material, condition.root, condition.id, language),),
        also=hub.matter.synonyms,
    )


def _article(material: Material, condition: Condition, article: Article) -> Record:
    language = article.language
    topics = material.site.topics.get((article.condition, language), {})
    names = dict.fromkeys((article.condition, *article.matter.conditions))
    body = material.bodies[article.source_path]
    slots = (slot for slot in body.slots if isinstance(slot, TermSlot))
    terms = (find_term(material, slot.term, language) for slot in slots)
    # Who looks for a condition by another name wants the pages to begin with, not each that mentions it.
    first = article.matter.type == "basics" or _starts(condition, article)
    return Record(
        url=article.root.href(article.url_path),
        language=language,
        title=article.matter.title,
        type=article.matter.type,
        body=body.key,
        text=article.matter.summary,
        conditions=tuple(
            _label(material, article.root, name, language)
            for name in names
            if name in material.site.conditions
        ),
        topics=tuple(dict.fromkeys(topics[slug].label for slug in article.topics if slug in topics)),
        also=condition.hub(language).matter.synonyms if first else (),
        terms=tuple(sorted({term for term in terms if term})),
    )


def _starts(condition: Condition, article: Article) -> bool:
    hub = condition.hub(article.language)
    if hub.document is None:
        return False
    folder = hub.document.source_path
    return any(relative(folder, path) == article.source_path for path in hub.matter.start_here)


def _person(material: Material, root: Root, person: Person, language: str) -> Iterator[Record]:
    matter = person.matter(language)
    if matter.noindex:
        return
    document = person.documents.get(language) or next(iter(person.documents.values()))
    known = [name for name in matter.conditions if name in material.site.conditions]
    yield Record(
        url=root.href(person_path(material, person.id, language)),
        language=language,
        title=matter.name,
        type=PERSON,
        body=material.bodies[document.source_path].key,
        text=matter.summary,
        conditions=tuple(_label(material, root, name, language) for name in known),
    )


def _term(material: Material, root: Root, term: Term, language: str) -> Record:
    names = term.conditions or tuple(material.site.conditions)
    return Record(
        url=f"{root.href(f'{language_prefix(material, language)}/glossary/')}#{term.id}",
        language=language,
        title=term.term[language],
        type=GLOSSARY,
        text=term.plain[language],
        conditions=tuple(
            _label(material, root, name, language) for name in names if name in material.site.conditions
        ),
        also=term.also.get(language, ()),
    )


def _label(material: Material, root: Root, condition: str, language: str) -> str:
    """A condition as the search page's own chrome names it."""
    return condition_link(material, root, condition, language).label
