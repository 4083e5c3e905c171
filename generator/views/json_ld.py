"""JSON-LD per page type, after schema.org; no rich-result bait, no diagnosis of anybody."""

from __future__ import annotations

from typing import Any

import msgspec

from generator.views import shapes

_WEB_PAGE = {
    "basics": "MedicalWebPage",
    "symptom": "MedicalWebPage",
    "diagnosis": "MedicalWebPage",
    "treatment": "MedicalWebPage",
    "living-with": "MedicalWebPage",
}


def encode(*things: dict[str, Any] | None) -> str:
    """The things as one graph, safe inside a script element; empty values are left out."""
    graph = [_without_empty(thing) for thing in things if thing]
    if not graph:
        return ""
    text = msgspec.json.encode({"@context": "https://schema.org", "@graph": graph}).decode()
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _without_empty(value: Any) -> Any:
    kind = type(value)
    if kind is str:
        return value
    if kind is dict:
        cleaned = {}
        for key, part in value.items():
            if type(part) is not str:
                part = _without_empty(part)
                if part is None or part == [] or part == {}:
                    continue
            elif not part:
                continue
            cleaned[key] = part
        return cleaned
    if kind is list or kind is tuple:
        return [_without_empty(part) for part in value]
    return value


def organization(name: str, url: str) -> dict[str, Any]:
    return {"@type": "Organization", "name": name, "url": url}


def web_site(name: str, url: str, language: str, search_url: str = "") -> dict[str, Any]:
    return {"@type": "WebSite", "name": name, "url": url, "inLanguage": language}


def breadcrumbs(
    crumbs: tuple[shapes.Link, ...], origin: str, title: str, permalink: str
) -> dict[str, Any] | None:
    """The way down to a page; none for a page without a way."""
    if not crumbs:
        return None
    steps = [(crumb.label, _absolute(crumb.url, origin)) for crumb in crumbs] + [(title, permalink)]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": index, "name": name, "item": url}
            for index, (name, url) in enumerate(steps, 1)
        ],
    }


def person(ref: shapes.PersonRef, origin: str) -> dict[str, Any]:
    return {"@type": "Person", "name": ref.name, "url": _absolute(ref.url, origin)}


def article(
    page: shapes.ArticlePage, origin: str, publisher: str, about: dict[str, Any] | None
) -> dict[str, Any]:
    """MedicalWebPage for factual pages, Event for events, Article for the rest."""
    if page.event is not None:
        return event(page, origin)
    thing: dict[str, Any] = {
        "@type": _WEB_PAGE.get(page.type, "Article"),
        "headline": page.title,
        "name": page.title,
        "description": page.description,
        "url": page.permalink,
        "inLanguage": page.language,
        "datePublished": page.published.iso if page.published else "",
        "dateModified": page.changed.iso if page.changed else page.published.iso if page.published else "",
        "author": [person(ref, origin) for ref in page.authors],
        "publisher": {"@type": "Organization", "name": publisher},
        "image": _absolute(page.image.src, origin) if page.image else "",
        "citation": [reference.title for reference in page.references if reference.title],
    }
    if thing["@type"] == "MedicalWebPage":
        thing["about"] = about
        thing["lastReviewed"] = page.last_reviewed.iso if page.last_reviewed else ""
        thing["reviewedBy"] = person(page.reviewer, origin) if page.reviewer else None
        del thing["headline"]
    return thing


def event(page: shapes.ArticlePage, origin: str) -> dict[str, Any]:
    happening = page.event
    assert happening is not None
    online = {"@type": "VirtualLocation", "url": happening.online_url} if happening.online_url else None
    place = (
        {"@type": "Place", "name": happening.place, "address": happening.place} if happening.place else None
    )
    return {
        "@type": "Event",
        "name": page.title,
        "description": page.description,
        "url": page.permalink,
        "startDate": happening.start.iso,
        "endDate": happening.end.iso if happening.end else "",
        "location": [spot for spot in (place, online) if spot],
        "organizer": {"@type": "Organization", "name": happening.organiser} if happening.organiser else None,
    }


def condition(name: str, synonyms: tuple[str, ...], codes: list[tuple[str, str]]) -> dict[str, Any]:
    """A condition with its codes as (code system, value)."""
    return {
        "@type": "MedicalCondition",
        "name": name,
        "alternateName": list(synonyms),
        "code": [
            {"@type": "MedicalCode", "codingSystem": system, "codeValue": code} for system, code in codes
        ],
    }


def profile(ref: shapes.PersonRef, permalink: str, origin: str) -> dict[str, Any]:
    return {"@type": "ProfilePage", "url": permalink, "mainEntity": person(ref, origin)}


def dataset(poll: shapes.Poll, page_url: str, question: str) -> dict[str, Any] | None:
    """A poll with a published tally."""
    if poll.total < 0:
        return None
    return {
        "@type": "Dataset",
        "name": question,
        "description": f"{question} n = {poll.total}, people who chose to answer",
        "url": f"{page_url}#{poll.anchor}",
        "isAccessibleForFree": True,
        "variableMeasured": [choice.label for choice in poll.choices],
    }


def discussion(page: shapes.ArticlePage) -> dict[str, Any] | None:
    """The baked comments of a page."""
    thread = page.thread
    if thread is None or not thread.baked:
        return None
    return {
        "@type": "DiscussionForumPosting",
        "headline": page.title,
        "url": f"{page.permalink}#comments",
        "datePublished": page.published.iso if page.published else "",
        "author": [{"@type": "Person", "name": ref.name} for ref in page.authors],
        "commentCount": max(thread.count, 0),
        "comment": [_comment(comment, page.permalink) for comment in thread.baked],
    }


def _comment(comment: shapes.Comment, permalink: str) -> dict[str, Any]:
    return {
        "@type": "Comment",
        "url": f"{permalink}#c-{comment.id}",
        "datePublished": comment.date.iso,
        "author": {"@type": "Person", "name": comment.name},
        "text": comment.text,
        "comment": [_comment(reply, permalink) for reply in comment.replies],
    }


def _absolute(url: str, origin: str) -> str:
    return origin + url if url.startswith("/") else url
