"""Owns what a handler of the desk is given: who asks, what was sent, and the comment, story or question it is about."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from widgets.contract.manifest import Manifest
from widgets.desk.auth.people import Staff
from widgets.desk.auth.rights import may
from widgets.desk.auth.sessions import Session
from widgets.desk.refusals import Refused
from widgets.desk.strings import Words
from widgets.function.state.services import Services
from widgets.store.records import Comment
from widgets.store.voices import VOICE_ID, Voice

COMMENT_ID: Final = re.compile(r"[0-9a-hjkmnp-tv-z]{26}")
ENTRY_ID: Final = re.compile(rf"{COMMENT_ID.pattern}|{VOICE_ID.pattern}|[0-9a-f]{{32}}")  # of the queue
BY_ACTION: Final = "act"  # the right is named by the path itself
# Fields of forms that people write in, and the string that names each.
_TYPED: Final = {
    "title": "voice.title",
    "text": "typed.text",
    "notes": "voice.notes",
    "question": "voice.question",
    "note": "note.text",
    "source": "note.source",
    "memo": "memo.text",
    "reason": "lock.reason",
    "words": "false-alarm.words",
}


@dataclass(frozen=True, slots=True)
class DeskRequest:
    services: Services
    http: Request
    words: Words
    manifest: Manifest
    origin: str = ""  # of a post
    session: Session | None = None
    given: Comment | None = None
    told: Voice | None = None
    form: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def staff(self) -> Staff:
        if self.session is None:
            raise Refused(401, "signed-out")
        return self.session.staff

    @property
    def comment(self) -> Comment:
        if self.given is None:
            raise Refused(404, "not-found")
        return self.given

    @property
    def voice(self) -> Voice:
        if self.told is None:
            raise Refused(404, "not-found")
        return self.told

    def sent(self, name: str, most: int = 200) -> str:
        """The field's one value without blank edges. Raises Refused where it is too long."""
        text = self.form.get(name, ("",))[0].replace("\r\n", "\n").strip()
        if len(text) > most:
            raise Refused(400, "too-long", most=most, length=len(text))
        return text

    def typed(self) -> list[tuple[str, str]]:
        """Label and text of what was written by hand, to be given back where it could not be kept."""
        found = [(label, self.form.get(name, ("",))[0].strip()) for name, label in _TYPED.items()]
        return [(label, text) for label, text in found if text]

    def number(self, name: str, least: int, most: int) -> int:
        text = self.sent(name, 10)
        if not (text.isascii() and text.isdigit() and least <= int(text) <= most):
            raise Refused(400, "number", least=least, most=most)
        return int(text)

    def reaches(self, comment: Comment) -> bool:
        """Whether this person may see the comment at all."""
        if comment.state == "withdrawn" or not may(self.staff, "read", comment.condition):
            return False
        return comment.visible or may(self.staff, "read-held", comment.condition)


Handler = Callable[[DeskRequest], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class DeskRoute:
    """A route of the desk. `right` is an action of the table, BY_ACTION, or None where nobody is signed in."""

    method: str
    path: str
    right: str | None
    handler: Handler
