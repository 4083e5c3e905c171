"""Owns `gatherwell results pull`: public tallies and published comments become a snapshot, a build input."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import quote

from widgets.function.manifest import parse_manifest
from widgets.function.shapes import moment

_SECONDS = 15.0
_MOST_BYTES = 5_000_000


class PullError(Exception):
    """The snapshot could not be made; the old one stays as it was."""


def pull(
    *, endpoint: str, manifest: Path, out: Path, clock: Callable[[], float] = time.time
) -> tuple[int, int]:
    """Ask `endpoint` (as `https://example.org`, without `/api/v1`) for all that the manifest names.

    Writes `out` in one step, and answers (polls, threads). What the function does not know yet (404) is
    left out; any other failure raises PullError and writes nothing.
    """
    try:
        known = parse_manifest(manifest.read_bytes())
    except (OSError, ValueError) as error:
        raise PullError(f"{manifest}: the manifest cannot be read ({type(error).__name__}).") from error
    base = endpoint.rstrip("/") + "/api/v1"
    polls = {id_: answer for id_ in known.polls if (answer := _get(f"{base}/polls/{quote(id_)}"))}
    threads = {id_: answer for id_ in known.threads if (answer := _get(f"{base}/threads/{quote(id_)}"))}
    document = {"version": 1, "fetched": moment(clock()), "polls": polls, "threads": threads}
    out.parent.mkdir(parents=True, exist_ok=True)
    temporary = out.with_name(out.name + ".part")
    temporary.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    temporary.replace(out)
    return len(polls), len(threads)


def _get(url: str) -> Any:
    if not url.startswith(("http://", "https://")):
        raise PullError("The endpoint must begin with http:// or https://.")
    try:
        with urllib.request.urlopen(url, timeout=_SECONDS) as answer:  # noqa: S310  (checked above)
            return json.loads(answer.read(_MOST_BYTES))
    except urllib.error.HTTPError as error:
        if error.code == 404:
            return None
        raise PullError(f"{url} answered {error.code}.") from error
    except (OSError, ValueError, HTTPException) as error:
        raise PullError(f"{url} could not be fetched ({type(error).__name__}).") from error
