"""Owns where somebody was in the queue, and the way back to it after an action."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode

from starlette.responses import RedirectResponse, Response

from widgets.desk.auth.sessions import PATH
from widgets.desk.moderation.filters import Filters, read_filters
from widgets.desk.pages.frame import HEADERS
from widgets.desk.request import ENTRY_ID, DeskRequest
from widgets.store.desk_records import AuditEntry


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody was in the queue: the filters, and the post that gets the focus next."""

    filters: Filters = field(default_factory=Filters)
    next: str = ""

    def query(self) -> str:
        """As an address holds it, the post included."""
        following = urlencode({"next": self.next}) if self.next else ""
        return "&".join(part for part in (self.filters.query(), following) if part)

    def address(self, done: str) -> str:
        """With nothing left to go to, the top of the page has the focus."""
        query = "&".join(part for part in (done, self.filters.query()) if part)
        return f"{PATH}/?{query}#" + (f"i-{self.next}" if self.next else "main")


def place_of(asked: Mapping[str, str]) -> Place:
    following = asked.get("next", "")
    return Place(read_filters(asked), following if ENTRY_ID.fullmatch(following) else "")


def sent_place(request: DeskRequest) -> Place:
    """Where a form says that its sender was: the queue's own query in one field, since actions have a `reason` too."""
    return place_of(dict(parse_qsl(request.sent("at", 400))))


def done_at(entries: Sequence[AuditEntry], place: Place, passed: int = 0, pleas: int = 0) -> Response:
    """Redirect to the queue, which says what was done; a reload repeats nothing."""
    more = (f"&passed={passed}" if passed else "") + (f"&pleas={pleas}" if pleas else "")
    return RedirectResponse(place.address(f"done={entries[0].batch}{more}"), 303, HEADERS)
