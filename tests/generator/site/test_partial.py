"""One condition built alone, or the portfolio: the same bytes as in the whole build, and little read of the others."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from generator.ground.errors import RequestError
from tests.sites import TinySite

CONFIG = """
== gatherwell.yaml
title: Tiny
base_url: https://tiny.example/
languages: [en, es]
widgets: {endpoint: /api/v1}
"""
CONTENT = """
== content/migraine/_index.md
---
title: Migraine
BASE_URL
start_here: [a.md]
---
Welcome.
== content/migraine/a.md
---
title: Article A
date: 2026-01-01
authors: ana
topics: [sleep]
aliases: [/old-a/]
image: a.png
image_alt: A square
---
See [rest](../ms/b.md#rest), [the leaflet](../ms/leaflet.pdf), ![Theirs](../ms/theirs.png) and the votes:

::results{poll=ms~tired}
== content/migraine/a.es.md
---
title: Artículo A
date: 2026-01-01
authors: ana
---
Texto.
== content/ms/_index.md
---
title: Multiple sclerosis
---
Hello.
== content/ms/leaflet.pdf
%PDF-1.4 a leaflet
== content/ms/b.md
---
title: Article B
date: 2026-02-01
authors: ana
topics: [sleep]
conditions: [migraine]
image: b.png
image_alt: A square
---
## Rest {#rest}

Back to [A](../migraine/a.md).
== content/ms/c.md
---
title: Article C
date: 2026-02-02
authors: ana
---
A question.

:::poll{#tired closes=2026-12-31}
Tired?
- Yes {#yes}
- No {#no}
:::
== content/ms/d.md
---
title: Article D
date: 2026-02-03
---
Nobody outside shows this. ![Own](own.png)
== content/gout/e.md
---
title: Article E
date: 2026-02-04
authors: bo
image: e.png
image_alt: A square
---
Words.
== content/_people/ana.md
---
name: Ana
role: advocate
---
A sample.
== content/_people/bo.md
---
name: Bo
role: advocate
conditions: [gout]
photo: bo.png
photo_alt: A square
---
Another sample.
== content/_pages/about.md
---
title: About
---
About us.
== content/_glossary.yaml
aura: {term: aura, plain: a warning}
"""
SHARDS = (("gout",), ("migraine",), ("ms",), ("",))


def square(colour: str) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (32, 32), colour).save(buffer, "PNG")
    return buffer.getvalue()


def write(site: TinySite, own_host: bool) -> TinySite:
    base = "base_url: https://migraine.example/" if own_host else "description: About migraine"
    site.write(CONFIG + CONTENT.replace("BASE_URL", base))
    for number, name in enumerate(
        ("migraine/a", "ms/theirs", "ms/b", "ms/own", "gout/e", "_people/bo"), start=1
    ):
        site.put(f"content/{name}.png", square(f"#0000{number}0"))
    return site


def sharded(site: TinySite, tmp: Path, *only: str) -> dict[str, bytes]:
    site.build(tmp / "shard", only=only)
    return without_index(site.outputs(tmp / "shard"))


def without_index(outputs: dict[str, bytes]) -> dict[str, bytes]:
    """Outputs without what only a host as a whole has: the search index, and the list of what was written."""
    return {p: b for p, b in outputs.items() if "search/index/" not in p and p != ".gatherwell-outputs"}


@pytest.mark.parametrize("own_host", [True, False], ids=["own host", "shared host"])
def test_shards_together_are_the_whole_site(site: TinySite, tmp_path: Path, own_host: bool) -> None:
    whole = without_index(write(site, own_host).clean_outputs(tmp_path / "clean"))
    joined: dict[str, bytes] = {}
    for only in SHARDS:
        joined.update(sharded(site, tmp_path / f"of {only[0]}", *only))
    assert joined.keys() == whole.keys()
    assert joined == whole


@pytest.mark.parametrize("only", SHARDS, ids=["gout", "migraine", "ms", "portfolio"])
@pytest.mark.parametrize("own_host", [True, False], ids=["own host", "shared host"])
def test_shard_without_a_cache_holds_the_whole_builds_bytes(
    site: TinySite, tmp_path: Path, own_host: bool, only: tuple[str, ...]
) -> None:
    whole = without_index(write(site, own_host).clean_outputs(tmp_path / "clean"))
    shard = sharded(site, tmp_path, *only)
    assert shard.items() <= whole.items()


def test_host_of_a_condition_is_built_whole(site: TinySite, tmp_path: Path) -> None:
    whole = write(site, own_host=True).clean_outputs(tmp_path / "clean")
    site.build(only=("migraine",))
    host = {path: content for path, content in whole.items() if path.startswith("migraine.example/")}
    assert {p: b for p, b in site.outputs().items() if p != ".gatherwell-outputs"} == host


def test_condition_of_a_shared_host_stands_alone_with_its_assets(site: TinySite, tmp_path: Path) -> None:
    shard = sharded(write(site, own_host=False), tmp_path, "ms")
    folders = {path.split("/")[0] for path in shard}
    assert folders == {"assets", "ms"}
    assert any(path.endswith(".css") for path in shard)


def test_shard_renders_of_other_conditions_what_it_shows(site: TinySite) -> None:
    result = write(site, own_host=True).build(only=("gout",))
    # Its hub is a default one; beside its article stand two people, a policy and the article that asks a poll.
    assert result.bodies_rendered == 1 + 2 + 1 + 1


def test_link_to_an_anchor_of_another_condition_needs_that_body_alone(site: TinySite) -> None:
    write(site, own_host=True)
    site.replace("content/gout/e.md", "Words.", "See [rest](../ms/d.md#later).")
    site.replace("content/ms/d.md", "Nobody", "## Later {#later}\n\nNobody")
    assert site.build(only=("gout",)).bodies_rendered == 6


def test_wrong_anchor_in_another_condition_is_found(site: TinySite) -> None:
    write(site, own_host=True)
    site.replace("content/gout/e.md", "Words.", "See [rest](../ms/d.md#later).")
    assert "there is no anchor #later in content/ms/d.md" in site.fails(only=("gout",))[0]


def test_fault_in_another_conditions_text_stops_no_shard(site: TinySite) -> None:
    write(site, own_host=True)
    site.replace("content/ms/d.md", "Nobody", "[Lost](lost.md)")
    assert site.build(only=("gout",)).rendered
    assert "there is no page 'lost.md'" in site.fails(only=("ms",))[0]


def test_second_build_of_a_shard_does_nothing(site: TinySite) -> None:
    write(site, own_host=True).build(only=("migraine",))
    assert site.build(only=("migraine",))[1:5] == (0, site.build(only=("migraine",)).pages, 0, 0)


def test_shards_in_turn_forget_no_body(site: TinySite, tmp_path: Path) -> None:
    write(site, own_host=True)
    for only in SHARDS:
        site.build(tmp_path / "shards" / f"of {only[0]}", only=only)
    assert site.build(tmp_path / "whole").bodies_rendered == 0


def test_portfolio_is_no_condition_that_is_missing(site: TinySite) -> None:
    write(site, own_host=True)
    with pytest.raises(RequestError):
        site.build(only=("", "port"))
