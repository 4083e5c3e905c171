"""Headings form an outline: none skips a level, none is empty, no two of one parent say the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.checks.rule import RuleInfo
from generator.content.read import Document
from generator.ground.errors import Problem
from generator.ground.text import folded
from generator.site.context import SiteContext

HEADINGS = RuleInfo(
    "headings",
    "the heading '{text}' {fault}",
    "who listens to a page walks from heading to heading: {remedy}",
    "https://w3.org/WAI/WCAG21/Techniques/html/H69",
)


def check_headings(context: SiteContext, documents: Mapping[str, Document]) -> Iterator[Problem]:
    for path, document in documents.items():
        before, parents = 1, dict[int, str]()
        said: set[tuple[str, ...]] = set()
        for heading in context.bodies.of(path).facts.headings:
            level, text, same = max(heading.level, 2), heading.text, folded(heading.text)
            parents = {depth: parent for depth, parent in parents.items() if depth < level}
            way = (*parents.values(), same)
            fault = ""
            if not text.strip():
                fault, remedy = "is empty", "write what the section is about"
            elif level > before + 1:
                wanted = "#" * (before + 1)
                fault = f"skips a level: {level} comes after {before}"
                remedy = f"begin the line with {wanted}"
            elif way in said:
                fault, remedy = "stands twice in one section", "say what is different about the second"
            if fault:
                yield HEADINGS.at(document, heading.line, 1, text=text, fault=fault, remedy=remedy)
            said.add(way)
            parents[level] = same
            before = level
