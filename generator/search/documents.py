"""Record and body → the small page that the indexer reads: text, headings, filters, words that lead here."""

from __future__ import annotations

import html
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from generator.model import Body, PollSlot, TermSlot
from generator.search.records import Record
from generator.site import Term

_TAG = re.compile(r"<[^>]*>")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


class Lexicon:
    """The glossary in one language: which terms a text names, and by which other words they are known."""

    def __init__(self, glossary: Mapping[str, Term], language: str) -> None:
        self._terms = {term.id: term for term in glossary.values() if language in term.term}
        self._language = language
        self._by_first: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
        for term in self._terms.values():
            for form in self._forms(term):
                words = tuple(_words(form))
                if words:
                    self._by_first[words[0]].append((words, term.id))

    def _forms(self, term: Term) -> tuple[str, ...]:
        return (term.term[self._language], *term.also.get(self._language, ()))

    def named_in(self, text: str) -> set[str]:
        """Ids of the terms of which *text* uses one form."""
        words = list(_words(text))
        found: set[str] = set()
        for at, word in enumerate(words):
            for form, term in self._by_first.get(word, ()):
                if term not in found and tuple(words[at : at + len(form)]) == form:
                    found.add(term)
        return found

    def words_for(self, named: Iterable[str], explained: Iterable[str]) -> Iterator[str]:
        """All forms of the terms *named* in a text, and the plain meaning of those that it explains."""
        plain = set(explained)
        for term in sorted({*named, *plain} & self._terms.keys()):
            yield from self._forms(self._terms[term])
            if term in plain:
                yield self._terms[term].plain[self._language]


def render_document(record: Record, body: Body | None, lexicon: Lexicon) -> str:
    """The page for the indexer; it is never published: readers' pages carry nothing for it."""
    inner = body_html(body) if body else ""
    text = html.unescape(_TAG.sub(" ", inner))
    named = lexicon.named_in(f"{record.title} {record.text} {text}") if body else ()
    also = " · ".join(dict.fromkeys((*record.also, *lexicon.words_for(named, record.terms))))
    marks = [_filter("type", record.type)]
    marks += [_filter("condition", label) for label in record.conditions]
    marks += [_filter("topic", label) for label in record.topics]
    marks.append(_meta("type", record.type))
    marks += [_meta("condition", record.conditions[0])] if record.conditions else []
    marks += [_meta("also", also)] if also else []
    lead = f"<p>{html.escape(record.text)}</p>" if record.text else ""
    return (
        f'<!doctype html><html lang="{html.escape(record.language)}"><body data-pagefind-body>{"".join(marks)}'
        f"<h1>{html.escape(record.title)}</h1>{lead}{inner}</body></html>"
    )


def body_html(body: Body) -> str:
    """A body with its slots filled by their words alone: labels of terms, questions of polls, nothing else."""
    polls = {poll.slug: poll for poll in body.facts.polls}
    pieces = [body.html.parts[0]]
    for part, hole in zip(body.html.parts[1:], body.html.holes, strict=True):
        slot = body.slots[hole]
        if isinstance(slot, TermSlot):
            pieces.append(slot.label)
        elif isinstance(slot, PollSlot) and slot.poll in polls:
            poll = polls[slot.poll]
            pieces.append(f"<p>{html.escape(poll.question)}</p>")
        pieces.append(part)
    return "".join(pieces)


def _words(text: str) -> Iterator[str]:
    return (found[0] for found in _WORD.finditer(text.casefold()))


def _filter(name: str, value: str) -> str:
    return f'<meta data-pagefind-filter="{name}[content]" content="{html.escape(value)}">'


def _meta(name: str, value: str) -> str:
    return f'<meta data-pagefind-meta="{name}[content]" content="{html.escape(value)}">'
