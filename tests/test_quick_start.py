"""The quick start as its page has it: from a wheel, in an empty folder and environment, to an approved comment.

Its times are printed and not demanded: on an idle machine the first page should stand within 60 s, the approved comment
within ten minutes.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.chromium import PATIENCE

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs/quick-start.md"
BLOCK = re.compile(r"^```sh\n(.*?)^```", re.DOTALL | re.MULTILINE)
# A server that has said nothing for so many seconds is stuck, whatever else the machine does.
STUCK = 300

pytestmark = [pytest.mark.long, pytest.mark.browser]


class Terminal:
    """Runs the lines of the page in order; `cd` is remembered, a *server* keeps running."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.said: list[str] = []
        self.server: subprocess.Popen[str] | None = None
        outside = ("PYTHONPATH", "VIRTUAL_ENV")
        self.environment = {key: value for key, value in os.environ.items() if key not in outside}
        # The page opens a browser; the test has its own.
        self.environment["BROWSER"] = "true"

    def run(self, line: str) -> str:
        if line.startswith("cd "):
            self.folder = self.folder / shlex.split(line)[1]
            return ""
        done = subprocess.run(
            shlex.split(line),
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"
        return done.stdout + done.stderr

    def start(self, line: str) -> None:
        self.server = subprocess.Popen(
            [*shlex.split(line), "--port", "0"],
            cwd=self.folder,
            env={**self.environment, "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        assert self.server is not None
        assert self.server.stdout is not None
        self.said.extend(self.server.stdout)
        self.said.append("")

    def wait_for(self, words: str) -> str:
        """The first line of the server with *words*."""
        until = time.monotonic() + STUCK
        while time.monotonic() < until:
            found = next((line for line in list(self.said) if words in line), None)
            if found is not None:
                return found
            assert self.server is not None
            assert self.server.poll() is None, "".join(self.said)
            time.sleep(0.05)
        raise AssertionError("".join(self.said))

    def stop(self) -> None:
        if self.server is not None and self.server.poll() is None:
            self.server.send_signal(signal.SIGINT)
            self.server.wait(20)


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    """A folder with nothing but a clone: every file that git knows or would take."""
    folder = tmp_path / "empty"
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (folder / "gatherwell" / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, folder / "gatherwell" / name)
    opened = Terminal(folder)
    yield opened
    opened.stop()


@pytest.fixture(autouse=True)
def patience() -> Iterator[None]:
    """Nothing here is about speed: what takes long on a busy machine is waited for."""
    expect.set_options(timeout=STUCK * 1000)
    yield
    expect.set_options(timeout=PATIENCE)


def let_start(page: Page, element: str) -> None:
    """A form that is sent before its element has started is answered by a page of its own, as without JavaScript."""
    page.wait_for_function(
        "(name) => document.querySelector(name).started", arg=element, timeout=STUCK * 1000
    )


def test_quick_start_leads_to_a_vote_and_an_approved_comment(
    terminal: Terminal, chromium: Browser, capsys: pytest.CaptureFixture[str]
) -> None:
    install, begin, look, colleague, write = (
        block.splitlines() for block in BLOCK.findall(PAGE.read_text("utf-8"))
    )
    started = time.monotonic()
    for line in (*install, *begin):
        terminal.run(line)
    (serve,) = look
    terminal.start(serve)
    site = terminal.wait_for(" pages at ").split(" pages at ")[1].strip()
    desk = terminal.wait_for("The moderators' desk").split()[-1]
    page = chromium.new_page()
    page.goto(site)
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator(".notice")).to_contain_text("This is a demonstration")
    first_page = time.monotonic() - started

    page.goto(site + "long-covid/a-good-day/")
    page.get_by_label("Rest at the right time").check()
    let_start(page, "gw-poll")
    page.get_by_role("button", name="Vote", exact=True).click()
    expect(page.locator("gw-poll")).to_contain_text("(1)")
    form = page.locator("form.comment-form").first
    form.locator("[name=pseudonym]").fill("Heron")
    form.locator("[name=age]").check()
    form.locator("textarea").first.fill("A chair in every room helped me most.")
    let_start(page, "gw-comments")
    form.locator("button[type=submit], button:not([type])").last.click()
    expect(page.locator("main")).to_contain_text("Only you can see this until an editor")

    staff = chromium.new_context().new_page()
    staff.goto(desk)
    staff.locator("form button").first.click()
    expect(staff.locator("main")).to_contain_text("A chair in every room helped me most.")
    staff.get_by_role("button", name="Approve").first.click()
    expect(staff.locator("main")).not_to_contain_text("A chair in every room helped me most.")

    reader = chromium.new_context().new_page()
    reader.goto(site + "long-covid/a-good-day/")
    # Comments are fetched once their place is seen.
    reader.get_by_role("heading", name="Comments", exact=True).scroll_into_view_if_needed()
    comment = reader.get_by_text("A chair in every room helped me most.")
    show = reader.get_by_role("button", name="Show")
    expect(comment.or_(show).first).to_be_visible()
    if show.count():
        show.first.click()
    expect(comment.first).to_be_visible()
    approved = time.monotonic() - started

    (invite,) = colleague
    told = terminal.run(invite.replace("http://localhost:8000", site.rstrip("/")))
    link = next(word for word in told.split() if "/desk/enter" in word)
    ana = chromium.new_context().new_page()
    ana.goto(link)
    ana.locator("form button").first.click()
    expect(ana.locator("header")).to_contain_text("Ana Ruiz")

    told_of = [terminal.run(line) for line in write]
    assert "content/long-covid/travelling-with-long-covid.md" in told_of[0]
    assert "0 errors, 0 warnings" in told_of[1]
    assert "Left out: 3 drafts" in told_of[2]
    with capsys.disabled():
        print(f"\nquick start: first page after {first_page:.0f} s, approved comment after {approved:.0f} s")


@pytest.mark.parametrize(
    ("shell", "begins"), [("bash", "_gatherwell_completion()"), ("zsh", "#compdef gatherwell")]
)
def test_completion_is_as_the_page_says(shell: str, begins: str) -> None:
    assert f"_GATHERWELL_COMPLETE={shell}_source gatherwell" in PAGE.read_text("utf-8")
    command = Path(sys.executable).with_name("gatherwell")
    environment = {**os.environ, "_GATHERWELL_COMPLETE": f"{shell}_source"}
    told = subprocess.run([command], env=environment, capture_output=True, text=True, check=True).stdout
    assert begins in told
