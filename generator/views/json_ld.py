"""JSON-LD for each page type, in the terms of schema.org.

It describes what the page shows and nothing more; it never says that a person has a condition.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from generator.views import types as shapes

# What writers write as the place of an event that has none.
_NO_PLACE = ("online", "on line", "virtual", "zoom", "en línea")
_WEB_PAGE = {
    "basics": "MedicalWebPage",
    "symptom": "MedicalWebPage",
    "diagnosis": "MedicalWebPage",
    "treatment": "MedicalWebPage",
    "living-with": "MedicalWebPage",
}


def encode(*things: dict[str, Any] | None) -> str:
    """*things* as one graph, safe inside a script element; None and empty values are left out."""
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


def organization(
    name: str,
    url: str,
    known: shapes.OrganisationView | None = None,
    logo: str = "",
    places: Iterable[str] = (),
) -> dict[str, Any]:
    """Who publishes; *logo* is an absolute URL, *places* are its addresses elsewhere."""
    thing: dict[str, Any] = {"@type": "Organization", "name": name, "url": url}
    if known is None:
        return {**thing, "logo": logo, "sameAs": list(places)}
    number = known.charity_number
    return {
        **thing,
        "email": known.email,
        "telephone": known.telephone,
        "address": known.address,
        "identifier": {"@type": "PropertyValue", "propertyID": "charity number", "value": number}
        if number
        else None,
        "logo": logo,
        "sameAs": list(places),
    }


def web_site(name: str, url: str, language: str) -> dict[str, Any]:
    return {"@type": "WebSite", "name": name, "url": url, "inLanguage": language}


def breadcrumbs(
    crumbs: tuple[shapes.Link, ...], origin: str, title: str, permalink: str
) -> dict[str, Any] | None:
    """The breadcrumbs and the page itself as a list; None for a page without breadcrumbs.

    The last step needs no address: it is the page that says this.
    """
    if not crumbs:
        return None
    steps = [(crumb.label, _absolute(crumb.url, origin)) for crumb in crumbs] + [(title, "")]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": index, "item": url, "name": name}
            for index, (name, url) in enumerate(steps, 1)
        ],
    }


def person(ref: shapes.PersonRef, origin: str) -> dict[str, Any]:
    return {"@type": "Person", "name": ref.name, "url": _absolute(ref.url, origin)}


def article(
    page: shapes.ArticlePage, origin: str, publisher: str, about: dict[str, Any] | None, image: str = ""
) -> dict[str, Any]:
    """MedicalWebPage for factual pages *about* a condition and for all whose review holds, Event for events, Article for
    the rest: only a web page can say by whom it was reviewed.

    *image* is the absolute URL of the page's own picture where the text shows it.
    """
    if page.event is not None:
        return _event(page, page.event)
    reviewed = page.review_holds and page.reviewer is not None and page.last_reviewed is not None
    kind = "MedicalWebPage" if reviewed else _WEB_PAGE.get(page.type, "Article")
    thing: dict[str, Any] = {
        "@type": kind if about else "Article",
        "headline": page.title,
        "name": page.title,
        "description": page.description,
        "url": page.permalink,
        "inLanguage": page.language,
        "datePublished": page.published.iso if page.published else "",
        "dateModified": _modified(page),
        "author": [person(ref, origin) for ref in page.authors],
        "publisher": {"@type": "Organization", "name": publisher},
        "image": image or (_absolute(page.image.src, origin) if page.image else ""),
        "correction": [
            {"@type": "CorrectionComment", "text": each.what, "datePublished": each.date.iso}
            for each in page.corrections
        ],
        "citation": [_citation(reference) for reference in page.references if reference.title],
    }
    if thing["@type"] == "MedicalWebPage":
        thing["about"] = about
        thing["audience"] = _audience(page.stages)
        if page.review_holds and page.reviewer and page.last_reviewed:
            thing["lastReviewed"] = page.last_reviewed.iso
            thing["reviewedBy"] = person(page.reviewer, origin)
        del thing["headline"]
    return thing


def _citation(reference: shapes.Reference) -> dict[str, Any]:
    """A source by what is known of it; a withdrawn one too, since the page still leans on it."""
    journal, publisher = reference.journal, reference.publisher
    doi = f"https://doi.org/{reference.doi}" if reference.doi else ""
    return {
        "@type": "ScholarlyArticle" if journal else "CreativeWork",
        "name": reference.title,
        "url": reference.url or doi,
        "sameAs": doi if reference.url and reference.url != doi else "",
        "isPartOf": {"@type": "Periodical", "name": journal} if journal else None,
        "publisher": {"@type": "Organization", "name": publisher} if publisher else None,
    }


def _audience(stages: Iterable[str]) -> dict[str, Any]:
    """For whom the page was written: carers alone where it names nobody else."""
    if tuple(stages) == ("caregiver",):
        return {"@type": "MedicalAudience", "audienceType": "caregivers"}
    return {"@type": "Patient"}


def _modified(page: shapes.ArticlePage) -> str:
    """The day of the last update or correction, else that of publication."""
    changed = [page.changed.iso] if page.changed else [page.published.iso] if page.published else []
    return max([*changed, *(each.date.iso for each in page.corrections)], default="")


def _event(page: shapes.ArticlePage, event: shapes.Event) -> dict[str, Any]:
    there = event.place if event.place.casefold() not in _NO_PLACE or not event.online_url else ""
    place = {"@type": "Place", "name": there, "address": there} if there else None
    online = {"@type": "VirtualLocation", "url": event.online_url} if event.online_url else None
    return {
        "@type": "Event",
        "name": page.title,
        "description": page.description,
        "url": page.permalink,
        "startDate": event.start.iso,
        "endDate": event.end.iso if event.end else "",
        "eventStatus": "https://schema.org/EventScheduled",
        "eventAttendanceMode": _attendance(bool(place), bool(online)),
        "location": [location for location in (place, online) if location],
        "organizer": {"@type": "Organization", "name": event.organiser} if event.organiser else None,
    }


def _attendance(there: bool, online: bool) -> str:
    """How one takes part; empty where neither a place nor an address is written."""
    if not (there or online):
        return ""
    mode = "Mixed" if there and online else "Offline" if there else "Online"
    return f"https://schema.org/{mode}EventAttendanceMode"


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


def condition_reference(name: str, url: str) -> dict[str, Any]:
    """A condition by name and permalink alone; the hub at *url* has its codes and synonyms."""
    return {"@type": "MedicalCondition", "name": name, "url": url}


def profile(ref: shapes.PersonRef, permalink: str, origin: str) -> dict[str, Any]:
    return {"@type": "ProfilePage", "url": permalink, "mainEntity": person(ref, origin)}


def dataset(poll: shapes.Poll, page_url: str, question: str) -> dict[str, Any] | None:
    """The results of a poll; None where no tally is published."""
    if poll.total < 0:
        return None
    return {
        "@type": "Dataset",
        "name": question,
        "description": f"{question} n = {poll.total}, people who chose to answer",
        "url": f"{page_url}#{poll.anchor}",
        "isAccessibleForFree": True,
        "variableMeasured": question,
    }


def survey_dataset(
    page: shapes.ArticlePage,
    report: shapes.Report,
    origin: str,
    variables: Iterable[tuple[str, str, tuple[str, ...]]],
) -> dict[str, Any] | None:
    """The published numbers of a survey; None where there are none. *variables* are (question, unit, answers)."""
    if report.as_of is None:
        return None
    method = report.method
    files = ((report.table_url, "text/csv"), (report.codebook_url, "application/json"))
    invented = "Simulated answers: nobody was asked. " if report.simulated else ""
    return {
        "@type": "Dataset",
        "name": report.survey.label,
        "description": f"{invented}{method.purpose} Answers of people who chose to answer; they stand for nobody else.",
        "url": page.permalink,
        "inLanguage": page.language,
        "isAccessibleForFree": True,
        "dateModified": report.as_of.iso,
        "temporalCoverage": f"{method.since.iso}/{method.until.iso}",
        "measurementTechnique": "opt-in survey on the web",
        "variableMeasured": [
            {"@type": "PropertyValue", "name": name, "unitText": unit, "valueReference": list(answers)}
            for name, unit, answers in variables
        ],
        "distribution": [
            {"@type": "DataDownload", "contentUrl": _absolute(url, origin), "encodingFormat": kind}
            for url, kind in files
        ],
    }


def discussion(page: shapes.ArticlePage) -> dict[str, Any] | None:
    """The comments that the page contains; None where it has none."""
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
