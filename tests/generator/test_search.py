"""The index as an output: made once, kept while nothing changed, the same bytes each time, never in a site's way."""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path

import pytest

from generator.search.canonical import canonicalize, decode_cbor, encode_cbor
from generator.search.pagefind import is_whole
from tests.sites import TinySite

INDEX = "search/index/"
SITE = """
== gatherwell.yaml
title: Test
cards: "off"
languages: [en, es]
== content/_glossary.yaml
aura:
  term: aura
  plain: Changes in sight before the pain.
  also: [flashing lights]
== content/migraine/_index.md
---
title: Migraine
synonyms: [hemicrania]
accent: "#5b3f9e"
---
A home.
== content/migraine/light.md
---
title: Light
type: symptom
topics: [eyes, home]
---
Dim the room. Some see flashing lights.
== content/migraine/luz.es.md
---
title: Luz
type: story
topics: [ojos, casa]
---
Apaga la luz.
== content/migraine/food.md
---
title: Food
type: basics
topics: [home, kitchen]
---
Eat at the same time each day.
"""


@pytest.fixture
def searchable(tmp_path: Path) -> TinySite:
    site = TinySite(tmp_path / "project", SITE)
    site.search = True
    return site


def index(site: TinySite, prefix: str = INDEX) -> dict[str, bytes]:
    return {path: raw for path, raw in site.outputs().items() if path.startswith(prefix)}


def found(site: TinySite, prefix: str = INDEX) -> dict[str, dict[str, object]]:
    """Every record of the index by its URL."""
    files = (
        gzip.decompress(raw) for path, raw in index(site, prefix).items() if path.endswith(".pf_fragment")
    )
    records = (json.loads(raw.removeprefix(b"pagefind_dcd")) for raw in files)
    return {record["url"]: record for record in records}


def stamps(site: TinySite) -> dict[str, int]:
    return {path: (site.out / path).stat().st_mtime_ns for path in index(site)}


@pytest.fixture
def broken_indexer(monkeypatch: pytest.MonkeyPatch) -> None:
    """An indexer that ends at once: Python knows no --service."""
    monkeypatch.setenv("PAGEFIND_BINARY_PATH", sys.executable)


def test_pages_people_policies_and_terms_can_be_found(searchable: TinySite) -> None:
    searchable.put("content/_people/ada.md", "---\nname: Ada\nrole: editor\n---\nEdits.\n")
    searchable.put("content/_pages/about.md", "---\ntitle: About\n---\nAbout us.\n")
    searchable.build()
    assert {
        "/migraine/",
        "/migraine/light/",
        "/migraine/es/luz/",
        "/people/ada/",
        "/about/",
        "/glossary/#aura",
    } <= set(found(searchable))


def test_drafts_and_pages_that_nobody_may_index_are_not_found(searchable: TinySite) -> None:
    searchable.article("migraine/draft.md", draft="true")
    searchable.article("migraine/hidden.md", noindex="true")
    searchable.build(drafts=True)
    assert not {"/migraine/draft/", "/migraine/hidden/"} & set(found(searchable))


def test_other_names_lead_to_a_page_without_standing_in_its_text(searchable: TinySite) -> None:
    searchable.build()
    light, food = found(searchable)["/migraine/light/"], found(searchable)["/migraine/food/"]
    assert light["meta"]["also"] == "aura · flashing lights"  # type: ignore[index]
    assert food["meta"]["also"] == "hemicrania"  # type: ignore[index]
    assert "hemicrania" not in str(food["content"])


def test_readers_pages_carry_nothing_for_the_indexer(searchable: TinySite) -> None:
    searchable.build()
    assert not [
        path for path, raw in searchable.outputs().items() if path.endswith(".html") and b"pagefind-" in raw
    ]


def test_interfaces_of_the_indexer_are_not_published(searchable: TinySite) -> None:
    searchable.build()
    assert not [path for path in index(searchable) if "ui" in path or "highlight" in path]


def test_two_clean_builds_give_the_same_index(searchable: TinySite, tmp_path: Path) -> None:
    searchable.build()
    assert index(searchable)
    assert searchable.clean_outputs(tmp_path / "again") == searchable.outputs()


def test_edited_text_ends_as_a_clean_build_does(searchable: TinySite, tmp_path: Path) -> None:
    searchable.build()
    before = found(searchable)
    searchable.replace("content/migraine/light.md", "Dim the room", "Darken the room")
    searchable.build()
    assert found(searchable) != before
    assert searchable.clean_outputs(tmp_path / "clean") == searchable.outputs()


def test_change_that_nobody_can_search_for_leaves_the_index_alone(searchable: TinySite) -> None:
    searchable.build()
    before = stamps(searchable)
    searchable.replace("content/migraine/_index.md", "#5b3f9e", "#3f6e9e")
    assert searchable.build().rendered > 0
    assert stamps(searchable) == before


def test_lost_file_of_the_index_is_mended(searchable: TinySite) -> None:
    searchable.build()
    before = index(searchable)
    (searchable.out / INDEX / "pagefind.js").unlink()
    searchable.build()
    assert index(searchable) == before


def test_failure_of_the_indexer_is_a_warning_and_the_pages_stand(
    searchable: TinySite, broken_indexer: None
) -> None:
    (warning,) = searchable.build().warnings
    assert warning.message == "the search index was not made: Pagefind ended before the index was done"
    assert "--no-search" in warning.hint
    assert "Dim the room" in searchable.text("migraine/light/index.html")


def test_indexer_that_cannot_be_started_is_a_warning_too(
    searchable: TinySite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PAGEFIND_BINARY_PATH", str(tmp_path / "nowhere"))
    (warning,) = searchable.build().warnings
    assert warning.message.startswith("the search index was not made: Pagefind cannot be started")


def test_earlier_index_outlives_a_failure_and_the_next_build_mends_it(
    searchable: TinySite, tmp_path: Path
) -> None:
    searchable.build()
    before = index(searchable)
    searchable.replace("content/migraine/light.md", "Dim", "Darken")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PAGEFIND_BINARY_PATH", str(tmp_path / "nowhere"))
        searchable.build()
    assert index(searchable) == before
    assert searchable.build().warnings == ()
    assert "Darken" in str(found(searchable)["/migraine/light/"]["content"])


def test_build_without_search_leaves_no_index_and_no_form(searchable: TinySite) -> None:
    searchable.build()
    searchable.build(search=False)
    assert index(searchable) == {}
    assert "wasm-unsafe-eval" not in searchable.text("search/index.html")
    assert 'type="search"' not in searchable.text("search/index.html")


def test_host_of_its_own_has_an_index_of_its_own(searchable: TinySite) -> None:
    searchable.replace(
        "content/migraine/_index.md", "accent:", "base_url: https://migraine.example/\naccent:"
    )
    searchable.article("fatigue/pacing.md")
    searchable.build()
    own = found(searchable, f"migraine.example/{INDEX}")
    others = found(searchable, f"localhost_8000/{INDEX}")
    assert "/light/" in own
    assert "/fatigue/pacing/" in others
    assert not [url for url in others if "light" in url]


def test_only_search_pages_may_run_webassembly(searchable: TinySite) -> None:
    searchable.build()
    allowed = [
        path
        for path, raw in searchable.outputs().items()
        if b"wasm-unsafe-eval" in raw and path.endswith(".html")
    ]
    assert allowed
    assert all(path.endswith("search/index.html") for path in allowed)


def test_index_of_an_unknown_form_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "pagefind-entry.json").write_text('{"languages": {"en": {"hash": "en_1"}}}')
    (tmp_path / "pagefind.en_1.pf_meta").write_bytes(gzip.compress(b"something else"))
    with pytest.raises(ValueError, match=r"pagefind.en_1.pf_meta is of a form that is not known"):
        canonicalize(tmp_path)


@pytest.mark.parametrize(
    ("content", "whole"),
    [
        (b"", False),
        (gzip.compress(b"a fragment")[:-1], False),
        (gzip.compress(b"a fragment"), True),
        (b"export const text = 1;", True),
    ],
    ids=["empty", "cut", "compressed", "script"],
)
def test_file_that_was_left_unfinished_is_known(tmp_path: Path, content: bytes, whole: bool) -> None:
    path = tmp_path / "en_1.pf_fragment"
    path.write_bytes(content)
    assert is_whole(path) is whole


def test_values_survive_their_encoding() -> None:
    value = ["1.5.2", [["topic", [["á" * 30, [0, 23, 24, 255, 256, 65_536, 2**32]]]], []], list(range(300))]
    raw = b"".join(encode_cbor(value))
    assert decode_cbor(raw, 0) == (value, len(raw))
