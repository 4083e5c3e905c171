"""In which words help comes: for now, for what is over, and where somebody else may see the screen."""

from __future__ import annotations

import pytest

from tests.widgets.conftest import THREAD, Function
from widgets.function.pages.help_lines import AWAY, help_words
from widgets.function.strings import LANGUAGES
from widgets.function.text.crisis_help import Help, Tone

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    ("text", "title", "intro", "screen"),
    [
        ("I am going to kill myself tonight.", "You are not alone with this", "sounds very hard", False),
        ("Years ago I attempted suicide.", "Thank you for telling of this", "Should it come back", False),
        ("My husband beats me.", "You are not alone with this", "should happen to nobody", True),
    ],
)
async def test_the_words_fit_what_was_told_with_scripts_and_without(
    function: Function, text: str, title: str, intro: str, screen: bool
) -> None:
    words = (await function.member().write(text)).json()["help_words"]
    fields = {"text": text, "pseudonym": "Loud Heron"}
    page = (await function.form(f"/threads/{THREAD}/comments", fields)).text

    assert words["title"] == title
    assert intro in words["intro"]
    assert ("screen" in words, f'href="{AWAY}"' in page) == (screen, screen)
    assert all(said in page for said in words.values())


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("tone", ["now", "past", "abuse"])
@pytest.mark.parametrize("what", ["held", "published", "flagged", "refused", "survey", "mistake"])
def test_every_language_has_words_for_every_case(lang: str, tone: Tone, what: str) -> None:
    assert all(help_words(lang, what, Help(tone=tone, young=True)).values())


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "what", ["held", "published", "refused", "sending", "survey", "survey-refused", "voice", "mistake"]
)
def test_nobody_who_pleads_is_left_to_wait_for_those_who_moderate(lang: str, what: str) -> None:
    after = help_words(lang, what, Help(tone="now"))["after"]
    assert {"en": "please do not wait for them", "es": "no esperes"}[lang] in after
    assert {"en": "was told", "es": "se le ha dicho"}[
        lang
    ] not in after  # no store and no channel may have worked
