"""What a page says it answers exists: a poll, a survey or a page, one to an entry, and not the page itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.content.front_matter.schema import Cause
from generator.content.read import Document
from generator.ground.errors import Problem
from generator.ground.text import did_you_mean
from generator.site.answers import Said, because_of, named, page_said, said
from generator.site.context import SiteContext


def check_answers(context: SiteContext, documents: Mapping[str, Document]) -> Iterator[Problem]:
    for document in documents.values():
        for index, cause in enumerate(because_of(document)):
            yield from _entry(context, document, f"because.{index}", cause)


def _entry(context: SiteContext, document: Document, place: str, cause: Cause) -> Iterator[Problem]:
    keys = named(cause)
    if len(keys) != 1:
        hint = "write one of `poll: id`, `survey: id` or `page: path.md` to each entry"
        yield document.problem(
            place, "this entry does not name one thing that members said", hint, rule="links"
        )
        return
    [key] = keys
    found = said(context.site, document, cause, context.links)
    article = context.site.articles.get(document.source_path)
    if article is not None and found == page_said(context.site, article):
        yield document.problem(
            f"{place}.page", "a page does not answer itself", "remove the entry", rule="links"
        )
    elif found is None or not _exists(context, found):
        written = getattr(cause, key)
        hint = did_you_mean(written, _known(context, key)) or _HINTS[key]
        yield document.problem(f"{place}.{key}", f"there is no {key} '{written}'", hint, rule="links")


_HINTS = {
    "poll": "name a poll by its id, or one of another condition as condition~id",
    "survey": "write the name of its file in surveys/, without .yaml",
    "page": "write the path of its file, as in a link",
}


def _exists(context: SiteContext, found: Said) -> bool:
    if found.kind == "page":
        return True
    return found.name in (context.polls if found.kind == "poll" else context.site.surveys)


def _known(context: SiteContext, key: str) -> list[str]:
    every = {"poll": context.polls, "survey": context.site.surveys}.get(key, {})
    return [name.split("~", 1)[1] for name in every]
