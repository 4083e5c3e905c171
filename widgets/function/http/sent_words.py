"""Owns the words of a refused request: the body as far as it came, and what its writer wrote in it."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any, Final
from urllib.parse import parse_qsl

from starlette.datastructures import Headers
from starlette.types import Message, Receive, Scope

from widgets.function.http.incoming import FORM

# Where somebody writes a comment, changes one, flags one or appeals, answers a survey, reports a mistake, tells a story or asks a question, or asks for help before,
# a slash too many and a wrong method included; a withdrawal brings no words.
_WRITES: Final = re.compile(
    r"/+api/+v1/+(?:threads/+(?P<thread>[^/]+)(?:/+comments|(?P<mistake>/+mistakes))?"
    r"|comments(?:/+(?P<comment>[^/]+)(?P<flags>/+flags)?)?"
    r"|help|appeals|surveys/+(?P<survey>[^/]+)(?:/+responses)?"
    r"|(?P<voices>stories|questions)(?:/+(?P<voice>[^/]+))?)/*"
)
LOOKED_AT: Final = (
    1_000_000  # bytes of a refused body: more than 300,000 characters of any script, as a browser sends JSON
)
ANSWER: Final = "q."  # how a form's field for an answer begins
_METHODS: Final = ("POST", "PATCH", "PUT")
# Each of these matches from any quotation mark on, whatever follows: what cannot fail is read once, however long it is.
_JSON_TEXT: Final = re.compile(r'"text"\s*+:\s*+"((?:[^"\\]|\\.)*+)', re.DOTALL)
_JSON_STRING: Final = re.compile(r'"((?:[^"\\]|\\.)*+)(?:"|\\?\Z)', re.DOTALL)
_NO_WORDS: Final = ("pseudonym", "lang", "parent", "altcha", "website", "consent", "form")
# Control characters and halves of surrogate pairs, found in one go: character by character a long body would hold up all others.
_UNSHOWN: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_HALF_AN_ESCAPE: Final = re.compile(r"\\u[0-9a-fA-F]{0,3}\Z|\\\Z")


@dataclass(frozen=True, slots=True)
class Place:
    """Where the words were meant to go: a thread, a comment that they change or flag, a survey, stories or questions (`voices`),
    one of these (`voice`); ids as sent, "" for none. `mistake`: the words are about the thread's page."""

    thread: str = ""
    comment: str = ""
    flags: bool = False
    survey: str = ""
    mistake: bool = False
    voices: str = ""
    voice: str = ""


@dataclass(frozen=True, slots=True)
class SentWords:
    """`text` is what was written, without control characters; `fields` the other texts that came with it; `said` everything
    that came, in whichever field and however often: no field hides another. `answers` are those to prompts, by the names of
    their fields, and `free` what was written beside them."""

    text: str
    fields: Mapping[str, str] = field(default_factory=dict)
    said: Sequence[str] = ()
    answers: Mapping[str, str] = field(default_factory=dict)
    free: str = ""


def place_of(scope: Scope) -> Place | None:
    """None where the request neither writes a comment nor flags one, asks for no other look at one, and answers no survey."""
    found = _WRITES.fullmatch(scope["path"]) if scope["method"] in _METHODS else None
    if found is None:
        return None
    named = {name: found[name] or "" for name in ("thread", "comment", "survey", "voices", "voice")}
    return Place(flags=bool(found["flags"]), mistake=bool(found["mistake"]), **named)


class SentBody:
    """Stands before the application's `receive` and keeps a copy of the body, up to `LOOKED_AT` bytes."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._parts = bytearray()
        self._ended = False

    async def receive(self) -> Message:
        message = await self._receive()
        if message["type"] == "http.request":
            self._parts += message.get("body", b"")[: LOOKED_AT - len(self._parts)]
            self._ended = not message.get("more_body", False)
        else:
            self._ended = True
        return message

    @property
    def came(self) -> bytes:
        """The body as far as it was read."""
        return bytes(self._parts)

    async def read(self, seconds: float) -> bytes:
        """The body as far as it came: what nobody has read yet is waited for, at most so long. What is beyond `LOOKED_AT` is
        taken from the wire too: a proxy that is still sending hands on no answer."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while not self._ended:
                    await self.receive()
        return bytes(self._parts)


def words_in(body: bytes, headers: Headers) -> SentWords:
    """What can be read of a body that may be cut off, malformed, or of a type that is refused."""
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    text = body.decode("utf-8", "replace")
    if kind == FORM:
        pairs = parse_qsl(text, keep_blank_values=True, errors="replace")
        return _from_pairs(pairs, [value for _, value in pairs])
    if text.lstrip()[:1] in ("{", "[", '"'):
        return _from_json(text)
    return _words(text, {}, [text])


def _words(text: str, fields: Mapping[str, str], said: Sequence[str]) -> SentWords:
    every = dict.fromkeys(_plain(one) for one in (text, *said))
    return SentWords(_plain(text), fields, tuple(one for one in every if one))


def _from_pairs(pairs: list[tuple[str, str]], said: Sequence[str]) -> SentWords:
    fields: dict[str, str] = {}
    for name, value in pairs:
        fields.setdefault(name, _plain(value))
    answers = [_plain(value) for name, value in pairs if name.startswith(ANSWER)]
    free = fields.pop("text", "")
    others = {name: value for name, value in fields.items() if not name.startswith(ANSWER)}
    found = _words(free or "\n\n".join(answers), others, said)
    return replace(found, free=free, answers={name: fields[name] for name in fields.keys() - others.keys()})


def _from_json(text: str) -> SentWords:
    said: list[str] = []

    def note(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        # Of a repeated name each. Objects inside were noted before: a string is listed once, however deep it lies.
        said.extend(one for _, value in pairs for one in _strings(value, objects=False))
        return dict(pairs)

    try:
        document: Any = json.loads(text, strict=False, object_pairs_hook=note)
    except (ValueError, RecursionError):
        found, inside = _JSON_TEXT.search(text), [*map(_unescaped, _JSON_STRING.findall(text))]
        return _words(_unescaped(found[1]) if found else "\n".join(inside), {}, inside)
    if not isinstance(document, dict):
        said.extend(_strings(document))
        return _words("\n".join(_strings(document)), {}, said)
    pairs = [(name, value) for name, value in document.items() if isinstance(value, str)]
    if isinstance(document.get("answers"), list):
        pairs += [(ANSWER, one) for one in _strings(document["answers"])]
    if not isinstance(document.get("text"), str):
        elsewhere = {name: value for name, value in document.items() if name not in _NO_WORDS}
        pairs.append(("text", "\n".join(_strings(elsewhere))))
    return _from_pairs(pairs, said)


def _strings(value: Any, *, objects: bool = True) -> Iterator[str]:
    """All strings of a JSON value that are no names of fields: words are looked for wherever somebody put them. Without
    `objects` those of lists alone."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            yield one
        elif isinstance(one, list):
            waiting.extend(reversed(one))
        elif objects and isinstance(one, dict):
            waiting.extend(reversed(list(one.values())))


def _unescaped(inside: str) -> str:
    """A JSON string's value from what stands between its quotes, of which the end may be missing."""
    try:
        return str(json.loads(f'"{_HALF_AN_ESCAPE.sub("", inside)}"', strict=False))
    except ValueError:
        return inside


def _plain(text: str) -> str:
    """Without characters that no page can show; line feeds and tabs stay."""
    return _UNSHOWN.sub(" ", text.replace("\r\n", "\n"))
