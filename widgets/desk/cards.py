"""Owns how a comment looks to staff: its urgency and the reasons for it in words, its place, its age."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from widgets.desk.call import Call
from widgets.store.records import Comment


@dataclass(frozen=True, slots=True)
class Card:
    """What a template may see of a comment. `path` leads to the page that readers see."""

    id: str
    revision: int
    pseudonym: str
    role: str | None
    text: str
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


def card(call: Call, comment: Comment, looking: Mapping[str, str] | None = None) -> Card:
    """`looking`: comment → name of who looks at it."""
    thread = call.manifest.threads.get(comment.thread)
    condition = call.manifest.conditions.get(comment.condition)
    path = f"{call.manifest.page_path(thread.pages, comment.lang)}#c-{comment.id}" if thread else ""
    return Card(
        id=comment.id,
        revision=comment.revision,
        pseudonym=comment.pseudonym,
        role=comment.role,
        text=comment.text,
        lang=comment.lang,
        state=comment.state,
        urgency=comment.urgency,
        urgency_words=call.words(f"urgency.{urgency_step(comment.urgency)}"),
        reasons=reasons(call, comment),
        created=comment.created,
        ago=call.words.ago(call.services.now() - comment.created),
        title=thread.title if thread else comment.thread,
        path=path,
        condition=condition.title if condition else comment.condition,
        looked_by=(looking or {}).get(comment.id, ""),
        queued=comment.queued,
        note_html=comment.note.html if comment.note else "",
        note_by=comment.note.by if comment.note else "",
    )


def urgency_step(urgency: int) -> str:
    """1 routine to 9 at once, as four words."""
    if urgency >= 9:
        return "now"
    if urgency >= 5:
        return "soon"
    return "today" if urgency >= 2 else "routine"


def reasons(call: Call, comment: Comment) -> tuple[str, ...]:
    """Why it waits: what rules held, then what readers pointed out."""
    found = [call.words.known("reason", name) for name in comment.held]
    for name, n in sorted(comment.flags.items()):
        flagged = call.words.known("flag", name)
        found.append(call.words("flagged.one" if n == 1 else "flagged.many", n=n, what=flagged))
    return tuple(found)
