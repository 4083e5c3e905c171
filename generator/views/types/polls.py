"""A poll with its choices and what is known of the votes."""

from __future__ import annotations

from generator.ground.model import Struct
from generator.views.types.parts import Date, Link


class PollChoice(Struct):
    """One answer with its count and share in whole percent; both are -1 where no tally may be shown."""

    key: str
    html: str
    label: str
    count: int = -1
    percent: int = -1


class Poll(Struct):
    """A poll as a form; *action* is empty where no function is deployed, then only the question shows.

    *total* is -1 without a tally. *as_of* is the moment of the baked tally. *results* is
    ``always``, ``after-vote`` or ``on-close``. *anchor* is the form's id in the page, *article* the page it lies in,
    *you_url* the page of one's own contributions, empty where another form of the page names it, *surveys_url* the
    condition's surveys while one is taken, *answer* the page that says what came of it.
    """

    id: str
    anchor: str
    question_html: str
    choices: tuple[PollChoice, ...]
    action: str = ""
    multiple: bool = False
    minimum: int = 1
    maximum: int = 1
    version: int = 1
    closes: Date | None = None
    closed: bool = False
    results: str = "always"
    sensitive: bool = False
    total: int = -1
    as_of: Date | None = None
    article: Link | None = None
    you_url: str = ""
    surveys_url: str = ""
    answer: Link | None = None
