"""A text of any script meets the limit of characters before that of bytes; a body beyond both is refused."""

from __future__ import annotations

from typing import Any

import pytest

from tests.widgets.conftest import THREAD, Function
from tests.widgets.desk.conftest import arrived, told
from widgets.function.http.incoming import body_limit
from widgets.rules.voices.asked import MOST_CHARACTERS

pytestmark = pytest.mark.anyio
WIDE = "𐌰"  # four bytes of UTF-8, twelve letters in a form
STORY = {"form": "migraine~story", "title": "T", "publish": "on", "edit": "on", "age": "on", "lang": "en"}
COMMENT = {"pseudonym": "Calm Otter", "lang": "en"}


@pytest.mark.parametrize(
    ("path", "fields", "most"),
    [
        ("/stories", STORY, 20_000),
        ("/questions", {**STORY, "form": "migraine~question"}, 5_000),
        (f"/threads/{THREAD}/comments", COMMENT, 5_000),
        (f"/threads/{THREAD}/mistakes", {"lang": "en"}, 2_000),
    ],
)
async def test_the_longest_text_in_the_widest_letters_is_taken_from_a_form(
    function: Function, path: str, fields: dict[str, Any], most: int
) -> None:
    taken = await function.form(path, {**fields, "text": WIDE * most})
    assert taken.status_code in (200, 303), taken.text
    longer = await function.form(path, {**fields, "text": WIDE * (most + 1)})
    assert longer.status_code == 422
    assert "too long" in longer.text.lower()


async def test_what_is_beyond_every_limit_is_refused_before_it_is_read(function: Function) -> None:
    most = body_limit(function.services, MOST_CHARACTERS)
    within = await function.form("/stories", {**STORY, "text": "x" * (most - 1_000)})
    beyond = await function.form("/stories", {**STORY, "text": "x" * most})
    assert (within.status_code, beyond.status_code) == (422, 413)
    assert "body-too-large" in beyond.text


async def test_short_forms_keep_the_short_limit(function: Function) -> None:
    answer = await function.form("/me", {"action": "show", "x": "x" * 64 * 1024})
    assert answer.status_code == 413


async def test_the_desk_takes_as_many_words_as_a_story_may_have(function: Function) -> None:
    voice, editor = await told(function, state="read"), await arrived(function, "Ed", "editor")
    fields = {"revision": voice.revision, "title": "Winter", "text": WIDE * 20_000}
    assert (await editor.post(f"/voices/{voice.id}/voice-offer", fields)).status_code == 303
