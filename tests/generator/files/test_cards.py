"""Social cards: what they show, on which pages, and when they are drawn."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.files.cards import Card
from generator.files.cards.drawing import draw_card, fit_title
from generator.files.cards.letters import drawable
from tests.generator.pictures import encoded, opened, photograph, picture
from tests.sites import TinySite

SITE = """
== gatherwell.yaml
title: Gathered
base_url: https://gathered.example/
search: false
== content/migraine/_index.md
---
title: Migraine
accent: "#aa0055"
---
A home.
== content/migraine/light.md
---
title: Light
---
Dim the room.
"""
PLAIN = Card("Migraine", "Gathered")


@pytest.fixture
def carded(tmp_path: Path) -> TinySite:
    return TinySite(tmp_path / "project", SITE)


def cards(site: TinySite) -> dict[str, bytes]:
    return {path: raw for path, raw in site.outputs().items() if path.startswith("assets/cards/")}


def named_card(site: TinySite, page: str) -> str:
    found = re.search(r'property="og:image" content="https://gathered\.example/([^"]+)"', site.text(page))
    return found[1] if found else ""


def test_condition_has_one_card_for_all_of_its_pages(carded: TinySite) -> None:
    carded.build()
    assert len(cards(carded)) == 2
    assert named_card(carded, "migraine/light/index.html") == named_card(carded, "migraine/index.html")
    assert named_card(carded, "migraine/index.html") in cards(carded)


def test_portfolio_has_a_card_of_its_own(carded: TinySite) -> None:
    carded.build()
    assert named_card(carded, "index.html") in set(cards(carded)) - {
        named_card(carded, "migraine/index.html")
    }


def test_articles_have_their_own_cards_on_request(carded: TinySite) -> None:
    carded.replace("gatherwell.yaml", "search: false", "search: false\ncards: article")
    carded.build()
    assert re.fullmatch(
        r"assets/cards/light\.[0-9a-f]{8}\.png", named_card(carded, "migraine/light/index.html")
    )


def test_no_cards_are_drawn_where_they_are_off(carded: TinySite) -> None:
    carded.replace("gatherwell.yaml", "search: false", "search: false\ncards: 'off'")
    carded.build()
    assert cards(carded) == {}
    assert "og:image" not in carded.text("migraine/light/index.html")


def test_pages_that_nobody_may_index_name_no_card(carded: TinySite) -> None:
    carded.build()
    assert named_card(carded, "404.html") == ""


def test_articles_own_photograph_goes_before_the_card(carded: TinySite) -> None:
    carded.put("content/migraine/room.jpg", photograph())
    carded.article("migraine/light.md", image="room.jpg", image_alt="A dark room")
    carded.build()
    assert named_card(carded, "migraine/light/index.html").startswith("assets/images/room.")


def test_card_has_the_size_that_networks_ask_for_and_the_conditions_accent(carded: TinySite) -> None:
    carded.build()
    card = opened(cards(carded)[named_card(carded, "migraine/index.html")])
    assert card.size == (1200, 630)
    red, green, blue = card.convert("RGB").getpixel((4, 300))  # type: ignore[misc]
    assert abs(red - 0xAA) < 12
    assert green < 12
    assert abs(blue - 0x55) < 12


def test_card_weighs_little(carded: TinySite) -> None:
    carded.build()
    assert max(map(len, cards(carded).values())) < 40_000


def test_equal_cards_have_equal_bytes() -> None:
    assert draw_card(PLAIN) == draw_card(Card("Migraine", "Gathered"))


def test_number_of_workers_changes_no_byte(carded: TinySite) -> None:
    carded.replace("gatherwell.yaml", "search: false", "search: false\ncards: article")
    for number in range(30):
        carded.article(f"migraine/a{number}.md")
    carded.build(jobs=1)
    alone = carded.outputs()
    carded.build(jobs=2, clean=True)
    assert carded.outputs() == alone


def test_second_build_draws_nothing(carded: TinySite) -> None:
    carded.build()
    store = carded.root / ".gatherwell" / "cards"
    for path in store.iterdir():
        path.unlink()
    carded.replace("content/migraine/light.md", "Dim", "Darken")
    carded.build()
    assert list(store.iterdir()) == []


def test_damaged_card_in_the_store_is_drawn_again(carded: TinySite) -> None:
    carded.build()
    before = cards(carded)
    for path in (carded.root / ".gatherwell" / "cards").iterdir():
        path.write_bytes(path.read_bytes()[:-100])
    for path in before:
        (carded.out / path).unlink()
    carded.build()
    assert cards(carded) == before


def test_long_title_is_made_smaller_and_broken_between_words() -> None:
    small, lines = fit_title("What should I do when an attack begins at work and nobody understands it?")
    assert small < fit_title("Light")[0]
    assert len(lines) > 2
    assert all(not line.endswith("-") for line in lines)


def test_endless_word_is_broken_and_endless_title_is_cut() -> None:
    _, lines = fit_title("a" * 60)
    assert lines[0].endswith("-")
    _, lines = fit_title("word " * 300)
    assert lines[-1].endswith("…")


@pytest.mark.parametrize(
    "text", ["¿Qué es la migraña?", "Façon", "Über", "île", "CAFÉ", "plain – and simple", "it’s"]
)
def test_letters_of_western_languages_are_drawn(text: str) -> None:
    assert drawable(text)
    assert draw_card(Card(text, "")) != draw_card(Card("", ""))


@pytest.mark.parametrize("text", ["الصداع النصفي", "片頭痛", "Мигрень"])
def test_script_that_the_typeface_lacks_leaves_the_card_without_words(text: str) -> None:
    assert drawable(text) == ""
    assert draw_card(Card(text, "")) == draw_card(Card("", ""))


def test_emoji_are_left_out_of_a_title() -> None:
    assert drawable("Rest 😴👩‍⚕️ well") == "Rest well"


def test_right_to_left_card_is_the_mirror_image() -> None:
    plain, mirrored = (
        opened(draw_card(Card("", "", right_to_left=turned))).convert("RGB") for turned in (False, True)
    )
    assert plain.getpixel((4, 300)) == mirrored.getpixel((1195, 300))


def test_condition_and_photographs_on_a_host_of_its_own_lie_there(carded: TinySite) -> None:
    carded.replace("content/migraine/_index.md", "accent:", "base_url: https://migraine.example/\naccent:")
    carded.put("content/migraine/room.png", encoded(picture(), "PNG"))
    carded.article("migraine/light.md", "![A room](room.png)")
    carded.build()
    page = carded.text("migraine.example/light/index.html")
    found = re.search(r'og:image" content="https://migraine\.example/([^"]+)"', page)
    assert found
    assert (carded.out / "migraine.example" / found[1]).is_file()
    assert not (carded.out / "gathered.example" / found[1]).exists()
