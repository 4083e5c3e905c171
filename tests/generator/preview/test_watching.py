"""Watches, the patrol beside them, and the stream to the browsers."""

from __future__ import annotations

import asyncio
import datetime as dt
import errno
import gc
import json
import os
import queue
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

import pytest
from watchdog.observers.api import BaseObserver

from generator.disk.cache import CACHE_NAME
from generator.ground.project import Options, Project
from generator.preview.controller import Controller
from generator.preview.debounce import Debounce
from generator.preview.event_stream import EventStream
from generator.preview.page_renderer import PageRenderer
from generator.preview.search_index import SearchIndex
from generator.preview.session import Session
from generator.preview.watch import Watcher
from generator.processes.workers import Workers
from tests.sites import NOW, TinySite


def no_watches_left() -> BaseObserver:
    raise OSError(errno.ENOSPC, "No space left on device")


class Noted:
    """What a watcher named, as it comes."""

    def __init__(self, site: TinySite) -> None:
        self._queue: queue.Queue[tuple[str, bool]] = queue.Queue()
        self.watcher = Watcher(Project(site.root, site.out), lambda *noted: self._queue.put(noted))

    def until(self, path: str) -> bool:
        """Whether the writer of *path* had finished, once it is named as finished or last named at all."""
        while True:
            noted, finished = self._queue.get(timeout=60)
            if noted == path and finished:
                return True


def test_a_saved_file_is_named_once_its_writer_has_finished(site: TinySite) -> None:
    site.article("migraine/a.md", body="Before.")
    noted = Noted(site)
    noted.watcher.start()
    try:
        site.article("migraine/a.md", body="After.")
        assert noted.until("content/migraine/a.md")
    finally:
        noted.watcher.stop()


def test_a_file_moved_into_place_counts_as_finished_and_its_draft_as_nothing(site: TinySite) -> None:
    site.article("migraine/a.md")
    noted = Noted(site)
    noted.watcher.start()
    try:
        folder = site.root / "content/migraine"
        (folder / ".a.md.new").write_text("new")
        os.replace(folder / ".a.md.new", folder / "a.md")
        assert noted.until("content/migraine/a.md")
    finally:
        noted.watcher.stop()


def test_folders_behind_links_are_watched_under_the_names_of_their_links(site: TinySite) -> None:
    away = site.root.parent / "away"
    (site.root / "content").rename(away)
    (site.root / "content").symlink_to(away)
    theme = site.root.parent / "theme"
    theme.mkdir()
    (site.root / "themes").mkdir()
    (site.root / "themes/own").symlink_to(theme)
    noted = Noted(site)
    noted.watcher.start()
    try:
        (away / "a.md").write_text("At the top of it.")
        assert noted.until("content/a.md")
        (theme / "base.html").write_text("A template.")
        assert noted.until("themes/own/base.html")
    finally:
        noted.watcher.stop()


def test_the_configuration_is_watched_and_the_output_is_not(site: TinySite) -> None:
    noted = Noted(site)
    noted.watcher.start()
    try:
        site.put("site/index.html", "built")
        site.put(".gatherwell/cache.sqlite", "cache")
        site.put("gatherwell.yaml", "title: A\n")
        first = noted._queue.get(timeout=60)
        assert first[0] == "gatherwell.yaml"
    finally:
        noted.watcher.stop()


def test_where_the_system_has_no_watches_left_changes_are_looked_for(site: TinySite) -> None:
    site.article("migraine/a.md", "Words.\n\nOld.")
    said: list[str] = []

    async def scene() -> None:
        project = Project(site.root, site.out)
        session = Session(project, Options(now=NOW), lambda: NOW, said.append)
        with Workers(1) as workers:
            session.open(workers)
        session.close()
        event_stream = EventStream()
        page_renderer = PageRenderer(project.state / CACHE_NAME, project.bytecode)
        search = SearchIndex(project.state / "preview-search", project.state / CACHE_NAME)
        controller = Controller(session, page_renderer, event_stream, Debounce(), search, said.append)
        watcher = Watcher(project, controller.note, no_watches_left)
        watcher.start()
        stream = event_stream.listen(lambda: {})
        await anext(stream)
        keeping = asyncio.create_task(controller.run_until_cancelled(watcher))
        site.replace("content/migraine/a.md", "Old.", "New.")
        told = await asyncio.wait_for(anext(stream), 60)
        assert json.loads(told.split("data: ")[1])["sources"] == ["content/migraine/a.md"]
        keeping.cancel()

    run(scene())
    assert any("file watches do not suffice (No space left on device)" in line for line in said)


def test_a_moment_near_at_hand_wakes_the_preview(site: TinySite) -> None:
    """Without it the clock would be looked at a minute later."""
    site.article("migraine/a.md")
    moment = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=2)

    async def scene() -> None:
        project = Project(site.root, site.out)
        session = Session(project, Options(now=NOW), lambda: dt.datetime.now(dt.UTC), lambda _: None)
        with Workers(1) as workers:
            session.open(workers)
        session.close()
        event_stream = EventStream()
        page_renderer = PageRenderer(project.state / CACHE_NAME, project.bytecode)
        search = SearchIndex(project.state / "preview-search", project.state / CACHE_NAME)
        controller = Controller(session, page_renderer, event_stream, Debounce(), search, lambda _: None)
        watcher = Watcher(project, lambda *_: None)
        watcher.start()
        stream = event_stream.listen(lambda: {})
        await anext(stream)
        keeping = asyncio.create_task(controller.run_until_cancelled(watcher))
        site.article("migraine/soon.md", date=moment.isoformat(timespec="seconds"))
        controller.note("content/migraine/soon.md", True)
        while "migraine/soon/index.html" not in (session.plan.planned if session.plan else ()):
            await asyncio.wait_for(anext(stream), 60)
        keeping.cancel()
        watcher.stop()

    run(scene())


def test_a_stream_begins_with_what_is_so_and_tells_what_follows() -> None:
    async def scene() -> list[str]:
        event_stream = EventStream()
        stream = event_stream.listen(lambda: {"version": 7})
        heard = [await anext(stream)]
        event_stream.tell("change", {"version": 8, "words": "two\nlines"})
        heard.append(await anext(stream))
        event_stream.close()
        heard += [each async for each in stream]
        return heard

    assert run(scene()) == [
        'retry: 400\nevent: hello\ndata: {"version": 7}\n\n',
        'event: change\ndata: {"version": 8, "words": "two\\nlines"}\n\n',
    ]


def test_a_browser_that_stopped_reading_is_let_go() -> None:
    async def scene() -> int:
        event_stream = EventStream()
        stream = event_stream.listen(lambda: {})
        await anext(stream)
        for number in range(100):
            event_stream.tell("change", {"version": number})
        return event_stream.count

    assert run(scene()) == 0


def test_no_more_listeners_are_let_in_than_there_is_room_for() -> None:
    async def scene() -> bool:
        event_stream = EventStream(most=2)
        streams = [event_stream.listen(lambda: {}) for _ in range(2)]
        for stream in streams:
            await anext(stream)
        return event_stream.is_full

    assert run(scene())


def test_a_silent_stream_is_kept_alive() -> None:
    async def scene() -> str:
        event_stream = EventStream(heartbeat=0.01)
        stream = event_stream.listen(lambda: {})
        await anext(stream)
        return await anext(stream)

    assert run(scene()) == ":\n\n"


def run(scene: Coroutine[Any, Any, Any]) -> Any:
    return asyncio.run(scene)


@pytest.mark.parametrize("edits", [200])
def test_hundreds_of_edits_leave_no_proof_and_no_file_behind(site: TinySite, edits: int) -> None:
    """Counts, not megabytes: entries of the last proof, rows of the cache, descriptors of the process."""
    from tests.generator.preview.workbench import Workbench

    site.article("migraine/a.md", "Words.\n\nEdit.")
    bench = Workbench(site)
    bench.outputs()
    descriptors = Path(f"/proc/{os.getpid()}/fd") if Path("/proc/self/fd").exists() else Path("/dev/fd")
    gc.collect()  # what earlier tests left open is not ours to count
    before = len(list(descriptors.iterdir())), len(list(bench.plan.bodies.known()))
    made = bench.session.plans_made
    for number in range(edits):
        site.article("migraine/a.md", f"Words.\n\nEdit {number:04d}.")
        bench.session.refresh(("content/migraine/a.md",))
        bench.page_renderer.output(bench.plan, "migraine/a/index.html")

    assert bench.session.plans_made == made
    assert (len(list(descriptors.iterdir())), len(list(bench.plan.bodies.known()))) == before
    assert len(bench.page_renderer._rendered) == len(bench.plan.planned)
