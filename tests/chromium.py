"""The Chromium on this machine, as every browser test starts it: headless, and silent on the network.

Where it is installed, tests use Chromium's headless shell: the same engine without windows and profiles, at half the
processor time. What only a whole browser can do (keeping pages for the way back) asks for that one.
"""

from __future__ import annotations

import os
import shutil
import sys

from playwright.sync_api import Browser, Playwright

SHELL = "chromium-headless-shell"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MACOS = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
# How long a page may take, in milliseconds: a machine at work on other things is slow, and nothing waits longer than it must.
PATIENCE = 60_000
ARGUMENTS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def executable(whole: bool = False) -> str:
    """The path of a Chromium, a *whole* browser or the headless shell; raises where none is installed."""
    names = NAMES if whole else (SHELL, *NAMES)
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    if found is None and sys.platform == "darwin" and os.path.exists(MACOS):
        found = MACOS
    if found is None:
        raise RuntimeError("no Chromium is installed; `make browser` installs Debian's")
    return found


def launch(playwright: Playwright) -> Browser:
    """A headless browser; as root it runs without its sandbox, which needs another user."""
    sandbox = [] if not hasattr(os, "geteuid") or os.geteuid() else ["--no-sandbox"]
    return playwright.chromium.launch(executable_path=executable(), args=[*ARGUMENTS, *sandbox])
