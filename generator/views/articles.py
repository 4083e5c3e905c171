"""An article's view: byline, review, references, neighbours, thread, and everything around its body."""

from __future__ import annotations

import html
import re
from typing import Any

import msgspec

from generator.bodies import Digest
from generator.cards import Card
from generator.matter import ArticleMatter, SourceRef
from generator.moments import canonical_moment, local_day
from generator.schedule import moment_of, review_due
from generator.site import Article, Condition
from generator.snapshot import CommentAnswer, ThreadAnswer
from generator.text import reading_minutes
from generator.tree import relative
from generator.views import json_ld, shapes
from generator.views.frame import Frame, alternates
from generator.views.material import (
    card,
    condition_link,
    date_view,
    day_view,
    event_view,
    image_alt,
    image_in_body,
    image_view,
    person_ref,
    shown_images,
    summary_of,
)
from generator.views.polls import Asked, poll_view
from generator.views.slots import body_ref

_TAG = re.compile(r"<[^>]+>")
_TOC_FROM = 3
_ORDER = {"icd10": "ICD-10", "mesh": "MeSH"}


def article_page(frame: Frame, article: Article) -> shapes.ArticlePage:
    """The view of one article on its own root."""
    material, matter, root = frame.material, article.matter, frame.root
    site, digest = material.site, material.bodies[article.source_path]
    language = article.language
    due = review_due(matter, site.config.zone)
    topics = site.topics.get((article.condition, language), {})
    before, after = site.company.neighbours(article)
    translations = site.translations.get(article.key, {})
    image = _lead_image(frame, article, digest)
    page = shapes.ArticlePage(
        **frame.common(
            article.url_path,
            "article.html",
            matter.title,
            description=summary_of(material, article),
            noindex=matter.noindex or article.status != "published",
            alternates=alternates(((tag, a.permalink) for tag, a in translations.items()), language),
            breadcrumbs=frame.crumbs(),
            og_type="article",
            og_image=_shared_image(frame, article, image),
            updated=max(_iso_day(matter.date), _iso_day(matter.updated), _iso_day(matter.last_reviewed)),
            edit_url=site.config.edit_url.replace("{path}", article.source_path),
            body=body_ref(frame, article.document),
            status="" if article.status == "published" else article.status,
        ),
        type=matter.type,
        summary=matter.summary,
        condition=condition_link(material, root, article.condition, language),
        authors=tuple(person_ref(material, root, name, language) for name in matter.authors),
        reviewer=person_ref(material, root, matter.reviewer, language) if matter.reviewer else None,
        published=date_view(matter.date, language, material),
        changed=date_view(matter.updated, language, material),
        last_reviewed=date_view(matter.last_reviewed, language, material),
        next_review=day_view(due, language) if due else None,
        review_overdue=due is not None and moment_of(due.isoformat(), site.config.zone) <= material.now,
        references=references(matter, digest),
        content_notes=matter.content_notes,
        sponsor=matter.sponsor,
        image=image if image and not image_in_body(material, article.document) else None,
        topics=tuple(
            shapes.Link(topics[slug].label, root.href(topics[slug].url_path))
            for slug in article.topics
            if slug in topics
        ),
        stages=matter.stage,
        also_in=tuple(
            condition_link(material, root, name, language)
            for name in matter.conditions
            if name != article.condition
        ),
        minutes=reading_minutes(digest.facts.word_count),
        toc=_toc(digest),
        previous=_neighbour(frame, before),
        next=_neighbour(frame, after),
        related=tuple(card(material, root, other) for other in site.company.related(article)),
        event=event_view(material, article),
        thread=_thread(frame, article),
    )
    return _with_json_ld(frame, article, page, digest)


def _lead_image(frame: Frame, article: Article, digest: Digest) -> shapes.Image | None:
    """The image of the front matter, unless the text shows the same one."""
    matter = article.matter
    if not matter.image:
        return None
    path = relative(article.source_path, matter.image)
    if path in shown_images(article.source_path, digest):
        return None
    return image_view(frame.material, frame.root, path, image_alt(frame.material, article.document) or "")


def article_card(frame: Frame, article: Article) -> Card | None:
    """The card of an article's page: its own where the configuration asks for it, else its condition's."""
    own = frame.material.site.config.cards == "article"
    return frame.card_for(article.matter.title) if own else frame.card


def _shared_image(frame: Frame, article: Article, image: shapes.Image | None) -> str:
    """What others show of the page: its own photograph, else its card. Drawings are not understood everywhere."""
    if image and not image.src.endswith(".svg"):
        return frame.root.origin + image.src
    return frame.card_url(article_card(frame, article))


def _iso_day(text: str) -> str:
    return text[:10]


def _toc(digest: Digest) -> tuple[shapes.TocEntry, ...]:
    headings = [heading for heading in digest.facts.headings if heading.level in (2, 3)]
    if sum(heading.level == 2 for heading in headings) < _TOC_FROM:
        return ()
    return tuple(shapes.TocEntry(heading.text, heading.anchor, heading.level) for heading in headings)


def _neighbour(frame: Frame, article: Article | None) -> shapes.Link | None:
    if article is None:
        return None
    return shapes.Link(article.matter.title, frame.material.href(frame.root, article.root, article.url_path))


def references(matter: ArticleMatter, digest: Digest) -> tuple[shapes.Reference, ...]:
    """Notes and sources in one numbered list: cited ones first, in the order of their first mention."""
    notes = {note.id: index for index, note in enumerate(digest.facts.footnotes)}
    sources = {source.id: source for source in matter.references}
    found: list[shapes.Reference] = []
    for citation in digest.facts.citations:
        mentions = tuple(
            f"cite-{citation.number}" if count == 1 else f"cite-{citation.number}-{count}"
            for count in range(1, citation.count + 1)
        )
        source = sources.pop(citation.id, None)
        if citation.id in notes:
            found.append(shapes.Reference(citation.number, mentions, notes[citation.id]))
        elif source is not None:
            found.append(_source(citation.number, mentions, source))
    number = max((reference.number for reference in found), default=0)
    found.extend(_source(number + index, (), source) for index, source in enumerate(sources.values(), 1))
    return tuple(found)


def _source(number: int, mentions: tuple[str, ...], source: SourceRef) -> shapes.Reference:
    published_in = source.journal or source.publisher or (source.body if source.authors else "")
    return shapes.Reference(
        number=number,
        mentions=mentions,
        title=source.title,
        authors=source.authors or source.body,
        source=published_in,
        year=str(source.year),
        url=source.url,
        doi=source.doi.removeprefix("https://doi.org/"),
        pmid=str(source.pmid),
    )


def reactions_of(article: Article, configured: tuple[str, ...]) -> tuple[str, ...]:
    """The keys of the reactions that an article offers."""
    wanted = article.matter.reactions
    if wanted is None or wanted is True:
        return configured
    return wanted or ()


def comments_of(article: Article, default: str) -> str:
    """``open``, ``closed`` or ``off``."""
    return article.matter.comments or default


def _thread(frame: Frame, article: Article) -> shapes.Thread | None:
    config = frame.material.site.config
    comments = comments_of(article, config.comments.default)
    keys = reactions_of(article, config.comments.reactions)
    answer = frame.material.snapshot.threads.get(article.thread)
    endpoint = config.widgets.endpoint
    if (not endpoint and answer is None) or (comments == "off" and not keys):
        return None
    base = f"{endpoint}/threads/{article.thread}" if endpoint else ""
    counts = answer.reactions if answer else {}
    return shapes.Thread(
        id=article.thread,
        comments=comments,
        reactions=tuple(shapes.Reaction(key, counts.get(key, 0) if answer else -1) for key in keys),
        comments_action=f"{base}/comments" if base and comments == "open" else "",
        reactions_action=f"{base}/reactions" if base else "",
        count=answer.count if answer else -1,
        baked=_baked(frame, answer, keys[0] if keys else "") if answer and comments != "off" else (),
        people_url=_people_url(frame) if endpoint and comments != "off" else "",
    )


def _people_url(frame: Frame) -> str:
    """The portfolio's profiles in the site's own language: whoever has a profile has one there."""
    site = frame.material.site
    home = site.permalinks.portfolio
    return frame.material.href(frame.root, home, "/people/") if site.people else ""


def _baked(frame: Frame, answer: ThreadAnswer, reaction: str) -> tuple[shapes.Comment, ...]:
    replies: dict[str, list[CommentAnswer]] = {}
    for comment in answer.comments:
        if comment.parent and comment.root and comment.root != comment.id:
            replies.setdefault(comment.root, []).append(comment)
    return tuple(
        _comment(
            frame,
            comment,
            reaction,
            tuple(_comment(frame, reply, reaction, ()) for reply in replies.get(comment.id, ())),
        )
        for comment in answer.comments
        if not comment.parent
    )


def _comment(
    frame: Frame, answer: CommentAnswer, reaction: str, replies: tuple[shapes.Comment, ...]
) -> shapes.Comment:
    zone = frame.material.site.config.zone
    day = day_view(local_day(canonical_moment(answer.created), zone), frame.language)
    return shapes.Comment(
        id=answer.id,
        name=answer.pseudonym or "",
        html=answer.html,
        text=" ".join(html.unescape(_TAG.sub(" ", answer.html)).split()),
        date=shapes.Date(answer.created, day.text),
        role=answer.role.key if answer.role else "",
        edited=answer.edited is not None,
        note_html=answer.note.html if answer.note else "",
        replies=replies,
        reacted=answer.reactions.get(reaction, 0),
        profile=_profile(frame, answer),
    )


def _profile(frame: Frame, answer: CommentAnswer) -> str:
    person = answer.role.person if answer.role else None
    return person_ref(frame.material, frame.root, person, frame.language).url if person else ""


def about_condition(condition: Condition, language: str) -> dict[str, Any]:
    """The condition that an article is about, by name and home; its codes and synonyms stand on the hub."""
    hub = condition.hub(language)
    return {
        "@type": "MedicalCondition",
        "name": hub.matter.title,
        "url": condition.root.permalink(hub.url_path),
    }


def condition_about(condition: Condition, language: str) -> dict[str, Any]:
    """The condition as schema.org's MedicalCondition."""
    matter = condition.hub(language).matter
    codes = [
        (_ORDER[name], code)
        for name, value in (("icd10", matter.codes.icd10), ("mesh", matter.codes.mesh))
        for code in ((value,) if isinstance(value, str) else value)
        if code
    ]
    return json_ld.condition(matter.title, matter.synonyms, codes)


def _with_json_ld(
    frame: Frame, article: Article, page: shapes.ArticlePage, digest: Digest
) -> shapes.ArticlePage:
    origin = frame.root.origin
    condition = frame.material.site.conditions[article.condition]
    polls = [poll_view(frame.material, frame.root, Asked(poll, article)) for poll in digest.facts.polls]
    questions = {f"poll-{poll.slug}": poll.question for poll in digest.facts.polls}
    text = json_ld.encode(
        json_ld.article(page, origin, frame.chrome.site_title, about_condition(condition, article.language)),
        json_ld.breadcrumbs(page.breadcrumbs, origin, page.title, page.permalink),
        json_ld.discussion(page),
        *(json_ld.dataset(poll, page.permalink, questions[poll.anchor]) for poll in polls),
    )
    return msgspec.structs.replace(page, json_ld=text)
