"""Owns what staff write in public: a comment with their name, their role and, where there is one, their profile."""

from __future__ import annotations

import re
from typing import Final

from widgets.contract.problems import Problem
from widgets.desk.refusals import Refused
from widgets.desk.request import DeskRequest
from widgets.rules.text import normalise, render
from widgets.store.records import Comment, Once

_ONCE: Final = re.compile(r"[0-9a-z]{26}")


def written(request: DeskRequest, thread: str, condition: str, lang: str, above: Comment | None) -> Comment:
    """The form's text as a comment in *thread*, below another or by itself. Raises Refused where there is no text."""
    services, staff = request.services, request.staff
    id_ = services.new_id()
    try:
        text = normalise(request.sent("text", services.settings.text_limit), services.settings.text_limit)
    except Problem:
        raise Refused(400, "text") from None
    return Comment(
        id=id_,
        thread=thread,
        condition=condition,
        root=above.root if above else id_,
        parent=above.id if above else None,
        author=services.keys.staff_author(condition, staff.id),
        pseudonym=staff.name,
        skeleton=f"@{staff.id}",  # no member's can be equal: a stranger's name keeps nobody from answering
        text=text,
        html=render(text),
        lang=lang,
        state="published",
        created=services.now(),
        role=staff.role,
        person=staff.person,
    )


def intent(request: DeskRequest, about: str, text: str) -> Once | None:
    """The intent of the form: sent twice, it writes one answer."""
    sent = request.sent("once")
    if not _ONCE.fullmatch(sent):
        return None
    key = request.services.keys.once("desk-answer", request.staff.id, sent)
    return Once(key, request.services.keys.digest(key, about, text), request.services.today())
