"""The directives, one a file, in one ordered list; a new one is a file, an entry and a fixture."""

from __future__ import annotations

from generator.markdown.directives.crisis import CRISIS
from generator.markdown.directives.emergency import EMERGENCY
from generator.markdown.directives.figure import FIGURE
from generator.markdown.directives.form import Directive
from generator.markdown.directives.note import NOTE, TIP, WARNING
from generator.markdown.directives.poll import POLL
from generator.markdown.directives.quote import QUOTE
from generator.markdown.directives.results import RESULTS
from generator.markdown.directives.term import TERM

_ORDERED: list[Directive] = [POLL, RESULTS, NOTE, TIP, WARNING, EMERGENCY, CRISIS, QUOTE, FIGURE, TERM]

DIRECTIVES: dict[str, Directive] = {directive.name: directive for directive in _ORDERED}
TEXTS: dict[str, Directive] = {name: found for name, found in DIRECTIVES.items() if "text" in found.forms}
BLOCKS: dict[str, Directive] = {name: found for name, found in DIRECTIVES.items() if found.forms != ("text",)}
