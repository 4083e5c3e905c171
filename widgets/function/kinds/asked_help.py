"""Owns the question whether words ask for help, put before they are sent: answered at once, kept nowhere, without a limit.

An element asks it while a proof of work is being solved, and where a form cannot be sent as it is.
"""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from widgets.contract.manifest import HelpLine, Manifest
from widgets.function.http.answers import json_answer
from widgets.function.http.incoming import read_write
from widgets.function.http.routing import ApiRoute, Described
from widgets.function.kinds.kind import Kind, Reach
from widgets.function.kinds.voice_shapes import HelpWords
from widgets.function.pages.help_lines import help_fields
from widgets.function.shapes import Lang, Strict
from widgets.function.state.services import Services
from widgets.function.text.crisis_help import How, call_for, help_with
from widgets.function.text.refused_pleas import RefusedRow, gravest, is_young, tell
from widgets.rules.voices.asked import MOST_CHARACTERS


class HelpRequest(Strict, frozen=True):
    """`about`: the id of the thread, survey or form. `missing`: why the form cannot be sent as it is; those on duty are then
    told, as of a refused plea."""

    texts: Annotated[
        tuple[Annotated[str, msgspec.Meta(max_length=60_000)], ...], msgspec.Meta(max_length=100)
    ]
    about: Annotated[str, msgspec.Meta(max_length=200)] = ""
    lang: Lang | None = None
    missing: Literal["answers-invalid", "consent-missing", "age-missing"] | None = None


class HelpAnswer(msgspec.Struct, frozen=True, omit_defaults=True):
    """Empty where the words are no plea."""

    help: tuple[HelpLine, ...]
    help_words: HelpWords | msgspec.UnsetType = msgspec.UNSET


async def look(services: Services, request: Request) -> Response:
    write = await read_write(request, services, MOST_CHARACTERS)
    wanted = write.json(HelpRequest)
    manifest = await services.manifest.current()
    lang = manifest.language_of(wanted.lang)
    found = await gravest(wanted.texts, lang)
    plea, words = found or (None, "")
    condition = _condition(manifest, wanted.about)
    if plea is not None and wanted.missing is not None:
        how = How(plea.alert, refused=wanted.missing)
        call = call_for(services, manifest, condition, ("crisis",), how)
        await tell(services, RefusedRow(condition, wanted.missing, plea.level), call, write.device, words)
    young = await is_young(wanted.texts, manifest.minimum_age(condition))
    given = help_with(manifest, plea, lang, write.languages, young=young)
    said = "survey-refused" if wanted.missing else "sending"
    return json_answer(help_fields(given, wanted.lang or "", said), write.origin)


def _condition(manifest: Manifest, id_: str) -> str:
    """Empty where no page has this id."""
    found = manifest.threads.get(id_) or manifest.surveys.get(id_) or manifest.voices.get(id_)
    return found.condition if found else ""


async def _export(services: Services, device: str, reach: Reach) -> dict[str, Any]:
    return {}  # nothing is kept


async def _erase(services: Services, device: str, reach: Reach) -> dict[str, int]:
    return {}


ASKED_HELP: Final = Kind(
    "asked-help",
    (
        ApiRoute(
            "POST",
            "/help",
            look,
            Described("Ask whether words are a plea, before they are sent", HelpAnswer, HelpRequest),
        ),
    ),
    _export,
    _erase,
)
