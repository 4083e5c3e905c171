"""Owns being told that somebody answered: asked for with a number made for this alone, off again at any time, a private feed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Final, Literal

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from widgets.contract.manifest import Manifest
from widgets.contract.problems import Problem
from widgets.function.http.answers import json_answer
from widgets.function.http.incoming import own_reader, read_write
from widgets.function.http.member import known_member
from widgets.function.http.routing import ApiRoute, Described
from widgets.function.kinds.kind import Kind, Reach
from widgets.function.pages.news_feed import feed_path, news_feed, own_page
from widgets.function.pages.page import link
from widgets.function.shapes import CommentId, Lang, Strict
from widgets.function.state.services import Services
from widgets.function.strings import language, phrase
from widgets.function.text.news import (
    COMMENT,
    end_feed,
    has_news,
    make_feed,
    own_news,
    read_feed,
    shown_news,
    watchers_of,
)
from widgets.function.text.voices import voice_of
from widgets.rules.limits import DAY, Limit
from widgets.store.records import Gone

HEADER: Final = "gatherwell-news"
_TOKEN: Final = re.compile(r"[0-9a-f]{32}")
_ASKED: Final = re.compile(r"([0-9a-f]{32})(?: ([0-9]{1,12}))?")

VoiceId = Annotated[str, msgspec.Meta(pattern=r"^[bcdfghjkmnpqrstvwxz]{8}\Z")]


class NewsRequest(Strict, frozen=True):
    """One post of one's own to be told about."""

    comment: CommentId | None = None
    story: VoiceId | None = None
    question: VoiceId | None = None


class NewsState(msgspec.Struct, frozen=True):
    state: Literal["on", "off"]


class FeedRequest(Strict, frozen=True):
    lang: Lang | None = None


class FeedAnswer(msgspec.Struct, frozen=True):
    """The path of the feed, told once; its token is that of its address."""

    token: Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{32}\Z")]
    path: str


class NewsItem(msgspec.Struct, frozen=True):
    """`at` in seconds since 1970; `thing` is the post that it is about, `by` the comment that answers it, in `thread`; both
    empty for what staff did."""

    kind: Literal["reply", "answer", "staff", "decision", "private"]
    at: int
    thing: str
    by: str
    thread: str


def _number(services: Services, request: Request) -> tuple[bytes, int]:
    """What the header holds: the device's number, and since when it asks. Raises Problem."""
    found = _ASKED.fullmatch(request.headers.get(HEADER, ""))
    if found is None:
        raise Problem("header-malformed", "Gatherwell-News is 32 hexadecimal digits.")
    return services.keys.news_number(found[1]), int(found[2] or 0)


async def ask(services: Services, request: Request) -> Response:
    """Whether there is news. The answer is as long for a number that nobody knows."""
    origin = await own_reader(request, services)
    await services.rate_limits.draw("news", services.addresses.of(request))
    number, since = _number(services, request)
    found = await has_news(services, number, since)
    return json_answer({"news": int(found)}, origin)


async def watch(services: Services, request: Request) -> Response:
    """Only of one's own: any other post is as one that is not there."""
    write = await read_write(request, services)
    await services.rate_limits.draw("news", write.address)
    member, (number, _) = known_member(write), _number(services, request)
    kind, condition, thing = await _own(services, member.device, write.json(NewsRequest))
    try:
        await services.store.news.watch(services.keys.watcher(kind, condition, number), thing)
    except Gone:
        raise Problem("unknown-comment") from None
    return json_answer({"state": "on"}, write.origin)


async def _own(services: Services, device: str, wanted: NewsRequest) -> tuple[str, str, str]:
    """Kind, condition and id. Raises Problem."""
    if wanted.comment is not None:
        comment = await services.store.comment(wanted.comment)
        if comment is not None and comment.author == services.keys.author(comment.condition, device):
            return COMMENT, comment.condition, comment.id
    elif (id_ := wanted.story or wanted.question) is not None:
        voice = await voice_of(services, id_)
        kind = "story" if wanted.story else "question"
        if (
            voice is not None
            and voice.kind == kind
            and voice.author == services.keys.teller(kind, voice.condition, device)
        ):
            return kind, voice.condition, voice.id
    raise Problem("unknown-comment")


async def unwatch(services: Services, request: Request) -> Response:
    write = await read_write(request, services)
    await services.rate_limits.draw("news", write.address)
    number, _ = _number(services, request)
    await services.store.news.unwatch(list(await watchers_of(services, number)))
    return json_answer({"state": "off"}, write.origin)


async def begin_feed(services: Services, request: Request) -> Response:
    write = await read_write(request, services)
    await services.rate_limits.draw("news", write.address)
    number, _ = _number(services, request)
    wanted = write.json(FeedRequest)
    token = await make_feed(services, number)
    if token is None:
        raise Problem("unknown-comment")  # nothing that was asked about is there any more
    manifest = await services.manifest.current()
    path = feed_path(manifest, token, write.origin, wanted.lang or manifest.default_language)
    return json_answer({"token": token, "path": path}, write.origin, 201)


async def end(services: Services, request: Request) -> Response:
    """Whoever has the address can end the feed; one that is not there is ended already."""
    write = await read_write(request, services)
    await services.rate_limits.draw("news", write.address)
    await end_feed(services, _token(request))
    return json_answer({"state": "off"}, write.origin)


async def feed(services: Services, request: Request) -> Response:
    """A guessed address, a dead one and one that was never there are answered alike."""
    await services.rate_limits.draw("news-feed", services.addresses.of(request))
    token = _token(request)
    days = await read_feed(services, token)
    if days is None:
        raise Problem("not-found")
    manifest = await services.manifest.current()
    lang = language(request.query_params.get("lang", manifest.default_language))
    page = own_page(manifest, request.query_params.get("at", ""), lang)
    return news_feed(services.keys, token, page, lang, days)


def _token(request: Request) -> str:
    token: str = request.path_params["token"]
    if not _TOKEN.fullmatch(token):
        raise Problem("not-found")
    return token


async def _export(services: Services, device: str, reach: Reach) -> dict[str, Any]:
    return {"news": shown_news(await own_news(services, device, reach.conditions))}


async def _erase(services: Services, device: str, reach: Reach) -> dict[str, int]:
    return {"news": 0}  # it went with the posts


def _mine(manifest: Manifest, document: Mapping[str, Any], lang: str) -> Iterator[str]:
    for one in document["news"]:
        thread = manifest.threads.get(one["thread"])
        if thread is not None and one["by"]:
            page = manifest.conditions[thread.condition].origin + manifest.page_path(thread.pages, lang)
            yield link(f"{page}#c-{one['by']}", phrase(lang, "news-answer").format(title=thread.title))


NEWS: Final = Kind(
    "news",
    (
        ApiRoute("GET", "/news", ask),
        ApiRoute(
            "POST",
            "/news",
            watch,
            Described("Be told when somebody answers one's own post", NewsState, NewsRequest),
        ),
        ApiRoute("DELETE", "/news", unwatch, Described("Be told no more", NewsState)),
        ApiRoute(
            "POST",
            "/news/feed",
            begin_feed,
            Described("Make a private feed", FeedAnswer, FeedRequest, status="201"),
        ),
        ApiRoute("GET", "/news/{token}", feed),
        ApiRoute("DELETE", "/news/{token}", end, Described("End a private feed", NewsState)),
    ),
    _export,
    _erase,
    shown={"news": NewsItem},
    mine=_mine,
    limits={
        "news": (Limit(30, 60), Limit(300, DAY)),
        # A hosted reader fetches for many people from few addresses.
        "news-feed": (Limit(120, 60),),
    },
)
