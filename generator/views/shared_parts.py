"""Small parts that many views share: images, people, events, conditions, cards, pagers."""

from __future__ import annotations

from generator.content.config import localized
from generator.content.front_matter.extra import Extra
from generator.content.read import Document
from generator.ground.text import reading_minutes, shorten
from generator.site.conditions import language_segment
from generator.site.pagination import Slice, page_path
from generator.site.people import person_id
from generator.site.permalinks import Root
from generator.site.schedule import event_end
from generator.site.types import Article, Condition, Person, Site, serves_person
from generator.views import types as shapes
from generator.views.context import ViewContext
from generator.views.formats import day_view, time_view

# Values of ``sizes``: the width at which the page shows an image in running text, in a card, as a portrait.
IN_TEXT = "(min-width: 46rem) 43rem, 100vw"
IN_CARD = "(min-width: 44rem) 22rem, 100vw"
AS_FACE = "5rem"
AS_LOGO = "10rem"
_NO_EXTRA = Extra()


def image_view(
    context: ViewContext, root: Root, path: str, alt: str, sizes: str = IN_TEXT
) -> shapes.Image | None:
    """The image at a source path as pages on *root* show it; None where there is none."""
    image = context.images.get(path)
    if image is None:
        return None
    sources = tuple(
        shapes.ImageSource(
            found.type, ", ".join(f"{root.href(name)} {width}w" for name, width in found.files)
        )
        for found in image.sets
    )
    return shapes.Image(
        root.href(image.output_path), alt, image.width, image.height, sources, sizes if sources else ""
    )


def language_prefix(context: ViewContext, language: str) -> str:
    """The beginning of url_paths in *language*: ``/es``, empty for the site's own language."""
    segment = language_segment(language, context.site.config)
    return f"/{segment}" if segment else ""


def person_languages(context: ViewContext, person: str) -> tuple[str, ...]:
    """The languages in which somebody's profile page exists."""
    if person not in context.languages_of:
        # Compared as a whole between builds.
        with context.site.reads.aside():
            context.languages_of[person] = _person_languages(context.site, person)
    return context.languages_of[person]


def _person_languages(site: Site, person: str) -> tuple[str, ...]:
    profile = site.people[person]
    used = set(profile.documents) | {article.language for article in site.written.get(person, ())}
    used |= {article.language for article in site.reviewed.get(person, ())}
    return tuple(tag for tag in site.languages if tag in used or tag == site.config.language)


def profile_document(person: Person, language: str) -> Document:
    """Somebody's profile in *language*, or in another one where it is not translated."""
    return person.documents.get(language) or next(iter(person.documents.values()))


def person_path(context: ViewContext, person: str, language: str) -> str:
    """The url_path of a profile in *language*, or in the site's own language where it does not exist in that one."""
    tag = language if language in person_languages(context, person) else context.site.config.language
    return language_prefix(context, tag) + context.site.people[person].url_path


def person_ref(context: ViewContext, root: Root, name: str, language: str) -> shapes.PersonRef:
    """A person by id or name, as bylines show them; a name without a profile gives a reference without a link."""
    key = (root.folder, name, language)
    return context.site.reads.kept(context.people, key, lambda: _person_ref(context, root, name, language))


def _person_ref(context: ViewContext, root: Root, name: str, language: str) -> shapes.PersonRef:
    site = context.site
    person = person_id(name, site.people)
    if not person:
        return shapes.PersonRef("", name, initials=initials(name))
    profile = site.people[person]
    front_matter = profile.front_matter(language)
    photo = None
    if front_matter.photo:
        path = context.picture(profile_document(profile, language).source_path, front_matter.photo)
        photo = image_view(context, root, path, front_matter.photo_alt, AS_FACE)
    home = root if serves_person(site, root, person) else site.permalinks.portfolio
    return shapes.PersonRef(
        id=person,
        name=front_matter.name,
        url=context.href(root, home, person_path(context, person, language)),
        role=front_matter.role,
        credential=front_matter.known_credential,
        photo=photo,
        initials=initials(front_matter.name),
    )


def initials(name: str) -> str:
    """The first letters of the first two words, upper case."""
    words = [word for word in name.replace("(", " ").split() if word[0].isalnum()]
    return "".join(word[0] for word in words[:2]).upper()


def summary_of(context: ViewContext, article: Article) -> str:
    """The front matter's summary, else the body's first words; nothing of a text that waits for its review."""
    if article.suspended:
        return ""
    if article.front_matter.summary:
        return shorten(article.front_matter.summary, 400)
    body = context.bodies.find(article.source_path)
    return body.facts.summary if body else ""


def extra_of(context: ViewContext, document: Document | None) -> Extra:
    """The keys of a document that only the theme understands; every one that the configuration names."""
    names = context.site.config.front_matter.extra
    own = document.parsed.extra if document else _NO_EXTRA
    return own.with_names(names) if names else _NO_EXTRA


def event_view(context: ViewContext, article: Article) -> shapes.Event | None:
    """When and where an event is; None for anything that has no start."""
    front_matter = article.front_matter
    if front_matter.type != "event" or not front_matter.start:
        return None
    language, zone = article.language, context.site.config.zone
    return shapes.Event(
        start=time_view(front_matter.start, language, zone),
        end=time_view(front_matter.end, language, zone, front_matter.start) if front_matter.end else None,
        place=front_matter.place,
        online_url=front_matter.online_url,
        organiser=front_matter.organiser,
        calendar_url=article.root.href(f"{article.url_path}event.ics"),
        over=event_end(front_matter, zone) <= context.now,
    )


def condition_link(context: ViewContext, root: Root, condition: str, language: str) -> shapes.Link:
    """A link to a condition's hub under its short title."""
    owner = context.site.conditions[condition]
    hub = owner.hub(language)
    label = hub.front_matter.short_title or hub.front_matter.title
    return shapes.Link(label, context.href(root, owner.root, hub.url_path), language=hub.language)


def condition_ref(
    context: ViewContext, root: Root, condition: Condition, language: str
) -> shapes.ConditionRef:
    """A condition with its titles and its colour, as chrome and cards show it."""
    hub = condition.hub(language)
    return shapes.ConditionRef(
        id=condition.id,
        title=hub.front_matter.title,
        short_title=hub.front_matter.short_title or hub.front_matter.title,
        url=context.href(root, condition.root, hub.url_path),
        accent=condition.id,
    )


def card(context: ViewContext, root: Root, article: Article, with_condition: bool = False) -> shapes.Card:
    """An article as a listing on *root* shows it."""
    key = (root.folder, article.source_path, with_condition)
    return context.site.reads.kept(context.cards, key, lambda: _card(context, root, article, with_condition))


def _card(context: ViewContext, root: Root, article: Article, with_condition: bool) -> shapes.Card:
    front_matter = article.front_matter
    body = context.bodies.find(article.source_path)
    image = None
    if front_matter.image and not article.suspended:
        # The alternative text is empty: the title beside the image says the same to a screen reader.
        image = image_view(
            context, root, context.picture(article.source_path, front_matter.image), "", IN_CARD
        )
    return shapes.Card(
        title=front_matter.title,
        url=context.href(root, article.root, article.url_path),
        type=front_matter.type,
        summary=summary_of(context, article),
        date=day_view(article.day, article.language) if article.day else None,
        language=article.language,
        authors=tuple(person_ref(context, root, name, article.language) for name in front_matter.authors),
        condition=condition_link(context, root, article.condition, article.language)
        if with_condition
        else None,
        image=image,
        minutes=reading_minutes(body.facts.word_count) if body and not article.suspended else 0,
        event=event_view(context, article),
        status="" if article.status == "published" else article.status,
        extra=extra_of(context, article.document),
    )


def pager(root: Root, base: str, page: Slice) -> shapes.Pager | None:
    """Links from one page of the listing at *base* to the newer and the older one; None where one page holds all."""
    if page.pages == 0:
        return None
    newer = 0 if page.number == page.pages else page.number + 1
    older = page.pages if page.number == 0 else page.number - 1
    return shapes.Pager(
        number=page.number,
        newer_url=root.href(page_path(base, newer)) if page.number else "",
        older_url=root.href(page_path(base, older)) if older else "",
    )


def site_title(context: ViewContext, language: str) -> str:
    config = context.site.config
    return localized(config.title, language, config.language)
