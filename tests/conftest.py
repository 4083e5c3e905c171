"""Fixtures that all tests share."""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, expect, sync_playwright

from generator.build import look
from generator.ground.errors import Problem
from generator.ground.project import Project
from generator.theme.lint import lint_templates
from generator.theme.types import Theme
from tests.chromium import PATIENCE, launch
from tests.sites import TinySite

# A slow machine is no failure, and a run finds what the last one found.
settings.register_profile("suite", deadline=None, derandomize=True)
settings.load_profile("suite")
expect.set_options(timeout=PATIENCE)

_MEMORY = Path("/dev/shm")
_ROOM = 2 * 1024**3


def pytest_configure() -> None:
    """Temporary folders are kept in memory where there is room and nobody asks for another place.

    Stores and builds wait for the disk at every commit, and thousands of tests would wait for theirs.
    """
    if "TMPDIR" not in os.environ and _holds_tests(_MEMORY):
        os.environ["TMPDIR"] = str(_MEMORY)  # for browsers and commands that tests start
        tempfile.tempdir = None


def _holds_tests(folder: Path) -> bool:
    if not folder.is_dir() or not os.access(folder, os.W_OK):
        return False
    about = os.statvfs(folder)
    return about.f_bavail * about.f_frsize >= _ROOM and not about.f_flag & os.ST_NOEXEC


@pytest.fixture(scope="session", autouse=True)
def one_machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """All projects of a test run keep their compiled templates in one place: what is kept there changes no byte of a
    page, and compiling anew would take three quarters of a small build.
    """
    kept = tmp_path_factory.mktemp("bytecode")
    before = Project.bytecode
    Project.bytecode = property(lambda project: kept)  # type: ignore[method-assign, assignment]
    yield
    Project.bytecode = before  # type: ignore[method-assign]


@pytest.fixture(scope="session", autouse=True)
def linted_once() -> Iterator[None]:
    """The templates of a theme are linted once in all checks of a process: that is nearly all that a small check does."""
    linted: dict[object, tuple[Problem, ...]] = {}

    def lint_once(theme: Theme) -> tuple[Problem, ...]:
        key = (theme.digest, tuple(theme.template_paths.items()), frozenset(theme.urls), theme.unmarked)
        if key not in linted:
            linted[key] = lint_templates(theme)
        return linted[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(look, "lint_templates", lint_once)
        yield


@pytest.fixture
def site(tmp_path: Path) -> TinySite:
    """An empty project in a temporary folder."""
    return TinySite(tmp_path / "project")


@pytest.fixture(scope="session")
def one_chromium() -> Iterator[tuple[Browser, asyncio.AbstractEventLoop]]:
    """A headless browser for all tests of a process, and the event loop of its driver, which rests until it is asked."""
    with sync_playwright() as playwright:
        loop = asyncio.get_running_loop()
        browser = launch(playwright)
        asyncio._set_running_loop(None)
        yield browser, loop
        asyncio._set_running_loop(loop)
        browser.close()


@pytest.fixture(scope="module")
def chromium(one_chromium: tuple[Browser, asyncio.AbstractEventLoop]) -> Iterator[Browser]:
    """A headless browser.

    Its driver's event loop counts as running in this thread, in which other tests could start none of their own: so it
    does only for this module.
    """
    browser, loop = one_chromium
    asyncio._set_running_loop(loop)
    yield browser
    for context in browser.contexts:
        context.close()
    asyncio._set_running_loop(None)
