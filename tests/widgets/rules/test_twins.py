"""Plans in the words of a figure of speech: what makes a figure harmless is named, and nothing else takes a plan."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from widgets.rules.crisis import judge_plea
from widgets.rules.phrases.files import FOLDER

TWINS: dict[str, list[dict[str, str]]] = yaml.safe_load(
    (Path(__file__).parent / "twins.yaml").read_text(encoding="utf-8")
)
# In each language the class of acts that a plan is made of, and a plain intent to put before them.
PLANS = {
    ("en", "act"): "I will",
    ("es", "matarme"): "voy a",
    ("es", "terminar"): "voy a",
    ("de", "schluss"): "ich werde",
    ("fr", "me_tuer"): "je vais",
    ("it", "uccidermi"): "ho deciso di",
    ("pt", "matar_me"): "vou",
}


def twins(kind: str) -> list[str]:
    return [pair[kind] for pairs in TWINS.values() for pair in pairs]


def held(text: str) -> bool:
    plea = judge_plea(text)
    return plea is not None and plea.held


def acts(words: dict[str, list[str]], name: str) -> Iterator[str]:
    """Each act of a class in one plain spelling."""
    for item in words[name]:
        if item.startswith("@") and " " not in item:
            yield from acts(words, item[1:])
        else:
            parts = (part.partition("|")[0].rstrip("?") for part in item.split())
            yield " ".join(
                words[part[1:]][0] if part.startswith("@") else part.replace("_", " ") for part in parts
            )


def test_a_plan_in_the_words_of_a_figure_is_held() -> None:
    assert [text for text in twins("held") if not held(text)] == []


def test_its_harmless_twin_is_no_plea() -> None:
    assert [text for text in twins("harmless") if judge_plea(text) is not None] == []


@pytest.mark.parametrize(("language", "name"), PLANS)
def test_no_figure_takes_an_act_whole(language: str, name: str) -> None:
    data: dict[str, Any] = yaml.load((FOLDER / f"core.{language}.yaml").read_bytes(), yaml.BaseLoader)
    texts = [f"{PLANS[language, name]} {act}" for act in acts(data["words"], name)]
    assert [text for text in texts if not held(text)] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I will jump in the lake", False),
        ("I will jump in the lake. There are stones in my coat.", True),
        ("I will jump in the lake. It was a long day. There are stones on the shore.", False),
        ("I will end it early", False),
        ("I will end it early, with the rope", True),
    ],
)
def test_a_doubtful_figure_gives_way_beside_something_grave(text: str, expected: bool) -> None:
    assert held(text) is expected


@pytest.mark.parametrize(
    ("text", "quiet"),
    [
        *((f"{thing} en el cajón", True) for thing in ("El despertador", "El reloj", "La linterna")),
        *((f"{thing} in the drawer", True) for thing in ("The clock", "The scarf")),
        *((text, False) for text in ("La cuchilla en el cajón", "The pills are in the drawer")),
    ],
)
def test_a_thing_in_a_drawer_is_no_plea_unless_it_could_be_means(text: str, quiet: bool) -> None:
    assert (judge_plea(text) is None) is quiet
