"""Topics: the one taxonomy, kept per condition and language."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from generator.errors import Problem
from generator.matter import ArticleMatter
from generator.read import Document
from generator.site import Article, Edition, Topic
from generator.text import slugify

_LONGEST = 200


def topic_slugs(document: Document, matter: ArticleMatter, problems: list[Problem]) -> tuple[str, ...]:
    """The slugs of an article's topics, in its order, each once."""
    slugs: dict[str, None] = {}
    for topic in matter.topics:
        slug = slugify(topic)
        if len(slug) > _LONGEST or (not slug.isascii() and len(slug.encode()) > _LONGEST):
            problems.append(
                document.problem("topics", "a topic is too long for an address", "use one to three words")
            )
        elif slug:
            slugs[slug] = None
        else:
            problems.append(
                document.problem("topics", f"the topic '{topic}' cannot become an address", "use words")
            )
    return tuple(slugs)


def make_topics(
    listed: Mapping[Edition, Sequence[Article]],
    prefix: Callable[[Edition], str],
    names: Mapping[str, Mapping[str, str]],
) -> dict[Edition, dict[str, Topic]]:
    """Topics of each edition in order of slug; *prefix* is the url_path under which an edition's pages lie.

    *names* are the topics' names by slug and language; a topic that has none is called as the article with the
    first path writes it, so that a new article renames nothing.
    """
    topics: dict[Edition, dict[str, Topic]] = {}
    for edition, articles in listed.items():
        members: dict[str, list[Article]] = defaultdict(list)
        labels: dict[str, tuple[str, str]] = {}
        for article in articles:
            for label in article.matter.topics:
                slug = slugify(label)
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
