"""Comments and reactions of one page."""

from __future__ import annotations

from generator.ground.model import Struct
from generator.views.types.parts import Date


class Comment(Struct):
    """A published comment as the snapshot has it; *html* is clean, *text* plain, *replies* one level deep.

    *reacted* counts the first of the page's reactions, which is the one that its comments have. *profile* is
    the page of a member of staff, where the site has one.
    """

    id: str
    name: str
    html: str
    text: str
    date: Date
    role: str = ""
    edited: bool = False
    note_html: str = ""
    replies: tuple[Comment, ...] = ()
    reacted: int = 0
    profile: str = ""


class Reaction(Struct):
    """*key* is a key of the strings (``reaction.me-too``); *count* is -1 without a snapshot."""

    key: str
    count: int = -1


class Thread(Struct):
    """Comments and reactions of one page; *comments* is ``open``, ``closed`` or ``off``.

    *actions* are the endpoints of the forms: ``comments`` and ``reactions``, empty without a function. *people_url* is
    where profiles lie by id, for answers of staff that come after the build.
    """

    id: str
    comments: str
    reactions: tuple[Reaction, ...] = ()
    comments_action: str = ""
    reactions_action: str = ""
    count: int = -1
    baked: tuple[Comment, ...] = ()
    people_url: str = ""
    minimum_age: int = 0
