"""Forms for stories and questions in ``manifest.json``, and the threads in which members' questions are answered."""

from __future__ import annotations

from typing import Any

from generator.ground.text import shorten
from generator.site.conditions import language_segment
from generator.site.voices import FOLDERS, form_places, voices_of
from generator.views.context import ViewContext


def manifest_voices(context: ViewContext) -> dict[str, Any]:
    """The forms of published pages, by id; of two pages with one form the first in each language."""
    forms: dict[str, Any] = {}
    for place in form_places(context.site, context.bodies):
        form = forms.setdefault(
            place.id, {"kind": place.form.kind, "condition": place.condition, "pages": {}, "prompts": {}}
        )
        if place.language not in form["pages"]:
            form["pages"][place.language] = place.root.href(place.url_path)
            form["prompts"][place.language] = list(place.form.prompts)
    return dict(sorted(forms.items()))


def question_threads(context: ViewContext) -> dict[str, Any]:
    """A thread for each published question of a member."""
    site = context.site
    return {
        f"{condition.id}~{voice.id}": {
            "condition": condition.id,
            "title": shorten(voice.title, 1000),
            "comments": "open",
            "reactions": [],
            "pages": {
                language: condition.root.href(
                    f"{site.permalinks.prefix(condition.id, language_segment(language, site.config))}"
                    f"{FOLDERS['question']}/{voice.id}/"
                )
            },
        }
        for condition in site.conditions.values()
        for language in condition.hubs
        for voice in voices_of(context.snapshot, condition, language, "question")
        if not voice.simulated
    }
