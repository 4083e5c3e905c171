"""Owns what a kind of contribution declares, once; routes, limits, `me`, counts, pages and the OpenAPI
description are derived from it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from widgets.contract.manifest import Manifest
from widgets.function.http.routing import ApiRoute, Shape
from widgets.function.pages.page import paragraph
from widgets.function.state.services import Services
from widgets.function.strings import phrase
from widgets.rules.limits import Limit


@dataclass(frozen=True, slots=True)
class Reach:
    """Which polls and surveys (with their versions), threads and conditions a member's export or erasure covers."""

    polls: Sequence[tuple[str, int]]
    threads: Sequence[str]
    conditions: Sequence[str]
    surveys: Sequence[tuple[str, int]] = ()
    spoken: Sequence[str] = ()  # languages that the browser asks for, for lines of help


Export = Callable[[Services, str, Reach], Awaitable[dict[str, Any]]]
Erase = Callable[[Services, str, Reach], Awaitable[dict[str, int]]]
Mine = Callable[[Manifest, Mapping[str, Any], str], Iterable[str]]
Count = Callable[[Services, Sequence[str]], Awaitable[Mapping[str, int]]]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of contribution.

    `export` and `erase` take the device key and answer with parts of the documents of `me`, by name.
    `shown` gives the shape of one item for each part that `me.answer.schema.json` does not describe.
    `mine` makes the HTML of the kind on the page of one's own contributions, from (manifest, the answer of
    `me`, language). `count` counts it by thread; `GET /counts` shows that under the kind's name.
    `said` are the keys of what its answer pages tell, each with `<key>-title`; their texts stand in
    `strings`, by language and key, or in the function's own `strings.json`.
    `limits` add to the defaults, by the rule's name.
    """

    name: str
    routes: Sequence[ApiRoute]
    export: Export
    erase: Erase
    shown: Mapping[str, Shape] = field(default_factory=dict)
    mine: Mine | None = None
    count: Count | None = None
    said: Sequence[str] = ()
    strings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    limits: Mapping[str, tuple[Limit, ...]] = field(default_factory=dict)


def how_many(part: str, strings: Mapping[str, Mapping[str, str]] | None = None) -> Mine:
    """One line on the page of one's own contributions: the string `<part>`, and how many of them there are."""

    def line(manifest: Manifest, document: Mapping[str, Any], lang: str) -> Iterable[str]:
        words = strings[lang][part] if strings else phrase(lang, part)
        return [paragraph(f"{words}: {len(document[part])}")] if document[part] else []

    return line
