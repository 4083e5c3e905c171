"""Where each entry will lie: its condition, its slug, its path, its topics and its old addresses."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping
from typing import NamedTuple
from urllib.parse import unquote

from generator.content.config import Config
from generator.content.front_matter.addresses import RESERVED_SLUGS, checked_aliases
from generator.disk.content_tree import CONTENT_DIR
from generator.ground.text import folded, slugify
from generator.importing.entries import Entry, Noting, Person, Term
from generator.schema.convert import Invalid

_LONGEST_SLUG = 150
# What WordPress, Hugo and Jekyll say where nobody chose a category.
_NO_TOPIC = frozenset({"uncategorized", "uncategorised", "sin categoría", "sin-categoria"})


class Rules(NamedTuple):
    """What the one who imports decides: *condition* by default, conditions by category, topics by category or tag."""

    condition: str
    by_category: Mapping[str, str]
    topics: Mapping[str, tuple[str, ...]]


class Placed(NamedTuple):
    """What was decided about an entry."""

    path: str
    slug: str
    condition: str
    topics: tuple[str, ...]
    aliases: tuple[str, ...]
    address: str
    anchors: frozenset[str]
    draft: bool = False


class Here(NamedTuple):
    """What the project has of its own: *paths* that would lead to the address of a file which lies deeper, *addresses*
    of articles and pages.
    """

    paths: frozenset[str]
    addresses: frozenset[str]


class Placer:
    """Decides about one entry after the other; each knows what was given away before."""

    def __init__(
        self,
        config: Config,
        rules: Rules,
        known: Mapping[str, str],
        here: Here,
        conditions: Iterable[str],
        note: Noting,
    ) -> None:
        self._config = config
        self._rules = rules
        self._known = known
        self._note = note
        self._kept = RESERVED_SLUGS.union(config.all_languages)
        # An old address must not be that of a page which the new site has anyway.
        self._pages = {"", *conditions}
        self._addresses = {*self._pages, *here.addresses}
        self._used: set[str] = {*known.values(), *here.paths}
        self._aliases: dict[str, str] = {}
        self._spellings: dict[str, str] = {}
        self._groups: dict[str, str] = {}
        self._of_group: dict[str, str] = {}

    def place(self, entry: Entry) -> Placed | None:
        """Where *entry* goes; None where it cannot be imported, which is noted."""
        condition = self._condition(entry) if entry.kind == "article" else ""
        if condition is None:
            what = f"'{entry.title}' has no category with a condition: add `--map category=condition` or `--condition`"
            self._note("out", entry.origin, what)
            return None
        if entry.language and entry.language not in self._config.all_languages:
            what = f"'{entry.title}' is in '{entry.language}': add it to `languages` in gatherwell.yaml and import again"
            self._note("out", entry.origin, what)
            return None
        if entry.group:
            self._of_group.setdefault(entry.group, condition)
        path, slug = self._path(entry, condition)
        own = self._address(entry, condition, slug)
        old, anchors = self._old(entry, own), frozenset(entry.anchors)
        return Placed(path, slug, condition, self._topics(entry), old, own, anchors, entry.draft)

    def _condition(self, entry: Entry) -> str | None:
        *names, section = slugs_of(entry)
        for name in names:
            if name in self._rules.by_category:
                return self._rules.by_category[name]
        section = self._rules.by_category.get(section, "")
        # A translation follows its original, whatever categories it has.
        return section or self._of_group.get(entry.group) or self._rules.condition or None

    def _address(self, entry: Entry, condition: str, slug: str) -> str:
        segment = "" if entry.language in ("", self._config.language) else entry.language
        return "/".join(part for part in (condition, segment, slug) if part)

    def _path(self, entry: Entry, condition: str) -> tuple[str, str]:
        folder = f"{CONTENT_DIR}/{condition or '_pages'}"
        suffix = "" if entry.language in ("", self._config.language) else f".{entry.language}"
        slug = self._slug(entry)
        known = self._known.get(entry.key)
        if known:
            # The group's first text names the file, so that translations find each other.
            name = posixpath.basename(known).removesuffix(".md").removesuffix(suffix)
            self._groups.setdefault(entry.group, name)
            return known, slug if slugify(name) != slug and entry.group else slugify(name)
        name = self._groups.get(entry.group, slug) if entry.group else slug
        wanted, number = name, 1
        while f"{folder}/{name}{suffix}.md" in self._used:
            number += 1
            name = f"{wanted}-{number}"
        if number > 1:
            self._note("changed", entry.origin, f"'{slug}' is taken already; the address ends in {name}")
            slug = name
        if entry.group:
            self._groups.setdefault(entry.group, name)
        path = f"{folder}/{name}{suffix}.md"
        self._used.add(path)
        return path, slug

    def _slug(self, entry: Entry) -> str:
        slug = slugify(unquote(entry.slug)) or slugify(entry.title) or f"post-{slugify(entry.key)}"
        slug = slug.encode()[:_LONGEST_SLUG].decode(errors="ignore").strip("-")
        taken = slug in self._kept or (entry.kind == "page" and slug in self._pages)
        if taken:
            self._note(
                "changed", entry.origin, f"'{slug}' is an address of the site itself; it became about-{slug}"
            )
        return f"about-{slug}" if taken else slug

    def _topics(self, entry: Entry) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for term in (*entry.categories, *entry.tags):
            for name in topics_of(term, self._rules):
                slug = slugify(name)
                if not slug or len(slug.encode()) > 200:
                    self._note("lost", entry.origin, f"the topic '{name}' cannot become an address")
                    continue
                known = self._spellings.setdefault(slug, name)
                if folded(known) != folded(name):
                    what = f"the topic '{name}' would have the address of '{known}': map it with --topics"
                    self._note("lost", entry.origin, what)
                    continue
                found[known] = None
        return tuple(found) if entry.kind == "article" else ()

    def _old(self, entry: Entry, own: str) -> tuple[str, ...]:
        """The old addresses that can be aliases; the others are noted."""
        found: list[str] = []
        for address in entry.addresses:
            path = unquote(address).strip("/")
            if path == own or not path:
                if not path:
                    self._note(
                        "look", entry.origin, "was the front page, whose address is the portfolio's now"
                    )
                continue
            owner = self._aliases.setdefault(path.casefold(), entry.key)  # as a build compares them
            if path in self._addresses:
                self._note("lost", entry.origin, f"/{path}/ is the address of another page now")
            elif owner != entry.key:
                self._note("lost", entry.origin, f"/{path}/ was the address of another entry too")
            else:
                found += self._checked(entry, f"/{path}" if "." in path.rpartition("/")[2] else f"/{path}/")
        for alias in entry.numbered:
            if self._aliases.setdefault(alias, entry.key) == entry.key:
                found += self._checked(entry, alias)
        return tuple(dict.fromkeys(found))

    def _checked(self, entry: Entry, alias: str) -> tuple[str, ...]:
        try:
            return checked_aliases((alias.replace("%", "%25"),))
        except Invalid as error:
            self._note("lost", entry.origin, f"the old address {alias}: {error}")
            return ()


def slugs_of(entry: Entry) -> tuple[str, ...]:
    """The names by which a mapping finds *entry*, its folder last."""
    terms = (*entry.categories, *entry.tags)
    return (*(name for term in terms for name in (term.slug, slugify(term.name))), slugify(entry.section))


def topics_of(term: Term, rules: Rules) -> tuple[str, ...]:
    """The topics that a category or a tag becomes: those it is mapped to, else its own name; one that names a condition none."""
    for name in (term.name, term.slug):
        if name in rules.topics:
            return rules.topics[name]
    if term.name.casefold() in _NO_TOPIC or {term.slug, slugify(term.name)} & rules.by_category.keys():
        return ()
    return (term.name,)


def place_people(people: Iterable[Person]) -> dict[str, tuple[str, Person]]:
    """The id of each person's profile and the person, by key; two of one name share the first one's profile."""
    found: dict[str, tuple[str, Person]] = {}
    for person in people:
        identifier = slugify(person.name)[:80].strip("-")
        if identifier:
            found[person.key] = (identifier, person)
    return found
