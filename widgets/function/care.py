"""Owns the help that is shown to whoever wrote of danger, in the very answer to what they wrote."""

from __future__ import annotations

from typing import Final

from widgets.function.manifest import HelpLine, Manifest
from widgets.function.rules.crisis import plea

# Where a site names no line: a directory of helplines by country is better than nothing.
_ANYWHERE: Final = (HelpLine("Find a Helpline", url="https://findahelpline.com/"),)


def help_for(manifest: Manifest, text: str, lang: str) -> tuple[HelpLine, ...]:
    """The lines of the page's language and, where the words are of another, of that one too. Empty where
    no list finds a plea."""
    found = plea(text)
    return help_in(manifest, lang, found.language) if found else ()


def help_in(manifest: Manifest, *languages: str) -> tuple[HelpLine, ...]:
    bases = dict.fromkeys(language.partition("-")[0] for language in languages)
    lines = [line for base in bases for line in manifest.help.get(base, ())]
    return tuple(lines) or manifest.help.get(manifest.default_language.partition("-")[0], ()) or _ANYWHERE
