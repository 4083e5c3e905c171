"""Owns what a rule that protects readers says of itself: code, message, remedy, ground, and what kind of rule it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from generator.bodies.wording import WORD_RULES
from generator.content.read import Document
from generator.ground.errors import Problem
from generator.ground.model import Hit
from generator.site.context import SiteContext


class RuleInfo(NamedTuple):
    """*code* names the rule in ``checks:`` of gatherwell.yaml, in findings and in comments that allow it.

    *source* is the guideline that it rests on: its address, or its name alone where nobody has seen it at an address. A rule about *words* reads meaning into words and errs sometimes; one
    about *structure* looks at what is there or missing.
    """

    code: str
    message: str
    remedy: str
    source: str
    kind: Literal["words", "structure"] = "structure"

    def at(self, document: Document, line: int, column: int, **words: object) -> Problem:
        """A finding on a line of the body, which counts from 1."""
        return Problem(
            self.message.format(**words),
            line + document.parsed.body_line - 1,
            column,
            self.remedy.format(**words),
            document.source_path,
            "warning",
            self.code,
        )

    def of(self, document: Document, key: str, **words: object) -> Problem:
        """A finding at a key of the front matter."""
        message, remedy = self.message.format(**words), self.remedy.format(**words)
        return document.problem(key, message, remedy, "warning", self.code)


def hits_of(context: SiteContext, path: str, code: str) -> Iterator[Hit]:
    """What was found with the words of a body by the rule *code*."""
    return (hit for hit in context.bodies.of(path).facts.wording.hits if hit.rule == code)


def words_info(code: str) -> RuleInfo:
    """A rule about words as one of all rules."""
    rule = next(rule for rule in WORD_RULES if rule.code == code)
    kind: Literal["words", "structure"] = "structure" if code == "sponsors" else "words"
    return RuleInfo(rule.code, rule.message, rule.remedy, rule.source, kind)


def text_of(parts: Iterable[str]) -> str:
    """The parts of front matter that readers see as sentences, each on a line."""
    return "\n".join(part.replace("\n", " ") for part in parts if part)
