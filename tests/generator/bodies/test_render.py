"""What a body says of itself without being decoded, and what is loaded before any body is rendered."""

from __future__ import annotations

import subprocess
import sys

import pytest

from generator.bodies.markdown import render_body
from generator.bodies.render import may_name_file
from generator.ground.model import MarkdownOptions


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("[a](other.md)", False),
        ("[a](other.md#start)", False),
        ("[a](#start)", False),
        ("[a](https://example.org/a.pdf)", False),
        ("A :term[word].", False),
        ("[a](list.pdf)", True),
        ("[a](list.pdf#page=2)", True),
        ("[a](/files/list.pdf)", True),
        ("![A picture](a.png)", True),
        ("::video[A film]{src=film.mp4}", True),
    ],
)
def test_bodies_that_may_name_a_file_are_known(text: str, names: bool) -> None:
    assert any(map(may_name_file, render_body(text, "en", MarkdownOptions()).slots)) == names


def test_a_build_loads_no_rules_of_markdown_before_a_body_is_rendered() -> None:
    code = (
        "import sys, generator.cli.build, generator.build.make_site\n"
        "assert not {'markdown_it', 'importlib.metadata'} & sys.modules.keys()"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
