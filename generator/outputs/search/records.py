"""What can be found on one host in one language: a record for each page and glossary term, made without reading any body."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

import msgspec

from generator.content.front_matter.schema import HubFrontMatter
from generator.content.snapshot import VoiceAnswer
from generator.content.voice_text import plain_text
from generator.disk.content_tree import relative
from generator.ground.model import Struct, TermSlot
from generator.ground.text import digest, shorten
from generator.site.conditions import language_segment
from generator.site.permalinks import Root
from generator.site.sections import sections_of
from generator.site.surveys import surveys_of
from generator.site.types import Article, Condition, Person, Section, Survey, Term, serves_person
from generator.site.voices import FOLDERS, voices_of
from generator.views.context import ViewContext
from generator.views.crisis import crisis_words
from generator.views.shared_parts import condition_link, language_prefix, person_languages, person_path

# Of each of two digests, in hexadecimal digits.
_MARK = 20
# Types of results that are no articles; keys of the strings ``type.…``.
GLOSSARY, PERSON, POLICY, SECTION, SURVEY = "glossary", "person", "policy", "section", "survey"
# Characters of a member's text that the index reads, and that a result shows.
_SEARCHED = 600


class Record(Struct):
    """One search result. *body* is the key of its text, ``""`` where it has only *summary*.

    *home* is the condition in whose table it is numbered, ``""`` for none; *conditions* are the ids of all to which it
    belongs, *label* is the first one's name. *topics* are labels, *stages* keys. *also* are other words that lead here,
    *meanings* the plain meanings of the glossary terms that the text explains.
    """

    url: str
    title: str
    type: str
    home: str = ""
    body: str = ""
    summary: str = ""
    label: str = ""
    conditions: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    meanings: tuple[str, ...] = ()


class Subject(NamedTuple):
    """What has a record: *mark* changes whenever the record may, given equal surroundings."""

    home: str
    mark: str
    make: Callable[[], Record]


class IndexPlan(NamedTuple):
    """The index of one host and language: its subjects by id, phrases with one meaning, and a digest of all that a record
    takes from elsewhere than its own page.
    """

    root: Root
    language: str
    subjects: Mapping[str, Subject]
    same: tuple[tuple[str, ...], ...]
    surroundings: str


def plan_indexes(context: ViewContext) -> Iterator[IndexPlan]:
    """An index for each language of each host whose own pages this build makes: of all conditions on that host."""
    site = context.site
    for root in context.part.roots:
        conditions = [condition for condition in site.conditions.values() if condition.root == root]
        languages = site.languages if not root.condition else site.conditions[root.condition].hubs
        for language in dict.fromkeys(languages):
            subjects = dict(_subjects(context, root, conditions, language))
            yield IndexPlan(
                root,
                language,
                subjects,
                tuple(_same(context, conditions, language)),
                _surroundings(context, root, conditions, language),
            )


def encode_record(record: Record) -> bytes:
    return _encode(record)


_encode = msgspec.msgpack.Encoder(order="deterministic").encode
decode_record = msgspec.msgpack.Decoder(Record).decode


def _surroundings(context: ViewContext, root: Root, conditions: Sequence[Condition], language: str) -> str:
    """A digest of everything beyond its own file that the record of an article is made from."""
    site = context.site
    topics = [
        {slug: topic.label for slug, topic in site.topics.get((condition.id, language), {}).items()}
        for condition in conditions
    ]
    hubs = [
        (condition.id, _hub_words(context, root, condition.id, language))
        for condition in site.conditions.values()
    ]
    terms = [msgspec.structs.asdict(term) for term in site.glossary.values()]
    return digest(_encode((root, language, site.config.markdown_options, topics, hubs, terms)))


def _hub_words(context: ViewContext, root: Root, condition: str, language: str) -> tuple[object, ...]:
    front_matter = context.site.conditions[condition].hub(language).front_matter
    label = condition_link(context, root, condition, language).label
    return (label, front_matter.title, _names(front_matter), front_matter.start_here)


def _same(context: ViewContext, conditions: Sequence[Condition], language: str) -> Iterator[tuple[str, ...]]:
    """Names of one thing: a condition's title and synonyms, a glossary term and its other words."""
    for condition in conditions:
        if language in condition.hubs:
            front_matter = condition.hubs[language].front_matter
            names = (front_matter.title, front_matter.short_title, *front_matter.synonyms)
            yield tuple(dict.fromkeys(name for name in names if name))
    for term in context.site.glossary.values():
        if language in term.term:
            yield tuple(dict.fromkeys((term.term[language], *term.also.get(language, ()))))


def _subjects(
    context: ViewContext, root: Root, conditions: Sequence[Condition], language: str
) -> Iterator[tuple[str, Subject]]:
    site = context.site
    for condition in conditions:
        for article in site.by_edition.get((condition.id, language), ()):
            if article.is_public and not article.front_matter.noindex:
                # The body by itself: the preview exchanges bodies of edited texts without a new site.
                body = context.bodies.of(article.source_path).key
                mark = article.document.digest[:_MARK] + body[:_MARK]
                make = partial(_article, context, condition, article)
                yield article.source_path, Subject(condition.id, mark, make)
        for section in sections_of(site, condition.id, language):
            if not (section.front_matter.draft or section.front_matter.noindex):
                yield _ready(f"section:{section.document.source_path}", _section(context, section))
        for survey in surveys_of(site.surveys, condition.id, language):
            if not survey.instrument.draft:
                yield _ready(f"survey:{survey.id}", _survey(context, condition, survey, language))
        for kind in FOLDERS:
            for voice in _findable(context, condition, language, kind):
                yield _ready(f"voice:{voice.id}", _voice(context, condition, voice, language))
        if language in condition.hubs and not condition.hubs[language].front_matter.noindex:
            yield _ready(f"hub:{condition.id}", _hub(context, condition, language))
    for person in site.people.values():
        if serves_person(site, root, person.id) and language in person_languages(context, person.id):
            record = _person(context, root, person, language)
            if record is not None:
                yield _ready(f"person:{person.id}", record)
    for policy in site.policies.get(language, ()):
        if not policy.front_matter.noindex:
            body = context.bodies.of(policy.document.source_path).key
            title = policy.front_matter.title
            yield _ready(f"policy:{policy.key}", Record(root.href(policy.url_path), title, POLICY, body=body))
    for term in site.glossary.values():
        if language in term.term:
            yield _ready(f"term:{term.id}", _term(context, root, term, language))


def _ready(name: str, record: Record) -> tuple[str, Subject]:
    return name, Subject(record.home, digest(_encode(record)), lambda: record)


def _hub(context: ViewContext, condition: Condition, language: str) -> Record:
    hub = condition.hubs[language]
    return Record(
        url=condition.root.href(hub.url_path),
        title=hub.front_matter.title,
        type="basics",
        home=condition.id,
        body=context.bodies.of(hub.document.source_path).key if hub.document else "",
        summary=hub.front_matter.description,
        label=_label(context, condition.root, condition.id, language),
        conditions=(condition.id,),
        also=(*_names(hub.front_matter), *_helping_words(context, hub.front_matter.crisis, language)),
    )


def _section(context: ViewContext, section: Section) -> Record:
    return Record(
        url=section.root.href(section.url_path),
        title=section.front_matter.title,
        type=SECTION,
        home=section.condition,
        body=context.bodies.of(section.document.source_path).key,
        summary=section.front_matter.summary,
        label=_label(context, section.root, section.condition, section.language),
        conditions=(section.condition,),
    )


def _survey(context: ViewContext, condition: Condition, survey: Survey, language: str) -> Record:
    words = survey.words(language)
    return Record(
        url=condition.root.href(survey.url_path(language)),
        title=words.title,
        type=SURVEY,
        home=condition.id,
        summary=words.purpose,
        label=_label(context, condition.root, condition.id, language),
        conditions=(condition.id,),
    )


def _findable(context: ViewContext, condition: Condition, language: str, kind: str) -> list[VoiceAnswer]:
    """What members told or asked, in this edition. Search is of the site itself: it asks for no consent to share."""
    return voices_of(context.snapshot, condition, language, kind) if language in condition.hubs else []


def _voice(context: ViewContext, condition: Condition, voice: VoiceAnswer, language: str) -> Record:
    prefix = context.site.permalinks.prefix(condition.id, language_segment(language, context.site.config))
    return Record(
        url=condition.root.href(f"{prefix}{FOLDERS[voice.kind]}/{voice.id}/"),
        title=voice.title,
        type=voice.kind,
        home=condition.id,
        summary=shorten(plain_text(voice.html), _SEARCHED) if not voice.content_notes else "",
        label=_label(context, condition.root, condition.id, language),
        conditions=(condition.id,),
    )


def _names(front_matter: HubFrontMatter) -> tuple[str, ...]:
    """What else a condition is called: its short title and its synonyms."""
    return tuple(dict.fromkeys(name for name in (front_matter.short_title, *front_matter.synonyms) if name))


def _helping_words(context: ViewContext, shown: bool, language: str) -> tuple[str, ...]:
    """The words by which a hub's crisis lines are found, of the language and its countries."""
    return crisis_words(context, language) if shown else ()


def _article(context: ViewContext, condition: Condition, article: Article) -> Record:
    language, front_matter = article.language, article.front_matter
    site = context.site
    topics = site.topics.get((article.condition, language), {})
    names = [
        name
        for name in dict.fromkeys((article.condition, *front_matter.conditions))
        if name in site.conditions
    ]
    body = context.bodies.of(article.source_path)
    slots = (slot for slot in body.slots if isinstance(slot, TermSlot))
    terms = {context.glossary.find(slot.term, language) for slot in slots}
    # Synonyms of the condition lead to its introductory pages alone, not to every article.
    first = front_matter.type == "basics" or _starts(condition, article)
    return Record(
        url=article.root.href(article.url_path),
        title=front_matter.title,
        type=front_matter.type,
        home=condition.id,
        body=body.key,
        summary=front_matter.summary,
        label=_label(context, article.root, article.condition, language),
        conditions=tuple(names),
        topics=tuple(dict.fromkeys(topics[slug].label for slug in article.topics if slug in topics)),
        stages=front_matter.stage,
        also=_names(condition.hub(language).front_matter) if first else (),
        meanings=tuple(
            site.glossary[term].plain[language]
            for term in sorted(terms - {""})
            if language in site.glossary[term].plain
        ),
    )


def _starts(condition: Condition, article: Article) -> bool:
    """Whether the hub names the article under ``start_here``."""
    hub = condition.hub(article.language)
    if hub.document is None:
        return False
    folder = hub.document.source_path
    return any(relative(folder, path) == article.source_path for path in hub.front_matter.start_here)


def _person(context: ViewContext, root: Root, person: Person, language: str) -> Record | None:
    front_matter = person.front_matter(language)
    if front_matter.noindex:
        return None
    document = person.documents.get(language) or next(iter(person.documents.values()))
    known = tuple(name for name in front_matter.conditions if name in context.site.conditions)
    return Record(
        url=root.href(person_path(context, person.id, language)),
        title=front_matter.name,
        type=PERSON,
        body=context.bodies.of(document.source_path).key,
        summary=front_matter.summary,
        label=_label(context, root, known[0], language) if known else "",
        conditions=known,
    )


def _term(context: ViewContext, root: Root, term: Term, language: str) -> Record:
    known = tuple(
        name for name in term.conditions or context.site.conditions if name in context.site.conditions
    )
    return Record(
        url=f"{root.href(f'{language_prefix(context, language)}/glossary/')}#{term.id}",
        title=term.term[language],
        type=GLOSSARY,
        summary=term.plain.get(language, ""),
        label=_label(context, root, known[0], language) if len(known) == 1 else "",
        conditions=known,
        also=term.also.get(language, ()),
    )


def _label(context: ViewContext, root: Root, condition: str, language: str) -> str:
    """A condition as the navigation names it."""
    return condition_link(context, root, condition, language).label
