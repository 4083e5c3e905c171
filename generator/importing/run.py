"""Runs one import: everything is placed first, then converted, checked and written one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

import msgspec

from generator.bodies.markdown.render import render_body
from generator.content.config import Config
from generator.content.front_matter.parse import parse_text
from generator.disk.content_tree import CONTENT_DIR
from generator.ground.text import slugify
from generator.importing.composing import compose_entry, compose_person
from generator.importing.entries import Entry, Origin, Person, Source, Term
from generator.importing.linking import EntryLinks, Known
from generator.importing.menus import menu_lines
from generator.importing.photographs import without_traces
from generator.importing.placing import Here, Placed, Placer, Rules, place_people, slugs_of
from generator.importing.record import Record, read_record, write_record
from generator.importing.report import Report
from generator.importing.writing import Target


class Settings(NamedTuple):
    """What the command was told; *since* is a canonical date or empty, *conditions* are those that the project has."""

    root: Path
    config: Config
    rules: Rules
    conditions: tuple[str, ...]
    since: str = ""
    dry_run: bool = False


class Imported(NamedTuple):
    """The report, every category and tag that was met, the old menu as lines of settings, and the slugs that conditions were
    mapped by and nothing has.
    """

    report: Report
    terms: tuple[Term, ...]
    menu: tuple[str, ...] = ()
    unmet: tuple[str, ...] = ()


def run_import(source: Source, settings: Settings) -> Imported:
    """Import *source*; raises SiteError where it cannot be read at all."""
    report, record = Report(), read_record(settings.root)
    importer = _Importer(source, settings, report, record)
    terms = importer.place()
    importer.write()
    if not settings.dry_run:
        write_record(settings.root, record)
    return Imported(report, terms, importer.menu(), tuple(sorted(importer.unmet)))


class _Importer:
    def __init__(self, source: Source, settings: Settings, report: Report, record: Record) -> None:
        self._source = source
        self._settings = settings
        self._report = report
        self._record = record
        self._target = Target(settings.root, record, settings.dry_run, report.note)
        self._placed: dict[str, Placed] = {}
        self.unmet = set(settings.rules.by_category)
        self._people: dict[str, tuple[str, Person]] = {}
        self._known = Known({}, {}, frozenset(), {})

    # --- placing -------------------------------------------------------------------------------------

    def place(self) -> tuple[Term, ...]:
        """Read all entries once, keep where each goes; returns their categories and tags in order of name."""
        settings = self._settings
        placer = Placer(
            settings.config,
            settings.rules,
            self._record.entries,
            _here(settings.root, self._record),
            settings.conditions,
            self._report.note,
        )
        keys: dict[str, str] = {}
        terms: dict[str, Term] = {}
        writers: dict[str, None] = {}
        for entry in self._heads():
            terms.update({term.name: term for term in (*entry.categories, *entry.tags)})
            self.unmet.difference_update(slugs_of(entry))
            placed = placer.place(entry)
            if placed is not None:
                self._placed[entry.key] = placed
                self._record.entries[entry.key] = placed.path
                keys.update(dict.fromkeys((_bare(each) for each in entry.addresses), entry.key))
                keys.update({entry.short: entry.key} if entry.short else {})
                writers.update(dict.fromkeys(entry.authors))
        self._free_addresses()
        written = [person for person in self._source.people() if person.key in writers]
        self._people = place_people(written)
        self._note_namesakes(written)
        profiles = {
            _bare(address): f"{CONTENT_DIR}/_people/{identifier}.md"
            for identifier, person in self._people.values()
            for address in person.addresses
        }
        by_address = {address: self._placed[key] for address, key in keys.items() if address}
        self._known = Known(by_address, profiles, self._source.hosts(), {})
        self._note_withdrawn()
        if unnamed := len(writers.keys() - self._people.keys()):
            what = f"{unnamed} who wrote had a login name or an address alone; nothing names them now"
            self._report.note("lost", Origin("authors"), what)
        return tuple(terms[name] for name in sorted(terms))

    def menu(self) -> tuple[str, ...]:
        return menu_lines(self._source.menu(), self._known.entries, self._source.hosts(), self._report.note)

    def _heads(self) -> list[Entry]:
        """All entries without their texts; those in the site's language first, since they name the files of translations."""
        heads = [
            msgspec.structs.replace(entry, body="", notes="")
            for entry in self._source.entries(self._report.note)
        ]
        return sorted(heads, key=lambda entry: entry.language not in ("", self._settings.config.language))

    def _free_addresses(self) -> None:
        """Drop aliases that are the new address of something else."""
        owners = {placed.address for placed in self._placed.values()}
        for key, placed in self._placed.items():
            free = tuple(alias for alias in placed.aliases if alias.strip("/") not in owners)
            for alias in set(placed.aliases) - set(free):
                self._report.note("lost", Origin(placed.path), f"{alias} is the address of another page now")
            self._placed[key] = placed._replace(aliases=free)

    def _note_namesakes(self, written: list[Person]) -> None:
        for name, number in Counter(person.name for person in written).items():
            if number > 1:
                what = f"{number} who wrote are called '{name}' and share a profile; are they one person?"
                self._report.note("look", Origin("authors"), what)

    def _note_withdrawn(self) -> None:
        for withdrawn in self._source.withdrawn():
            path = self._record.entries.get(withdrawn.key)
            if path and self._target.has(path):
                self._report.note("gone", withdrawn.origin, f"{path} is {withdrawn.why} there now")

    # --- writing -------------------------------------------------------------------------------------

    def write(self) -> None:
        copied: set[str] = set()
        for entry in self._source.entries(lambda *_: None):
            placed = self._placed.get(entry.key)
            if (
                placed is None
                or max(entry.date, entry.updated, self._settings.since) == self._settings.since != ""
            ):
                continue
            self._write_entry(entry, placed, copied)
        for identifier, person in self._people.values():
            self._write_person(identifier, person)

    def _write_entry(self, entry: Entry, placed: Placed, copied: set[str]) -> None:
        links = EntryLinks(entry, placed, self._known, self._source.file_of, self._report.note)
        body = self._source.markdown(entry, links)
        image = links.picture(entry.picture.address, 0) if entry.picture else None
        if image and entry.picture and not entry.picture.alt and entry.kind == "article":
            self._report.note("look", entry.origin, "its own picture has no description; write `image_alt`")
        if not body and not entry.draft:
            self._report.note("look", entry.origin, f"{placed.path} has no text")
        authors = tuple(dict.fromkeys(self._people[key][0] for key in entry.authors if key in self._people))
        text = compose_entry(entry, placed, authors, image or "", body)
        self._check(text, placed.path, entry)
        for path, file in links.files.items():
            if path not in copied:
                copied.add(path)
                self._copy(path, file, entry)
        self._count(
            "articles" if entry.kind == "article" else "pages", placed.path, text.encode(), entry.origin
        )

    def _copy(self, path: str, file: Path, entry: Entry) -> None:
        try:
            content = without_traces(file.name, file.read_bytes())
        except OSError as error:
            self._report.note("lost", entry.origin, f"{file.name} cannot be read ({error.strerror})")
            return
        self._count("files", path, content, entry.origin)

    def _write_person(self, identifier: str, person: Person) -> None:
        path = f"{CONTENT_DIR}/_people/{identifier}.md"
        if self._target.has(path) and path not in self._record.files:
            return  # somebody here has a profile of this name already, and it is theirs to write
        self._count("people", path, compose_person(person).encode(), Origin("authors"))

    def _count(self, kind: str, path: str, content: bytes, origin: Origin) -> None:
        counts = self._report.counts
        setattr(counts, kind, getattr(counts, kind) + 1)
        if self._target.put(path, content, origin):
            counts.written += 1
        else:
            counts.unchanged += 1

    def _check(self, text: str, path: str, entry: Entry) -> None:
        """Note what our own reader says of a file: whatever is left is for people to mend."""
        config = self._settings.config
        kind = "article" if entry.kind == "article" else "page"
        parsed, body = parse_text(text.encode(), kind, path, frozenset())
        facts = render_body(body, entry.language or config.language, config.markdown_options).facts
        problems = [
            msgspec.structs.replace(each, line=each.line + parsed.body_line - 1) for each in facts.problems
        ]
        for problem in (*parsed.problems, *problems):
            if problem.rule != "alt":
                self._report.note("look", Origin(path, problem.line), problem.message)


def _here(root: Path, record: Record) -> Here:
    """What was written here and by no import, by the names of files; a `slug` of their own is not looked for."""
    paths, addresses = set(), set()
    for file in (root / CONTENT_DIR).glob("*/**/*.md"):
        path = file.relative_to(root).as_posix()
        folder, deeper = path.split("/")[1], path.count("/") > 2
        if path in record.files or file.name.startswith("_"):
            continue
        addresses.add(file.stem if folder == "_pages" else f"{folder}/{file.stem}")
        if deeper:
            paths.add(f"{CONTENT_DIR}/{folder}/{file.name}")
    return Here(frozenset(paths), frozenset(addresses))


def _bare(address: str) -> str:
    return unquote(address).strip("/")


def rules_of(condition: str, maps: Iterable[tuple[str, str]], topics: Mapping[str, tuple[str, ...]]) -> Rules:
    """The rules of one import; categories are found by name and by slug."""
    return Rules(condition, {slugify(category): wanted for category, wanted in maps}, topics)
