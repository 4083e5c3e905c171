"""The search page: the URL of the index, what results can be filtered by, and the topics A–Z for readers without JavaScript."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from generator.bodies.terms.words import chunk_words, chunks_of
from generator.content.front_matter.schema import ARTICLE_TYPES, STAGES
from generator.site.sections import sections_with_pages
from generator.site.types import Topic
from generator.views import types as shapes
from generator.views.alphabet import group_links, sort_key
from generator.views.crisis import crisis_words, lines_or_others
from generator.views.crisis_phrases import PHRASES
from generator.views.frame import Frame, alternates
from generator.views.planned import Planned, plan_page
from generator.views.security_policy import content_security_policy
from generator.views.shared_parts import condition_link


def plan_search(frame: Frame, topics: Sequence[Topic]) -> Planned:
    """The search page of a condition, or of the portfolio; it is not in the sitemap."""
    index_url = frame.root.href(f"search/index/{frame.language}/") if frame.context.searchable else ""
    make = partial(search_page, frame, topics, index_url)
    return plan_page(frame, f"{frame.prefix}search/", "search", make)


def search_page(frame: Frame, topics: Sequence[Topic], index_url: str) -> shapes.SearchPage:
    """The search page over *topics*; *index_url* is empty where no index is built."""
    helps = bool(index_url) and frame.context.site.config.medical
    links = [shapes.Link(_topic_name(frame, topic), frame.root.href(topic.url_path)) for topic in topics]
    return shapes.SearchPage(
        **frame.common(
            f"{frame.prefix}search/",
            "search.html",
            frame.words("title.search"),
            description=frame.describe("search"),
            noindex=True,
            breadcrumbs=frame.crumbs(),
            csp=content_security_policy(frame.chrome.endpoint, fetches=bool(index_url)),
            alternates=alternates(_search_versions(frame), frame.language),
        ),
        index_url=index_url,
        groups=group_links(links),
        types=_found_types(frame),
        stages=_found_stages(frame),
        conditions=_conditions(frame),
        topics=tuple(sorted({topic.label for topic in topics}, key=sort_key)),
        crisis_words=tuple(dict.fromkeys(_folded(frame))) if helps else (),
        crisis=lines_or_others(frame.context, frame.language) if helps else (),
    )


def _conditions(frame: Frame) -> tuple[shapes.FilterOption, ...]:
    """The conditions on the frame's host, in the order of the navigation."""
    here = (condition for condition in frame.conditions() if condition.root == frame.root)
    return tuple(
        shapes.FilterOption(
            condition.id, condition_link(frame.context, frame.root, condition.id, frame.language).label
        )
        for condition in here
    )


def _folded(frame: Frame) -> Iterator[str]:
    """The words of the crisis lines, then the phrases of all languages, as the index folds words."""
    for phrase in (*crisis_words(frame.context, frame.language), *PHRASES):
        words = " ".join(
            word for chunk in chunks_of(phrase) for word in chunk_words(chunk, frame.language).words
        )
        if words:
            yield words


def _found_stages(frame: Frame) -> tuple[str, ...]:
    """The stages of illness that articles in the frame's language are written for."""
    used = frame.context.stages_by_language.get(frame.language, frozenset())
    return tuple(stage for stage in STAGES if stage in used)


def _topic_name(frame: Frame, topic: Topic) -> str:
    """A topic's label, on the portfolio with its condition."""
    if frame.condition is not None:
        return topic.label
    front_matter = frame.context.site.conditions[topic.condition].hub(frame.language).front_matter
    return f"{topic.label} – {front_matter.short_title or front_matter.title}"


def _search_versions(frame: Frame) -> list[tuple[str, str]]:
    """The search page in each language, as (language, permalink): each language has its own index."""
    tags = frame.condition.hubs if frame.condition else frame.context.site.languages
    return [(tag, frame.root.permalink(f"{frame.prefix_in(tag)}search/")) for tag in tags]


def _found_types(frame: Frame) -> tuple[str, ...]:
    """The types of pages that the index can return in the frame's language; results can be filtered by them."""
    site = frame.context.site
    used = frame.context.types_by_language.get(frame.language, frozenset())
    others = {
        "glossary": site.glossary,
        "person": site.people,
        "policy": site.policies.get(frame.language),
        "section": any(one.language == frame.language for one in sections_with_pages(site)),
        "survey": any(frame.language in survey.url_paths for survey in site.surveys.values()),
    }
    return (
        *(type_ for type_ in ARTICLE_TYPES if type_ in used or type_ == "basics"),
        *(type_ for type_, there in others.items() if there),
    )
