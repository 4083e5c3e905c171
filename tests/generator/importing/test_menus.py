"""The old menu as lines of gatherwell.yaml."""

from __future__ import annotations

import yaml

from generator.content.config import parse_config, read_config
from generator.importing.entries import MenuEntry
from generator.importing.menus import hugo_menu, write_menu
from generator.importing.run import Settings, rules_of, run_import
from generator.importing.sources.hugo import Hugo
from generator.importing.sources.wordpress import WordPress
from tests.generator.importing.bringing import Bringing, item, told, wxr
from tests.generator.importing.test_markdown import HUGO
from tests.sites import TinySite


def nav(number: int, order: int, kind: str, target: str, title: str = "", menu: str = "main") -> str:
    """A place of a menu; *target* is the number of a post, or an address."""
    meta = {
        "type": kind,
        "object_id": target if kind == "post_type" else "",
        "url": "" if kind == "post_type" else target,
    }
    fields = "".join(
        f"<wp:postmeta><wp:meta_key>_menu_item_{key}</wp:meta_key><wp:meta_value>{value}</wp:meta_value></wp:postmeta>"
        for key, value in meta.items()
    )
    return (
        f"<item><title>{title}</title><wp:post_id>{number}</wp:post_id><wp:status>publish</wp:status>"
        f"<wp:menu_order>{order}</wp:menu_order><wp:post_type>nav_menu_item</wp:post_type>{fields}"
        f'<category domain="nav_menu" nicename="{menu}">{menu}</category></item>'
    )


def menu_of(bringing: Bringing, *items: str) -> tuple[str, ...]:
    config = read_config(bringing.site.root)[0]
    settings = Settings(bringing.site.root, config, rules_of("migraine", (), {}), ("migraine", "sleep"))
    return run_import(WordPress((bringing.export(wxr(*items)),), None), settings).menu


def test_the_main_menu_comes_in_its_order_with_pages_by_their_files(bringing: Bringing) -> None:
    lines = menu_of(
        bringing,
        item(number=7, slug="pacing"),
        nav(90, 1, "custom", "https://elsewhere.example/", "Foot", menu="footer"),
        nav(91, 3, "custom", "https://elsewhere.example/a?b=1", "Else: where"),
        nav(92, 1, "post_type", "7"),
        nav(93, 2, "custom", "https://old.example/pacing/", 'The "pacing" page'),
        nav(94, 4, "custom", "https://old.example/category/x/", "A list that is no page now"),
        nav(95, 5, "taxonomy", "3", "Topic"),
        nav(96, 6, "post_type", "404"),
    )
    assert yaml.safe_load("\n".join(lines)) == {
        "menu": [
            {"page": "migraine/pacing.md"},
            {"page": "migraine/pacing.md", "label": 'The "pacing" page'},
            {"url": "https://elsewhere.example/a?b=1", "label": "Else: where"},
        ]
    }
    parse_config("\n".join(("title: New", "base_url: https://new.example/", *lines)))


def test_places_of_the_menu_that_lead_to_no_page_are_told(bringing: Bringing) -> None:
    text = wxr(
        item(number=7, slug="pacing"),
        nav(91, 1, "custom", "https://old.example/?page_id=7", "By number"),
        nav(92, 2, "taxonomy", "3", "Topic"),
        nav(93, 3, "custom", "https://old.example/category/x/", "List"),
    )
    lost = told(bringing.wordpress(text), "lost")
    assert lost == ["0: 'Topic' in it leads to no page here", "0: 'List' in it leads to no page here"]


def test_no_menu_is_no_line(bringing: Bringing) -> None:
    assert menu_of(bringing, item()) == ()


def test_an_existing_file_of_settings_is_left_alone(bringing: Bringing) -> None:
    before = (bringing.site.root / "gatherwell.yaml").read_bytes()
    assert not write_menu(bringing.site.root, ("menu:", "  - {page: a.md}"))
    assert (bringing.site.root / "gatherwell.yaml").read_bytes() == before
    bringing.site.delete("gatherwell.yaml")
    assert write_menu(bringing.site.root, ("menu:", "  - {page: a.md}"))
    assert bringing.site.root.joinpath("gatherwell.yaml").read_text("utf-8") == "menu:\n  - {page: a.md}\n"


def test_hugos_main_menu_is_ordered_by_weight() -> None:
    settings = {
        "menus": {
            "main": [
                {"name": "B", "pageRef": "/b", "weight": 2},
                {"Name": "A", "URL": "/a/", "weight": 1},
                {},
            ]
        }
    }
    assert hugo_menu(settings, (), str) == (MenuEntry("A", "/a/"), MenuEntry("B", "/b"))
    assert hugo_menu({"menu": {"main": "odd"}}, (), str) == ()


def test_hugos_menu_has_pages_by_path_and_those_that_name_themselves(bringing: Bringing) -> None:
    old = TinySite(bringing.folder / "old", HUGO)
    config = read_config(bringing.site.root)[0]
    settings = Settings(bringing.site.root, config, rules_of("migraine", (), {}), ("migraine", "sleep"))
    assert run_import(Hugo(old.root), settings).menu == (
        "menu:",
        '  - {page: migraine/contact-us.md, label: "Other"}',
        '  - {page: _pages/contact.md, label: "Write"}',
        '  - {page: _pages/about.md, label: "Us"}',
    )
