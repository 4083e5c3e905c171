"""Owns the page of what needs advocates: where a clinician is asked for, questions and posts without an answer, by condition and
age. Everybody at the desk may read it: nothing that the public cannot see is on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from starlette.responses import Response

from widgets.desk.auth.passkeys import welcome
from widgets.desk.moderation.clinicians import MOST, open_askings, question_answered, question_asks
from widgets.desk.moderation.comment_cards import Card, card
from widgets.desk.moderation.questions import title_of
from widgets.desk.pages.frame import page
from widgets.desk.request import DeskRequest
from widgets.function.state.services import Services
from widgets.store.records import Comment
from widgets.store.voices import Voice, thread_of
from widgets.store.waiting import Asking, Question

SECONDS: Final = 60 * 86_400  # how old a post may be: later its writer looks no more
_SHOWN: Final = 50


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits in some conditions, each list with what has waited longest first."""

    asking: tuple[Asking, ...]
    questions_asking: tuple[Voice, ...]
    questions: tuple[Voice, ...]
    posts: tuple[Comment, ...]


@dataclass(frozen=True, slots=True)
class QuestionCard:
    """What the page shows of a question; `day` is when it was published."""

    id: str
    title: str
    lang: str
    pseudonym: str
    day: str


@dataclass(frozen=True, slots=True)
class Place:
    """One condition with what waits there; `firsts` are the ids of posts that are their pseudonym's first."""

    id: str
    title: str
    asking: tuple[Card, ...]
    questions_asking: tuple[QuestionCard, ...]
    questions: tuple[QuestionCard, ...]
    posts: tuple[Card, ...]
    firsts: frozenset[str]

    @property
    def count(self) -> int:
        return len(self.asking) + len(self.questions_asking) + len(self.questions) + len(self.posts)


async def read_waiting(services: Services, conditions: Sequence[str]) -> Waiting:
    """Of these conditions; none named: of all. An answer to a member's question is no post that waits for one;
    what a clinician is asked about stands in one list."""
    store, now = services.store, services.now()
    asked = await store.waiting.questions(conditions)
    threads = {thread_of(one.voice) for one in asked}
    posts = await store.unanswered(now - SECONDS, MOST, conditions)
    asking = tuple(await open_askings(store, now, conditions))
    elsewhere = {one.comment.id for one in asking}
    return Waiting(
        asking,
        tuple(await _asking(services, asked)),
        tuple(one.voice for one in asked if not one.answers and not question_asks(one.voice, now)),
        tuple(one for one in posts if one.thread not in threads and one.id not in elsewhere),
    )


async def _asking(services: Services, asked: Sequence[Question]) -> list[Voice]:
    found = [one.voice for one in asked if question_asks(one.voice, services.now())]
    return [voice for voice in found if not await question_answered(services.store, voice)]


async def show(request: DeskRequest) -> Response:
    waiting = await read_waiting(request.services, request.staff.conditions)
    names = [one.comment.condition for one in waiting.asking] + [one.condition for one in waiting.posts]
    names += [one.condition for one in (*waiting.questions_asking, *waiting.questions)]
    places = [await _place(request, waiting, name) for name in dict.fromkeys(names)]
    return page(
        request,
        "unanswered",
        waiting=sorted(places, key=lambda place: place.title.casefold()),
        welcome=welcome(request),
    )


async def _place(request: DeskRequest, waiting: Waiting, condition: str) -> Place:
    known = request.manifest.conditions.get(condition)
    posts = [one for one in waiting.posts if one.condition == condition][:_SHOWN]
    asking = [one.comment for one in waiting.asking if one.comment.condition == condition]
    return Place(
        condition,
        known.title if known else condition,
        tuple(card(request, one) for one in asking),
        _questions(request, waiting.questions_asking, condition),
        _questions(request, waiting.questions, condition),
        tuple(card(request, one) for one in posts),
        frozenset([one.id for one in posts if await _is_first(request, one)]),
    )


def _questions(request: DeskRequest, voices: Sequence[Voice], condition: str) -> tuple[QuestionCard, ...]:
    return tuple(
        QuestionCard(
            one.id,
            title_of(one),
            one.lang,
            one.pseudonym or request.words("voice.member"),
            one.published,
        )
        for one in voices
        if one.condition == condition
    )[:_SHOWN]


async def _is_first(request: DeskRequest, comment: Comment) -> bool:
    """Whether its pseudonym shows nothing else: who is new and unanswered may not come again."""
    own = await request.services.store.comments_by(comment.author)
    return not any(one.id != comment.id and one.visible for one in own)
