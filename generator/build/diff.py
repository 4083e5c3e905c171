"""What changed since an earlier plan: all that decides whether a value made before may be used again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple, Protocol

import msgspec

from generator.bodies.keys import asked_in
from generator.bodies.render import BodyInfo
from generator.bodies.table import BodyTable
from generator.content.front_matter.parse import Parsed
from generator.content.front_matter.schema import ArticleFrontMatter
from generator.content.read import Document
from generator.disk.names import is_markdown
from generator.ground.errors import Problem
from generator.ground.model import LinkSlot, MediaSlot, picture_of
from generator.site.context import SiteContext
from generator.site.types import Site

# Beyond so many edits at once, comparing costs as much as making all views.
_FEW = 200


class Earlier(Protocol):
    """An earlier plan: in memory (preview) or as the cache recorded it (build)."""

    @property
    def findings(self) -> tuple[Problem, ...]:
        """What the checks found, by document."""
        ...

    def parsed(self, document: Document) -> Parsed | None:
        """What the file of *document* said then."""
        ...

    def body(self, document: Document) -> BodyInfo | None:
        """The body that the file of *document* had then."""
        ...


class Diff(NamedTuple):
    """*changed* are the sources that differ, None where that is not known. *only_texts* says that these are documents
    which changed in their text alone, in nothing that another page can see, and that nothing else changed. *only_words*
    says the same where articles may have changed in their titles and summaries too. *only_faces* says it where other
    pages may see more of their texts: how long they are, how they begin, their anchors, but no poll and no form;
    *same_anchors* that the anchors are equal then.
    """

    changed: frozenset[str] | None
    only_texts: bool
    only_words: bool
    only_faces: bool = False
    same_anchors: bool = False


EVERYTHING = Diff(None, only_texts=False, only_words=False)


def diff(
    earlier: Earlier | None,
    changed: frozenset[str] | None,
    documents: Mapping[str, Document],
    bodies: BodyTable,
) -> Diff:
    """How *documents* and *bodies* differ from *earlier*, given the sources that *changed*; None where any may have."""
    if earlier is None or changed is None:
        return EVERYTHING
    if len(changed) > _FEW or not all(path in documents for path in changed):
        return Diff(changed, only_texts=False, only_words=False)
    edited = [documents[path] for path in changed]
    found = [_body_apart(earlier, document, bodies.of(document.source_path)) for document in edited]
    words = all(apart is not None and apart.face for apart in found)
    return Diff(
        changed,
        only_texts=words and all(_text_alone(earlier, document) for document in edited),
        only_words=words,
        only_faces=all(apart is not None and apart.asked for apart in found),
        same_anchors=all(apart is not None and apart.anchors for apart in found),
    )


class _Equal(NamedTuple):
    """What of a body is as it was: its whole *face* (no view of another page sees more of a body), or of that what it
    *asked*, and its *anchors*.
    """

    face: bool
    asked: bool
    anchors: bool


def _body_apart(earlier: Earlier, document: Document, body: BodyInfo) -> _Equal | None:
    """How the body of a document differs whose front matter is as it was, but for an article's title and summary; None
    where the front matter differs.
    """
    before = earlier.parsed(document)
    if before is None or not same_but_words(before, document.parsed):
        return None
    old = earlier.body(document)
    if old is None:
        return None
    if old.face == body.face:
        return _Equal(face=True, asked=True, anchors=True)
    asked = document.kind == "article" and asked_in(old.facts) == asked_in(body.facts)
    return _Equal(face=False, asked=asked, anchors=old.facts.anchors == body.facts.anchors)


def _text_alone(earlier: Earlier, document: Document) -> bool:
    before = earlier.parsed(document)
    return before is not None and same_front_matter(before, document.parsed)


def same_but_words(old: Parsed, new: Parsed) -> bool:
    """Whether front matter is equal, but for title and summary where it is an article's.

    Of an article's front matter these two decide nothing: no address, no order, no list, no date. Only who shows them
    can tell (``tests/generator/build/test_title_edits.py`` holds this).
    """
    if not isinstance(old.front_matter, ArticleFrontMatter):
        return same_front_matter(old, new)
    if not isinstance(new.front_matter, ArticleFrontMatter):
        return False
    title, summary = old.front_matter.title, old.front_matter.summary
    as_before = msgspec.structs.replace(new.front_matter, title=title, summary=summary)
    return same_front_matter(old, msgspec.structs.replace(new, front_matter=as_before))


def same_front_matter(old: Parsed, new: Parsed) -> bool:
    """Whether front matter, keys of the theme's own too, and what was found in it are equal."""
    return (old.problems, old.front_matter, old.extra) == (new.problems, new.front_matter, new.extra)


def same_text(old: Document, new: Document) -> bool:
    """Whether two documents have the same body under the same Markdown options."""
    return old.language == new.language and old.parsed.body_digest == new.parsed.body_digest


def same_document(old: Document | None, new: Document) -> bool:
    """Whether a document was not read again."""
    return old is not None and old.digest == new.digest and old.parsed is new.parsed


def same_files(old: BodyInfo, new: BodyInfo) -> bool:
    """Whether two bodies show and link to the same files."""
    return files_of(old) == files_of(new)


def files_of(body: BodyInfo) -> set[str]:
    """What a body shows or links to that may have to be copied."""
    images = set(filter(None, map(picture_of, body.slots)))
    media = {
        path for slot in body.slots if isinstance(slot, MediaSlot) for path in (slot.source, *slot.captions)
    }
    links = {slot.target.partition("#")[0] for slot in body.slots if isinstance(slot, LinkSlot)}
    return (
        images | media | {link for link in links if link and not link.endswith("/") and not is_markdown(link)}
    )


def pictures_of(document: Document) -> tuple[str, ...]:
    """The pictures that front matter names."""
    return tuple(getattr(document.front_matter, key, "") for key in ("image", "photo", "logo"))


def same_surroundings(before: SiteContext, after: SiteContext) -> bool:
    """Whether all that a check sees beyond its own document is equal: pages, anchors, files, polls, terms, levels.

    Reviews that fall due are not seen here: compare the epochs.
    """
    site, other = after.site, before.site
    if not (
        site.config == other.config
        and after.links.targets == before.links.targets
        and set(after.known_files) == set(before.known_files)
        and set(after.images) == set(before.images)
        and after.snapshot == before.snapshot
        and after.results == before.results
        and site.glossary == other.glossary
        and site.surveys == other.surveys
        and site.retracted == other.retracted
        and _profiles(site) == _profiles(other)
        and {path: article.status for path, article in site.withheld.items()}
        == {path: article.status for path, article in other.withheld.items()}
    ):
        return False
    faces = {path: body.face for path, body in before.bodies.known()}
    return all(faces.get(path) == body.face for path, body in after.bodies.known())


def _profiles(site: Site) -> dict[str, object]:
    """What is known of people: findings about articles ask for roles, credentials and disclosures."""
    return {person.id: person.front_matters for person in site.people.values()}


def kept_findings(
    findings: Iterable[Problem], stale: Collection[str], documents: Mapping[str, Document]
) -> list[Problem]:
    """Findings of documents that need not be checked again."""
    return [each for each in findings if each.source_path not in stale and each.source_path in documents]
