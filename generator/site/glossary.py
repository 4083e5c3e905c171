"""The glossary by the words that texts use for its terms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from generator.ground.text import slugify
from generator.site.types import Term, Value


class Glossary(Value):
    """Terms by id, and for each language the ids by every word that means them, case folded."""

    terms: Mapping[str, Term]
    words: Mapping[str, Mapping[str, str]]

    def find(self, written: str, language: str) -> str:
        """The id of the term that a word or an id means in *language*, or ``""``."""
        if written in self.terms:
            return written
        words = self.words[language]
        return words.get(written.casefold()) or next(
            (id_ for word, id_ in words.items() if slugify(word) == written), ""
        )


def make_glossary(terms: Mapping[str, Term], languages: Iterable[str]) -> Glossary:
    """*terms* ready to be found by the words of each of *languages*."""
    return Glossary(terms, {language: _words(terms, language) for language in languages})


def _words(terms: Mapping[str, Term], language: str) -> dict[str, str]:
    words: dict[str, str] = {}
    for term in terms.values():
        for tag in (language, *term.term):
            if tag in term.term:
                for word in (term.term[tag], *term.also.get(tag, ())):
                    words.setdefault(word.casefold(), term.id)
    return words
