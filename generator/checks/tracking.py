"""Links carry no parameters that tell others who came from where."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import msgspec

from generator.bodies.wording.links import tracking_in
from generator.checks.rule import RuleInfo, hits_of
from generator.content.read import Document
from generator.ground.errors import Problem
from generator.schema.yaml_source import scalars_of
from generator.site.context import SiteContext

TRACKING = RuleInfo(
    "tracking",
    "the parameter '{found}' tells others who reads about this condition",
    "cut it off the address; the page is the same without it",
    "https://firefox-source-docs.mozilla.org/toolkit/components/antitracking/anti-tracking/query-stripping/index.html",
)


_ADDRESS = re.compile(r"https?://[^\s<>\"]+")
# What front matter holds that is shown to nobody: the reasons of allowances.
_UNSHOWN = ("allow",)


def check_tracking(context: SiteContext, documents: Mapping[str, Document]) -> Iterator[Problem]:
    for path, document in documents.items():
        for hit in hits_of(context, path, TRACKING.code):
            yield TRACKING.at(document, hit.line, hit.column, found=hit.found)
        for key, found in _in_front_matter(document):
            yield TRACKING.of(document, key, found=found)


def _in_front_matter(document: Document) -> Iterator[tuple[str, str]]:
    """The key and the first parameter of each value that has one: every address is a text in front matter."""
    front_matter = document.front_matter
    extra = document.parsed.extra.pairs
    if tracking_in(msgspec.json.encode((front_matter, extra)).decode()):
        values = {**msgspec.to_builtins(front_matter), **dict(extra)}
        yield from _in_values({key: value for key, value in values.items() if key not in _UNSHOWN}, "")


def _in_values(values: object, way: str) -> Iterator[tuple[str, str]]:
    if isinstance(values, str):
        if found := tracking_in(values):
            yield way.removeprefix("."), found
    elif isinstance(values, dict | list | tuple):
        for key, value in values.items() if isinstance(values, dict) else enumerate(values):
            yield from _in_values(value, f"{way}.{key}")


def tracking_in_yaml(raw: bytes, path: str) -> Iterator[Problem]:
    """A finding for each value of a file of settings or data that holds an address with such a parameter."""
    text = raw.decode("utf-8-sig", "replace")
    if not tracking_in(text):
        return
    for value, (line, column), _ in scalars_of(text):
        found = next(filter(None, map(tracking_in, _ADDRESS.findall(value))), "")
        if found:
            message, remedy = TRACKING.message.format(found=found), TRACKING.remedy
            yield Problem(message, line, column, remedy, path, "warning", TRACKING.code)
