"""The search page: its mount point, what results can be narrowed by, and the topics A–Z that serve without JavaScript."""

from __future__ import annotations

from collections.abc import Sequence

from generator.matter import ARTICLE_TYPES
from generator.site import Topic
from generator.views import shapes
from generator.views.frame import Frame, alternates, content_security_policy
from generator.views.listings import by_initial, plain


def search_page(frame: Frame, topics: Sequence[Topic], index_url: str) -> shapes.SearchPage:
    """Search with its mount point; the topics A–Z serve without JavaScript."""
    links = [shapes.Link(_topic_name(frame, topic), frame.root.href(topic.url_path)) for topic in topics]
    return shapes.SearchPage(
        **frame.common(
            f"{frame.prefix}search/",
            "search.html",
            frame.words("title.search"),
            description=frame.describe("search"),
            noindex=True,
            breadcrumbs=frame.crumbs(),
            csp=content_security_policy(frame.chrome.endpoint, wasm=bool(index_url)),
            alternates=alternates(_search_versions(frame), frame.language),
        ),
        index_url=index_url,
        groups=by_initial(links),
        types=_found_types(frame),
        conditions=tuple(link.label for link in frame.chrome.navigation if "://" not in link.url),
        topics=tuple(sorted({topic.label for topic in topics}, key=plain)),
    )


def _topic_name(frame: Frame, topic: Topic) -> str:
    """A topic's label, with its condition where pages of several conditions are listed."""
    if frame.condition is not None:
        return topic.label
    matter = frame.material.site.conditions[topic.condition].hub(frame.language).matter
    return f"{topic.label} – {matter.short_title or matter.title}"


def _search_versions(frame: Frame) -> list[tuple[str, str]]:
    """The search page in each language, for languages have an index each."""
    tags = frame.condition.hubs if frame.condition else frame.material.site.languages
    return [(tag, frame.root.permalink(f"{frame.prefix_in(tag)}search/")) for tag in tags]


def _found_types(frame: Frame) -> tuple[str, ...]:
    """The types of what can be found in the frame's language."""
    site = frame.material.site
    key = ("types", frame.language)
    if key not in frame.material.memo:
        editions = (articles for (_, tag), articles in site.by_edition.items() if tag == frame.language)
        used = {article.matter.type for articles in editions for article in articles}
        others = {
            "glossary": site.glossary,
            "person": site.people,
            "policy": site.policies.get(frame.language),
        }
        frame.material.memo[key] = (
            *(type_ for type_ in ARTICLE_TYPES if type_ in used or type_ == "basics"),
            *(type_ for type_, there in others.items() if there),
        )
    known: tuple[str, ...] = frame.material.memo[key]
    return known
