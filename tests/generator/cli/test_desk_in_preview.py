"""A second person at the desk of the preview, by the very lines of the page."""

from __future__ import annotations

import asyncio
import re
import shlex
from pathlib import Path

from tests.generator.command_line import Run
from tests.sites import TinySite
from widgets.store.sqlite import SqliteStore

PAGE = Path(__file__).parents[3] / "docs/desk.md"
PREVIEW_STORE = ".gatherwell/preview-function.sqlite"


def lines() -> list[list[str]]:
    section = PAGE.read_text("utf-8").split("### A second person in the preview")[1]
    block = re.findall(r"^```sh\n(.*?)^```", section, re.DOTALL | re.MULTILINE)[0]
    return [shlex.split(line)[1:] for line in block.splitlines()]


def test_somebody_who_may_answer_privately_is_let_in_seen_and_put_out(site: TinySite, run: Run) -> None:
    store = site.root / PREVIEW_STORE
    store.parent.mkdir(exist_ok=True)
    asyncio.run(SqliteStore(store).close())  # as `serve` makes it
    invite, staff, revoke = lines()

    invited = run(*invite)
    assert invited.code == 0, invited.err
    assert invited.out.startswith("http://localhost:8000/desk/enter?t=")
    seen = run(*staff).out
    assert "Ana Ruiz" in seen
    assert "may answer privately" in seen
    assert run(*revoke).code == 0
    assert "revoked" in run(*staff).out
