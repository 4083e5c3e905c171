"""Topics, the only taxonomy: one set for each condition and language."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType

from generator.content.front_matter.schema import ArticleFrontMatter
from generator.content.read import Document
from generator.ground.errors import Problem
from generator.ground.text import folded, slugify
from generator.site.types import Article, Edition, Topic

# In bytes.
_LONGEST = 200


_NONE: Mapping[str, str] = MappingProxyType({})


def topic_slug(topic: str, spellings: Mapping[str, str]) -> str:
    """The slug of a topic as an article writes it; *spellings* are slugs by folded text, from ``_topics.yaml``."""
    return (spellings.get(folded(topic)) if spellings else None) or slugify(topic)


def topic_slugs(
    document: Document, front_matter: ArticleFrontMatter, spellings: Mapping[str, str] = _NONE
) -> tuple[tuple[str, ...], list[Problem]]:
    """The slugs of an article's topics, in its order, each once; and the problems of those that have none."""
    slugs: dict[str, None] = {}
    problems: list[Problem] = []
    for index, topic in enumerate(front_matter.topics):
        slug = topic_slug(topic, spellings)
        if len(slug) > _LONGEST or (not slug.isascii() and len(slug.encode()) > _LONGEST):
            message = f"a topic is too long for an address ({len(slug.encode())} bytes)"
            hint = f"use one to three words, of at most {_LONGEST} bytes together"
            problems.append(document.problem(f"topics.{index}", message, hint))
        elif slug:
            slugs[slug] = None
        else:
            message = f"the topic '{topic}' cannot become an address"
            problems.append(document.problem(f"topics.{index}", message, "use words"))
    return tuple(slugs), problems


def make_topics(
    listed: Mapping[Edition, Sequence[Article]],
    prefix: Callable[[Edition], str],
    names: Mapping[str, Mapping[str, str]],
    spellings: Mapping[str, str] = _NONE,
) -> dict[Edition, dict[str, Topic]]:
    """Topics of each edition in order of slug; *prefix* gives what the url_paths of an edition begin with.

    *names* are the topics' names by slug and language. A topic without a name is labelled as the article with the first
    source path writes it, so that a new article seldom changes a label.
    """
    topics: dict[Edition, dict[str, Topic]] = {}
    for edition, articles in listed.items():
        members: dict[str, list[Article]] = defaultdict(list)
        labels: dict[str, tuple[str, str]] = {}
        for article in articles:
            for label in article.unnoted.topics:
                slug = topic_slug(label, spellings)
                if slug not in labels or article.source_path < labels[slug][0]:
                    labels[slug] = (article.source_path, " ".join(label.split()))
            for slug in article.topics:
                members[slug].append(article)
        base = prefix(edition)
        topics[edition] = {
            slug: Topic(
                slug,
                names.get(slug, {}).get(edition[1], labels[slug][1]),
                *edition,
                f"{base}topics/{slug}/",
                tuple(members[slug]),
            )
            for slug in sorted(members)
        }
    return topics


def shared_topics(articles: Iterable[Article], spellings: Mapping[str, str]) -> list[Problem]:
    """A problem for each topic that has the slug of another one, though more than case, blanks or hyphens differs.

    Topics that ``_topics.yaml`` lists under ``written`` share a slug by intent. One slug is one topic on the whole site:
    its name and its translations are found by it.
    """
    first: dict[str, tuple[str, str]] = {}
    seen: set[str] = set()
    told: set[str] = set()
    problems: list[Problem] = []
    for article in sorted(articles, key=lambda article: article.source_path):
        for index, topic in enumerate(article.unnoted.topics):
            if topic in seen:
                continue
            seen.add(topic)
            text = folded(topic)
            if text in spellings or text in told:
                continue
            slug = slugify(topic)
            known, path = first.setdefault(slug, (topic, article.source_path))
            if slug and folded(known) != text:
                told.add(text)
                message = f"the topics '{topic}' and '{known}' ({path}) would share the address {slug}"
                hint = (
                    "tell them apart in content/_topics.yaml, one line each: `an-address: {written: ["
                    f'"{topic}"]}}`; if they are one topic: `{slug}: {{written: ["{topic}", "{known}"]}}`'
                )
                problems.append(article.document.problem(f"topics.{index}", message, hint))
    return problems
