"""A story and a question of members, as themes are tried on."""

from __future__ import annotations

from generator.views import types as shapes
from generator.views.types import Date
from tests.themes.samples.parts import common

_ANSWER = shapes.Comment(
    "b" * 26,
    "Dr Lee",
    "<p>It often does.</p>",
    "It often does.",
    Date("2026-05-22", "22 May 2026"),
    "clinician",
)


def voice(**more: object) -> shapes.VoicePage:
    """A story with everything that one can have; *more* are fields that differ."""
    fields: dict[str, object] = {
        "html": "<h2>How it began</h2>\n<p>With a <em>headache</em>.</p>\n<h3>Then</h3>\n<ul><li>one</li></ul>\n",
        "name": "Quiet Heron",
        "date": Date("2026-05-21", "21 May 2026"),
        "carer": True,
        "content_notes": ("hospital", "loss"),
        "note_html": '<p>Ask before you stop.</p><p>Dr Lee · <a href="https://example.org/">example.org</a></p>',
        "list_url": "/migraine/stories/",
        "you_url": "/you/",
        **more,
    }
    return shapes.VoicePage(**common("voice.html", "/migraine/stories/bcdfghjk/", "A long winter"), **fields)


def question() -> shapes.VoicePage:
    thread = shapes.Thread(
        "migraine~bcdfghjk",
        "open",
        comments_action="/api/v1/threads/migraine~bcdfghjk/comments",
        count=1,
        baked=(_ANSWER,),
    )
    return voice(
        kind="question", name="", carer=False, content_notes=(), note_html="", written_in="es", thread=thread,
        accepted=_ANSWER, list_url="/migraine/questions/",
    )  # fmt: skip
