"""Owns how a comment looks to staff: its urgency and the reasons for it in words, its place, its age."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from widgets.desk.imports.old_names import is_old
from widgets.desk.request import DeskRequest
from widgets.rules.bursts import alone, asks_first, one_by_one
from widgets.rules.personal_data import personal_data
from widgets.rules.text import render, render_long
from widgets.store.records import Comment

_MOST_SCANNED: Final = 4_000  # characters of a post: a page scans up to fifty
_LINK: Final = re.compile(r'<a href="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Card:
    """What a template may see of a comment. `path` leads to the page that readers see."""

    id: str
    revision: int
    pseudonym: str
    role: str | None
    text: str
    html: Markup
    lang: str
    state: str
    urgency: int
    urgency_words: str
    reasons: tuple[str, ...]
    created: int
    ago: str
    title: str
    path: str
    condition: str
    looked_by: str
    queued: bool
    note_html: str
    note_by: str
    one_by_one: bool
    alone: bool  # no act on many touches it
    asks_first: bool  # no single press shows it to everybody
    aside: bool
    imported: bool
    assigned: str  # in words: who is on it, and since when
    assigned_own: bool


def card(
    request: DeskRequest,
    comment: Comment,
    looking: Mapping[str, str] | None = None,
    assigned: Mapping[str, tuple[str, bool]] | None = None,
) -> Card:
    """`looking`: comment → name of who looks at it. `assigned`: comment → who is on it in words, and whether it is the reader."""
    on_it, own = (assigned or {}).get(comment.id, ("", False))
    thread = request.manifest.threads.get(comment.thread)
    condition = request.manifest.conditions.get(comment.condition)
    path = f"{request.manifest.page_path(thread.pages, comment.lang)}#c-{comment.id}" if thread else ""
    return Card(
        id=comment.id,
        revision=comment.revision,
        pseudonym=comment.pseudonym,
        role=comment.role,
        text=comment.text,
        html=as_staff_read_it(comment.text),
        lang=comment.lang,
        state=comment.state,
        urgency=comment.urgency,
        urgency_words=request.words(f"urgency.{urgency_step(comment.urgency)}"),
        reasons=reasons(request, comment),
        created=comment.created,
        ago=request.words.ago(request.services.now() - comment.created),
        title=thread.title if thread else comment.thread,
        path=path,
        condition=condition.title if condition else comment.condition,
        looked_by=(looking or {}).get(comment.id, ""),
        queued=comment.queued,
        note_html=comment.note.html if comment.note else "",
        note_by=comment.note.by if comment.note else "",
        one_by_one=one_by_one(comment.held, comment.urgency, comment.flags),
        alone=alone(comment.held, comment.urgency, comment.flags),
        asks_first=asks_first(comment.held, comment.urgency, comment.flags),
        aside=is_aside(comment, request.services.now()),
        imported=is_old(comment.author),
        assigned=on_it,
        assigned_own=own,
    )


def as_staff_read_it(text: str) -> Markup:
    """A text as readers will see it, but for its links: each is its label and its address, and nobody opens it by
    a slip.
    """
    return Markup(_LINK.sub(_written_out, render(text)))


def as_staff_read_long(text: str) -> Markup:
    """The same of a story or question, which has headings."""
    return Markup(_LINK.sub(_written_out, render_long(text)))


def _written_out(link: re.Match[str]) -> str:
    address, label = link[1], link[2]
    shown = address.removeprefix("mailto:")
    return label if label == shown else f'{label} <span class="address">({shown})</span>'


def urgency_step(urgency: int) -> str:
    """1 routine to 9 at once, as four words."""
    if urgency >= 9:
        return "now"
    if urgency >= 5:
        return "soon"
    return "today" if urgency >= 2 else "routine"


def reasons(request: DeskRequest, comment: Comment) -> tuple[str, ...]:
    """Why it waits: what rules held, personal data that its writer confirmed, then what readers pointed out."""
    names = list(comment.held)
    if comment.queued and personal_data(comment.text[:_MOST_SCANNED], request.manifest.own_numbers()):
        names.append("personal-data")
    found = [request.words.known("reason", name) for name in dict.fromkeys(names)]
    found += of_children(request, comment.held)
    for name, n in sorted(comment.flags.items()):
        flagged = request.words.known("flag", name)
        found.append(request.words.count("flagged", n, what=flagged))
    return tuple(found)


def of_children(request: DeskRequest, held: Sequence[str]) -> list[str]:
    """Whom to turn to where its writer may be a child."""
    if "child" not in held:
        return []
    contact = request.services.settings.safeguarding
    return [request.words("child.contact" if contact else "child.nobody", contact=contact)]


def is_aside(comment: Comment, now: int) -> bool:
    """Whether staff set it aside and its day is not over. A plea never is, whatever came after."""
    set_aside = comment.queued and comment.aside is not None and comment.aside > now
    return set_aside and not one_by_one(comment.held, comment.urgency, comment.flags)
