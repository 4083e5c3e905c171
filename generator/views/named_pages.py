"""Pages that settings and templates name by file path: their links, and what is said where there is no such page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from generator.content.config import CONFIG_NAME, localized
from generator.content.front_matter.schema import HubFrontMatter
from generator.content.menu import MenuItem
from generator.disk.content_tree import CONTENT_DIR, relative
from generator.ground.errors import Problem
from generator.ground.text import did_you_mean
from generator.site.links import Target
from generator.site.types import Hub
from generator.views import types as shapes
from generator.views.context import ViewContext
from generator.views.hub_parts import START, hub_parts
from generator.views.scope import Scope


class NamedIn(NamedTuple):
    """A file that names pages: *source_path*, where its ``menu`` stands in the source of paths' beginnings (*base*)."""

    source_path: str
    base: str


SETTINGS = NamedIn(CONFIG_NAME, f"{CONTENT_DIR}/")


def menu_links(scope: Scope, items: Iterable[MenuItem], place: NamedIn) -> tuple[shapes.Link, ...]:
    """The links of *items* in the scope's language; those whose page is missing are left out."""
    found = (_link(scope, item, place) for item in items if item.language in ("", scope.language))
    return tuple(link for link in found if link is not None)


def condition_menu(scope: Scope) -> tuple[shapes.Link, ...]:
    """What the condition's hub writes as its menu, in this language or else in the site's own."""
    for hub in _hubs(scope):
        if hub.document and hub.front_matter.menu:
            path = hub.document.source_path
            return menu_links(scope, hub.front_matter.menu, NamedIn(path, path))
    return ()


def _hubs(scope: Scope) -> tuple[Hub, ...]:
    """The hub of the scope in its language, and that of the first language."""
    condition = scope.condition
    return (condition.hub(scope.language), next(iter(condition.hubs.values()))) if condition else ()


def template_pages(scope: Scope) -> tuple[tuple[str, str], ...]:
    """The addresses of the pages that templates name, as the pages of a scope write them."""
    found = {}
    for page in scope.context.theme.pages:
        address = _address(scope, page.path, SETTINGS)
        if address:
            found[page.path] = address
    return tuple(sorted(found.items()))


def missing_pages(context: ViewContext) -> Iterator[tuple[Problem, tuple[str | int, ...]]]:
    """A problem for each page that is named and is not there, and the way to it in its YAML file."""
    config = context.site.config
    for key, items in ((("menu",), config.menu), (("footer", "links"), config.footer.links)):
        for index, item in enumerate(items):
            for problem in _problems(context, item, SETTINGS):
                yield problem, (*key, index)
    for condition in context.site.conditions.values():
        for hub in condition.hubs.values():
            document = hub.document
            if document is None or not isinstance(document.front_matter, HubFrontMatter):
                continue
            place = NamedIn(document.source_path, document.source_path)
            line, column = document.place("menu")
            for item in hub.front_matter.menu:
                for problem in _problems(context, item, place):
                    yield (
                        Problem(
                            problem.message, line, column, problem.hint, place.source_path, problem.severity
                        ),
                        (),
                    )
    for page in context.theme.pages:
        for problem in _problems(context, MenuItem(page=page.path), SETTINGS):
            yield (
                Problem(
                    problem.message, page.line, page.column, problem.hint, page.source_path, problem.severity
                ),
                (),
            )


def _link(scope: Scope, item: MenuItem, place: NamedIn) -> shapes.Link | None:
    label = localized(item.label, scope.language, scope.context.site.config.language)
    if item.url:
        return shapes.Link(label or item.url, item.url)
    address = _address(scope, item.page, place)
    return shapes.Link(label or _title(scope, item.page, place), address) if address else None


def _address(scope: Scope, written: str, place: NamedIn) -> str:
    path, hash_mark, anchor = written.partition("#")
    target = _target(scope.context, path, place, scope.language)
    if target is None:
        return ""
    return scope.context.href(scope.root, target.root, target.url_path) + hash_mark + anchor


def _target(context: ViewContext, path: str, place: NamedIn, language: str) -> Target | None:
    return context.links.page(relative(place.base, path), language)


def _title(scope: Scope, written: str, place: NamedIn) -> str:
    target = _target(scope.context, written.partition("#")[0], place, scope.language)
    return _title_of(scope.context, target) if target else ""


def _title_of(context: ViewContext, target: Target) -> str:
    """What a page calls itself: an article's or a policy's title, a condition's short title, a person's name."""
    site, path = context.site, target.source_path
    if path in site.articles:
        return site.articles[path].front_matter.title
    if path in site.sections:
        return site.sections[path].front_matter.title
    for condition in site.conditions.values():
        for hub in condition.hubs.values():
            if hub.url_path == target.url_path and condition.root == target.root:
                return hub.front_matter.short_title or hub.front_matter.title
    for person in site.people.values():
        for language, document in person.documents.items():
            if document.source_path == path:
                return person.front_matter(language).name
    policies = (policy for group in site.policies.values() for policy in group)
    return next((policy.front_matter.title for policy in policies if policy.document.source_path == path), "")


def _parts_of(context: ViewContext, target: Target) -> tuple[str, ...]:
    """The anchors of a hub's own parts; none where the page is no hub."""
    for condition in context.site.conditions.values():
        for language, hub in condition.hubs.items():
            if hub.url_path == target.url_path and condition.root == target.root:
                return tuple(part.anchor for part in hub_parts(context, condition, language))
    return ()


def _problems(context: ViewContext, item: MenuItem, place: NamedIn) -> Iterator[Problem]:
    written = item.page
    if item.url:
        if not item.url.startswith(("https://", "http://")):
            hint = "write it whole: https://…; a page of this site is `page: about.md`"
            yield Problem(f"'{item.url}' is not a web address", hint=hint, source_path=place.source_path)
        return
    path, _, anchor = written.partition("#")
    target = _target(context, path, place, context.site.config.language)
    if target is None:
        joined = relative(place.base, path)
        withheld = context.site.withheld.get(joined)
        if withheld is not None:
            message = f"{joined} is {'a draft' if withheld.status == 'draft' else withheld.status}; no link is shown"
            yield Problem(message, source_path=place.source_path, severity="warning")
            return
        below = place.base.rpartition("/")[0] + "/"
        known = [page.removeprefix(below) for page in context.links.targets]
        hint = (
            did_you_mean(path, known)
            or f"write the path of a file below {below}: {next(iter(known), 'about.md')}"
        )
        yield Problem(f"there is no page '{path}'", hint=hint, source_path=place.source_path)
    elif anchor and not context.links.has_anchor(target, anchor):
        parts = _parts_of(context, target)
        if anchor in parts:
            return
        if anchor == START:
            hint = f"write `start_here: […]` into {target.source_path}"
        else:
            hint = did_you_mean(anchor, parts) or f"add {{#{anchor}}} to a heading of {target.source_path}"
        yield Problem(
            f"there is no anchor #{anchor} in {target.source_path}", hint=hint, source_path=place.source_path
        )
