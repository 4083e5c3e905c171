"""What a kind declares once stands everywhere: routes, limits, counts, `me`, answer pages, the description."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
import pytest
from jsonschema import Draft202012Validator

from tests.widgets.conftest import THREAD, Function
from widgets.contract.manifest import Id
from widgets.function.http.answers import json_answer
from widgets.function.http.openapi import Declared, describe
from widgets.function.http.routing import ApiRoute, Described
from widgets.function.kinds import counts
from widgets.function.kinds.kind import Kind, Reach, how_many
from widgets.function.kinds.registry import KINDS
from widgets.function.pages.said import SaidPages
from widgets.function.routes import SAID, with_limits_of_kinds
from widgets.function.state.settings import Settings
from widgets.function.strings import LANGUAGES
from widgets.rules.limits import DEFAULT_LIMITS, Limit

STRINGS = {"en": {"waved": "You waved.", "waved-title": "Waved", "waves": "Waves"}}


class WaveRequest(msgspec.Struct):
    on: bool


class WaveAnswer(msgspec.Struct):
    thread: Id


async def wave(services: Any, request: Any) -> Any:
    return json_answer({})


async def export(services: Any, device: str, reach: Reach) -> dict[str, Any]:
    return {"waves": []}


async def erase(services: Any, device: str, reach: Reach) -> dict[str, int]:
    return {"waves": 0}


async def count(services: Any, threads: Sequence[str]) -> Mapping[str, int]:
    return {THREAD: 3}


WAVES = Kind(
    "waves",
    (
        ApiRoute(
            "POST", "/threads/{thread}/waves", wave, Described("Wave", WaveAnswer, WaveRequest, {"on": "1"})
        ),
        ApiRoute("GET", "/threads/{thread}/waves", wave, Described("Who waved", WaveAnswer, public=True)),
    ),
    export,
    erase,
    shown={"waves": WaveAnswer},
    count=count,
    said=("waved",),
    strings=STRINGS,
    limits={"wave": (Limit(1, 60),)},
)
DESCRIPTION = json.loads(describe(Declared(WAVES.routes, WAVES.shown, (WAVES.name,))))
SCHEMAS = DESCRIPTION["components"]["schemas"]


def test_a_described_route_stands_in_the_description() -> None:
    path = DESCRIPTION["paths"]["/api/v1/threads/{thread}/waves"]
    assert path["post"]["security"] == [{"device": []}, {"cookie": []}]
    assert path["post"]["requestBody"]["content"].keys() == {
        "application/json",
        "application/x-www-form-urlencoded",
    }
    assert path["post"]["responses"].keys() == {"200", "303", "default"}
    assert "security" not in path["get"]
    assert path["get"]["x-cache"].startswith("public")


def test_its_shapes_are_schemas_whose_patterns_every_reader_understands() -> None:
    assert SCHEMAS["WaveRequest"]["required"] == ["on"]
    pattern = SCHEMAS["WaveAnswer"]["properties"]["thread"]["pattern"]
    assert pattern.endswith("*$")
    Draft202012Validator.check_schema(SCHEMAS["WaveAnswer"])


@pytest.mark.parametrize(
    ("schema", "name"),
    [
        (SCHEMAS["me.answer"], "waves"),
        (SCHEMAS["erasure.answer"]["properties"]["erased"], "waves"),
        (SCHEMAS["counts.answer"]["properties"]["counts"]["additionalProperties"], "waves"),
    ],
)
def test_what_is_shown_erased_and_counted_is_required_of_answers(schema: Any, name: str) -> None:
    assert name in schema["properties"]
    assert name in schema["required"]


@pytest.mark.anyio
async def test_a_declared_count_stands_beside_the_others(
    function: Function, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counts, "KINDS", (*KINDS, WAVES))
    found = (await function.get(f"/counts?threads={THREAD}")).json()["counts"][THREAD]
    assert found["waves"] == 3
    assert found["comments"] == 0


def test_declared_limits_add_to_the_settings_and_give_way_to_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("widgets.function.routes.KINDS", (WAVES,))
    given = Settings(manifest=lambda: b"", store="sqlite:x", secret=b"s" * 32, limits=DEFAULT_LIMITS)
    assert with_limits_of_kinds(given).limits == {**DEFAULT_LIMITS, "wave": (Limit(1, 60),)}
    own = Settings(manifest=lambda: b"", store="sqlite:x", secret=b"s" * 32, limits={"wave": ()})
    assert with_limits_of_kinds(own).limits == {"wave": ()}
    off = Settings(manifest=lambda: b"", store="sqlite:x", secret=b"s" * 32, limits=None)
    assert with_limits_of_kinds(off).limits is None


def test_an_answer_page_takes_the_kinds_own_words() -> None:
    pages = SaidPages(frozenset({"waved"}), [STRINGS])
    assert pages.text("en", "waved-title") == "Waved"
    assert pages.text("en", "voted-title") == "Your vote is counted"


def test_a_line_on_the_page_of_ones_own_says_how_many() -> None:
    line = how_many("waves", STRINGS)
    assert list(line(None, {"waves": [1, 2]}, "en")) == ["<p>Waves: 2</p>"]  # type: ignore[arg-type]
    assert list(line(None, {"waves": []}, "en")) == []  # type: ignore[arg-type]


@pytest.mark.parametrize("what", sorted(SAID.what))
@pytest.mark.parametrize("lang", LANGUAGES)
def test_all_that_answer_pages_can_tell_has_words(what: str, lang: str) -> None:
    assert SAID.text(lang, what)
    assert SAID.text(lang, f"{what}-title")
