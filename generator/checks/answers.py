"""What a page says it answers exists: a poll, a survey, a page or what a member sent, one to an entry, and not itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.content.front_matter.schema import Cause
from generator.content.read import Document
from generator.content.voice_text import is_voice_id
from generator.ground.errors import Problem
from generator.ground.text import did_you_mean
from generator.site.answers import Said, because_of, named, page_said, said
from generator.site.context import SiteContext
from generator.site.voices import voice_shown


def check_answers(context: SiteContext, documents: Mapping[str, Document]) -> Iterator[Problem]:
    for document in documents.values():
        for index, cause in enumerate(because_of(document)):
            yield from _entry(context, document, f"because.{index}", cause)


def _entry(context: SiteContext, document: Document, place: str, cause: Cause) -> Iterator[Problem]:
    keys = named(cause)
    if len(keys) != 1:
        hint = "write one of `poll: id`, `survey: id`, `page: path.md`, `story: id` or `question: id` to each entry"
        yield document.problem(
            place, "this entry does not name one thing that members said", hint, rule="links"
        )
        return
    [key] = keys
    found = said(context.site, document, cause, context.links)
    article = context.site.articles.get(document.source_path)
    if article is not None and found == page_said(context.site, article):
        yield document.problem(place, "a page does not answer itself", "remove the entry", rule="links")
    elif found is not None and found.kind in ("story", "question"):
        yield from _sent(context, document, place, found)
    elif found is None or not _exists(context, found):
        yield _missing(context, document, place, key, getattr(cause, key))


def _sent(context: SiteContext, document: Document, place: str, found: Said) -> Iterator[Problem]:
    """Never an error where the id can be one: a withdrawal must reach the pages."""
    if not is_voice_id(found.name):
        hint = "write the eight letters at the end of its address"
        message = f"'{found.name}' is no id of a {found.kind}"
        yield document.problem(place, message, hint, rule="links")
    elif voice_shown(context.site, context.snapshot, found.kind, found.name) is None:
        message = f"no {found.kind} '{found.name}' is published; the entry is left out"
        hint = "run `gatherwell results pull`; if it was taken back, take the entry out"
        yield document.problem(place, message, hint, severity="warning", rule="links")


_HINTS = {
    "poll": "name a poll by its id, or one of another condition as condition~id",
    "survey": "write the name of its file in surveys/, without .yaml",
    "page": "write the path of its file, as in a link",
}


def _missing(context: SiteContext, document: Document, place: str, key: str, written: str) -> Problem:
    """What to say of an entry that leads nowhere; of a page that is not shown the same as of a link to it."""
    withheld = context.links.withheld_at(document, written) if key == "page" else None
    if withheld is None:
        hint = did_you_mean(written, _known(context, key)) or _HINTS[key]
        return document.problem(place, f"there is no {key} '{written}'", hint, rule="links")
    if withheld.status == "draft":
        hint = "publish it first, or take the entry out"
        return document.problem(place, f"{withheld.source_path} is a draft", hint, rule="links")
    message = f"{withheld.source_path} is {withheld.status}; the entry is left out meanwhile"
    return document.problem(place, message, severity="warning", rule="links")


def _exists(context: SiteContext, found: Said) -> bool:
    if found.kind == "page":
        return True
    return found.name in (context.polls if found.kind == "poll" else context.site.surveys)


def _known(context: SiteContext, key: str) -> list[str]:
    every = {"poll": context.polls, "survey": context.site.surveys}.get(key, {})
    return [name.split("~", 1)[1] for name in every]
