"""The line by which a community's machines install the very Gatherwell that began it."""

from __future__ import annotations

import importlib.metadata
import json
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from generator.cli.extras import DISTRIBUTION

_HEAD = """\
# The version of Gatherwell that builds this site: a wheel file, or a git address with its full hash. Never the bare name: on an
# index it may be somebody else's.
"""
_UNKNOWN = """\
# To complete: one of these two lines, without the #.
# ./wheels/gatherwell-{version}-py3-none-any.whl[function]
# gatherwell[function] @ git+https://ADDRESS/gatherwell.git@FORTY_DIGITS_OF_THE_COMMIT
"""
WHEELS = "wheels"


class Pinned(NamedTuple):
    """The text of ``requirements.txt``, and the wheel that is copied beside it, if any. *known* says that it is whole."""

    text: str
    wheel: Path | None
    known: bool


def pinned() -> Pinned:
    """How this installation was made, as PEP 610 records it; a line to complete where that cannot be known."""
    try:
        found = importlib.metadata.distribution(DISTRIBUTION)
        version, recorded = found.version, json.loads(found.read_text("direct_url.json") or "{}")
    except (importlib.metadata.PackageNotFoundError, ValueError):
        version, recorded = "VERSION", {}
    return pin_of(recorded, version)


def pin_of(recorded: dict[str, Any], version: str) -> Pinned:
    """The pin for what ``direct_url.json`` *recorded*."""
    url = str(recorded.get("url", ""))
    commit = recorded.get("vcs_info", {}).get("commit_id", "")
    if commit and recorded["vcs_info"].get("vcs") == "git":
        return Pinned(f"{_HEAD}{DISTRIBUTION}[function] @ git+{url}@{commit}\n", None, known=True)
    sha256 = recorded.get("archive_info", {}).get("hashes", {}).get("sha256", "")
    if sha256 and url.startswith("https://"):
        return Pinned(f"{_HEAD}{DISTRIBUTION}[function] @ {url}#sha256={sha256}\n", None, known=True)
    path = Path(unquote(urlsplit(url).path)) if url.startswith("file:") else None
    if path is not None and path.suffix == ".whl" and path.is_file():
        return Pinned(f"{_HEAD}./{WHEELS}/{path.name}[function]\n", path, known=True)
    return Pinned(_HEAD + _UNKNOWN.format(version=version), None, known=False)
