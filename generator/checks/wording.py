"""Says what the rules about words found in texts, titles and summaries, sparing whom each rule spares."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.bodies.wording import WORD_RULES, hits_in
from generator.bodies.wording.rule import WordRule
from generator.checks.rule import words_info
from generator.content.front_matter.schema import ArticleFrontMatter
from generator.content.read import Document
from generator.ground.errors import Problem
from generator.site.context import SiteContext
from generator.site.reviews import RULE as REVIEWS
from generator.site.reviews import review_of

_RULES = {rule.code: rule for rule in WORD_RULES}
_INFOS = {code: words_info(code) for code in _RULES}
# Titles and summaries of profiles and hubs are left to their writers: what they hold is short, and no advice.
_READ = ("article", "hub", "page")


def check_wording(context: SiteContext, documents: Mapping[str, Document]) -> Iterator[Problem]:
    if not context.site.config.medical:
        return
    for path, document in documents.items():
        if document.kind in _READ:
            spared = _Spared(context, document)
            for hit in context.bodies.of(path).facts.wording.hits:
                rule = _RULES.get(hit.rule)
                if rule and spared.asks(rule, hit.key):
                    yield _INFOS[rule.code].at(document, hit.line, hit.column, found=hit.found)
            yield from _front_matter(document, spared)


def _front_matter(document: Document, spared: _Spared) -> Iterator[Problem]:
    for key in ("title", "summary"):
        text: str = getattr(document.front_matter, key, "")
        for code, found, _, condition in hits_in(text, document.language) if text else ():
            if spared.asks(_RULES[code], condition):
                yield _INFOS[code].of(document, key, found=found)


class _Spared:
    """Which rules a document is spared: by its type, its sources and review, its label."""

    def __init__(self, context: SiteContext, document: Document) -> None:
        self._context, self._document = context, document
        front_matter = document.front_matter
        self._article = front_matter if isinstance(front_matter, ArticleFrontMatter) else None

    def asks(self, rule: WordRule, condition: str) -> bool:
        """Whether the rule reads the document, and words that are at fault with *condition* alone (empty for any)."""
        front_matter = self._article
        if condition and condition != self._document.condition:
            return False
        if not rule.reads(front_matter.type if front_matter else ""):
            return False
        if rule.unsourced and self._is_sourced():
            return False
        if rule.code == REVIEWS:
            return front_matter is not None and not (
                self._context.site.config.demonstration or self._is_reviewed()
            )
        return rule.code != "sponsors" or not (front_matter and front_matter.payer)

    def _is_sourced(self) -> bool:
        facts = self._context.bodies.of(self._document.source_path).facts
        if facts.citations or facts.footnotes or getattr(self._document.front_matter, "references", ()):
            return True
        return self._is_reviewed()

    def _is_reviewed(self) -> bool:
        config, front_matter = self._context.site.config, self._article
        return bool(front_matter and review_of(front_matter, config.zone, self._context.now).holds)
