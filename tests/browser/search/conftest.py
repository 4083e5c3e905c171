"""A small site with two conditions in two languages, built once, served on loopback below a path of its own."""

from __future__ import annotations

import contextlib
import functools
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.sites import TinySite

SITE = """
== gatherwell.yaml
title: Gathered
base_url: https://gathered.example/health/
languages: [en, es]
cards: "off"
== content/_glossary.yaml
prodrome:
  term: prodrome
  plain: Early warning signs before the pain begins.
  also: [premonitory phase]
  conditions: [migraine]
  es: {term: pródromo, plain: Primeros avisos antes de que empiece el dolor., also: [fase premonitoria]}
== content/_crisis.yaml
en:
  - name: A line
    number: "116 123"
    url: https://example.org/
    hours: always
    search_words: [wish to die, suicid]
== content/migraine/_index.md
---
title: Migraine
synonyms: [hemicrania, sick headache]
---
A home for all.
== content/migraine/_index.es.md
---
title: Migraña
synonyms: [jaqueca]
---
Una casa para todos.
== content/migraine/yawning.md
---
title: Yawning a lot
type: symptom
topics: [signs]
---
Many people yawn in the :term[prodrome] of an attack.

## What helps {#helps}

Noting it in a diary helps.
== content/migraine/yawning.es.md
---
title: Bostezar mucho
type: symptom
topics: [avisos]
---
Mucha gente bosteza en el :term[pródromo] de una crisis.
== content/migraine/diary.md
---
title: My diary
type: story
---
I keep a diary of every attack, rain or shine.
== content/fatigue/_index.md
---
title: Fatigue
---
Being tired is not being lazy.
== content/fatigue/pacing.md
---
title: Pacing
type: living-with
---
A diary of energy. Rest before you are tired.
== content/fatigue/road.md
---
title: An emergency kit for the road
---
Earplugs, an emergency kit and a kit of snacks.
== content/fatigue/packing.md
---
title: Packing
---
Take little along.

## Emergency kit {#kit}

A letter from the clinic.
== content/fatigue/abroad.md
---
title: Asking for 頭痛の薬 abroad
---
Say 光が痛い when light hurts.
"""


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Tests speak through their assertions."""


@contextlib.contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The origin at which *folder* is served."""
    handler = functools.partial(Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The address of the site and the folder that it is served from."""
    folder = tmp_path_factory.mktemp("search")
    site = TinySite(folder / "project", SITE)
    site.search = True
    site.build(out=folder / "www" / "health")
    with serving(folder / "www") as origin:
        yield f"{origin}/health", folder / "www" / "health"


@pytest.fixture(scope="session")
def address(built: tuple[str, Path]) -> str:
    return built[0]


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context()
    yield context.new_page()
    context.close()
