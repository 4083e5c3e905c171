"""The index as an output: made once, kept while nothing changed, the same bytes each time, never in a site's way."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.generator.content.surveys.working_day import INSTRUMENT, PATH, SPANISH, SPANISH_PATH
from tests.generator.outputs.reading_index import Index
from tests.sites import TinySite

INDEX = "search/index/en/"
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


def index(site: TinySite, prefix: str = INDEX) -> Index:
    return Index(site.outputs(), prefix)


def files(site: TinySite, prefix: str = INDEX) -> dict[str, bytes]:
    return {path: raw for path, raw in site.outputs().items() if path.startswith(prefix)}


def stamps(site: TinySite) -> dict[str, int]:
    return {path: (site.out / path).stat().st_mtime_ns for path in files(site)}


def test_pages_people_policies_and_terms_can_be_found(searchable: TinySite) -> None:
    searchable.put("content/_people/ada.md", "---\nname: Ada\nrole: editor\n---\nEdits.\n")
    searchable.put("content/_pages/about.md", "---\ntitle: About\n---\nAbout us.\n")
    searchable.build()
    assert {"/migraine/", "/migraine/light/", "/people/ada/", "/about/", "/glossary/#aura"} <= set(
        index(searchable).pieces
    )


def test_each_language_has_an_index_of_its_own(searchable: TinySite) -> None:
    searchable.build()
    spanish = index(searchable, "search/index/es/")
    assert "/migraine/es/luz/" in spanish.pieces
    assert spanish.find("apaga") == ["/migraine/es/luz/"]
    assert "/migraine/es/luz/" not in index(searchable).pieces


def test_drafts_and_pages_that_nobody_may_index_are_not_found(searchable: TinySite) -> None:
    searchable.article("migraine/draft.md", draft="true")
    searchable.article("migraine/hidden.md", noindex="true")
    searchable.build(drafts=True)
    assert not {"/migraine/draft/", "/migraine/hidden/"} & set(index(searchable).pieces)


def test_surveys_are_found_by_title_and_purpose_in_their_languages(searchable: TinySite) -> None:
    searchable.put(PATH, INSTRUMENT)
    searchable.put(SPANISH_PATH, SPANISH)
    searchable.build()
    assert index(searchable).find("working", "day") == ["/migraine/surveys/working-day/"]
    spanish = index(searchable, "search/index/es/")
    assert spanish.find("jornada") == ["/migraine/es/surveys/working-day/"]
    searchable.put(PATH, INSTRUMENT + "draft: true\n")
    searchable.build(drafts=True)
    assert index(searchable).find("working", "day") == []


def test_sections_are_found_by_title_and_text_and_drafts_of_them_are_not(searchable: TinySite) -> None:
    searchable.put("content/migraine/travel/_index.md", "---\ntitle: Journeys\n---\nPack a thermos.\n")
    searchable.build()
    assert index(searchable).find("journeys") == ["/migraine/travel/"]
    assert index(searchable).find("thermos") == ["/migraine/travel/"]
    assert 'value="section"' in searchable.text("search/index.html")
    searchable.replace("content/migraine/travel/_index.md", "thermos", "blanket")
    searchable.build()
    assert index(searchable).find("blanket") == ["/migraine/travel/"]
    searchable.replace("content/migraine/travel/_index.md", "title:", "draft: true\ntitle:")
    searchable.build(drafts=True)
    assert index(searchable).find("blanket") == []


def test_written_forms_lead_to_the_pages_with_any_of_them(searchable: TinySite) -> None:
    searchable.article("migraine/one.md", "Therapies differ.")
    searchable.article("migraine/two.md", "Any therapy takes time.")
    searchable.build()
    found = index(searchable)
    assert set(found.find("therapy")) == set(found.find("therapies")) == {"/migraine/one/", "/migraine/two/"}
    assert found.find("therap") == []


def test_the_words_of_a_crisis_line_lead_to_the_hubs_of_its_language_that_show_it(
    searchable: TinySite,
) -> None:
    lines = 'en-GB:\n  - name: Listeners\n    number: "1"\n    search_words: [lifeline, dark thoughts]\n'
    searchable.put("content/_crisis.yaml", lines)
    searchable.put("content/asthma/_index.md", "---\ntitle: Asthma\ncrisis: false\n---\nA home.\n")
    searchable.build()
    assert index(searchable).find("lifeline") == ["/migraine/"]
    assert index(searchable, "search/index/es/").find("lifeline") == []


def test_several_words_narrow(searchable: TinySite) -> None:
    searchable.build()
    assert index(searchable).find("dim", "room") == ["/migraine/light/"]
    assert index(searchable).find("dim", "day") == []


def test_title_weighs_more_than_text(searchable: TinySite) -> None:
    searchable.article("migraine/sunglasses.md", "For days outside.", title="Sunglasses")
    searchable.article(
        "migraine/other.md", "Sunglasses, sunglasses, and again sunglasses: sunglasses.", title="Sun"
    )
    searchable.build()
    assert index(searchable).find("sunglasses") == ["/migraine/sunglasses/", "/migraine/other/"]


def test_neighbours_in_titles_and_headings_are_pairs(searchable: TinySite) -> None:
    searchable.article("migraine/diet.md", "## Salt and water\n\nDrink.", title="The mediterranean diet")
    searchable.build()
    pairs = index(searchable).pairs()
    assert pairs["diet mediterranean"] == {"/migraine/diet/"}
    assert pairs["salt water"] == {"/migraine/diet/"}


def test_synonyms_of_a_condition_lead_to_its_introductions_and_mean_its_name(searchable: TinySite) -> None:
    searchable.build()
    found = index(searchable)
    assert set(found.find("hemicrania")) == {"/migraine/", "/migraine/food/"}
    assert ["hemicrania", ["migrain"]] in found.shard("hemicrania")["same"]
    assert ["migrain", ["hemicrania"]] in found.shard("migrain")["same"]


def test_words_of_the_glossary_lead_both_ways(searchable: TinySite) -> None:
    searchable.build()
    found = index(searchable)
    assert ["aura", ["flash light"]] in found.shard("aura")["same"]
    assert ["flash light", ["aura"]] in found.shard("flash light")["same"]


def test_plain_meaning_leads_to_the_term_and_to_the_pages_that_explain_it(searchable: TinySite) -> None:
    searchable.article("migraine/signs.md", "First comes :term[aura].")
    searchable.build()
    assert set(index(searchable).find("sight")) == {"/glossary/#aura", "/migraine/signs/"}


def test_piece_holds_the_parts_of_its_page(searchable: TinySite) -> None:
    searchable.article(
        "migraine/parts.md", "Before.\n\n## Salt {#salt}\n\nH~~2~~O & *more*.", summary="In short."
    )
    searchable.build()
    piece = index(searchable).pieces["/migraine/parts/"]
    assert piece["parts"] == [["", "", "Before."], ["salt", "Salt", "H2O & more."]]
    assert (piece["summary"], piece["condition"], piece["conditions"]) == (
        "In short.",
        "Migraine",
        ["migraine"],
    )


def test_results_can_be_filtered(searchable: TinySite) -> None:
    searchable.article("fatigue/pacing.md", conditions="[migraine]", stage="new", type="story")
    searchable.build()
    found = index(searchable)
    assert found.filter("type")["symptom"] == {"/migraine/light/"}
    assert found.filter("topic")["kitchen"] == {"/migraine/food/"}
    assert found.filter("stage") == {"new": {"/fatigue/pacing/"}}
    assert "/fatigue/pacing/" in found.filter("condition")["migraine"]
    assert found.directory["guests"]


def test_two_clean_builds_give_the_same_index(searchable: TinySite, tmp_path: Path) -> None:
    searchable.build()
    assert files(searchable)
    assert searchable.clean_outputs(tmp_path / "again") == searchable.outputs()


def test_edited_text_ends_as_a_clean_build_does(searchable: TinySite, tmp_path: Path) -> None:
    searchable.build()
    searchable.replace("content/migraine/light.md", "Dim the room", "Darken the room")
    searchable.build()
    assert index(searchable).find("darken") == ["/migraine/light/"]
    assert index(searchable).find("dim") == []
    assert searchable.clean_outputs(tmp_path / "clean") == searchable.outputs()


def test_change_that_nobody_can_search_for_leaves_the_index_alone(searchable: TinySite) -> None:
    searchable.build()
    before = stamps(searchable)
    searchable.replace("content/migraine/_index.md", "#5b3f9e", "#3f6e9e")
    assert searchable.build().rendered > 0
    assert stamps(searchable) == before


@pytest.mark.parametrize("lost", ["directory.json", "words/deadbeef41c6ce57.json"])
def test_lost_file_of_the_index_is_mended(searchable: TinySite, lost: str) -> None:
    searchable.build()
    before = files(searchable)
    (searchable.out / INDEX / lost).unlink()
    searchable.build()
    assert files(searchable) == before


def test_build_without_search_leaves_no_index_and_no_form(searchable: TinySite) -> None:
    searchable.build()
    searchable.build(search=False)
    assert files(searchable) == {}
    assert 'type="search"' not in searchable.text("search/index.html")
    searchable.build()
    assert index(searchable).find("dim") == ["/migraine/light/"]


def test_host_of_its_own_has_an_index_of_its_own(searchable: TinySite) -> None:
    searchable.replace(
        "content/migraine/_index.md", "accent:", "base_url: https://migraine.example/\naccent:"
    )
    searchable.article("fatigue/pacing.md")
    searchable.build()
    own = index(searchable, f"migraine.example/{INDEX}").pieces
    others = index(searchable, f"localhost_8000/{INDEX}").pieces
    assert "/light/" in own
    assert "/fatigue/pacing/" in others
    assert not [url for url in others if "light" in url]


def test_no_page_may_run_webassembly(searchable: TinySite) -> None:
    searchable.build()
    assert not [path for path, raw in searchable.outputs().items() if b"wasm-unsafe-eval" in raw]


def test_names_of_files_are_numbers(searchable: TinySite) -> None:
    searchable.build()
    names = [path.rpartition("/")[2] for path in files(searchable) if "/filters/" not in path]
    names.remove("directory.json")
    assert names
    for name in names:
        int(name.removesuffix(".json"), 16)


def test_parts_together_are_the_whole_index(searchable: TinySite, tmp_path: Path) -> None:
    searchable.article("fatigue/pacing.md", "Rest before you are tired.")
    searchable.build()
    whole = {path: raw for path, raw in searchable.outputs().items() if "search/index/" in path}
    together: dict[str, bytes] = {}
    for part in ("migraine", "fatigue", ""):
        searchable.build(out=tmp_path / f"part-{part}", only=(part,))
        together |= searchable.outputs(tmp_path / f"part-{part}")
    assert {path: raw for path, raw in together.items() if "search/index/" in path} == whole
