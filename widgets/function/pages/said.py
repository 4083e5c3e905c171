"""Owns the confirmation page after a form: what happened, whether a cookie was set, a link back."""

from __future__ import annotations

import hmac
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from widgets.contract.manifest import Manifest
from widgets.contract.problems import Problem
from widgets.contract.surveys import Survey
from widgets.function.pages.help_lines import help_parts, help_title
from widgets.function.pages.page import html_page, link, link_to_own, paragraph
from widgets.function.state.services import Services
from widgets.function.strings import language, phrase
from widgets.function.text.crisis_help import Help

_PLACE: Final = "/api/v1/said"
_SECONDS: Final = 600
_MOMENT: Final = re.compile(r"[0-9]{1,12}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Said:
    """What happened, as an answer page tells it: `what` is a key of strings, `first` whether a cookie was set, `second_name`
    whether its writer has another name here too.

    All values are of ours or were looked up before, `lang` apart.
    """

    what: str
    lang: str = ""
    poll: str = ""
    thread: str = ""
    first: bool = False
    second_name: bool = False


def to_said(services: Services, said: Said) -> Response:
    """303, so that reloading the answer does not post again. The address is signed and ends soon: nobody can send others
    to a page of the site that says what did not happen."""
    said = replace(said, lang=language(said.lang))
    until = services.now() + _SECONDS
    query = {
        "what": said.what,
        "poll": said.poll,
        "thread": said.thread,
        "lang": said.lang,
        "first": "1" if said.first else "",
        "name": "2" if said.second_name else "",
        "until": str(until),
        "sign": _signature(services, said, until),
    }
    target = f"{_PLACE}?{urlencode({name: value for name, value in query.items() if value})}"
    return Response(status_code=303, headers={"Cache-Control": "no-store", "Location": target})


def _signature(services: Services, said: Said, until: int) -> str:
    flags = ("1" if said.first else "", "2" if said.second_name else "")
    return services.keys.digest("said", said.what, said.poll, said.thread, said.lang, *flags, str(until))


def _signed(services: Services, query: Mapping[str, str]) -> Said:
    """What an address of `to_said` tells. Raises Problem not-found where it is not ours, or too old."""
    said = Said(
        query.get("what", ""),
        query.get("lang", ""),
        query.get("poll", ""),
        query.get("thread", ""),
        query.get("first") == "1",
        query.get("name") == "2",
    )
    until = query.get("until", "")
    known = _MOMENT.fullmatch(until) is not None
    right = _signature(services, said, int(until)) if known else ""
    sent = query.get("sign", "").encode("utf-8", "surrogatepass")
    if not known or not hmac.compare_digest(sent, right.encode()) or services.now() > int(until):
        raise Problem("not-found")
    return said


def said_or_help(
    services: Services, manifest: Manifest, request: Request, said: Said, given: Help
) -> Response:
    """With lines of help the page comes in this answer itself: a redirect's address would tell that help was needed."""
    if not given:
        return to_said(services, said)
    return _page(said, phrase, way_back_to(services, manifest, request, said), given)


@dataclass(frozen=True, slots=True)
class SaidPages:
    """The pages at `/said`: `what` they can tell, and the strings of later kinds, by language and key."""

    what: frozenset[str]
    strings: Sequence[Mapping[str, Mapping[str, str]]] = ()

    async def answer(self, services: Services, request: Request) -> Response:
        said = _signed(services, request.query_params)
        if said.what not in self.what:
            raise Problem("not-found")
        manifest = await services.manifest.current()
        back = way_back_to(services, manifest, request, said)
        return _page(said, self.text, back, offered=_offered(services, manifest, said, back))

    def text(self, lang: str, key: str) -> str:
        for strings in self.strings:
            if key in strings.get(lang, {}):
                return strings[lang][key]
        return phrase(lang, key)


Text = Callable[[str, str], str]  # (language, key) → text


def _offered(
    services: Services, manifest: Manifest, said: Said, back: str | None
) -> Sequence[tuple[str, str]]:
    """After a vote: address and title of the condition's surveys that are taken now, as the page itself offers them."""
    poll, now = manifest.polls.get(said.poll), services.settings.clock()
    if poll is None or back is None or said.what in ("erased", "unvoted"):
        return ()
    origin = manifest.conditions[poll.condition].origin if "//" in back else ""
    found = [
        one for one in manifest.surveys.values() if one.condition == poll.condition and one.taken_at(now)
    ]
    return [(origin + manifest.page_path(one.pages, said.lang), _title(one, manifest, said)) for one in found]


def _title(survey: Survey, manifest: Manifest, said: Said) -> str:
    words = survey.words.get(said.lang) or survey.words.get(manifest.default_language)
    return (words or next(iter(survey.words.values()))).title


def _page(
    said: Said,
    text: Text,
    back: str | None,
    given: Help | None = None,
    offered: Sequence[tuple[str, str]] = (),
) -> Response:
    """What happened; lines of help come first."""
    lang = language(said.lang)
    parts = [*help_parts(lang, said.what, given)] if given else [paragraph(text(lang, said.what))]
    if said.second_name:
        parts.append(paragraph(phrase(lang, "second-name")))
    if said.first:
        parts.append(paragraph(phrase(lang, "cookie")))
    if back:
        parts.append(link(back, phrase(lang, "back")))
    if offered:
        parts.append(paragraph(phrase(lang, "survey-offered")))
        parts += [link(address, title) for address, title in offered]
    if said.what != "erased":
        parts.append(link_to_own(lang))
    title = help_title(lang, given) if given else text(lang, f"{said.what}-title")
    return html_page(lang, title, parts)


def way_back_to(services: Services, manifest: Manifest, request: Request, said: Said) -> str | None:
    item = manifest.polls.get(said.poll) or manifest.threads.get(said.thread)
    if item is None:
        return None
    path = manifest.page_path(item.pages, said.lang)
    here = f"{request.url.scheme}://{request.url.netloc}"
    ours = services.own_origin(manifest, here)
    return path if ours else manifest.conditions[item.condition].origin + path
