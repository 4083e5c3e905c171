"""Conditions with a host of their own: self-contained folders, absolute links across, one canonical; paths in base URLs."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.published import Host, unresolved
from tests.sites import TinySite

CONTENT = """
== content/migraine/_index.md
---
title: Migraine
base_url: https://migraine.example/
---
Welcome.
== content/migraine/a.md
---
title: Article A
date: 2026-01-01
authors: ana
topics: [sleep]
aliases: [/old-a/]
---
See [B](../ms/b.md#rest), [Ana](../_people/ana.md) and ![a drop](drop.svg "A drop").
== content/migraine/a.es.md
---
title: Artículo A
date: 2026-01-01
authors: ana
---
Texto.
== content/migraine/drop.svg
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M0 0h8v8z"/></svg>
== content/ms/b.md
---
title: Article B
date: 2026-02-01
authors: ana
topics: [sleep]
conditions: [migraine]
---
## Rest {#rest}

Back to [A](../migraine/a.md).
== content/_people/ana.md
---
name: Ana
role: advocate
---
A sample.
== content/_pages/about.md
---
title: About
---
About us.
"""
CONFIG = """
== gatherwell.yaml
title: Tiny
base_url: {base}
languages: [en, es]
widgets: {{endpoint: /api/v1}}
search: false
cards: "off"
"""


@pytest.fixture
def hosts(site: TinySite) -> list[Host]:
    """The portfolio's host and migraine's own."""
    site.write(CONFIG.format(base="https://tiny.example/") + CONTENT).build()
    portfolio = Host(site.out / "tiny.example", "https://tiny.example/")
    return [portfolio, Host(site.out / "migraine.example", "https://migraine.example/")]


def canonical(host: Host, path: str) -> str:
    return host.pages[path].links("canonical")[0].get("href")


def test_output_holds_one_folder_for_each_host(site: TinySite, hosts: list[Host]) -> None:
    folders = {path.name for path in site.out.iterdir() if path.is_dir()}
    assert folders == {"tiny.example", "migraine.example"}


def test_every_host_is_complete(hosts: list[Host]) -> None:
    for host in hosts:
        for name in (
            "404.html",
            "robots.txt",
            "sitemap.xml",
            "_headers",
            "_redirects",
            "manifest.json",
            "search/index.html",
        ):
            assert (host.folder / name).is_file(), f"{host.base}{name}"
        assert (host.folder / "feed.atom").is_file()
        assert list((host.folder / "assets").glob("site.*.css"))


def test_every_address_leads_somewhere_on_its_host(hosts: list[Host]) -> None:
    assert unresolved(hosts, ("/api/",)) == []


def test_no_host_loads_anything_from_another(hosts: list[Host]) -> None:
    for host in hosts:
        for path, page in host.pages.items():
            foreign = [
                a
                for a in page.loads()
                if urlsplit(host.resolve(path, a)).netloc != urlsplit(host.base).netloc
            ]
            assert foreign == [], path


def test_addresses_on_an_own_host_drop_the_condition(hosts: list[Host]) -> None:
    _, migraine = hosts
    assert {
        "index.html",
        "a/index.html",
        "es/a/index.html",
        "topics/sleep/index.html",
    } <= migraine.pages.keys()
    assert not (migraine.folder / "migraine").exists()


def test_links_across_hosts_are_absolute(hosts: list[Host]) -> None:
    portfolio, migraine = hosts
    across = [a for _, a in migraine.pages["a/index.html"].addresses()]
    back = [a for _, a in portfolio.pages["ms/b/index.html"].addresses()]
    assert "https://tiny.example/ms/b/#rest" in across
    assert "https://migraine.example/a/" in back


def test_portfolio_leads_to_the_own_host(hosts: list[Host]) -> None:
    assert "https://migraine.example/" in [a for _, a in hosts[0].pages["index.html"].addresses()]


def test_people_and_policies_are_repeated_with_one_canonical(hosts: list[Host]) -> None:
    portfolio, migraine = hosts
    for path in ("people/ana/index.html", "about/index.html"):
        assert canonical(portfolio, path) == portfolio.url_of(path)
        assert canonical(migraine, path) == portfolio.url_of(path)


def test_canonical_of_an_own_page_is_on_its_host(hosts: list[Host]) -> None:
    assert canonical(hosts[1], "a/index.html") == "https://migraine.example/a/"


def test_feeds_and_sitemaps_name_their_own_host(hosts: list[Host]) -> None:
    for host in hosts:
        assert f"<loc>{host.base}" in (host.folder / "sitemap.xml").read_text()
        assert f"Sitemap: {host.base}sitemap.xml" in (host.folder / "robots.txt").read_text()
        feed = json.loads((host.folder / "feed.json").read_text())
        assert feed["feed_url"] == f"{host.base}feed.json"
    assert "https://tiny.example/" not in (hosts[1].folder / "sitemap.xml").read_text()


def test_manifest_of_every_host_names_every_origin(hosts: list[Host]) -> None:
    manifests = [(host.folder / "manifest.json").read_bytes() for host in hosts]
    assert manifests[0] == manifests[1]
    manifest = json.loads(manifests[0])
    assert set(manifest["origins"]) == {"https://tiny.example", "https://migraine.example"}
    assert manifest["conditions"]["migraine"]["origin"] == "https://migraine.example"
    assert manifest["conditions"]["migraine"]["url_path"] == "/"
    assert manifest["threads"]["migraine~a"]["pages"] == {"en": "/a/", "es": "/es/a/"}


def test_alias_redirects_on_the_own_host(hosts: list[Host]) -> None:
    assert (hosts[1].folder / "_redirects").read_text() == "/old-a/ /a/ 301\n"
    assert (hosts[1].folder / "old-a/index.html").is_file()
    assert not (hosts[0].folder / "old-a").exists()


def test_one_condition_of_many_is_built_alone(site: TinySite) -> None:
    site.write(CONFIG.format(base="https://tiny.example/") + CONTENT).build(only=("migraine",))
    assert {path.name for path in site.out.iterdir() if path.is_dir()} == {"migraine.example"}


def test_path_of_the_base_url_stands_before_every_address(site: TinySite) -> None:
    plain = CONTENT.replace("base_url: https://migraine.example/\n", "")
    site.write(CONFIG.format(base="https://tiny.example/health") + plain).build()
    host = Host(site.out, "https://tiny.example/health/")
    assert unresolved([host], ("/api/",)) == []
    for path, page in host.pages.items():
        for what, address in page.addresses():
            assert not address.startswith("/") or address.startswith(("/health/", "/api/")), (
                path,
                what,
                address,
            )
    assert canonical(host, "migraine/a/index.html") == "https://tiny.example/health/migraine/a/"
    assert (site.out / "_redirects").read_text() == "/health/old-a/ /health/migraine/a/ 301\n"
    assert "Sitemap: https://tiny.example/health/sitemap.xml" in (site.out / "robots.txt").read_text()


def test_own_host_may_carry_a_path_too(site: TinySite) -> None:
    site.write(CONFIG.format(base="https://tiny.example/") + CONTENT)
    site.replace("content/migraine/_index.md", "https://migraine.example/", "https://migraine.example/live/")
    site.build()
    portfolio = Host(site.out / "tiny.example", "https://tiny.example/")
    migraine = Host(site.out / "migraine.example", "https://migraine.example/live/")
    assert unresolved([portfolio, migraine], ("/api/",)) == []


REFUSED = {
    "https://tiny.example/m/": (
        "a condition's base_url needs a host of its own | remove the line; the condition is then published under the portfolio"
    ),
    "https://../": "'base_url': '..' is not a host | write scheme, host and perhaps a path: https://example.org/health/",
    "https://migraine.example/?a=b": (
        "'base_url': 'https://migraine.example/?a=b' has more than a host and a path"
        " | write scheme, host and perhaps a path: https://example.org/health/"
    ),
    "https://migräne.example/": (
        "'base_url': 'migräne.example' is not how browsers write this host | write it as xn--migrne-eua.example"
    ),
    "migraine.example": "'base_url': 'migraine.example' is not a web address | write it whole: https://…",
}


@pytest.mark.parametrize(("url", "error"), REFUSED.items(), ids=REFUSED)
def test_base_url_that_is_no_place_is_refused(site: TinySite, url: str, error: str) -> None:
    site.write(CONFIG.format(base="https://tiny.example/") + CONTENT)
    site.replace("content/migraine/_index.md", "https://migraine.example/", f'"{url}"')
    assert site.fails() == [f"content/migraine/_index.md:3:11: {error}"]


def test_two_conditions_cannot_share_a_host(site: TinySite) -> None:
    site.write(CONFIG.format(base="https://tiny.example/") + CONTENT)
    site.put("content/ms/_index.md", "---\ntitle: MS\nbase_url: https://migraine.example/\n---\n")
    assert site.fails() == [
        "content/ms/_index.md:3:11: the host migraine.example belongs to another condition"
        " | give each condition a host of its own"
    ]


def test_leaving_an_own_host_takes_its_folder_away(site: TinySite, tmp_path: Path) -> None:
    site.write(CONFIG.format(base="https://tiny.example/") + CONTENT).build()
    site.replace("content/migraine/_index.md", "base_url: https://migraine.example/\n", "")
    site.build()
    assert not (site.out / "migraine.example").exists()
    assert site.outputs() == site.clean_outputs(tmp_path / "clean")
