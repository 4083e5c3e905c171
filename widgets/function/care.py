"""Owns the help that is shown to whoever wrote of danger, in the very answer to what they wrote."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from widgets.function.alerts import Alert
from widgets.function.manifest import HelpLine, Manifest
from widgets.function.rules.crisis import plea
from widgets.function.services import Services
from widgets.store.records import Comment

# Where a site names no line: a directory of helplines by country is better than nothing.
_ANYWHERE: Final = (HelpLine("Find a Helpline", url="https://findahelpline.com/"),)


def help_for(manifest: Manifest, comment: Comment) -> tuple[HelpLine, ...]:
    """The lines of the page's language and, where the words are of another, of that one too. Empty where
    the comment is no plea."""
    found = plea(comment.text) if "crisis" in comment.held else None
    return help_in(manifest, comment.lang, found.language) if found else ()


async def alert(services: Services, manifest: Manifest, condition: str, reasons: Iterable[str]) -> None:
    """Call those who look after people, once for each text that newly tells of danger."""
    for reason in ("method", "crisis"):
        if reason in reasons:
            origin = manifest.conditions[condition].origin
            link = services.alerts.link(origin)
            await services.alerts.send(Alert(origin, condition, reason, manifest.default_language, link))
            return


def help_in(manifest: Manifest, *languages: str) -> tuple[HelpLine, ...]:
    bases = dict.fromkeys(language.partition("-")[0] for language in languages)
    lines = [line for base in bases for line in manifest.help.get(base, ())]
    return tuple(lines) or manifest.help.get(manifest.default_language.partition("-")[0], ()) or _ANYWHERE
