"""What is left unsaid in a body's values, and that each kind of slot is known again when it is read back."""

from __future__ import annotations

import msgspec
import pytest

from generator.ground.model import (
    Body,
    CrisisSlot,
    Facts,
    FiguresSlot,
    Fragment,
    ImageSlot,
    LinkSlot,
    MarkdownOptions,
    MediaSlot,
    Poll,
    PollOption,
    PollSlot,
    ResultsSlot,
    Slot,
    StringSlot,
    TermSlot,
    VoiceSlot,
    Wording,
)

SLOTS: tuple[Slot, ...] = (
    LinkSlot("b.md", 1, 2),
    ImageSlot("i.png", "words", 1, 2),
    ImageSlot("i.png", "", 1, 2, "title", True, (("width", "9"),)),
    PollSlot("weather", 1),
    ResultsSlot("ms~weather", 1, 2),
    FiguresSlot("day", "sleep", "stage", 1, 2),
    TermSlot("aura", "<em>aura</em>", 1, 2),
    CrisisSlot(1),
    VoiceSlot("story", 1),
    MediaSlot("video", "a.mp4", "A film", 1, 2),
    MediaSlot("audio", "a.mp3", "Rain", 1, 2, "p.png", ("a.en.vtt",), 640, 360, True, True),
    StringSlot("note.title"),
)


def test_raw_html_is_off_and_typography_on_unless_the_site_says_otherwise() -> None:
    assert msgspec.structs.asdict(MarkdownOptions()) == {
        "raw_html": False,
        "typographer": True,
        "bare_addresses": False,
    }


def test_poll_that_says_nothing_more_takes_one_choice_shows_its_tally_and_stays_open() -> None:
    poll = msgspec.structs.asdict(Poll("weather", "Q?", "Q?", (PollOption("a", "A", "A"),), 3))
    assert {name: poll[name] for name in list(poll)[5:]} == {
        "multiple": False,
        "minimum": 1,
        "maximum": 1,
        "closes": "",
        "version": 1,
        "results": "always",
        "sensitive": False,
    }


def test_body_that_tells_nothing_is_empty() -> None:
    assert set(msgspec.structs.astuple(Facts())) == {(), "", 0, Wording()}
    assert Fragment() == Fragment(("",), ())
    image = ImageSlot("i.png", "words", 1, 2)
    assert (image.title, image.decorative, image.attributes) == ("", False, ())


@pytest.mark.parametrize("slot", SLOTS, ids=lambda slot: type(slot).__name__)
def test_slot_is_read_back_as_what_it_was(slot: Slot) -> None:
    body = Body(Fragment(("", ""), (0,)), (slot,), Facts())
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(body), type=Body) == body
