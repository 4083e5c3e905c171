"""One Chromium for all tests of the preview; a preview on a tiny site for each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.preview.previews import RunningPreview
from tests.chromium import PATIENCE
from tests.sites import TinySite

SITE = """
== gatherwell.yaml
title: Gathered
base_url: https://gathered.example/
widgets:
  endpoint: /api/v1
== content/migraine/_index.md
---
title: Migraine
---
A home for all.
== content/migraine/pacing.md
---
title: Pacing
date: 2026-03-01
---
## First {#first}

Rest before you are tired.

## Second {#second}

And rest after.
== content/migraine/light.md
---
title: Light
date: 2026-03-02
---
Dim the room.
"""


@pytest.fixture
def site(tmp_path: Path) -> TinySite:
    return TinySite(tmp_path / "project", SITE)


@pytest.fixture
def start(site: TinySite) -> Iterator[Callable[..., RunningPreview]]:
    running: list[RunningPreview] = []

    def begin(*options: str, **how: Any) -> RunningPreview:
        running.append(RunningPreview(site.root, "--now", "2026-06-01", *options, **how))
        return running[-1]

    yield begin
    for preview in running:
        preview.stop()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context()
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()
