"""The numbered list at an article's end: notes, cited sources, further reading."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from generator.content.front_matter.schema import SourceRef
from generator.ground.model import Facts
from generator.site.retracted import doi_of, retraction_of
from generator.views import types as shapes

NONE_RETRACTED: Mapping[str, str] = MappingProxyType({})


def references(
    written: Iterable[SourceRef], facts: Facts, retracted: Mapping[str, str] = NONE_RETRACTED
) -> tuple[shapes.Reference, ...]:
    """Notes and sources in one numbered list: those cited, in the order of their first citation, then the others.

    *retracted* says by DOI what happened to withdrawn sources.
    """
    notes = {note.id: index for index, note in enumerate(facts.footnotes)}
    sources = {source.id: source for source in written}
    found: list[shapes.Reference] = []
    for citation in facts.citations:
        mentions = tuple(
            f"cite-{citation.number}" if count == 1 else f"cite-{citation.number}-{count}"
            for count in range(1, citation.count + 1)
        )
        source = sources.pop(citation.id, None)
        if citation.id in notes:
            found.append(shapes.Reference(citation.number, mentions, notes[citation.id]))
        elif source is not None:
            found.append(_source(citation.number, mentions, source, retracted))
    number = max((reference.number for reference in found), default=0)
    found.extend(
        _source(number + index, (), source, retracted) for index, source in enumerate(sources.values(), 1)
    )
    return tuple(found)


def _source(
    number: int, mentions: tuple[str, ...], source: SourceRef, retracted: Mapping[str, str]
) -> shapes.Reference:
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
        journal=source.journal,
        publisher=source.publisher or source.body,
        retracted=retraction_of(doi_of(source), retracted),
    )
