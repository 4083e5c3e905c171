"""The bundled themes, rendered once: every page kind in memory, and served to a real browser on loopback."""

from __future__ import annotations

import functools
import http.server
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from playwright.sync_api import Browser

from generator.build.pages import Renderer
from generator.ground.model import Body
from generator.theme import Theme, read_theme
from generator.views import types as shapes
from tests.themes import samples

THEMES = Path(__file__).parents[2] / "themes"
ACCENTS = {"migraine": "#5b3f9e", "multiple-sclerosis": "#a34a12", "rheumatoid-arthritis": "#0b6169"}

WITHOUT_CONDITION = {"portfolio", "not-found"}


def render_all(theme: Theme, language: str = "en") -> dict[str, bytes]:
    """Every page kind by name in *language*; texts stay as the samples have them."""
    renderer = Renderer(theme)
    direction = theme.direction_of(language)
    inside = samples.chrome(theme.urls, language=language, direction=direction)
    outside = samples.chrome(theme.urls, language=language, direction=direction, condition=None, places=())
    pages: dict[str, tuple[shapes.AnyPage, Body | None]] = samples.all_pages()
    return {
        name: renderer.render(
            msgspec.structs.replace(page, language=language),
            outside if name in WITHOUT_CONDITION else inside,
            body,
        )
        for name, (page, body) in pages.items()
    }


def write_site(theme: Theme, pages: dict[str, bytes], folder: Path) -> None:
    for file in theme.files:
        path = folder / file.output_path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.content)
    (folder / "wide.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="4000" height="300"></svg>', encoding="utf-8"
    )
    for name, content in pages.items():
        (folder / f"{name}.html").write_bytes(content)


@pytest.fixture(scope="session")
def commons() -> Theme:
    return read_theme("commons", [THEMES], ACCENTS, None)


@pytest.fixture(scope="session")
def pages(commons: Theme) -> dict[str, bytes]:
    return render_all(commons)


@pytest.fixture(scope="session")
def arabic(tmp_path_factory: pytest.TempPathFactory) -> Theme:
    """Commons with a few Arabic strings, as a theme of a project's own would add them."""
    home = tmp_path_factory.mktemp("arabic") / "themes" / "own"
    (home / "i18n").mkdir(parents=True)
    (home / "theme.yaml").write_text("extends: commons\n")
    shutil.copy(Path(__file__).with_name("ar.yaml"), home / "i18n" / "ar.yaml")
    return read_theme("own", [home.parent, THEMES], ACCENTS, None)


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        return


@pytest.fixture(scope="session")
def address(
    commons: Theme, pages: dict[str, bytes], arabic: Theme, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The origin at which the pages stand; the Arabic ones below ``/ar-<name>.html``."""
    folder = tmp_path_factory.mktemp("site")
    write_site(commons, pages, folder)
    mirrored = {f"ar-{name}": content for name, content in render_all(arabic, "ar").items()}
    write_site(arabic, mirrored, folder)
    handler = functools.partial(_Quiet, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def browser(chromium: Browser) -> Browser:
    return chromium
