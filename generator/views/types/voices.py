"""Stories and questions of members: the form, one of them as lists show it, and its page."""

from __future__ import annotations

from generator.ground.model import Struct
from generator.views.types.pages import Page
from generator.views.types.parts import Date, Link
from generator.views.types.threads import Comment, Thread


class VoiceRef(Struct):
    """A story or question as lists show it; *name* is empty for a member without a pseudonym. *simulated*: nobody wrote it."""

    title: str
    url: str
    summary: str
    date: Date
    name: str = ""
    language: str = ""
    content_notes: tuple[str, ...] = ()
    simulated: bool = False


class VoicePage(Page, tag="voice"):
    """A story or a question that a member sent, that somebody read and whose words its writer accepted.

    *kind* is ``story`` or ``question``; *html* is clean; *language* of the text is *written_in*, empty where it is the page's.
    *carer*: it is about a child, and the child's carer wrote it. *note_html* is a clinician's note with author and source.
    A question has a *thread* of answers; *accepted* is the one that staff accepted, always of a clinician or an editor.
    *answer* is the page that tells what came of it. *simulated*: nobody wrote any of it, it shows in a demonstration what such a page looks like.
    """

    kind: str = "story"
    html: str = ""
    name: str = ""
    date: Date | None = None
    written_in: str = ""
    carer: bool = False
    content_notes: tuple[str, ...] = ()
    note_html: str = ""
    thread: Thread | None = None
    accepted: Comment | None = None
    list_url: str = ""
    you_url: str = ""
    simulated: bool = False
    answer: Link | None = None
