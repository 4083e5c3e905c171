"""The page of an article: byline, review, related articles, and all else around its body."""

from __future__ import annotations

from typing import Any

import msgspec

from generator.bodies.render import BodyInfo
from generator.content.front_matter.schema import ArticleFrontMatter
from generator.files.cards import Card
from generator.ground.text import reading_minutes
from generator.schema.dates import local_day
from generator.site.answers import page_said
from generator.site.context import image_alt, image_in_body, shown_images
from generator.site.languages import newer_original
from generator.site.polls import Asked
from generator.site.reviews import lacks_review, review_of
from generator.site.types import Article
from generator.views import json_ld
from generator.views import types as shapes
from generator.views.answers import answer_link, said_before
from generator.views.formats import date_view, day_view
from generator.views.frame import Frame, alternates
from generator.views.poll_view import poll_view
from generator.views.references import references
from generator.views.reports import report_headings, report_view, variables
from generator.views.shared_parts import card, condition_link, event_view, image_view, person_ref, summary_of
from generator.views.slots import body_ref
from generator.views.surveys import open_surveys_link
from generator.views.threads import thread_view

# A body with fewer headings of the second level has no table of contents.
_TOC_FROM = 3


def article_page(frame: Frame, article: Article) -> shapes.ArticlePage:
    """The page of one article on its own root."""
    context, root, language = frame.context, frame.root, article.language
    front_matter, body = article.front_matter, context.bodies.of(article.source_path)
    before, after = context.site.neighbours.previous_and_next(article)
    image = _lead_image(frame, article, body)
    report = report_view(frame, article)
    page = shapes.ArticlePage(
        **_page_fields(frame, article, image, charts=bool(report and report.sections)),
        **_dates(frame, article),
        type=front_matter.type,
        summary=front_matter.summary,
        condition=condition_link(context, root, article.condition, language),
        authors=tuple(person_ref(context, root, name, language) for name in front_matter.authors),
        reviewer=person_ref(context, root, front_matter.reviewer, language)
        if front_matter.reviewer
        else None,
        corrections=corrections(frame, article),
        because=said_before(context, root, article),
        answer=answer_link(context, root, page_said(context.site, article), language),
        references=references(front_matter.references, body.facts, context.site.retracted),
        content_notes=front_matter.content_notes,
        sponsor=front_matter.sponsor,
        image=image if image and not image_in_body(context.bodies, article.document) else None,
        topics=_topics(frame, article),
        stages=front_matter.stage,
        also_in=_also_in(frame, article),
        minutes=reading_minutes(body.facts.word_count),
        toc=_toc(body, frame, report),
        previous=_neighbour(frame, before),
        next=_neighbour(frame, after),
        related=tuple(card(context, root, other) for other in context.site.neighbours.related(article)),
        event=event_view(context, article),
        newer_original=_newer_original(frame, article),
        thread=thread_view(frame, article),
        surveys_url=open_surveys_link(context, root, article.condition, language),
        report=report,
    )
    return _with_json_ld(frame, article, page, body)


def _page_fields(frame: Frame, article: Article, image: shapes.Image | None, charts: bool) -> dict[str, Any]:
    """The fields that all page kinds have; *charts* says that figures stand below the text."""
    body = body_ref(frame, article.document)
    front_matter, site = article.front_matter, frame.context.site
    translations = site.translations.get(article.key, {})
    return frame.common(
        article.url_path,
        "article.html",
        front_matter.title,
        article.document,
        description=summary_of(frame.context, article),
        noindex=front_matter.noindex or article.status != "published",
        alternates=alternates(
            ((tag, other.permalink) for tag, other in translations.items()), article.language
        ),
        breadcrumbs=frame.crumbs(),
        og_type="article",
        og_image=_shared_image(frame, article, image),
        updated=last_change(front_matter),
        edit_url=site.config.edit_url.replace("{path}", article.source_path),
        body=msgspec.structs.replace(body, charts=True) if charts else body,
        status="" if article.status == "published" else article.status,
    )


def _dates(frame: Frame, article: Article) -> dict[str, Any]:
    """When the article was published, changed and reviewed, and when the next review is due."""
    front_matter, language, zone = article.front_matter, article.language, frame.context.site.config.zone
    config, now = frame.context.site.config, frame.context.now
    review = review_of(front_matter, zone, now)
    return {
        "published": date_view(front_matter.date, language, zone),
        "changed": date_view(front_matter.updated, language, zone),
        "last_reviewed": date_view(front_matter.last_reviewed, language, zone),
        "next_review": day_view(review.due, language) if review.due else None,
        "review_overdue": review.overdue,
        "review_missing": lacks_review(front_matter, config),
        "changed_since_review": review.changed,
        "review_holds": review.holds and not config.demonstration,
        "review_sample": review.there and config.demonstration,
    }


def corrections(frame: Frame, article: Article) -> tuple[shapes.Correction, ...]:
    """What was corrected, newest first."""
    zone = frame.context.site.config.zone
    newest = sorted(article.front_matter.corrections, key=lambda each: each.date, reverse=True)
    return tuple(
        shapes.Correction(day_view(local_day(each.date, zone), article.language), each.what)
        for each in newest
    )


def _newer_original(frame: Frame, article: Article) -> shapes.Link | None:
    """The original of a translation, if it was changed later: readers are told, and led to it."""
    site = frame.context.site
    original = newer_original(article, site.translations, site.config.language)
    if original is None:
        return None
    url = site.permalinks.link(frame.root, original.root, original.url_path)
    return shapes.Link(original.front_matter.title, url, language=original.language)


def _topics(frame: Frame, article: Article) -> tuple[shapes.Link, ...]:
    topics = frame.context.site.topics.get((article.condition, article.language), {})
    found = (topics[slug] for slug in article.topics if slug in topics)
    return tuple(shapes.Link(topic.label, frame.root.href(topic.url_path)) for topic in found)


def _also_in(frame: Frame, article: Article) -> tuple[shapes.Link, ...]:
    """The other conditions under which the article is listed."""
    others = (name for name in article.front_matter.conditions if name != article.condition)
    return tuple(condition_link(frame.context, frame.root, name, article.language) for name in others)


def _lead_image(frame: Frame, article: Article, body: BodyInfo) -> shapes.Image | None:
    """The image of the front matter, unless the text shows the same one."""
    front_matter = article.front_matter
    if not front_matter.image:
        return None
    path = frame.context.picture(article.source_path, front_matter.image)
    if path in shown_images(article.source_path, body):
        return None
    return image_view(
        frame.context, frame.root, path, image_alt(frame.context.bodies, article.document) or ""
    )


def _own_image(frame: Frame, article: Article) -> str:
    """The absolute URL of the front matter's picture, wherever the page shows it; empty without one, and for a drawing,
    which few machines read."""
    written = article.front_matter.image
    path = frame.context.picture(article.source_path, written) if written else ""
    image = image_view(frame.context, frame.root, path, "") if path else None
    return frame.root.origin + image.src if image and not image.src.endswith(".svg") else ""


def article_card(frame: Frame, article: Article) -> Card | None:
    """The social card of an article: its own with ``cards: article`` in the configuration, else its condition's."""
    own = frame.context.site.config.cards == "article"
    return frame.card_for(article.front_matter.title) if own else frame.card


def _shared_image(frame: Frame, article: Article, image: shapes.Image | None) -> str:
    """The URL of the image that social networks show: the article's own, else its card; few of them read SVG."""
    if image and not image.src.endswith(".svg"):
        return frame.root.origin + image.src
    return frame.card_url(article_card(frame, article))


def last_change(front_matter: ArticleFrontMatter) -> str:
    """The day (ISO) on which an article was last published, updated, corrected or reviewed; empty where no date is written."""
    # Asked of every article in every build, and few are corrected.
    last = max(front_matter.date[:10], front_matter.updated[:10], front_matter.last_reviewed[:10])
    for correction in front_matter.corrections:
        last = max(last, correction.date[:10])
    return last


def _toc(body: BodyInfo, frame: Frame, report: shapes.Report | None) -> tuple[shapes.TocEntry, ...]:
    entries = [
        shapes.TocEntry(heading.text, heading.anchor, heading.level)
        for heading in body.facts.headings
        if heading.level in (2, 3)
    ]
    entries += report_headings(frame, report)
    return tuple(entries) if sum(entry.level == 2 for entry in entries) >= _TOC_FROM else ()


def _neighbour(frame: Frame, article: Article | None) -> shapes.Link | None:
    if article is None:
        return None
    return shapes.Link(
        article.front_matter.title, frame.context.href(frame.root, article.root, article.url_path)
    )


def _with_json_ld(
    frame: Frame, article: Article, page: shapes.ArticlePage, body: BodyInfo
) -> shapes.ArticlePage:
    origin = frame.root.origin
    who = frame.chrome.organisation
    publisher = who.name if who else frame.chrome.site_title
    condition = frame.context.site.conditions[article.condition]
    hub = condition.hub(article.language)
    about = None
    if frame.context.site.config.medical:
        about = json_ld.condition_reference(hub.front_matter.title, condition.root.permalink(hub.url_path))
    polls = [poll_view(frame.context, frame.root, Asked(poll, article)) for poll in body.facts.polls]
    questions = {f"poll-{poll.slug}": poll.question for poll in body.facts.polls}
    text = json_ld.encode(
        json_ld.article(page, origin, publisher, about, _own_image(frame, article)),
        json_ld.breadcrumbs(page.breadcrumbs, origin, page.title, page.permalink),
        json_ld.discussion(page) if frame.context.site.config.comments.structured else None,
        json_ld.survey_dataset(page, page.report, origin, variables(frame.context, article))
        if page.report
        else None,
        *(json_ld.dataset(poll, page.permalink, questions[poll.anchor]) for poll in polls),
    )
    return msgspec.structs.replace(page, json_ld=text)
