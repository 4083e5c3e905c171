"""Owns the kinds of contribution, in one ordered list: a new one is one file, one entry here, one test."""

from __future__ import annotations

from typing import Final

from widgets.function.kinds.asked_help import ASKED_HELP
from widgets.function.kinds.comments import COMMENTS
from widgets.function.kinds.flags import FLAGS
from widgets.function.kinds.kind import Kind
from widgets.function.kinds.mistakes import MISTAKES
from widgets.function.kinds.news import NEWS
from widgets.function.kinds.polls import POLLS
from widgets.function.kinds.reactions import REACTIONS
from widgets.function.kinds.surveys import SURVEYS
from widgets.function.kinds.voices import VOICES

KINDS: Final[tuple[Kind, ...]] = (
    POLLS,
    REACTIONS,
    COMMENTS,
    FLAGS,
    SURVEYS,
    MISTAKES,
    VOICES,
    ASKED_HELP,
    NEWS,
)
