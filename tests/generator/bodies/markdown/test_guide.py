"""The writers' guide says what really comes out, and names every class, string and directive."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.bodies.markdown.directives import DIRECTIVES
from generator.ground.model import StringSlot

from .shown import FIXTURES, body_of, fill, read_fixtures, show

GUIDE = (Path(__file__).parents[4] / "docs" / "markdown.md").read_text("utf-8")
EXAMPLES = re.findall(r"(?ms)^````markdown\n(.*?)^````\n\n````html\n(.*?)^````$", GUIDE)
SHOWN = "\n".join(source for source, _ in EXAMPLES)


@pytest.mark.parametrize(("source", "html"), EXAMPLES, ids=range(len(EXAMPLES)))
def test_example_comes_out_as_the_guide_shows(source: str, html: str) -> None:
    assert show(body_of(source)).rstrip() == html.rstrip()


@pytest.mark.parametrize("name", sorted(DIRECTIVES))
def test_guide_shows_every_directive(name: str) -> None:
    assert re.search(rf":{name}\b", SHOWN)


@pytest.mark.parametrize("name", sorted(DIRECTIVES))
def test_guide_names_every_attribute_of_a_directive(name: str) -> None:
    for attribute in DIRECTIVES[name].attributes:
        spoken = {"id": "#id", "class": ".class"}.get(attribute, attribute)
        assert spoken in GUIDE, attribute


def test_guide_names_every_class_and_string() -> None:
    bodies = [body_of(case.source) for path in FIXTURES.glob("*.md") for case in read_fixtures(path.stem)]
    written = {
        name
        for body in bodies
        for classes in re.findall(r'class="([^"]*)"', fill(body))
        for name in classes.split()
        if not name.startswith("language-")
    }
    chosen_by_writers = {"x", "c", "calm", "wide", "button"}
    keys = {slot.key for body in bodies for slot in body.slots if isinstance(slot, StringSlot)}
    missing = {name for name in written - chosen_by_writers if f"`{name}`" not in GUIDE}
    assert missing == set()
    listed = re.search(r"^Strings that a theme needs:.*?\n\n", GUIDE, re.MULTILINE | re.DOTALL)
    assert listed
    assert set(re.findall(r"`([a-z.]+)`", listed[0])) == keys
