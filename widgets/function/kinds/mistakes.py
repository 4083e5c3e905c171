"""Owns reports of mistakes in a page: no key, no cookie, no name; editors read them in a list of their own."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from widgets.contract.manifest import HelpLine
from widgets.contract.problems import Problem
from widgets.function.http.answers import json_answer
from widgets.function.http.incoming import Write, read_write
from widgets.function.http.routing import ApiRoute, Described
from widgets.function.kinds.kind import Kind, Reach
from widgets.function.pages.help_lines import help_fields
from widgets.function.pages.said import Said, said_or_help
from widgets.function.shapes import Lang, Strict
from widgets.function.state.services import Services
from widgets.function.text.crisis_help import Help, How, call_for, help_with
from widgets.function.text.mistakes import LONGEST, LONGEST_PASSAGE, MISTAKE, Mistake, keep_mistake
from widgets.function.text.refused_pleas import RefusedRow, judged, tell
from widgets.rules.age import tells_age_below
from widgets.rules.limits import DAY, Limit
from widgets.rules.publishing.child import URGENCY as CHILD_URGENCY
from widgets.rules.publishing.crisis import reason_of
from widgets.rules.text import normalise


class MistakeRequest(Strict, frozen=True):
    text: Annotated[str, msgspec.Meta(min_length=1, max_length=20_000)]
    passage: Annotated[str, msgspec.Meta(max_length=20_000)] = ""
    website: Annotated[str, msgspec.Meta(max_length=500)] = ""
    lang: Lang | None = None


class MistakeAnswer(msgspec.Struct, frozen=True):
    """`help` holds lines where the words tell of danger, and `help_words` what is said with them."""

    thread: str
    state: Literal["received"]
    help: tuple[HelpLine, ...]
    help_words: dict[str, str] | msgspec.UnsetType = msgspec.UNSET


async def report(services: Services, request: Request) -> Response:
    """Needs no proof of work, since nothing of it ever shows: narrow limits are enough."""
    write = await read_write(request, services)
    thread = request.path_params["thread"]
    (await services.manifest.current()).thread(thread)
    wanted = _by_form(write) if write.is_form else write.json(MistakeRequest)
    if wanted.website:
        raise Problem("trap-field")
    await services.rate_limits.draw("mistake", write.address)
    given = await _take(services, thread, wanted, write)
    if write.is_form:
        manifest = await services.manifest.current()
        said = Said("mistake", wanted.lang or "", thread=thread)
        return said_or_help(services, manifest, request, said, given)
    helped = help_fields(given, wanted.lang or "", "mistake")
    return json_answer({"thread": thread, "state": "received", **helped}, write.origin, 202)


def _by_form(write: Write) -> MistakeRequest:
    fields = write.fields()
    return MistakeRequest(
        fields.get("text", ""), fields.get("passage", ""), fields.get("website", ""), fields.get("lang")
    )


async def _take(services: Services, thread_id: str, wanted: MistakeRequest, write: Write) -> Help:
    """Keep it, and see to it that a plea is answered as everywhere."""
    manifest = await services.manifest.current()
    lang, condition = manifest.language_of(wanted.lang), manifest.thread(thread_id).condition
    text = normalise(wanted.text, LONGEST)
    passage = normalise(wanted.passage, len(wanted.passage)) if wanted.passage.strip() else ""
    plea = await judged((text, passage), lang)  # somebody may write into either field
    young = any(tells_age_below(one, manifest.minimum_age(condition)) for one in (text, passage))
    kept = Mistake(
        thread=thread_id,
        condition=condition,
        text=text,
        passage=passage if plea else passage[:LONGEST_PASSAGE],
        lang=lang,
        day=services.now() // DAY,
        held=((reason_of(plea),) if plea else ()) + (("child",) if young else ()),
        urgency=plea.urgency if plea else CHILD_URGENCY if young else 0,
    )
    await keep_mistake(services, kept)
    if plea is not None:
        call = call_for(services, manifest, condition, ("crisis",), How(plea.alert))
        await tell(services, RefusedRow(condition, MISTAKE, plea.level), call)
    return help_with(manifest, plea, lang, write.languages, young=young)


async def _export(services: Services, device: str, reach: Reach) -> dict[str, Any]:
    return {}  # nothing tells whose they are


async def _erase(services: Services, device: str, reach: Reach) -> dict[str, int]:
    return {}


_FORM: Final = {
    "text": "what is wrong, at most 2,000 characters",
    "passage": "the place in the page",
    "lang": "the page's language",
    "website": "stays empty",
}

MISTAKES: Final = Kind(
    "mistakes",
    (
        ApiRoute(
            "POST",
            "/threads/{thread}/mistakes",
            report,
            Described("Report a mistake in a page", MistakeAnswer, MistakeRequest, form=_FORM, status="202"),
        ),
    ),
    _export,
    _erase,
    said=("mistake",),
    limits={"mistake": (Limit(6, 3_600), Limit(20, DAY), Limit(60, DAY, "/48"), Limit(120, DAY, "/24"))},
)
