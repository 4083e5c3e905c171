"""The list of directives; a new one is a file in this folder, an entry in the list, and a fixture in the tests."""

from __future__ import annotations

from generator.bodies.markdown.directives.crisis import CRISIS
from generator.bodies.markdown.directives.emergency import EMERGENCY
from generator.bodies.markdown.directives.figure import FIGURE
from generator.bodies.markdown.directives.form import Directive
from generator.bodies.markdown.directives.media import AUDIO, VIDEO
from generator.bodies.markdown.directives.note import NOTE, TIP, WARNING
from generator.bodies.markdown.directives.poll import POLL
from generator.bodies.markdown.directives.quote import QUOTE
from generator.bodies.markdown.directives.results import RESULTS
from generator.bodies.markdown.directives.term import TERM
from generator.bodies.markdown.directives.voice_forms import ASK_FORM, STORY_FORM

_ORDERED: list[Directive] = [
    POLL,
    RESULTS,
    NOTE,
    TIP,
    WARNING,
    EMERGENCY,
    CRISIS,
    QUOTE,
    FIGURE,
    VIDEO,
    AUDIO,
    TERM,
    STORY_FORM,
    ASK_FORM,
]

DIRECTIVES: dict[str, Directive] = {directive.name: directive for directive in _ORDERED}
TEXTS: dict[str, Directive] = {name: found for name, found in DIRECTIVES.items() if "text" in found.forms}
BLOCKS: dict[str, Directive] = {name: found for name, found in DIRECTIVES.items() if found.forms != ("text",)}
