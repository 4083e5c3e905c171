"""Owns what becomes of a plea among the free texts of a survey: help in the answer, a row in the queue, a call.

The row and the call tell of no answer. The text itself is read at the desk at once, alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from widgets.contract.manifest import Manifest
from widgets.contract.surveys import Survey
from widgets.function.state.services import Services
from widgets.function.text.crisis_help import Help, How, call_for, help_with
from widgets.function.text.refused_pleas import RefusedRow, forget_refused, tell
from widgets.function.text.refused_pleas import gravest as gravest_of
from widgets.function.text.same_words import refused_before
from widgets.rules.crisis import Plea

KEPT: Final = (
    "survey-text"  # the code of a row whose text was kept; others tell with which code it was refused
)
SURVEY: Final = "survey"  # the reason of a call


async def gravest(texts: Iterable[str], lang: str) -> tuple[Plea, str] | None:
    """The plea among them that is to be answered first, and its words."""
    return await gravest_of([text for text in texts if text], lang)


async def tell_of(
    services: Services,
    manifest: Manifest,
    survey: Survey,
    plea: Plea,
    code: str = KEPT,
    *,
    proven: bool = False,
    device: str | None = None,
    words: str = "",
) -> None:
    """Put it into the queue, and call whoever is on duty; once for the same words of the same device. Never raises
    StoreError."""
    refused = "" if code == KEPT else code
    how = How(plea.alert, proven=proven, refused=refused)
    call = call_for(services, manifest, survey.condition, ("crisis",), how)
    row = RefusedRow(survey.condition, code, plea.level)
    if refused:
        await tell(services, row, call, device, words)
        return
    before = await refused_before(services, device, words)
    call = None if call is None or (before is not None and before.told) else replace(call, reason=SURVEY)
    await tell(services, row, call)
    await forget_refused(services, before, call)


def lines_for(
    manifest: Manifest, plea: Plea | None, lang: str, spoken: Sequence[str], *, young: bool = False
) -> Help:
    """Lines of help; none without a plea."""
    return help_with(manifest, plea, lang, spoken, young=young)
