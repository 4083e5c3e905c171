"""Owns what is news for a device: found when it asks, from what is kept of the posts that it asked about, and the private feed.

A number of chance that the device made for this alone stands for it. The store has a hash of it for each kind of post in each
condition, so that no row leads from one to another; whoever asks brings the number, and all of them are looked at.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any, Final

from widgets.function.state.services import Services
from widgets.function.text.private_answers import PRIVATE_ANSWER, answered_from
from widgets.function.text.voices import live_all, voice_of
from widgets.rules.news import MOST, News, feed_days, feed_ends, is_news, news_of_comment, news_of_voice
from widgets.store.desk_records import AuditAsk, DeskRow
from widgets.store.records import Comment, Conflict
from widgets.store.voices import Voice, VoiceKind, thread_of

COMMENT: Final = "comment"
VOICE_KINDS: Final[tuple[VoiceKind, ...]] = ("story", "question")
FEED: Final = "news-feed"  # kind of rows of the desk: a hash of the address → the number, sealed under the address itself
_MOST_ENTRIES: Final = 50  # of the audit, about one story
_MOST_ANSWERS: Final = 100  # to one question, the newest


async def watchers_of(services: Services, number: bytes) -> Mapping[str, tuple[str, str]]:
    """Every hash under which this number may watch posts → kind and condition."""
    manifest = await services.manifest.current()
    conditions = dict.fromkeys([*manifest.conditions, *manifest.retired.conditions])
    return {
        services.keys.watcher(kind, condition, number): (kind, condition)
        for condition in conditions
        for kind in (COMMENT, *VOICE_KINDS)
    }


async def has_news(services: Services, number: bytes, since: int) -> bool:
    return is_news(await _watched_news(services, number) or (), since)


async def _watched_news(services: Services, number: bytes) -> list[News] | None:
    """None where nothing is watched."""
    watchers = await watchers_of(services, number)
    watched = await services.store.news.watched(list(watchers))
    comments: list[Comment] = []
    voices: list[Voice] = []
    for watcher, things in watched.items():
        for thing in sorted(things, reverse=True)[:MOST]:
            if watchers[watcher][0] == COMMENT:
                comment = await services.store.comment(thing)
                comments += [comment] if comment else []
            else:
                voice = await voice_of(services, thing)
                voices += [voice] if voice else []
                if voice is None:  # it lapsed in a store that lets go of rows by itself
                    await services.store.news.forget(thing)
    return await news_about(services, comments, voices) if comments or voices else None


async def news_about(services: Services, comments: Sequence[Comment], voices: Sequence[Voice]) -> list[News]:
    """All news about one device's posts. What it wrote below its own question is known by the comments alone."""
    rows = await services.store.rows_beside(PRIVATE_ANSWER, [one.id for one in comments])
    talks: dict[tuple[str, str], list[Comment]] = {}
    found: list[News] = []
    for own in comments:
        place = own.thread, own.root
        if place not in talks:
            talks[place] = await services.store.conversation(*place)
        answered = answered_from(rows.get(own.id), services.now())
        private = [answer.at for answer in answered.answers] if answered else []
        found += news_of_comment(own, talks[place], private)
    mine = {own.author for own in comments}
    for voice in voices:
        answers = (
            await services.store.newest(thread_of(voice), _MOST_ANSWERS) if voice.kind == "question" else []
        )
        entries = await services.store.audit(AuditAsk(_MOST_ENTRIES, comment=voice.id))
        found += news_of_voice(voice, answers, entries, mine)
    return found


async def own_news(services: Services, device: str, conditions: Sequence[str]) -> list[News]:
    """News about what this device wrote, whether it asked to be told or not."""
    comments: list[Comment] = []
    voices: list[Voice] = []
    for condition in conditions:
        comments += (await services.store.comments_by(services.keys.author(condition, device)))[-MOST:]
        for kind in VOICE_KINDS:
            teller = services.keys.teller(kind, condition, device)
            voices += await live_all(services, await services.store.voices.by_author(teller))
    return await news_about(services, comments, voices)


# -- the private feed


async def make_feed(services: Services, number: bytes) -> str | None:
    """The token of a new feed's address; None where nothing is watched."""
    if not await services.store.news.watched(list(await watchers_of(services, number))):
        return None
    token = services.settings.random(16).hex()
    value = {"sealed": services.keys.sealed(token, number).hex()}
    id_ = services.keys.news_feed(token)
    await services.store.keep_desk_row(DeskRow(FEED, id_, value, feed_ends(services.now())))
    return token


async def end_feed(services: Services, token: str) -> None:
    await services.store.drop_desk_row(FEED, services.keys.news_feed(token))


async def read_feed(services: Services, token: str) -> list[str] | None:
    """The days of a feed's entries; None where there is none, or none any more. It lives on by being read; one whose posts
    are all gone is gone with them."""
    row = await services.store.desk_row(FEED, services.keys.news_feed(token))
    if row is None or row.expires is None or services.now() >= row.expires:
        return None
    number = services.keys.sealed(token, bytes.fromhex(row.value["sealed"]))
    found = await _watched_news(services, number)
    if found is None:
        await services.store.drop_desk_row(FEED, row.id)
        return None
    ends = feed_ends(services.now())
    if ends != row.expires:
        with suppress(Conflict):  # fetched twice at once
            await services.store.keep_desk_row(replace(row, expires=ends))
    return await asyncio.to_thread(feed_days, found, services.now())


def shown_news(found: Sequence[News]) -> list[dict[str, Any]]:
    """As their reader sees them, the newest first."""
    return [
        {"kind": one.kind, "at": one.at, "thing": one.thing, "by": one.by, "thread": one.thread}
        for one in sorted(found, key=lambda one: (-one.at, one.by))
    ]
